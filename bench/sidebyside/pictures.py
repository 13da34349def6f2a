"""The charts of the report, each with its words; what was not measured is left out."""
from . import charts, micro, stats
from .cases import BY_KEY, CASES
from .style import NAMES

SERVERS = tuple(NAMES)
# What the table of targets wants of the ratio to nginx; a notch in the first chart.
_WANTED = {"k64": 1.3, "k512": 1.3, "pipeline": 1.3}
_EXTRA = {"put": "upload by PUT", "two": "two workers, unpinned"}


def figure(drawing, caption="", above=""):
    """A drawing with its words."""
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{above}{drawing}{words}</figure>"


def ratios(figures):
    """Pollux against nginx, case by case."""
    rows = []
    titles = [(case.key, case.title) for case in CASES] + list(_EXTRA.items())
    for key, title in titles:
        theirs = figures.series(key, "nginx")
        seen = stats.ratio(figures.series(key, "pollux"), theirs)
        if not seen:
            continue
        dots = []
        for server in ("lighttpd", "limit"):
            other = stats.ratio(figures.series(key, server), theirs)
            if other:
                dots.append((server, NAMES[server], other.median))
        rows.append((title, seen.median, seen.low, seen.high, _WANTED.get(key, 1.0), dots))
    if not rows:
        return ""
    above = (
        '<div class="legend"><span><i style="background:var(--pollux)"></i>Pollux, as wanted</span>'
        '<span><i style="background:var(--short)"></i>Pollux, less than wanted</span>'
        '<span><i class="notch" style="background:var(--ink)"></i>wanted</span>'
        '<span><i class="dot" style="background:var(--lighttpd)"></i>lighttpd</span>'
        '<span><i class="dot" style="background:var(--limit)"></i>C limit</span>'
        '<span><i class="notch" style="background:var(--nginx)"></i>nginx</span></div>'
    )
    drawing = charts.ratios(rows, "Requests a second as a multiple of nginx's")
    return (
        '<h2>Against nginx, case by case</h2><p class="note">Requests a second as a multiple of nginx\'s; access logs '
        f"off. What is longer than the green line is faster.</p>{figure(drawing, '', above)}"
    )


def _bars(figures, case, logged=False, name="rate", scale=1.0, servers=SERVERS):
    bars = []
    for server in servers:
        seen = figures.summary(case, server, logged, name)
        if seen:
            bars.append(charts.Bar(NAMES[server], server, seen.median * scale, seen.low * scale, seen.high * scale))
    return bars


def _groups(*groups):
    return [(name, bars) for name, bars in groups if bars]


def throughput(figures):
    """Requests a second for small files."""
    groups = _groups(
        *[(f"{BY_KEY[key].connections} connections{words}", _bars(figures, key, logged))
          for key in ("k64", "k512") for logged, words in ((False, ""), (True, ", access log"))],
    )
    others = _groups(("one connection", _bars(figures, "k1")), ("a new connection each", _bars(figures, "close")))
    if not groups and not others:
        return ""
    drawings = [charts.columns(some, "requests/s", "Requests a second for 1 KiB") for some in (groups, others) if some]
    return (
        '<h2>Small files</h2><p class="note">A file of 1 KiB, server and load generator on a core each; whiskers show '
        f"the range of the rounds.</p>{''.join(figure(drawing) for drawing in drawings)}"
    )


def latency(figures):
    """Median and 99th percentile."""
    groups = _groups(
        *[(f"{words}, {BY_KEY[key].connections} connections", _bars(figures, key, False, name, 1e-3))
          for key in ("k64", "k512") for name, words in (("p50", "median"), ("p99", "99 %"))],
    )
    if not groups:
        return ""
    drawing = charts.columns(groups, "ms", "Latency for 1 KiB")
    return (
        '<h2>Latency</h2><p class="note">The load generator asks as fast as it is answered, so this is mostly the time '
        f"a request waits for those before it.</p>{figure(drawing)}"
    )


