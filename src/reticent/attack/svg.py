"""Two small plots as SVG text: figures with their intervals, and privacy against utility."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

__all__ = ["Point", "intervals", "scatter"]

_COLOURS = ("#57606a", "#0969da", "#bf3989", "#1a7f37", "#9a6700", "#8250df", "#cf222e", "#0a7ea4")
_ROW, _LEFT, _WIDTH = 26, 150, 640
_BOX = (70.0, 20.0, 540.0, 250.0)


class Point(NamedTuple):
    """A defence: what an attack reaches (0 to 1, with its interval) and, for ``scatter``, what it costs.

    Attributes:
        label: what it is called.
        value, low, high: the figure and its interval.
        text: the figure as people read it.
        cost: along the horizontal axis.
    """

    label: str
    value: float
    low: float
    high: float
    text: str
    cost: float = 0.0


def intervals(title: str, points: list[Point], chance: float, top: float = 1.0) -> str:
    """A line a defence: a dot with its interval, and a dashed line at chance.

    >>> intervals("t", [Point("raw", 0.5, 0.4, 0.6, "50 %")], 0.1).count("<circle")
    1
    """
    height = _ROW * len(points) + 34
    span = _WIDTH - _LEFT - 90

    def across(value: float) -> float:
        return _LEFT + span * min(max(value / top, 0.0), 1.0)

    parts = [_open(title, _WIDTH, height)]
    x = across(chance)
    parts.append(f'<line class="chance" x1="{x:.1f}" y1="4" x2="{x:.1f}" y2="{height - 24}"/>')
    parts.append(f'<text class="tick" x="{x:.1f}" y="{height - 8}" text-anchor="middle">chance</text>')
    for at, point in enumerate(points):
        y, colour = _ROW * at + 18, _COLOURS[at % len(_COLOURS)]
        low, high = across(point.low), across(point.high)
        parts.append(f'<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end">{escape(point.label)}</text>')
        parts.append(f'<line x1="{low:.1f}" y1="{y}" x2="{high:.1f}" y2="{y}" stroke="{colour}" stroke-width="3"/>')
        parts.append(f'<circle cx="{across(point.value):.1f}" cy="{y}" r="5" fill="{colour}"/>')
        parts.append(f'<text x="{_WIDTH - 4}" y="{y + 4}" text-anchor="end">{escape(point.text)}</text>')
    return "".join([*parts, "</svg>"])


def scatter(title: str, points: list[Point], x_name: str, y_name: str, chance: float) -> str:
    """Cost to the right, what the attack reaches upwards: the nearer to the lower left, the better.

    >>> "<svg" in scatter("t", [Point("raw", 0.5, 0.4, 0.6, "50 %")], "ms", "rank-1", 0.1)
    True
    """
    left, up, wide, high = _BOX
    most = max([point.cost for point in points] + [1e-9]) * 1.15
    parts = [_open(title, _WIDTH, int(high + up + 50))]
    parts.append(f'<path class="axis" d="M{left} {up}V{up + high}H{left + wide}" fill="none"/>')
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = up + high * (1 - share)
        parts.append(f'<text class="tick" x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{share:.0%}</text>')
        x = left + wide * share
        label = f"{most * share:.3g}"
        parts.append(f'<text class="tick" x="{x:.1f}" y="{up + high + 18}" text-anchor="middle">{label}</text>')
    y = up + high * (1 - chance)
    parts.append(f'<line class="chance" x1="{left}" y1="{y:.1f}" x2="{left + wide}" y2="{y:.1f}"/>')
    middle = left + wide / 2
    parts.append(f'<text x="{middle}" y="{up + high + 42}" text-anchor="middle">{escape(x_name)}</text>')
    parts.append(f'<text x="{left + 6}" y="{up - 6}">{escape(y_name)}</text>')
    for at, point in enumerate(points):
        colour = _COLOURS[at % len(_COLOURS)]
        x = left + wide * point.cost / most
        heights = [up + high * (1 - min(max(each, 0.0), 1.0)) for each in (point.value, point.low, point.high)]
        line = f'x1="{x:.1f}" y1="{heights[1]:.1f}" x2="{x:.1f}" y2="{heights[2]:.1f}"'
        parts.append(f'<line {line} stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<circle cx="{x:.1f}" cy="{heights[0]:.1f}" r="5" fill="{colour}"/>')
        parts.append(f'<text x="{x + 9:.1f}" y="{heights[0] - 6:.1f}">{escape(point.label)}</text>')
    return "".join([*parts, "</svg>"])


def _open(title: str, width: int, height: int) -> str:
    return f'<svg viewBox="0 0 {width} {height}" role="img"><title>{escape(title)}</title>'
