"""Drawings: numbers on axes, and shapes where they belong."""
import re
import unittest
import xml.etree.ElementTree as xml

from sidebyside import charts, svg


class NumbersTest(unittest.TestCase):
    def test_ticks_are_round_and_reach_the_largest_value(self):
        for most, expected in [
            (1, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (27, [0, 10, 20, 30]),
            (118000, [0, 25000, 50000, 75000, 100000, 125000]),
            (0, [0, 1]),
        ]:
            with self.subTest(most=most):
                self.assertEqual([round(value, 6) for value in svg.ticks(most)], expected)

    def test_decades_enclose_the_values(self):
        for least, most, expected in [
            (15, 170, [10, 20, 50, 100, 200]),
            (20, 20, [20, 50]),
            (3, 9000, [1, 10, 100, 1000, 10000]),
            (1, 10, [1, 2, 5, 10]),
        ]:
            with self.subTest(least=least, most=most):
                self.assertEqual(svg.decades(least, most), expected)

    def test_numbers_are_short(self):
        for number, expected in [
            (0, "0"), (0.004, "0.004"), (0.35, "0.35"), (1.5, "1.5"), (2, "2"), (12.34, "12.3"), (120, "120"),
            (1500, "1.5k"), (123456, "123k"), (2.5e6, "2.5M"), (3e9, "3G"),
        ]:
            with self.subTest(number=number):
                self.assertEqual(svg.short(number), expected)


class DrawingTest(unittest.TestCase):
    def test_words_are_escaped(self):
        drawing = svg.Svg(10, 10, 'a "label" & more')
        drawing.text(1, 2, "1 < 2")
        drawing.rect(0, 0, 5, 5, "pollux", title="<b>")
        root = xml.fromstring(str(drawing))
        self.assertEqual(root.get("aria-label"), 'a "label" & more')
        self.assertEqual(root.find("text").text, "1 < 2")
        self.assertEqual(root.find("rect/title").text, "<b>")

    def test_a_bar_of_twice_the_value_is_twice_as_high(self):
        text = charts.columns(
            [("a", [charts.Bar("x", "pollux", 50), charts.Bar("y", "nginx", 100, 90, 110)])], "requests/s", "test"
        )
        heights = {bar.get("style"): float(bar.get("height")) for bar in xml.fromstring(text).findall("rect")}
        self.assertAlmostEqual(2, heights["fill:var(--nginx)"] / heights["fill:var(--pollux)"], 1)

    def test_bars_that_are_too_thin_for_their_names_have_a_key(self):
        group = [charts.Bar("Pollux", "pollux", 1), charts.Bar("nginx", "nginx", 1)]
        for count, names in ((1, 1), (2, 2), (20, 1)):
            with self.subTest(groups=count):
                root = xml.fromstring(charts.columns([(str(i), group) for i in range(count)], "u", "test"))
                self.assertEqual(names, sum(text.text == "Pollux" for text in root.findall("text")))

    def test_a_bar_that_is_shorter_than_wanted_has_another_colour(self):
        rows = [("good", 1.4, 1.3, 1.5, 1.3, []), ("bad", 1.2, 1.2, 1.2, 1.3, [("limit", "C limit", 1.6)])]
        bars = xml.fromstring(charts.ratios(rows, "test")).findall("rect")
        self.assertEqual(["fill:var(--pollux)", "fill:var(--short)"], [bar.get("style") for bar in bars])

    def test_a_line_leaves_out_what_was_not_measured(self):
        text = charts.curves(["1", "2", "3"], [("a", "pollux", False, [10, None, 30])], "u", "caption", "test")
        points = xml.fromstring(text).find("polyline").get("points").split()
        self.assertEqual(2, len(points))

    def test_the_names_of_lines_do_not_cover_each_other(self):
        series = [(name, "pollux", False, [value]) for name, value in (("a", 100), ("b", 99), ("c", 98), ("d", 1))]
        root = xml.fromstring(charts.curves(["1"], series, "u", "caption", "test"))
        heights = sorted(float(text.get("y")) for text in root.findall("text") if text.text in "abcd")
        self.assertTrue(all(after - before >= 14.9 for before, after in zip(heights, heights[1:])), heights)

    def test_the_parts_of_a_bar_stand_in_a_row(self):
        colours = {"read": "part0", "write": "part1"}
        text = charts.stacks([("Pollux", {"read": 1, "write": 2})], colours, "calls", "test")
        bars = [bar for bar in xml.fromstring(text).findall("rect") if bar.find("title") is not None]
        first, second = ((float(bar.get("x")), float(bar.get("width"))) for bar in bars)
        self.assertAlmostEqual(first[0] + first[1] + 1, second[0], 0)
        self.assertTrue(re.match("write: 2 calls", bars[1].find("title").text))


if __name__ == "__main__":
    unittest.main()