def idle(figures, found):
    """What idle connections cost: the servers by their number, and the loop alone with each poller."""
    parts = []
    levels = sorted({int(key.split()[2]) for key in figures.cases() if key.startswith("sweep ")})
    series = []
    for server, use, colour, dashed in (
        ("pollux", "poll", "way1", False),
        ("pollux", "epoll", "way2", False),
        ("pollux", "auto", "pollux", False),
        ("nginx", "epoll", "nginx", True),
    ):
        medians = [figures.summary(f"sweep {use} {level}", server) for level in levels]
        if any(medians):
            values = [seen.median if seen else None for seen in medians]
            series.append((f"{NAMES[server]}, {use}", colour, dashed, values))
    if series:
        names = [f"{level:,}" for level in levels]
        label = "Requests a second by idle connections"
        drawing = charts.curves(names, series, "requests/s", "idle connections besides", label)
        caption = "1 KiB over 64 busy connections, by how many others idle and by how the loop waits."
        parts.append(figure(drawing, caption))
    else:
        groups = _groups(("alone", _bars(figures, "alone")), ("7,000 idle besides", _bars(figures, "idle")))
        if groups:
            parts.append(figure(charts.columns(groups, "requests/s", "Requests a second with idle connections", 240)))
    for busy, drawing in micro.pollers(found):
        parts.append(figure(drawing, f"The loop alone (JMH): a byte to and fro for each of {busy} busy connections."))
    return f"<h2>Idle connections</h2>{''.join(parts)}" if parts else ""


def calls(calls):
    """System calls a request."""
    if not calls:
        return ""
    totals = {}
    for counts in calls.values():
        for name, count in counts.items():
            totals[name] = max(totals.get(name, 0), count)
    names = sorted((name for name, most in totals.items() if most >= 0.05), key=lambda name: -totals[name])
    colours = {name: f"part{i}" for i, name in enumerate(names[:8])}
    rest = set(totals) - set(colours)
    rows = []
    for server in SERVERS:
        if server in calls:
            parts = {name: count for name, count in calls[server].items() if name in colours}
            parts["others"] = sum(count for name, count in calls[server].items() if name in rest)
            rows.append((NAMES[server], parts))
    drawing = charts.stacks(rows, colours | {"others": "part8"}, "a request", "System calls a request")
    return (
        '<h2>System calls</h2><p class="note">For each request of a 1 KiB file at 64 connections, counted by strace; a '
        f"wait is shared by all that it reports.</p>{figure(drawing)}"
    )


def large(figures):
    """Large files, programs' output and uploads in bytes a second."""
    mib = 1 / 2**20
    twins = ("pollux", "nginx", "lighttpd")
    groups = _groups(
        ("100 KiB", _bars(figures, "k100", False, "bytes_per_second", mib, twins)),
        ("10 MiB", _bars(figures, "m10", False, "bytes_per_second", mib, twins)),
        ("1 GiB through cat (CGI)", _bars(figures, "stream", scale=mib)),
        ("200 MiB by PUT", _bars(figures, "put", scale=mib)),
        ("by a form", _bars(figures, "form", scale=mib)),
    )
    if not groups:
        return ""
    return f"<h2>Much at once</h2>{figure(charts.columns(groups, 'MiB/s', 'Bytes a second'))}"


def programs(figures, found):
    """CGI, and how long starting a program stops the loop."""
    parts = []
    bars = _bars(figures, "cgi")
    if bars:
        group = ("a static C program, 16 connections, unpinned", bars)
        parts.append(figure(charts.columns([group], "requests/s", "CGI", 220)))
    spawns = micro.spawns(found)
    if spawns:
        parts.append(figure(spawns, "How long starting a program stops the loop, by the heap in use (JMH)."))
    return f"<h2>Programs</h2>{''.join(parts)}" if parts else ""
