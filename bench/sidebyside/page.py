"""The report: one page of HTML that needs nothing else."""
from html import escape

from . import micro, pictures, stats
from .cases import BY_KEY
from .style import NAMES, SHEET
from .svg import short
from .targets import Figures
from .words import disturbance, duration, shown, spread, verdict, wanted


def render(results, lines, micro_entries):
    """The page's text."""
    figures = Figures(results["samples"])
    found = micro.rows(micro_entries)
    parts = [
        _head(results, lines, figures),
        _problems(results["problems"]),
        pictures.ratios(figures),
        _targets(lines),
        pictures.throughput(figures),
        pictures.latency(figures),
        pictures.idle(figures, found),
        pictures.calls(results["single"].get("calls", {})),
        pictures.large(figures),
        pictures.programs(figures, found),
        _numbers(results, figures),
        _micro(found),
        _machine(results),
    ]
    body = "\n".join(part for part in parts if part)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Pollux, side by side</title><style>{SHEET}</style></head>\n"
        f"<body><main>\n{body}\n</main></body></html>\n"
    )


def _head(results, lines, figures):
    known = [line for line in lines if line.met is not None]
    rate = figures.summary("k64", "pollux")
    tiles = [(f"{sum(line.met for line in known)} of {len(known)}", "targets met")]
    if rate:
        tiles.append((f"{rate.median:,.0f}", "requests a second, 1 KiB, 64 connections"))
    for server, words in (("nginx", "× nginx"), ("lighttpd", "× lighttpd"), ("limit", "of the C limit")):
        seen = stats.ratio(figures.series("k64", "pollux"), figures.series("k64", server))
        if seen:
            tiles.append((f"{seen.median:.2f}", f"{words}, same case"))
    noise = figures.summary("k64", "limit")
    if noise and noise.rounds > 1:
        tiles.append((f"{noise.spread * 100:.0f} %", "the C limit's rounds differ by: the machine's noise"))
    boxes = "".join(f'<div class="tile"><b>{escape(b)}</b><span>{escape(words)}</span></div>' for b, words in tiles)
    made = f"{results['began']}, {results['machine']['processor']}, {duration(results)}"
    return f'<h1>Pollux, side by side</h1><p class="lead">{escape(made)}</p><div class="tiles">{boxes}</div>'


def _problems(problems):
    if not problems:
        return ""
    items = "".join(f"<li>{escape(text)}</li>" for text in problems)
    return f'<div class="problems"><p><b>What went wrong</b></p><ul>{items}</ul></div>'


def _targets(lines):
    rows = []
    before = None
    for line in lines:
        if line.met is None:
            continue
        css, words = verdict(line)
        first = line.row != before
        rows.append(
            f"<tr{' class=first' if first else ''}><td>{escape(line.row) if first else ''}</td>"
            f"<td>{escape(line.what)}</td><td class=n>{wanted(line)}</td>"
            f"<td class=n>{shown(line)}</td><td class=n>{spread(line)}</td>"
            f"<td class={css}>{words}</td></tr>"
        )
        before = line.row
    left = [f"{line.row} ({line.what})" for line in lines if line.met is None]
    rest = (
        f"<details><summary>{len(left)} figures were not measured</summary><p>{escape('; '.join(left))}.</p></details>"
        if left
        else ""
    )
    return (
        '<h2>Targets</h2><p class="note">Ratios are taken round by round; the median counts, next to it the range.</p>'
        '<div class="wide"><table><tr><th>case</th><th>figure</th><th class=n>wanted</th><th class=n>seen</th>'
        f"<th class=n>range</th><th></th></tr>{''.join(rows)}</table></div>{rest}"
    )


def _numbers(results, figures):
    rows = []
    for key, server, logged in figures.keys():
        seen = figures.summary(key, server, logged)
        slow = figures.summary(key, server, logged, "p99")
        title = BY_KEY[key].title if key in BY_KEY else key
        unit = " s" if key == "start" else " B/s" if key in ("put", "form", "stream") else "/s"
        rows.append(
            f"<tr><td>{escape(title)}</td><td>{NAMES[server]}</td><td>{'on' if logged else ''}</td>"
            f"<td class=n>{short(seen.median)}{unit}</td><td class=n>{short(seen.low)} to {short(seen.high)}</td>"
            f"<td class=n>{short(slow.median / 1000) + ' ms' if slow else ''}</td></tr>"
        )
    single = results["single"]
    lists = [f"{name}: {value / 2**20:.0f} MiB" for name, value in single.get("peaks", {}).items()]
    memory = f"<p>Most memory: {escape(', '.join(lists))}.</p>" if lists else ""
    return (
        f"<h2>All numbers</h2>{memory}<details><summary>{len(rows)} series of {len(results['samples'])} measurements"
        '</summary><div class="wide"><table><tr><th>case</th><th>server</th><th>log</th><th class=n>median</th>'
        f"<th class=n>range</th><th class=n>p99</th></tr>{''.join(rows)}</table></div></details>"
    )


def _micro(found):
    if not found:
        return ""
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(params)}</td><td class=n>{time}</td><td class=n>{allocation}</td></tr>"
        for name, params, time, allocation in map(micro.cells, found)
    )
    return (
        f"<h2>Single steps</h2><details><summary>{len(found)} microbenchmarks (bench/micro, JMH)</summary>"
        '<div class="wide"><table><tr><th>benchmark</th><th></th><th class=n>time</th>'
        f"<th class=n>bytes allocated</th></tr>{rows}</table></div></details>"
    )


def _machine(results):
    pairs = list(results["machine"].items()) + list(results["versions"].items())
    pairs += [
        ("load before", f"{results['load_before']:.2f}"),
        ("disturbance", disturbance(results)),
        ("took", f"{results['minutes']} minutes"),
    ]
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in pairs)
    return f"<h2>Machine and versions</h2><dl>{items}</dl>"
