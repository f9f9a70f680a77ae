"""How a span of months is told: by month, by year, by so many years at a time."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.over_time.periods import CalendarPeriod, counts_by_period, days, months, periods_between, years
from search.schema import month_of

FIRST, LAST = month_of(date.min), month_of(date.max)


def test_a_month_has_its_first_and_last_day() -> None:
    assert months(2016 * 12 + 1, 2016 * 12 + 1) == (CalendarPeriod("2016-02", date(2016, 2, 1), date(2016, 2, 29)),)


def test_a_day_is_its_own_period() -> None:
    day = date(2015, 7, 31)
    assert [each.key for each in days(day.toordinal(), day.toordinal() + 1)] == ["2015-07-31", "2015-08-01"]


def test_a_span_is_divided_by_month_up_to_the_bound_and_by_year_beyond() -> None:
    by_month = periods_between(2015 * 12, 2016 * 12 + 11, most_months=24, most_years=10)
    by_year = periods_between(2015 * 12, 2017 * 12, most_months=24, most_years=10)
    assert [len(by_month), by_month[0].key, by_month[-1].key] == [24, "2015-01", "2016-12"]
    assert [each.key for each in by_year] == ["2015", "2016", "2017"]


def test_many_years_are_grouped_in_periods_that_begin_at_round_years() -> None:
    found = years(1866 * 12, 2026 * 12, most=60)
    assert [found[0].key, found[1].key, found[-1].key] == ["1865/1869", "1870/1874", "2025/2029"]
    assert found[0].first == date(1865, 1, 1) and found[0].last == date(1869, 12, 31)


@given(st.integers(FIRST, LAST), st.integers(FIRST, LAST), st.integers(10, 200))
def test_periods_follow_one_another_and_hold_the_whole_span(one: int, other: int, most: int) -> None:
    first, last = sorted((one, other))
    found = periods_between(first, last, most_months=most, most_years=most)
    assert 1 <= len(found) <= most
    assert month_of(found[0].first) <= first and month_of(found[-1].last) >= last
    assert all(b.first.toordinal() - a.last.toordinal() == 1 for a, b in pairwise(found))


@pytest.mark.parametrize("most", [1, 12, 60])
def test_gathering_adds_up_months_by_period(most: int) -> None:
    counts = {2015 * 12 + n: n for n in range(36)}
    found = periods_between(min(counts), max(counts), most_months=most, most_years=10)
    assert sum(counts_by_period(counts, found)) == sum(counts.values())
    assert counts_by_period({1: 5}, found) == [0] * len(found)
