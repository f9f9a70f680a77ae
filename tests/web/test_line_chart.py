"""Lines over time: where they run, where they break off, what tells them apart without colour."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from web.views.line_chart import NARROW, WIDE, Drawing, draw_lines

FIGURES = st.lists(st.one_of(st.none(), st.floats(0, 1e9)), min_size=1, max_size=120)


def drawn(*series: list[float | None], from_right: bool = True, frame: object = WIDE) -> Drawing:
    periods = [str(n) for n in range(len(series[0]))]
    return draw_lines(series, periods, WIDE if frame is WIDE else NARROW, from_right=from_right, written=str)


def test_time_runs_from_the_right_in_arabic_and_from_the_left_in_english() -> None:
    right, left = (
        [float(point[0]) for point in drawn([1, 2, 3], from_right=side).lines[0].points if point]
        for side in (True, False)
    )
    assert right == sorted(right, reverse=True) and left == sorted(left)
    assert [right[0] + left[0], right[-1] + left[-1]] == [WIDE.width, WIDE.width]


def test_a_line_breaks_off_where_there_is_no_figure() -> None:
    line = drawn([1, 2, None, 3, None, 4, 5]).lines[0]
    assert line.path.count("M") == 2 and line.path.count("L") == 2
    assert [point is None for point in line.points] == [False, False, True, False, True, False, False]
    assert line.markers.count("z") == 5  # the one that stands alone too


def test_the_axis_begins_at_zero_and_reaches_beyond_the_highest_figure() -> None:
    ticks = drawn([3, 3398]).up
    assert [float(tick.text) for tick in ticks] == [0, 1000, 2000, 3000, 4000]
    heights = [float(tick.at) for tick in ticks]
    assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize("values", [[0.0], [0.0, 0.0], [None], [1e-7], [7e8, None]])
def test_any_figures_can_be_drawn(values: list[float | None]) -> None:
    assert len(drawn(values).up) >= 2


def test_each_line_has_a_shape_of_marker_of_its_own() -> None:
    shapes = [re.sub(r"M[\d.]+ [\d.]+", "", line.markers) for line in drawn([1], [1], [1], [1]).lines]
    assert len(set(shapes)) == 4


def test_a_long_line_is_marked_here_and_there_and_at_its_end() -> None:
    line = drawn([float(n) for n in range(120)]).lines[0]
    assert 20 <= line.markers.count("z") <= 40
    assert f"M{' '.join(line.points[-1] or ())}" in line.markers


@example([[5e-324]], False)
@given(st.lists(FIGURES, min_size=1, max_size=4), st.booleans())
def test_everything_stays_within_the_drawing(series: list[list[float | None]], from_right: bool) -> None:
    length = min(map(len, series))
    for frame in (WIDE, NARROW):
        found = drawn(*(each[:length] for each in series), from_right=from_right, frame=frame)
        for line in found.lines:
            for at in (*line.points, line.label):
                if at is not None:
                    assert 0 <= float(at[0]) <= frame.width and 0 <= float(at[1]) <= frame.height
        labels = sorted(float(line.label[1]) for line in found.lines if line.label)
        assert all(b - a >= 16 for a, b in pairwise(labels))
        assert 1 <= len(found.across) <= frame.ticks
