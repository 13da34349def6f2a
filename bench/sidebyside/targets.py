"""The table: what was wanted of Pollux, what was seen, and whether that is enough."""
from dataclasses import dataclass

from . import stats
from .cases import BY_KEY

MIB = 2**20


@dataclass(frozen=True)
class Line:
    """One figure of a row. `value` and `wanted` are in `unit` ("×" for ratios); `value` is None if not measured."""

    row: str
    what: str
    wanted: float
    at_least: bool
    unit: str
    value: float = None
    low: float = None
    high: float = None

    @property
    def met(self):
        """Whether the figure is as wanted."""
        if self.value is None:
            return None
        return self.value >= self.wanted if self.at_least else self.value <= self.wanted


class Figures:
    """The samples of a run, by case, server, log and round."""

    def __init__(self, samples):
        self._rows = {}
        for row in samples:
            self._rows[row["case"], row["server"], row.get("logged", False), row["round"]] = row
        self.rounds = 1 + max((row["round"] for row in samples), default=-1)

    def cases(self):
        """The keys of all cases that were measured."""
        return {case for case, _, _, _ in self._rows}

    def keys(self):
        """(case, server, logged) of every series, in the order they were measured."""
        return list(dict.fromkeys((case, server, logged) for case, server, logged, _ in self._rows))

    def series(self, case, server, logged=False, name="rate"):
        """A number for each round, None where it is missing."""
        rows = (self._rows.get((case, server, logged, number)) for number in range(self.rounds))
        return [row and row.get(name) for row in rows]

    def summary(self, case, server, logged=False, name="rate"):
        """The summary of a series, or None."""
        return stats.summary(self.series(case, server, logged, name))


def table(samples, single):
    """All the lines, in the order of the rows."""
    figures = Figures(samples)
    lines = []
    for logged in (False, True):
        lines += _main(figures, logged)
    lines += _others(figures)
    lines += _transfers(figures)
    lines += _single(figures, single)
    return lines


def _line(row, what, wanted, seen, *, at_least=True, unit="×"):
    if seen is None:
        return Line(row, what, wanted, at_least, unit)
    return Line(row, what, wanted, at_least, unit, seen.median, seen.low, seen.high)


def _rates(figures, row, case, logged, wanted):
    ours = figures.series(case, "pollux", logged)
    return [
        _line(row, name, least, stats.ratio(ours, figures.series(case, server, logged)))
        for server, name, least in wanted
    ]


def _named(title, logged):
    return f"{title}, access log on" if logged else title


def _main(figures, logged):
    lines = []
    for case in ("k64", "k512"):
        row = _named(BY_KEY[case].title, logged)
        wanted = (("limit", "of the C limit", 0.90), ("nginx", "of nginx", 1.30), ("lighttpd", "of lighttpd", 1.10))
        lines += _rates(figures, row, case, logged, wanted)
        slowness = [figures.series(case, server, logged, "p99") for server in ("pollux", "nginx")]
        lines.append(_line(row, "99th percentile, of nginx's", 1.0, stats.ratio(*slowness), at_least=False))
    return lines


def _others(figures):
    lines = []
    for logged in (False, True):
        for case in ("k1", "close"):
            lines += _rates(figures, _named(BY_KEY[case].title, logged), case, logged, (("nginx", "of nginx", 1.0),))
        for case in ("k100", "m10"):
            rivals = [figures.series(case, server, logged) for server in ("nginx", "lighttpd")]
            seen = stats.ratio(figures.series(case, "pollux", logged), stats.best(*rivals))
            lines.append(_line(_named(BY_KEY[case].title, logged), "of the better of nginx and lighttpd", 1.0, seen))
        for case in ("missing", "moved", "answer", "listing", "unchanged", "range"):
            lines += _rates(figures, _named(BY_KEY[case].title, logged), case, logged, (("nginx", "of nginx", 1.0),))
        lines += _rates(
            figures, _named(BY_KEY["pipeline"].title, logged), "pipeline", logged, (("nginx", "of nginx", 1.3),)
        )
    return lines


def _transfers(figures):
    lines = _rates(
        figures,
        "CGI program that prints hello, 16 connections, unpinned",
        "cgi",
        False,
        (("lighttpd", "of lighttpd's mod_cgi", 1.0), ("apache", "of Apache's mod_cgid", 1.5)),
    )
    lines += _rates(figures, "CGI, 1 GiB through cat", "stream", False, (("lighttpd", "of lighttpd", 1.0),))
    lines += _rates(figures, "upload of 200 MiB by PUT", "put", False, (("nginx", "of nginx", 1.0),))
    forms = stats.ratio(figures.series("form", "pollux"), figures.series("put", "pollux"))
    lines.append(_line("upload of 200 MiB by a form", "of PUT", 0.8, forms))
    lines += _rates(figures, "two workers, unpinned", "two", False, (("nginx", "of nginx with two", 1.0),))
    return lines


def _single(figures, single):
    row = "1 KiB, 64 connections among 7,000 idle ones"
    alone, crowded = figures.series("alone", "pollux"), figures.series("idle", "pollux")
    each = single.get("idle_memory", {}).get("pollux")
    peaks = single.get("peaks", {})
    start = figures.summary("start", "pollux")
    lines = [
        _line(row, "of itself without them", 0.90, stats.ratio(crowded, alone)),
        Line(row, "memory for each idle connection", 8.0, False, "KiB", each and each / 1024),
        Line("resident memory, the most of any Pollux", "VmHWM", 96.0, False, "MiB", _largest(peaks)),
        _line("start to first answered byte", "second start", 0.35, start, at_least=False, unit="s"),
    ]
    for case, found in single.get("allocation", {}).items():
        # What is done once a second, and what the numbers are not exact enough for, is nothing a request.
        seen = 0.0 if abs(found["bytes"]) <= max(0.5, found["exact_to"]) else found["bytes"]
        row = "heap bytes allocated for a request"
        lines.append(Line(row, BY_KEY[case].title, 0.0, False, "bytes", seen))
    if not single.get("allocation"):
        lines.append(Line("heap bytes allocated for a request", "in steady state", 0.0, False, "bytes"))
    return lines


def _largest(peaks):
    return max(peaks.values()) / MIB if peaks else None
