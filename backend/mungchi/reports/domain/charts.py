"""Bar charts as inline SVG: nothing to load, readable when printed. Pure."""

from collections.abc import Sequence
from html import escape
from math import floor, log10

WIDTH = 760
LEFT = 76
BOTTOM = 34
HEIGHT = 240
ROW = 26
LABEL = 280


def columns(values: Sequence[tuple[str, float]], *, unit: str, title: str) -> str:
    """Upright bars for a course of time: (label, value); values may be negative."""
    step, low, high = _scale([value for _, value in values])
    span = (high - low) or 1.0
    inner = HEIGHT - BOTTOM - 12

    def y(value: float) -> float:
        return 12 + inner * (high - value) / span

    marks = []
    at = low
    while at <= high + step / 2:
        marks.append(
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH}" y1="{y(at):.1f}" y2="{y(at):.1f}"/>'
            f'<text class="tick" x="{LEFT - 6}" y="{y(at) + 4:.1f}" text-anchor="end">'
            f"{at:,.{_digits(step)}f}</text>"
        )
        at += step
    room = (WIDTH - LEFT) / max(len(values), 1)
    every = max(1, len(values) // 14 + 1)
    for index, (label, value) in enumerate(values):
        left = LEFT + room * index + room * 0.15
        top, height = min(y(value), y(0)), abs(y(value) - y(0))
        marks.append(
            f'<rect class="bar" x="{left:.1f}" y="{top:.1f}" width="{room * 0.7:.1f}" '
            f'height="{height:.1f}"><title>{escape(label)}: {value:,.2f} {escape(unit)}</title>'
            "</rect>"
        )
        if index % every == 0:
            marks.append(
                f'<text class="tick" x="{left + room * 0.35:.1f}" y="{HEIGHT - 12}" '
                f'text-anchor="middle">{escape(label)}</text>'
            )
    return _figure(marks, HEIGHT, title)


def bars(values: Sequence[tuple[str, float]], *, labels: Sequence[str], title: str) -> str:
    """Lying bars for a ranking: (name, value) with the value as text beside each."""
    most = max((abs(value) for _, value in values), default=0) or 1.0
    room = WIDTH - LABEL - 110
    marks = []
    for index, ((name, value), label) in enumerate(zip(values, labels, strict=True)):
        top = 6 + ROW * index
        width = max(1.0, room * abs(value) / most)
        shown = name if len(name) <= 38 else f"{name[:37]}…"
        marks.append(
            f'<text class="name" x="{LABEL - 8}" y="{top + 15}" text-anchor="end">{escape(shown)}'
            f"<title>{escape(name)}</title></text>"
            f'<rect class="bar" x="{LABEL}" y="{top}" width="{width:.1f}" height="{ROW - 8}"/>'
            f'<text class="tick" x="{LABEL + width + 6:.1f}" y="{top + 14}">{escape(label)}</text>'
        )
    return _figure(marks, 12 + ROW * len(values), title)


def _figure(marks: Sequence[str], height: int, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">'
        f"{''.join(marks)}</svg>"
    )


def _scale(values: Sequence[float]) -> tuple[float, float, float]:
    """A step of 1, 2 or 5 times a power of ten, and the ends that it reaches around the values."""
    low, high = min([0.0, *values]), max([0.0, *values])
    raw = ((high - low) or 1.0) / 5
    power = 10.0 ** floor(log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if raw <= power * factor)
    return step, floor(low / step) * step, -floor(-high / step) * step


def _digits(step: float) -> int:
    return max(0, -floor(log10(step)))
