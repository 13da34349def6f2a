"""Charts by what they show; colours are names of style.py."""
import math
from dataclasses import dataclass

from .svg import Svg, decades, short, ticks

WIDTH = 880


@dataclass(frozen=True)
class Bar:
    """One bar of a group: a value, the range its rounds had, and whose it is."""

    label: str
    colour: str
    value: float
    low: float = None
    high: float = None


def columns(groups, unit, label, height=280):
    """Upright bars in groups: [(name, [Bar, ...]), ...]."""
    svg = Svg(WIDTH, height, label)
    left, right, top, bottom = 56, WIDTH - 8, 30, height - 46
    bars = [bar for _, group in groups for bar in group]
    scale = ticks(max(max(bar.value, bar.high or 0) for bar in bars))
    y = lambda value: bottom - (bottom - top) * value / scale[-1]
    _levels(svg, scale, y, left, right, unit)
    # A group takes the room of its bars and one more.
    slot = (right - left) / sum(len(group) + 1 for _, group in groups)
    thick = min(slot, 64)
    named = thick >= 50
    if not named:
        _key(svg, {bar.label: bar.colour for bar in bars}, right)
    x = left
    for name, group in groups:
        span = slot * (len(group) + 1)
        at = x + (span - thick * len(group)) / 2
        for bar in group:
            _column(svg, bar, at, thick, y, bottom, unit)
            if named:
                svg.text(at + thick / 2, bottom + 15, bar.label, "middle", "small")
            at += thick
        svg.text(x + span / 2, height - (8 if named else 22), name, "middle", "strong")
        x += span
    return str(svg)


def _key(svg, colours, right):
    """Whose bars are whose, in a line above them that ends on the right."""
    x = right
    for label, colour in reversed(colours.items()):
        x -= 7 * len(label)
        svg.text(x, 11, label, "start", "small")
        svg.rect(x - 15, 2, 10, 10, colour)
        x -= 33


def _column(svg, bar, x, thick, y, bottom, unit):
    gap = thick * 0.08
    title = f"{bar.label}: {short(bar.value)} {unit}"
    svg.rect(x + gap, y(bar.value), thick - 2 * gap, bottom - y(bar.value), bar.colour, title)
    middle = x + thick / 2
    if bar.high is not None and bar.high > bar.low:
        svg.line(middle, y(bar.low), middle, y(bar.high), "whisker")
    svg.text(middle, y(max(bar.value, bar.high or 0)) - 5, short(bar.value), "middle", "value")


def _levels(svg, scale, y, left, right, unit):
    for value in scale:
        svg.line(left, y(value), right, y(value), "axis" if value == scale[0] else "grid")
        svg.text(left - 6, y(value) + 4, short(value), "end", "small")
    svg.text(4, 12, unit, "start", "small")


def ratios(rows, label):
    """Lying bars against 1: [(name, value, low, high, wanted or None, [(colour, name, value), ...]), ...]. The others'
    dots stand on the same row, what is wanted is a notch. A bar that is too long for the paper is cut."""
    step, top = 30, 34
    height = top + step * len(rows) + 8
    svg = Svg(WIDTH, height, label)
    left, right = 250, WIDTH - 50
    values = [value for row in rows for value in [row[1], row[3], row[4] or 0, *(dot[2] for dot in row[5])]]
    scale = ticks(min(max(values + [1.2]), 2.5), 6)
    x = lambda value: left + (right - left) * min(value, scale[-1]) / scale[-1]
    for value in scale:
        svg.line(x(value), top - 8, x(value), height - 6, "grid")
        svg.text(x(value), top - 14, short(value), "middle", "small")
    for i, (name, value, low, high, wanted, dots) in enumerate(rows):
        y = top + step * i
        fine = wanted is None or value >= wanted
        svg.text(left - 10, y + 16, name, "end")
        colour = "pollux" if fine else "short"
        svg.rect(left, y + 4, x(value) - left, step - 12, colour, f"{name}: {value:.2f} × nginx")
        if high > low:
            svg.line(x(low), y + step / 2 - 2, x(high), y + step / 2 - 2, "whisker")
        if value > scale[-1]:
            for cut in (right - 16, right - 10):
                svg.line(cut - 3, y + step - 6, cut + 3, y + 2, "cut")
        for colour, who, dot in dots:
            svg.dot(x(dot), y + step / 2 - 2, colour, f"{who}: {dot:.2f} × nginx", 4.5)
        if wanted is not None:
            svg.line(x(wanted), y + 1, x(wanted), y + step - 5, "notch")
        svg.text(WIDTH - 4, y + 16, f"{value:.2f}", "end", "strong")
    svg.line(x(1), top - 8, x(1), height - 6, "one")
    return str(svg)


