"""An alert: a search that is saved under a name, as `alerts.toml` has it and as the search that it makes.

In: the values of a table of TOML. Out: an `Alert`, checked by msgspec. Called by `search/alerts/alerts_file.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from search.checking import ONE_LINE
from search.engines.order import Order
from search.limits import LARGEST_PAGE, LONGEST_NAME, MOST_FILTER_VALUES
from search.pages.records import Filters, SearchRequest
from search.query.dates.asked_days import read_days
from search.query.operators import MOST_CHARACTERS

_Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
_Names = Annotated[
    tuple[_Name, ...],
    Meta(
        max_length=MOST_FILTER_VALUES, description=f'a list of at most {MOST_FILTER_VALUES} names, such as ["a", "b"]'
    ),
]
_Day = Annotated[
    str, Meta(max_length=100, description='a date in quotation marks, such as "2017-07-15" or "يوليو 2017"')
]


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert; the fields are the keys of its table in `alerts.toml`.

    name      by which it is called and remembered
    query     in the query language; "" for all articles within the filters
    source, section, author, agency, place  any of these names; () for all
    since, until  days of publication, both included, as people write them; "" for an open end
    language  of its sentences: "ar" or "en"
    limit     articles that one run tells at most; further ones are counted
    names     whether other spellings of foreign names, and synonyms, are searched too
    """

    name: Annotated[str, Meta(pattern=ONE_LINE, max_length=100, description="a name of one line, at most 100 letters")]
    query: Annotated[
        str, Meta(max_length=MOST_CHARACTERS, description=f"a query of at most {MOST_CHARACTERS} characters")
    ] = ""
    source: _Names = ()
    section: _Names = ()
    author: _Names = ()
    agency: _Names = ()
    place: _Names = ()
    since: _Day = ""
    until: _Day = ""
    language: Annotated[Literal["ar", "en"], Meta(description='"ar" or "en"')] = "ar"
    limit: Annotated[int, Meta(ge=1, le=LARGEST_PAGE, description=f"a whole number from 1 to {LARGEST_PAGE}")] = 20
    names: Annotated[bool, Meta(description="true or false")] = True

    def request(self, today: date) -> SearchRequest:
        """Return its search, the newest articles first. today: the day that words such as أمس count from."""
        days = read_days(self.since, self.until, today=today)
        filters = Filters(
            self.source,
            self.section,
            self.author,
            days.first,
            days.last,
            agencies=self.agency,
            places=self.place,
        )
        return SearchRequest(
            self.query,
            order=Order.NEWEST,
            limit=self.limit,
            filters=filters,
            names=self.names,
            repair=False,
            facets=False,
            today=today,
        )

    @property
    def searched(self) -> str:
        """What decides which articles it finds, as a text: if it changes, the alert begins anew."""
        told = {"name", "language", "limit"}
        return repr([(each.name, getattr(self, each.name)) for each in fields(self) if each.name not in told])
