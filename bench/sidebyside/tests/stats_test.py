"""Medians and ratios of rounds."""
import unittest

from sidebyside import stats


class StatsTest(unittest.TestCase):
    def test_a_summary_has_median_range_and_rounds(self):
        self.assertEqual(stats.Summary(30, 10, 50, 5), stats.summary([50, 10, 40, 30, 20]))

    def test_the_median_of_an_even_number_lies_between_the_middle_two(self):
        self.assertEqual(25, stats.summary([10, 20, 30, 40]).median)

    def test_missing_rounds_are_left_out(self):
        self.assertEqual(stats.Summary(2, 1, 3, 2), stats.summary([None, 1, 3]))

    def test_nothing_has_no_summary(self):
        self.assertIsNone(stats.summary([]))
        self.assertIsNone(stats.summary([None]))

    def test_the_spread_is_relative_to_the_median(self):
        self.assertAlmostEqual(0.4, stats.summary([80, 100, 120]).spread)

    def test_ratios_are_taken_round_by_round(self):
        # The medians' ratio would be 1: a slow round is slow for both.
        seen = stats.ratio([100, 10, 60], [50, 20, 40])
        self.assertEqual((1.5, 0.5, 2.0), (seen.median, seen.low, seen.high))

    def test_a_ratio_needs_both_numbers_of_a_round(self):
        self.assertEqual(stats.Summary(2, 2, 2, 1), stats.ratio([None, 4, 3], [1, 2, None]))
        self.assertIsNone(stats.ratio([1], [0]))

    def test_the_best_is_found_in_each_round(self):
        self.assertEqual([3, 5, 6, None], stats.best([3, 5, None, None], [1, 4, 6, None]))


if __name__ == "__main__":
    unittest.main()
