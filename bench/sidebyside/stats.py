"""Medians and ratios of interleaved rounds.

A round measures every server once, one after the other. What disturbs the machine for a while disturbs a whole round,
so two servers are compared round by round, and the median of these ratios counts.
"""
import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Summary:
    """A median and how far apart the rounds lie."""

    median: float
    low: float
    high: float
    rounds: int

    @property
    def spread(self):
        """(high - low) / median, 0 for a single round."""
        return (self.high - self.low) / self.median if self.median else 0.0


def summary(values):
    """The summary of numbers; None when there are none (a round may lack its number: None)."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    return Summary(statistics.median(known), min(known), max(known), len(known))


def ratio(ours, theirs):
    """The summary of ours[i] / theirs[i]; rounds in which either is missing or zero are left out."""
    pairs = zip(ours, theirs)
    return summary([a / b for a, b in pairs if a is not None and b])


def best(*series):
    """Round by round the largest number of several servers, missing ones left out."""
    return [max((value for value in values if value is not None), default=None) for values in zip(*series)]
