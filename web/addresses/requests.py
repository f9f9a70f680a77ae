"""The words after the question mark → a SearchRequest; total: what cannot be served is refused with a sentence.

In comes werkzeug's MultiDict of the URL; out goes a `SearchRequest`, or `Refusal` (status 400) naming the value.
Pages, the API and feeds read their URLs here; `web/addresses/links.py` writes what is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from search.engines.base import Order
from search.errors import RequestError
from search.limits import HITS_A_PAGE, LARGEST_PAGE, LONGEST_NAME, LONGEST_QUERY, MOST_FILTER_VALUES, deepest_page
from search.pages.records import Filters, SearchRequest
from search.query.dates.asked_days import FROM, TO, AskedDays, read_days
from web.text.bidi import sendable, showable

_SHOWN = 60
T = TypeVar("T")


class Refusal(RequestError):
    """A value of the URL that cannot be used; `key` names the sentence in `web/messages/table.py`."""

    def __init__(self, key: str, value: object, limit: object = "") -> None:
        text = str(value)
        self.key = key
        self.value = showable(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
        self.limit = str(limit)
        super().__init__(f"{key}: {self.value!r} {self.limit}".rstrip())


@dataclass(frozen=True, slots=True)
class Asked:
    """The search that a page asks for, and why days that cannot be read were left out: "from" or "to" → the refusal."""

    request: SearchRequest
    refused: Mapping[str, Refusal] = field(default_factory=dict)


def read_asked(args: MultiDict[str, str], *, today: date | None = None) -> Asked:
    """The same for a page with fields of dates, which says beside a field that it could not be read. Raises Refusal
    for all else."""
    days = _days(args, today)
    if not days.unread:
        return Asked(_request(args, days))
    refused = {name: Refusal(day_refusal(name, days), args[name].strip()) for name in days.unread}
    readable = MultiDict((name, value) for name, value in args.items(multi=True) if name not in refused)
    return Asked(read_request(readable, today=today), refused)


def read_request(args: MultiDict[str, str], *, today: date | None = None) -> SearchRequest:
    """The search that a URL asks for; empty values count as absent. Raises Refusal."""
    days = _days(args, today)
    if days.unread:
        raise Refusal(day_refusal(days.unread[0], days), args[days.unread[0]].strip())
    return _request(args, days)


def _request(args: MultiDict[str, str], days: AskedDays) -> SearchRequest:
    limit = _number(args, "limit", HITS_A_PAGE, most=LARGEST_PAGE)
    return SearchRequest(
        read_query(args),
        page=_number(args, "page", 1, most=deepest_page(limit)),
        limit=limit,
        order=_order(args.get("sort", "").strip()),
        filters=_filters(args, days),
        explain=_switch(args, "explain", default=False),
        facets=_switch(args, "facets", default=True),
        names=_switch(args, "names", default=True),
        collapse=_switch(args, "collapse", default=True),
        repair=_switch(args, "repair", default=True),
        swapped=days.swapped,
    )


def day_refusal(name: str, days: AskedDays) -> str:
    """The key of the sentence that says why the text of FROM or TO gives no such day."""
    if name not in days.endless:
        return "refused_day"
    return "refused_no_first" if name == FROM else "refused_no_last"


def read_query(args: MultiDict[str, str]) -> str:
    """The query as typed, without the white space around it. Raises Refusal where it is too long."""
    query = showable(args.get("q", "")).strip()
    if len(query) > LONGEST_QUERY:
        raise Refusal("refused_long", f"{len(query):,}", f"{LONGEST_QUERY:,}")
    return query


def read_offset(args: MultiDict[str, str]) -> int:
    """A place in an article's body, 0 for none or for what is none. Never raises: it chooses what is shown first."""
    value = args.get("at", "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else 0


def _number(args: MultiDict[str, str], name: str, default: int, *, most: int) -> int:
    value = args.get(name, "").strip()
    if not value:
        return default
    number = _attempt(int, value) if len(value) <= 9 else None
    if number is None or not 1 <= number <= most:
        raise Refusal(f"refused_{name}", value, f"{most:,}")
    return number


def _order(value: str) -> Order:
    if not value:
        return Order.RELEVANCE
    order = _attempt(Order, value)
    if order is None:
        raise Refusal("refused_sort", value)
    return order


def _switch(args: MultiDict[str, str], name: str, *, default: bool) -> bool:
    value = args.get(name, "").strip()
    if value not in {"", "0", "1"}:
        raise Refusal("refused_switch", f"{name}={value}")
    return default if not value else value == "1"


def _filters(args: MultiDict[str, str], days: AskedDays) -> Filters:
    return Filters(
        _values(args, "source"),
        _values(args, "section"),
        _values(args, "author"),
        days.first,
        days.last,
        _group(args),
        _switch(args, "undated", default=False),
        _values(args, "agency"),
        _values(args, "place"),
    )


def _group(args: MultiDict[str, str]) -> int | None:
    value = args.get("group", "").strip()
    if not value:
        return None
    group = _attempt(int, value) if len(value) <= 20 else None
    if group is None or group.bit_length() > 63:
        raise Refusal("refused_group", value)
    return group


def _values(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(sendable(value).strip() for value in args.getlist(name)))  # as stored: not tidied
    values = tuple(value for value in values if value)
    longest = max(values, key=len, default="")
    if len(values) > MOST_FILTER_VALUES or len(longest) > LONGEST_NAME:
        raise Refusal("refused_values", longest, MOST_FILTER_VALUES)
    return values


def _days(args: MultiDict[str, str], today: date | None) -> AskedDays:
    return read_days(args.get(FROM, ""), args.get(TO, ""), today=today or date.today())


def _attempt(read: Callable[[str], T], value: str) -> T | None:
    try:
        return read(value)
    except ValueError:
        return None
