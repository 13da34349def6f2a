"""The results of bench/micro, as JMH writes them."""
from . import charts
from .svg import short

# Units of JMH in nanoseconds.
_NANOSECONDS = {"ns/op": 1.0, "us/op": 1e3, "ms/op": 1e6, "s/op": 1e9}


class Row:
    """One benchmark with its parameters: time in nanoseconds, allocation in bytes (None when it is not known)."""

    def __init__(self, entry):
        name = entry["benchmark"].split(".")
        self.benchmark = name[-2].replace("Benchmark", "")
        self.method = name[-1]
        self.params = entry.get("params") or {}
        metric = entry["primaryMetric"]
        self.ns = metric["score"] * _NANOSECONDS.get(metric["scoreUnit"], 1.0)
        error = metric.get("scoreError")
        # JMH writes "NaN" where too few rounds were made to know.
        self.error_ns = error * _NANOSECONDS.get(metric["scoreUnit"], 1.0) if isinstance(error, float) else None
        others = entry.get("secondaryMetrics", {})
        allocation = next((others[name] for name in others if name.endswith("gc.alloc.rate.norm")), {})
        self.bytes = allocation.get("score") if isinstance(allocation.get("score"), (int, float)) else None


def rows(entries):
    """All of a result file's benchmarks."""
    return [Row(entry) for entry in entries]


def pollers(found):
    """Charts of what one exchange costs among idle connections: [(busy, svg)], one for each number of busy ones."""
    mine = [row for row in found if row.benchmark == "Poller"]
    result = []
    for busy in sorted({int(row.params["busy"]) for row in mine}):
        these = [row for row in mine if int(row.params["busy"]) == busy]
        some = {(row.params["backend"], int(row.params["idle"])): row for row in these}
        levels = sorted({idle for _, idle in some})
        series = []
        for i, backend in enumerate(sorted({name for name, _ in some}, key=_order)):
            values = [some[backend, idle].ns / busy / 1000 if (backend, idle) in some else None for idle in levels]
            series.append((backend.lower(), f"way{i % 3}", False, values))
        drawing = charts.curves(
            [f"{level:,}" for level in levels],
            series,
            "µs an exchange",
            f"idle connections, {busy} busy (both axes are logarithmic)",
            f"Cost of an exchange by idle connections, {busy} busy",
            260,
            logarithmic=True,
        )
        result.append((busy, drawing))
    return result


def _order(backend):
    known = ["POLL", "EPOLL", "AUTO"]
    return known.index(backend) if backend in known else len(known)


def spawns(found):
    """A chart of how long starting a program stops the loop, by the heap in use; None without figures."""
    mine = [row for row in found if row.benchmark == "Spawn"]
    if not mine:
        return None
    colours = {"vfork": "way0", "fork": "way1", "processBuilder": "way2"}
    names = {"processBuilder": "the JDK"}
    groups = []
    for heap in sorted({int(row.params["heapMiB"]) for row in mine}):
        bars = [
            charts.Bar(names.get(row.method, row.method), colours.get(row.method, "limit"), row.ns / 1e6)
            for row in sorted(mine, key=lambda row: list(colours).index(row.method) if row.method in colours else 9)
            if int(row.params["heapMiB"]) == heap
        ]
        groups.append((f"{heap:,} MiB of heap", bars))
    return charts.columns(groups, "ms", "How long starting a program stops the loop")


def cells(row):
    """What stands in a line of the table: benchmark, parameters, time, allocation."""
    params = ", ".join(f"{name} {value}" for name, value in row.params.items() if value)
    unit, size = ("ms", 1e6) if row.ns >= 1e6 else ("µs", 1e3) if row.ns >= 1e3 else ("ns", 1.0)
    error = f" ± {short(row.error_ns / size)}" if row.error_ns is not None else ""
    allocation = "" if row.bytes is None else "0" if row.bytes < 0.5 else short(row.bytes)
    return f"{row.benchmark}.{row.method}", params, f"{short(row.ns / size)}{error} {unit}", allocation
