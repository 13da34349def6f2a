"""The table of targets, the page, and the table in the README."""
import html.parser
import unittest

from sidebyside import page, readme, words
from sidebyside.targets import Figures, Line, table


def sample(case, server, rate, number=0, logged=False, **more):
    return {"case": case, "server": server, "round": number, "rate": rate, "logged": logged} | more


def line(lines, row, what):
    found = [one for one in lines if one.row == row and one.what == what]
    assert len(found) == 1, (row, what, len(found))
    return found[0]


SAMPLES = [
    sample("k64", "pollux", 120, p50=400.0, p99=900.0, bytes_per_second=1e6),
    sample("k64", "nginx", 90, p50=600.0, p99=1000.0, bytes_per_second=1e6),
    sample("k64", "lighttpd", 110, p50=500.0, p99=950.0, bytes_per_second=1e6),
    sample("k64", "limit", 130, p50=350.0, p99=800.0, bytes_per_second=1e6),
    sample("k100", "pollux", 10, bytes_per_second=1e6),
    sample("k100", "nginx", 9, bytes_per_second=1e6),
    sample("k100", "lighttpd", 12, bytes_per_second=1e6),
    sample("put", "pollux", 100.0),
    sample("form", "pollux", 85.0),
    sample("start", "pollux", 0.36),
]
SINGLE = {
    "idle_memory": {"pollux": 4096.0},
    "peaks": {"pollux": 50 * 2**20, "pollux with two workers": 97 * 2**20},
    "allocation": {
        "k64": {"bytes": 0.3, "exact_to": 0.01, "requests": 9},
        "missing": {"bytes": 900.0, "exact_to": 1.0, "requests": 9},
    },
    "calls": {"pollux": {"poll": 0.1, "recvfrom": 1.0, "sendto": 1.0}},
}
RESULTS = {
    "began": "2026-11-23 10:00",
    "minutes": 1.5,
    "options": {"quick": True, "rounds": 1, "seconds": 1, "warm_up": 1, "only": []},
    "machine": {"processor": "2 × Test", "memory": "4 GiB", "kernel": "Linux 6", "system": "Debian"},
    "versions": {"Pollux": "pollux/0.1.0", "nginx": "nginx/1.22.1"},
    "load_before": 0.1,
    "disturbance": {"stolen": 0.002, "others": 0.25},
    "samples": SAMPLES,
    "single": SINGLE,
    "problems": ["nginx <answers> 404"],
}


class TableTest(unittest.TestCase):
    def setUp(self):
        self.lines = table(SAMPLES, SINGLE)

    def test_a_ratio_that_reaches_the_target_is_met(self):
        self.assertTrue(line(self.lines, "1 KiB, 64 connections", "of nginx").met)
        self.assertAlmostEqual(120 / 130, line(self.lines, "1 KiB, 64 connections", "of the C limit").value)

    def test_a_ratio_below_the_target_is_missed(self):
        self.assertFalse(line(self.lines, "1 KiB, 64 connections", "of lighttpd").met)

    def test_a_percentile_must_be_at_most_nginx_s(self):
        seen = line(self.lines, "1 KiB, 64 connections", "99th percentile, of nginx's")
        self.assertEqual((0.9, True), (seen.value, seen.met))

    def test_large_files_are_held_to_the_better_of_both(self):
        seen = line(self.lines, "100 KiB", "of the better of nginx and lighttpd")
        self.assertAlmostEqual(10 / 12, seen.value)
        self.assertFalse(seen.met)

    def test_what_was_not_measured_is_neither_met_nor_missed(self):
        self.assertIsNone(line(self.lines, "1 KiB, 64 connections, access log on", "of nginx").met)

    def test_the_largest_pollux_counts(self):
        seen = line(self.lines, "resident memory, the most of any Pollux", "VmHWM")
        self.assertEqual((97.0, False), (seen.value, seen.met))

    def test_what_is_allocated_once_a_second_is_nothing_a_request(self):
        row = "heap bytes allocated for a request"
        self.assertEqual(0.0, line(self.lines, row, "1 KiB, 64 connections").value)
        self.assertEqual(900.0, line(self.lines, row, "404").value)

    def test_bytes_of_an_idle_connection_are_kib(self):
        row = "1 KiB, 64 connections among 7,000 idle ones"
        self.assertEqual(4.0, line(self.lines, row, "memory for each idle connection").value)

    def test_an_empty_run_has_every_row_and_no_figure(self):
        self.assertEqual({None}, {one.met for one in table([], {})})

    def test_figures_have_a_number_for_each_round(self):
        figures = Figures([sample("k64", "nginx", 1, 0), sample("k64", "nginx", 3, 2)])
        self.assertEqual([1, None, 3], figures.series("k64", "nginx"))


