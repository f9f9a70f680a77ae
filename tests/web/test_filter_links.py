"""Chips, articles without a date, and the periods beside the one that is shown."""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from search.pages.records import Filters, SearchPage, SearchRequest
from web.addresses.links import Links
from web.addresses.requests import read_request
from web.views.filter_links import filter_chips, neighbouring_periods, undated_link


def within(first: str | None, last: str | None) -> SearchRequest:
    days = (date.fromisoformat(day) if day else None for day in (first, last))
    return SearchRequest("قوات", filters=Filters((), (), (), *days))


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2015-08-06", "2015-08-06", "6 أغسطس/آب 2015"),
        ("2015-08-01", "2015-08-31", "أغسطس/آب 2015"),
        ("2016-02-01", "2016-02-29", "فبراير/شباط 2016"),
        ("2015-01-01", "2015-12-31", "2015"),
        ("2015-08-06", "2015-08-07", "من 6 أغسطس/آب 2015 إلى 7 أغسطس/آب 2015"),
        ("2015-08-06", None, "منذ 6 أغسطس/آب 2015"),
        (None, "2015-08-06", "حتى 6 أغسطس/آب 2015"),
        ("0001-01-01", "9999-12-31", "من 1 يناير/كانون الثاني 1 إلى 31 ديسمبر/كانون الأول 9999"),
    ],
)
def test_a_period_is_one_chip_that_takes_itself_away(first: str | None, last: str | None, text: str) -> None:
    (chip,) = filter_chips(within(first, last), Links())
    assert (chip.text, chip.url) == (text, Links().search(SearchRequest("قوات")))


@pytest.mark.parametrize(
    ("first", "last", "beside"),
    [
        ("2015-08-01", "2015-08-01", ("from=2015-07-31&to=2015-07-31", "from=2015-08-02&to=2015-08-02")),
        ("2015-01-01", "2015-01-31", ("from=2014-12-01&to=2014-12-31", "from=2015-02-01&to=2015-02-28")),
        ("2015-01-01", "2015-12-31", ("from=2014-01-01&to=2014-12-31", "from=2016-01-01&to=2016-12-31")),
    ],
)
def test_beside_a_period_are_the_one_before_and_the_one_after(first: str, last: str, beside: tuple[str, str]) -> None:
    earlier, later = neighbouring_periods(within(first, last), Links())
    assert (earlier.url.split("&", 1)[1], later.url.split("&", 1)[1]) == beside


@pytest.mark.parametrize(("first", "last"), [(None, None), ("2015-01-01", None), ("2015-01-01", "2015-01-15")])
def test_beside_other_spans_is_nothing(first: str | None, last: str | None) -> None:
    assert neighbouring_periods(within(first, last), Links()) == ()


def test_articles_without_a_date_can_be_asked_for_and_left_again() -> None:
    request = within("2015-01-01", None)
    page = SearchPage(request, "قوات", 9, 9, 1, 1.0, (), undated=1_474)
    link = undated_link(page, Links())
    assert link is not None
    assert (link.text, link.count, link.current) == ("بلا تاريخ", "1,474", False)
    asked = read_request(MultiDict([pair.split("=") for pair in link.url.split("?")[1].split("&") if "q=" not in pair]))
    assert asked.filters == Filters(undated=True)
    (chip,) = filter_chips(asked, Links())
    assert (chip.text, chip.url) == ("بلا تاريخ", Links().search(SearchRequest("")))
    assert undated_link(SearchPage(request, "قوات", 9, 9, 1, 1.0, ()), Links()) is None
