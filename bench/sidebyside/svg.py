"""A small writer of SVG: shapes by their coordinates, colours by the names of style.py's variables."""
import math
from html import escape


class Svg:
    """A drawing of a fixed size in pixels; it scales with the page."""

    def __init__(self, width, height, label):
        self._size = (width, height)
        self._label = label
        self._parts = []

    def rect(self, x, y, width, height, fill, title=None, css=None):
        """A box; `title` is shown when one points at it."""
        corner = ' rx="2"' if min(width, height) > 4 else ""
        inside = f"<title>{escape(title)}</title>" if title else ""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(0, width))}" height="{_n(max(0, height))}"{corner}'
            f"{_paint(fill)}{_css(css)}>{inside}</rect>"
        )

    def line(self, x1, y1, x2, y2, css="grid", colour=None):
        """A straight line; its class says how it looks."""
        stroke = f' style="stroke:var(--{colour})"' if colour else ""
        self._parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"{_css(css)}{stroke}></line>'
        )

    def text(self, x, y, words, anchor="start", css=None):
        """Words; `anchor` is start, middle or end."""
        self._parts.append(f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"{_css(css)}>{escape(words)}</text>')

    def path(self, points, colour, dashed=False):
        """A line through points."""
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        coordinates = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        style = f'class="curve" style="stroke:var(--{colour})"'
        self._parts.append(f'<polyline points="{coordinates}" {style}{dash}></polyline>')

    def dot(self, x, y, colour, title=None, radius=4):
        """A point."""
        inside = f"<title>{escape(title)}</title>" if title else ""
        self._parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{_paint(colour)}>{inside}</circle>')

    def __str__(self):
        width, height = self._size
        return (
            f'<svg viewBox="0 0 {_n(width)} {_n(height)}" role="img" aria-label="{escape(self._label, quote=True)}">'
            f"{''.join(self._parts)}</svg>"
        )


def _paint(colour):
    return f' style="fill:var(--{colour})"'


def _css(name):
    return f' class="{name}"' if name else ""


def _n(number):
    """A coordinate with at most one decimal."""
    return f"{number:.1f}".rstrip("0").rstrip(".")


def ticks(most, wanted=5):
    """Round numbers from 0 to at least `most`, about as many as wanted."""
    if most <= 0:
        return [0, 1]
    rough = most / wanted
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    return [step * i for i in range(math.ceil(most / step - 1e-9) + 1)]


def decades(least, most):
    """Levels for a logarithmic axis: 1, 2 and 5 times powers of ten, from below `least` to above `most`; only the
    powers where there are many."""
    first, last = math.floor(math.log10(least)), math.ceil(math.log10(most))
    factors = (1, 2, 5) if last - first <= 2 else (1,)
    levels = [factor * 10.0**power for power in range(first, last + 1) for factor in factors]
    below = max(level for level in levels if level <= least * 1.0001)
    above = min(level for level in levels + [10.0 ** (last + 1)] if level >= most * 0.9999 and level > below)
    return [level for level in levels if below <= level <= above]


def short(number):
    """A number as people write it on an axis: 0.35, 1.5, 120, 12k, 1.2M."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(number) >= size:
            return _digits(number / size) + letter
    return _digits(number)


def _digits(number):
    if number and abs(number) < 0.095:
        return f"{number:.2g}"
    text = f"{number:.0f}" if abs(number) >= 100 else f"{number:.1f}" if abs(number) >= 9.95 else f"{number:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
