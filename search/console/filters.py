"""The filters of a search as options of a command: sources, sections, authors, agencies, places and days.

In: the values of the options. Out: `Filters`; a date that cannot be read raises RequestError, whose sentence names it.
The commands that search have `filter_options` and get one `FilterChoice`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce, wraps
from typing import TYPE_CHECKING, Any

import click

from search.console.completion import names_of
from search.errors import RequestError, shown

if TYPE_CHECKING:
    from search.pages.records import Filters
    from search.query.dates.asked_days import AskedDays

_OPTIONS = (
    click.option(
        "--source",
        multiple=True,
        shell_complete=names_of("source"),
        help="Only from this source; several: any of them.",
    ),
    click.option("--section", multiple=True, shell_complete=names_of("section"), help="Only in this section."),
    click.option("--author", multiple=True, shell_complete=names_of("author"), help="Only by this author."),
    click.option("--agency", multiple=True, shell_complete=names_of("agency"), help="Only of this agency."),
    click.option(
        "--place", multiple=True, shell_complete=names_of("place"), help="Only from this place, as the dateline has it."
    ),
    click.option(
        "--from", "--since", "first", metavar="DATE", help="Only from this date on: 2015-08, أغسطس 2015, 5/8/2015, أمس."
    ),
    click.option("--to", "--until", "last", metavar="DATE", help="Only up to this date."),
    click.option("--date", "within", metavar="DATE", help="Only within this date or span: July 2015, 2013..2015."),
)
_FROM, _TO = "--from (or --since)", "--to (or --until)"  # click does not say which of both was typed
_REMEDY = "write 2017-07-15, 15/7/2017, 2017-07, 2017, يوليو 2017, July 2017 or أمس"


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """The values of the options; days as they were typed, "" for none."""

    source: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    within: str = ""

    def read(self, today: date | None = None) -> tuple[Filters, bool]:
        """Return the filters, and whether the days were given with the later one first.

        today: the day that words such as أمس count from; None: the machine's.
        Raises RequestError, which names the date that cannot be read.
        """
        from search.pages.records import Filters

        days = self._days(today or date.today())
        filters = Filters(
            self.source, self.section, self.author, days.first, days.last, agencies=self.agency, places=self.place
        )
        return filters, days.swapped

    def _days(self, today: date) -> AskedDays:
        from search.query.dates.asked_days import FROM, AskedDays, read_days
        from search.query.dates.spans import read_span

        if self.within:
            if self.first or self.last:
                raise RequestError(f"--date {shown(self.within)}: give it alone, without {_FROM} and {_TO}")
            span = read_span(self.within, today=today)
            if span is None:
                raise RequestError(f"--date {shown(self.within)} is no date: {_REMEDY}, or a span such as 2013..2015")
            return AskedDays(span.first, span.last)
        days = read_days(self.first, self.last, today=today)
        for name in days.unread:
            value, option, other, end = (
                (self.first, _FROM, _TO, "first") if name == FROM else (self.last, _TO, _FROM, "last")
            )
            if name in days.endless:
                raise RequestError(f"{option} {shown(value)} has no {end} day: give it as {other}")
            raise RequestError(f"{option} {shown(value)} is no date: {_REMEDY}")
        return days


def filter_options(run: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options; it gets their values as one argument `chosen`, a `FilterChoice`."""

    @wraps(run)
    def with_choice(**options: Any) -> None:
        chosen = {name: options.pop(name) or default for name, default in _NONE.items()}
        run(chosen=FilterChoice(**chosen), **options)

    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), with_choice)


_NONE: dict[str, Any] = {
    **dict.fromkeys(("source", "section", "author", "agency", "place"), ()),
    **dict.fromkeys(("first", "last", "within"), ""),
}
