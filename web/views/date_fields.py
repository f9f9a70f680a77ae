"""The two fields of dates beside a search or a chart: what stands in them, what the archive holds, what was unreadable.

In come days, the facts of the index and refusals; out go `DateFields`, drawn by `templates/parts.html`. Pure. Called by
`web/views/results_view.py`, `web/views/compare_view.py` and `web/views/coverage_view.py`.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from search.pages.dates_in_words import day_text, month_text
from search.pages.records import Filters, IndexFacts
from search.query.dates.asked_days import FROM, TO, read_days, written_day
from web.addresses.requests import Refusal
from web.messages.table import say
from web.text.dates import one_name


@dataclass(frozen=True, slots=True)
class DateField:
    """One field: "from" or "to", its text, an example of what can be typed, why its text cannot be read, or "", and
    the same as a note beside what was found without it."""

    name: str
    value: str
    example: str
    wrong: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DateFields:
    """Both fields; `held` is the archive's first and last day in a sentence, "" where nothing is dated."""

    fields: tuple[DateField, ...] = ()
    held: str = ""

    @property
    def wrong(self) -> bool:
        """Whether a field has a text that cannot be read."""
        return any(each.wrong for each in self.fields)


@dataclass(frozen=True, slots=True)
class Around:
    """What fields of dates need to know beside the days: the archive's own, and what could not be read."""

    held: tuple[date | None, date | None] = (None, None)
    refused: Mapping[str, Refusal] = field(default_factory=dict)


class _Narrowed(Protocol):
    """What a page was asked to narrow by, as far as it could not be taken as it stands."""

    @property
    def refused(self) -> Mapping[str, Refusal]: ...
    @property
    def swapped(self) -> bool: ...


def around(facts: IndexFacts, refused: Mapping[str, Refusal]) -> Around:
    """The days of this index, and these refusals by the name of their field."""
    return Around((facts.first, facts.last), refused)


def date_fields(filters: Filters, about: Around, language: str) -> DateFields:
    """The fields with these days in them, as people write them."""
    first, last = about.held
    fields = (
        _field(FROM, filters.first, _month(first, language), about, language),
        _field(TO, filters.last, _month(last, language), about, language),
    )
    if first is None or last is None:
        return DateFields(fields)
    begin, end = (one_name(day_text(day, language)) for day in (first, last))
    return DateFields(fields, say(language, "days_held", first=begin, last=end))


def field_text(day: date | None, name: str, language: str) -> str:
    """A day as it can be typed into a field and is read there as itself: the year or month that it begins or ends."""
    if day is None:
        return ""
    bound = (1, 1) if name == FROM else (12, 31)
    end = 1 if name == FROM else calendar.monthrange(day.year, day.month)[1]
    short = str(day.year) if (day.month, day.day) == bound else month_text(day, language) if day.day == end else ""
    text = one_name(short or day_text(day, language))
    read = read_days(text, text, today=day)
    return text if day == (read.first if name == FROM else read.last) else written_day(day)


def _field(name: str, day: date | None, example: str, about: Around, language: str) -> DateField:
    refusal = about.refused.get(name)
    if refusal is None:
        return DateField(name, field_text(day, name, language), example)
    wrong = say(language, refusal.key, value=refusal.value)
    return DateField(name, refusal.value, example, wrong, _note(refusal, language))


def _note(refusal: Refusal, language: str) -> str:
    """The sentence that stands apart from the field, where no example is wanted."""
    key = "unread_day" if refusal.key == "refused_day" else refusal.key
    return say(language, key, value=refusal.value, limit=refusal.limit)


def _month(day: date | None, language: str) -> str:
    return one_name(month_text(day, language)) if day else ""


def said_of_filters(asked: _Narrowed, language: str) -> Iterator[str]:
    """Sentences on what of the filters was left out, and on days that were given the wrong way round; what is wrong
    with a field of dates is said beside it."""
    for refusal in asked.refused.values():
        yield _note(refusal, language)
    if asked.swapped:
        yield say(language, "swapped_days")
