"""Figures over time → lines in the units of an SVG drawing, with markers, axes and labels at the lines' ends.

Pure. Called by `web/views/compare_view.py`; `templates/compare.html` draws. Time runs with the reading direction of the
chrome: from the right in Arabic. Each line has a dash pattern (in the style sheet), a shape of marker and a letter of
its own, so that no colour is needed to tell them apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

_TOP: Final = 14
_BOTTOM: Final = 30
_NEXT_LABEL: Final = 17  # least distance of two labels at the ends of lines
_MOST_MARKERS: Final = 30  # on one line; of more points some are marked
_LEAST: Final = 1e-12  # no share of an archive is smaller
_STEPS: Final = (1, 2, 2.5, 5, 10)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing and the room beside its plot: at the start of time for figures, at its end for labels."""

    name: str
    width: int
    height: int
    start: int
    end: int
    ticks: int


WIDE = Frame("wide", 960, 330, 62, 150, 6)
NARROW = Frame("narrow", 380, 270, 48, 30, 3)


@dataclass(frozen=True, slots=True)
class Tick:
    """A position on an axis, in units of the drawing, and its label."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line: `path` of its stretches, `markers` as one path, `points` by period (None: no figure), its label."""

    path: str
    markers: str
    points: tuple[tuple[str, str] | None, ...]
    label: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Drawing:
    """All lines in one frame; `left` and `right` are the edges of the plot, `base` its foot."""

    frame: Frame
    lines: tuple[Drawn, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    left: str
    right: str
    base: str
    figures_at: str


def draw_lines(
    series: Sequence[Sequence[float | None]],
    periods: Sequence[str],
    frame: Frame,
    *,
    from_right: bool,
    written: Callable[[float], str],
) -> Drawing:
    """The series as lines. Each has a figure (>= 0) or None for each period; `written` puts a figure into words."""
    step = _step(_highest(series))
    highest = step * max(1, math.ceil(_highest(series) / step - 1e-9))
    places = _places(len(periods), frame, from_right)
    base = frame.height - _BOTTOM

    def y(value: float) -> float:
        return base - value / highest * (base - _TOP)

    points = [
        [None if value is None else (x, y(value)) for x, value in zip(places, values, strict=True)] for values in series
    ]
    left, right = (frame.end, frame.width - frame.start) if from_right else (frame.start, frame.width - frame.end)
    return Drawing(
        frame,
        tuple(_lines(points, left - 9 if from_right else right + 9)),
        tuple(Tick(_length(places[n]), periods[n]) for n in _ticks(len(periods), frame.ticks)),
        tuple(Tick(_length(y(step * n)), written(step * n)) for n in range(round(highest / step) + 1)),
        _length(left),
        _length(right),
        _length(base),
        _length(right + 8 if from_right else left - 8),
    )


def _highest(series: Sequence[Sequence[float | None]]) -> float:
    return max((value for values in series for value in values if value is not None), default=0.0)


def _step(highest: float) -> float:
    """A round distance of the axis's figures, of which at most five are needed."""
    if highest < _LEAST:
        return 1.0
    power: float = 10 ** math.floor(math.log10(highest / 4))
    return next(step * power for step in _STEPS if step * power * 4 >= highest * 0.999)


def _places(periods: int, frame: Frame, from_right: bool) -> list[float]:
    room = frame.width - frame.start - frame.end
    between = room / (periods - 1) if periods > 1 else 0.0
    first = frame.start if periods > 1 else frame.start + room / 2
    along = [first + n * between for n in range(periods)]
    return [frame.width - x for x in along] if from_right else along


def _ticks(periods: int, most: int) -> list[int]:
    if periods <= most:
        return list(range(periods))
    return sorted({round(n * (periods - 1) / (most - 1)) for n in range(most)})


def _lines(lines: Sequence[Sequence[Point | None]], label_at: float) -> list[Drawn]:
    ends = [next((point for point in reversed(points) if point), None) for points in lines]
    labels = iter(_apart([end[1] for end in ends if end]))
    return [
        Drawn(
            path=" ".join(_stretch(run) for run in _runs(points) if len(run) > 1),
            markers=" ".join(_marker(n, point) for point in _marked(points)),
            points=tuple(point and (_length(point[0]), _length(point[1])) for point in points),
            label=(_length(label_at), _length(next(labels))) if ends[n] else None,
        )
        for n, points in enumerate(lines)
    ]


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """The points without the gaps: a line is not drawn across a time of which nothing is known."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _stretch(run: Sequence[Point]) -> str:
    return "M" + "L".join(f"{_length(x)} {_length(y)}" for x, y in run)


def _marked(points: Sequence[Point | None]) -> list[Point]:
    """The points that get a marker: all of a short line; of a long one some, those that stand alone, and the last."""
    every = max(1, math.ceil(len(points) / _MOST_MARKERS))
    alone = {run[0] for run in _runs(points) if len(run) == 1}
    last = next((point for point in reversed(points) if point), None)
    return [p for n, p in enumerate(points) if p and (n % every == 0 or p in alone or p == last)]


def _marker(line: int, at: Point) -> str:
    x, y = _length(at[0]), _length(at[1])
    shapes = (
        f"M{x} {y}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",  # circle
        f"M{x} {y}m-4-4h8v8h-8z",  # square
        f"M{x} {y}m0-5.5l5.2 9h-10.4z",  # triangle
        f"M{x} {y}m0-6l6 6l-6 6l-6-6z",  # diamond
    )
    return shapes[line % len(shapes)]


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights, moved up so that no two are nearer than a line of text, and down where that leaves the plot."""
    lowest_first = sorted(range(len(heights)), key=lambda n: -heights[n])
    moved: dict[int, float] = {}
    floor = math.inf
    for n in lowest_first:
        moved[n] = min(heights[n], floor)
        floor = moved[n] - _NEXT_LABEL
    ceiling: float = _TOP
    for n in reversed(lowest_first):
        moved[n] = max(moved[n], ceiling)
        ceiling = moved[n] + _NEXT_LABEL
    return [moved[n] for n in range(len(heights))]


def _length(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
