"""The periods of a timeline → bars in the units of an SVG drawing, each with its title and its link.

Pure; called by `web/views/results_view.py`; `web/pieces/periods.py` draws. Time runs with the reading direction of
the chrome: from the right in Arabic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from search.pages.dates_in_words import period_days, period_text
from search.pages.plurals import counted
from search.pages.records import Filters, SearchRequest, TimelineBar
from search.query.dates.asked_days import written_day
from web.addresses.links import Links
from web.messages.table import say
from web.text.dates import short_period_text
from web.text.shortening import fitting

WIDTH = 720
HEIGHT = 96
SHORTEST = 2
WIDEST = 40
ALL_NAMED = 6  # periods, each of which has its name below it
MOST_NAMED = 5  # of more periods
FEW_NAMED = 3  # of more periods than ALL_NAMED that are too few for MOST_NAMED to stand apart
MOST_BARS = 200
_Column = tuple[str, str, tuple[str, str]]  # x and width of a bar, its slot


@dataclass(frozen=True, slots=True)
class Bar:
    """One period. x, y, width, height: of the bar; slot: x and width of the whole column, easier to hit.

    url: the search within this period; None where that would find nothing, or where the addresses of so many bars
    would make the page too large.
    """

    x: str
    y: str
    width: str
    height: str
    slot: tuple[str, str]
    title: str
    period: str
    count: str
    share: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Tick:
    """The name of a period, or "" where it has none; minor: left out where there is little room."""

    text: str = ""
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing, its highest bar, and a tick below each bar, in order of time; `each`: whether all have a name."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    each: bool
    peak: Bar


def draw_timeline(periods: Sequence[TimelineBar], request: SearchRequest, links: Links) -> Timeline | None:
    """The bars of the last 200 periods; None where there are fewer than two to compare."""
    shown = list(periods)[-MOST_BARS:]
    highest = max((period.count for period in shown), default=0)
    if len(shown) < 2 or highest == 0:
        return None
    language = links.language
    within = links.inserting_days(request, filters=replace(request.filters, first=None, last=None))
    urls = [_url(period, request.filters, within) for period in shown]
    if fitting(url or "" for url in urls) < len(urls):
        urls = [None] * len(urls)
    columns = _columns(len(shown), language)
    bars = tuple([_bar(*each, highest, language) for each in zip(shown, columns, urls, strict=True)])
    peak = bars[[period.count for period in shown].index(highest)]
    return Timeline(WIDTH, HEIGHT, bars, tuple(_ticks(shown, language)), len(shown) <= ALL_NAMED, peak)


def _ticks(shown: Sequence[TimelineBar], language: str) -> list[Tick]:
    """The first period, the last and some at about equal distances between them are named, of few periods all."""
    ticks = [Tick()] * len(shown)
    steps = _named(len(shown)) - 1
    for n in range(steps + 1):
        nearest = round(n * (len(shown) - 1) / steps)
        minor = len(shown) > ALL_NAMED and steps == MOST_NAMED - 1 and n % 2 == 1
        ticks[nearest] = Tick(short_period_text(shown[nearest].key, language), minor)
    return ticks


def _named(periods: int) -> int:
    """How many of so many periods are named: no two of these names meet, be they as long as «11 أغسطس 2015»."""
    if periods <= ALL_NAMED:
        return periods
    return MOST_NAMED if periods > 3 * (MOST_NAMED - 1) else FEW_NAMED


def _url(period: TimelineBar, chosen: Filters, within: Callable[[str, str], str]) -> str | None:
    """The search within the days of this period that the reader's own dates leave: those were counted."""
    if not period.count:
        return None
    if chosen.first is None and chosen.last is None:
        return within(*_written_days(period.key))
    first, last = period_days(period.key)
    first, last = max(first, chosen.first or first), min(last, chosen.last or last)
    return within(written_day(first), written_day(last))


@lru_cache(maxsize=2_048)
def _written_days(key: str) -> tuple[str, str]:
    """The first and the last day of a period, as addresses have them."""
    first, last = period_days(key)
    return written_day(first), written_day(last)


def _bar(period: TimelineBar, column: _Column, url: str | None, highest: int, language: str) -> Bar:
    words, count, part = period_text(period.key, language), counted(period.count, "result", language), _share(period)
    x, width, slot = column
    y, height = _drawn(period.count, highest)
    title = say(language, "bar", period=words, count=count, share=part)
    return Bar(x, y, width, height, slot, title, words, count, part, url)


@lru_cache(maxsize=4_096)  # most periods of a page have one of a few small counts
def _drawn(count: int, highest: int) -> tuple[str, str]:
    """Where the bar of a count begins, and its height."""
    height = max(count / highest * HEIGHT, SHORTEST) if count else 0.0
    return _length(HEIGHT - height), _length(height)


@lru_cache(maxsize=2 * MOST_BARS)
def _columns(bars: int, language: str) -> tuple[_Column, ...]:
    """Where bars stand that are so many, in order of time."""
    step = WIDTH / bars
    width = min(step * 0.8, WIDEST)
    places = range(bars) if language == "en" else range(bars - 1, -1, -1)
    return tuple(
        (_length(n * step + (step - width) / 2), _length(width), (_length(n * step), _length(step))) for n in places
    )


def _length(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _share(period: TimelineBar) -> str:
    share = period.count / period.all * 100 if period.all else 0.0
    return f"{share:.1f}%" if share < 10 else f"{share:.0f}%"
