"""The words after the question mark → a SearchRequest; total: what cannot be served is refused with a sentence.

In comes werkzeug's MultiDict of the URL; out goes a `SearchRequest`, or `Refusal` (status 400) naming the value. The
bounds of values are those of `web/addresses/parameters.py`. Pages, the API and feeds read their URLs here;
`web/addresses/links.py` writes what is read here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import MultiDict

from search.engines.base import Order
from search.errors import RequestError
from search.limits import deepest_page
from search.pages.records import Filters, SearchRequest
from search.query.dates.asked_days import FROM, TO, AskedDays, read_days
from web.addresses import parameters
from web.addresses.parameters import Parameter
from web.text.bidi import sendable, showable

_SHOWN = 60
_INTEGER = re.compile(r"[-+]?\d+")


class Refusal(RequestError):
    """A value of the URL that cannot be used; `key` names the sentence in `web/messages/table.py`, `parameter` whose
    value it is, and `code` the kind of refusal for programs (`web/api/error_codes.py`)."""

    status = 400

    def __init__(
        self, key: str, value: object, limit: object = "", *, parameter: str | None = None, code: str = "bad_value"
    ) -> None:
        text = str(value)
        self.key, self.parameter, self.code = key, parameter, code
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
    refused = {name: _refused_day(name, days, args) for name in days.unread}
    readable = MultiDict((name, value) for name, value in args.items(multi=True) if name not in refused)
    return Asked(read_request(readable, today=today), refused)


def read_request(args: MultiDict[str, str], *, today: date | None = None) -> SearchRequest:
    """The search that a URL asks for; empty values count as absent. Raises Refusal."""
    days = _days(args, today)
    if days.unread:
        raise _refused_day(days.unread[0], days, args)
    return _request(args, days)


def _refused_day(name: str, days: AskedDays, args: MultiDict[str, str]) -> Refusal:
    return Refusal(day_refusal(name, days), args[name].strip(), parameter=name)


def _request(args: MultiDict[str, str], days: AskedDays) -> SearchRequest:
    limit = read_number(args, parameters.LIMIT)
    return SearchRequest(
        read_query(args),
        page=read_number(args, parameters.PAGE, most=deepest_page(limit)),
        limit=limit,
        order=Order(read_choice(args, parameters.SORT)),
        filters=_filters(args, days),
        explain=read_switch(args, parameters.EXPLAIN),
        facets=read_switch(args, parameters.FACETS),
        names=read_switch(args, parameters.NAMES),
        collapse=read_switch(args, parameters.COLLAPSE),
        repair=read_switch(args, parameters.REPAIR),
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
    longest = parameters.Q.longest
    if len(query) > longest:
        raise Refusal("refused_long", f"{len(query):,}", f"{longest:,}", parameter="q", code="too_long")
    return query


def read_offset(args: MultiDict[str, str]) -> int:
    """A place in an article's body, 0 for none or for what is none. Never raises: it chooses what is shown first."""
    value = args.get("at", "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else 0


def read_number(
    args: MultiDict[str, str], parameter: Parameter, *, most: int | None = None, refusal: str | None = None
) -> int:
    """The number, within the bounds of its parameter or up to `most`, which has a default. Raises Refusal, by the
    sentence `refusal` where that named after the parameter speaks of something else."""
    value = args.get(parameter.name, "").strip() or parameter.default or ""
    number = _integer(value) if len(value) <= 9 else None
    most = parameter.most if most is None else most
    if number is None or not parameter.least <= number <= most:
        key = refusal or f"refused_{parameter.name}"
        raise Refusal(key, value, f"{most:,}", parameter=parameter.name)
    return number


def read_choice(args: MultiDict[str, str], parameter: Parameter) -> str:
    """One of the choices, "" where none is made and there is no default. Raises Refusal."""
    value = args.get(parameter.name, "").strip()
    if value and value not in parameter.choices:
        raise Refusal(f"refused_{parameter.name}", value, parameter=parameter.name)
    return value or parameter.default or ""


def read_switch(args: MultiDict[str, str], parameter: Parameter) -> bool:
    """Whether a switch is on. Raises Refusal for anything but 0, 1 and nothing."""
    value = args.get(parameter.name, "").strip()
    if value and value not in parameter.choices:
        raise Refusal("refused_switch", f"{parameter.name}={value}", parameter=parameter.name)
    return (value or parameter.default) == "1"


def _filters(args: MultiDict[str, str], days: AskedDays) -> Filters:
    return Filters(
        _values(args, parameters.SOURCE),
        _values(args, parameters.SECTION),
        _values(args, parameters.AUTHOR),
        days.first,
        days.last,
        _group(args),
        read_switch(args, parameters.UNDATED),
        _values(args, parameters.AGENCY),
        _values(args, parameters.PLACE),
    )


def _group(args: MultiDict[str, str]) -> int | None:
    value = args.get("group", "").strip()
    if not value:
        return None
    group = _integer(value) if len(value) <= 20 else None
    if group is None or not parameters.GROUP.least <= group <= parameters.GROUP.most:
        raise Refusal("refused_group", value, parameter="group")
    return group


def _values(args: MultiDict[str, str], parameter: Parameter) -> tuple[str, ...]:
    given = args.getlist(parameter.name)
    values = tuple(dict.fromkeys(sendable(value).strip() for value in given))  # as stored: not tidied
    values = tuple(value for value in values if value)
    name = parameter.name
    if len(values) > parameter.values:
        raise Refusal("refused_repeated", name, parameter.values, parameter=name)
    if any(len(value) > parameter.longest for value in values):
        raise Refusal("refused_text", name, f"{parameter.longest:,}", parameter=name)
    return values


def _days(args: MultiDict[str, str], today: date | None) -> AskedDays:
    return read_days(args.get(FROM, ""), args.get(TO, ""), today=today or date.today())


def _integer(value: str) -> int | None:
    """The number in digits of any script; None for what Python alone takes for one, such as 1_000."""
    return int(value) if _INTEGER.fullmatch(value) else None