class _Balance(html.parser.HTMLParser):
    """Every element that is opened is closed, in its order."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


class PageTest(unittest.TestCase):
    def test_the_page_is_whole_whatever_was_measured(self):
        entry = {
            "benchmark": "pollux.bench.PollerBenchmark.exchange",
            "params": {"backend": "POLL", "idle": "10", "busy": "1"},
            "primaryMetric": {"score": 12.5, "scoreError": "NaN", "scoreUnit": "us/op"},
            "secondaryMetrics": {"·gc.alloc.rate.norm": {"score": 0.001}},
        }
        for samples, single, micro in ((SAMPLES, SINGLE, [entry]), ([], {}, [])):
            results = RESULTS | {"samples": samples, "single": single}
            text = page.render(results, table(samples, single), micro)
            balance = _Balance()
            balance.feed(text)
            self.assertEqual(([], []), (balance.open, balance.wrong))

    def test_the_page_asks_the_network_for_nothing(self):
        text = page.render(RESULTS, table(SAMPLES, SINGLE), [])
        for reference in ("src=", "href=", "url(", "@import"):
            self.assertNotIn(reference, text)

    def test_what_went_wrong_is_shown_and_escaped(self):
        self.assertIn("nginx &lt;answers&gt; 404", page.render(RESULTS, [], []))

    def test_a_miss_is_not_rounded_away(self):
        for one, expected in [
            (Line("r", "w", 1.0, True, "×", 0.998), "0.998"),
            (Line("r", "w", 1.0, True, "×", 0.99), "0.99"),
            (Line("r", "w", 1.0, True, "×", 1.0), "1.00"),
            (Line("r", "w", 0.35, False, "s", 0.3512), "0.351 s"),
        ]:
            with self.subTest(one=one):
                self.assertEqual(expected, words.shown(one))

    def test_amounts_have_their_units(self):
        for one, expected in [
            (Line("r", "w", 0.9, True, "×", 0.923), ("≥ 0.90", "0.92")),
            (Line("r", "w", 0.35, False, "s", 0.3333), ("≤ 0.35 s", "0.33 s")),
            (Line("r", "w", 96.0, False, "MiB", 50.04), ("≤ 96 MiB", "50 MiB")),
            (Line("r", "w", 0.0, False, "bytes", 0.0), ("0", "0 bytes")),
            (Line("r", "w", 1.0, True, "×"), ("≥ 1.00", "–")),
        ]:
            with self.subTest(one=one):
                self.assertEqual(expected, (words.wanted(one), words.amount(one, one.value)))


class ReadmeTest(unittest.TestCase):
    def test_what_stands_between_the_markers_is_replaced_and_nothing_else(self):
        text = f"before\n{readme.BEGIN}\nold\n{readme.END}\nafter\n"
        self.assertEqual(f"before\n{readme.BEGIN}\n\nnew\n\n{readme.END}\nafter\n", readme.replaced(text, "new"))

    def test_missing_turned_or_doubled_markers_are_an_error(self):
        for text in ("none", readme.BEGIN, readme.END + readme.BEGIN, (readme.BEGIN + readme.END) * 2):
            with self.subTest(text=text), self.assertRaises(readme.MarkerError):
                readme.replaced(text, "new")

    def test_the_table_has_a_line_for_each_figure(self):
        lines = table(SAMPLES, SINGLE)
        text = readme.table(RESULTS, lines)
        self.assertEqual(len(lines), sum(one.startswith("| ") for one in text.splitlines()) - 2)
        self.assertIn("| 1 KiB, 64 connections | of the C limit | ≥ 0.90 | 0.92 |  | met |", text)
        self.assertIn("|  | of lighttpd | ≥ 1.10 | 1.09 |  | **missed** |", text)
        self.assertIn("- nginx <answers> 404", text)
        self.assertIn("other programs had 25 % of the processors' time, other machines 0.2 %", text)


if __name__ == "__main__":
    unittest.main()