def curves(labels, series, unit, caption, label, height=300, logarithmic=False):
    """Lines over evenly spaced steps: series [(name, colour, dashed, [value or None, ...]), ...]."""
    svg = Svg(WIDTH, height, label)
    left, right, top, bottom = 56, WIDTH - 150, 22, height - 46
    known = [value for _, _, _, values in series for value in values if value is not None]
    scale = decades(min(known), max(known)) if logarithmic else ticks(max(known))
    place = math.log if logarithmic else float
    low, high = place(scale[0]), place(scale[-1])
    y = lambda value: bottom - (bottom - top) * (place(value) - low) / (high - low)
    x = lambda i: left + 14 + (right - left - 28) * i / max(1, len(labels) - 1)
    _levels(svg, scale, y, left, right, unit)
    for i, name in enumerate(labels):
        svg.text(x(i), bottom + 16, name, "middle", "small")
    svg.text((left + right) / 2, height - 8, caption, "middle", "small")
    ends = []
    for name, colour, dashed, values in series:
        points = [(x(i), y(value)) for i, value in enumerate(values) if value is not None]
        svg.path(points, colour, dashed)
        for i, value in enumerate(values):
            if value is not None:
                svg.dot(x(i), y(value), colour, f"{name}, {labels[i]}: {short(value)} {unit}", 3.5)
        ends.append([points[-1][1], name, colour])
    _names(svg, ends, right + 8, top, bottom)
    return str(svg)


def _names(svg, ends, x, top, bottom):
    """The names of lines where they end, moved apart so that none covers another."""
    ends.sort()
    for before, after in zip(ends, ends[1:]):
        after[0] = max(after[0], before[0] + 15)
    over = max(0, ends[-1][0] - bottom) if ends else 0
    for y, name, colour in ends:
        svg.dot(x + 4, max(top, y - over), colour, None, 4)
        svg.text(x + 13, max(top, y - over) + 4, name, "start", "small")


def stacks(rows, colours, unit, label):
    """Lying bars of parts: rows [(name, {part: value}), ...], colours {part: colour}; parts in the colours' order."""
    step = 34
    legend = 30
    height = 30 + step * len(rows) + legend
    svg = Svg(WIDTH, height, label)
    left, right = 90, WIDTH - 60
    scale = ticks(max(sum(parts.values()) for _, parts in rows))
    x = lambda value: left + (right - left) * value / scale[-1]
    for value in scale:
        svg.line(x(value), 22, x(value), height - legend - 2, "axis" if value == 0 else "grid")
        svg.text(x(value), 14, short(value), "middle", "small")
    for i, (name, parts) in enumerate(rows):
        y = 26 + step * i
        svg.text(left - 8, y + 19, name, "end", "strong")
        at = 0.0
        for part, colour in colours.items():
            value = parts.get(part, 0)
            if value:
                title = f"{part}: {short(value)} {unit}"
                svg.rect(x(at) + 0.5, y + 4, x(at + value) - x(at) - 1, step - 10, colour, title)
                at += value
        svg.text(x(at) + 6, y + 19, short(at), "start", "value")
    at = left
    for part, colour in colours.items():
        svg.rect(at, height - 18, 10, 10, colour)
        svg.text(at + 14, height - 9, part, "start", "small")
        at += 26 + 6.6 * len(part)
    return str(svg)
