"""The filters of a search as options: dates as people write them, errors that name the value and the remedy."""

from __future__ import annotations

from datetime import date

import pytest

from search.console.filters import FilterChoice
from search.errors import RequestError

AUGUST = (date(2015, 8, 1), date(2015, 8, 31))


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("أغسطس 2015", AUGUST),
        ("آب ٢٠١٥", AUGUST),
        ("August 2015", AUGUST),
        ("2015-08", AUGUST),
        ("5/8/2015", (date(2015, 8, 5), date(2015, 8, 5))),
        ("2013..2014", (date(2013, 1, 1), date(2014, 12, 31))),
        ("منذ 2017", (date(2017, 1, 1), None)),
        ("قبل 2017", (None, date(2016, 12, 31))),
    ],
)
def test_a_date_or_a_span_is_read_as_the_query_language_reads_it(
    written: str, days: tuple[date | None, date | None]
) -> None:
    filters, swapped = FilterChoice(within=written).read()
    assert (filters.first, filters.last, swapped) == (*days, False)


def test_both_ends_are_read_in_any_order() -> None:
    filters, swapped = FilterChoice(first="August 2015", last="تموز 2015").read()
    assert (filters.first, filters.last, swapped) == (date(2015, 7, 1), date(2015, 8, 31), True)


@pytest.mark.parametrize(
    ("chosen", "named"),
    [
        (FilterChoice(within="2015-13"), r"--date '2015-13' is no date: write 2017-07-15, .* or a span"),
        (FilterChoice(first="31/2/2015"), r"--from \(or --since\) '31/2/2015' is no date: write"),
        (FilterChoice(last="\udcff"), r"--to \(or --until\) '\\udcff' is no date"),
        (FilterChoice(first="قبل 2017"), r"--from \(or --since\) 'قبل 2017' has no first day: give it as --to"),
        (FilterChoice(within="2015", last="2016"), "--date '2015': give it alone"),
        (FilterChoice(within="س" * 2_000), "^--date 'س{79}… is no date"),
    ],
)
def test_what_is_no_date_is_named(chosen: FilterChoice, named: str) -> None:
    with pytest.raises(RequestError, match=named):
        chosen.read()


def test_names_are_handed_on() -> None:
    chosen = FilterChoice(("أ", "ب"), ("س",), ("ك",), ("و",), ("م",))
    filters, _ = chosen.read()
    assert filters.names == {
        "source": ("أ", "ب"),
        "section": ("س",),
        "author": ("ك",),
        "agency": ("و",),
        "place": ("م",),
    }
