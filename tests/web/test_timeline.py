"""The timeline's drawing: heights by count, time in the direction of reading, each bar a way to its period."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from search.pages.records import Filters, SearchRequest, TimelineBar
from web.addresses.links import Links
from web.views.timeline import HEIGHT, MOST_BARS, WIDTH, Timeline, draw_timeline

PERIODS = (TimelineBar("2017-06", 1, 100), TimelineBar("2017-07", 4, 50), TimelineBar("2017-08", 0, 10))


def drawn(language: str = "ar") -> Timeline:
    timeline = draw_timeline(PERIODS, SearchRequest("قوات"), Links("", language))
    assert timeline is not None
    return timeline


def test_the_highest_bar_fills_the_drawing_and_an_empty_period_has_none() -> None:
    assert [float(bar.height) for bar in drawn().bars] == [HEIGHT / 4, HEIGHT, 0.0]


def test_time_runs_from_the_right_in_arabic_and_from_the_left_in_english() -> None:
    arabic, english = ([float(bar.x) for bar in drawn(language).bars] for language in ("ar", "en"))
    assert arabic == sorted(arabic, reverse=True)
    assert english == sorted(english)
    assert max(*arabic, *english) < WIDTH


def test_a_bar_has_its_count_and_its_share_of_all_articles() -> None:
    assert drawn().bars[1].title == "يوليو/تموز 2017: 4 نتائج (8.0%)"
    assert drawn().bars[2].title == "أغسطس/آب 2017: لا نتائج (0.0%)"


def test_a_bar_leads_to_the_search_of_its_period() -> None:
    assert drawn().bars[1].url.endswith("&from=2017-07-01&to=2017-07-31")


def test_a_single_period_or_no_match_is_not_drawn() -> None:
    for periods in ((), PERIODS[:1], (TimelineBar("2016", 0, 1), TimelineBar("2017", 0, 1))):
        assert draw_timeline(periods, SearchRequest("قوات"), Links()) is None


def test_a_long_archive_shows_its_last_periods() -> None:
    periods = [TimelineBar(f"{year:04}", 1, 1) for year in range(1, 1000)]
    timeline = draw_timeline(periods, SearchRequest(""), Links())
    assert timeline is not None
    assert len(timeline.bars) == MOST_BARS
    named = [tick for tick in timeline.ticks if tick.text]
    assert len(timeline.ticks) == MOST_BARS and (timeline.ticks[0].text, timeline.ticks[-1].text) == ("800", "999")
    assert [tick.minor for tick in named] == [False, True, False, True, False]


def test_a_name_stands_below_its_own_bar() -> None:
    periods = [TimelineBar(f"{year:04}", 1, 1) for year in range(2011, 2018)]
    timeline = draw_timeline(periods, SearchRequest(""), Links())
    assert timeline is not None and not timeline.each
    assert all(tick.text in {"", bar.period} for tick, bar in zip(timeline.ticks, timeline.bars, strict=True))
    assert drawn().each and all(tick.text for tick in drawn().ticks)


def test_a_period_without_matches_has_no_link() -> None:
    assert [bar.url is None for bar in drawn().bars] == [False, False, True]


def test_a_bar_keeps_within_the_days_that_were_chosen() -> None:
    chosen = SearchRequest("قوات", filters=Filters(first=date(2017, 6, 20), last=date(2017, 7, 5)))
    timeline = draw_timeline(PERIODS[:2], chosen, Links())
    assert timeline is not None
    first, second = (bar.url or "" for bar in timeline.bars)
    assert first.endswith("&from=2017-06-20&to=2017-06-30")
    assert second.endswith("&from=2017-07-01&to=2017-07-05")


@pytest.mark.parametrize("days", range(7, MOST_BARS + 1))
def test_the_names_of_days_below_the_bars_do_not_overlap(days: int) -> None:
    first = date(2015, 8, 1).toordinal()
    periods = [TimelineBar(date.fromordinal(first + n).isoformat(), 1, 1) for n in range(days)]
    timeline = draw_timeline(periods, SearchRequest(""), Links())
    assert timeline is not None
    named = [number for number, tick in enumerate(timeline.ticks) if tick.text]
    assert (named[0], named[-1]) == (0, days - 1) and len(named) >= 3
    gaps = [(later - earlier) * WIDTH / days for earlier, later in pairwise(named)]
    assert min(gaps) > 130  # a name such as «11 أغسطس 2015» is about 110 wide
