"""The advanced form: writes a query into the search box, part by part, and reads a simple one back.

`/advanced` shows it, with the parts of `q` and of the filters filled in; sent (`go=1`) it leads on to `/search?q=…`.
Registered by `web/app.py`. Nothing here needs JavaScript.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from search.limits import LONGEST_QUERY
from search.pages.records import SearchRequest
from search.query.compose import AdvancedQuery, compose
from search.query.dates.asked_days import read_days, written_day
from search.query.decompose import decompose
from search.query.operators import MOST_CHARACTERS, MOST_SLOP, NEAR
from search.query.tree import NAME_FIELDS
from web.addresses.requests import day_refusal
from web.messages.table import say
from web.site import language, links, site
from web.text.bidi import showable
from web.views.article_view import span_text

advanced = Blueprint("advanced", __name__)

LONGEST_FIELD = 300  # characters
MOST_OFFERED = 100  # sources and sections that are offered
#: The fields of the form → the parts of a `AdvancedQuery`; those of the dates and the distance are read by themselves.
TEXTS = {
    "all": "words",
    "phrase": "phrase",
    "any": "any",
    "near": "near",
    "none": "none",
    "title": "title",
    "source": "source",
    "section": "section",
    "author": "author",
    "agency": "agency",
    "place": "place",
}
DAYS = ("from", "to")


@dataclass(frozen=True, slots=True)
class FormView:
    """What the form shows: the fields as typed, a sentence for those that cannot be read, and one about the whole."""

    query: str
    values: Mapping[str, str]
    errors: Mapping[str, str]
    exact: bool
    notice: str
    sources: tuple[str, ...]
    sections: tuple[str, ...]
    span: str


@advanced.get("/advanced")
def form() -> ResponseReturnValue:
    """The form, or once it is filled in and sent, the way to the results."""
    if request.args.get("go"):
        return _sent(request.args)
    query = _text(request.args, "q", LONGEST_QUERY)
    wanted = _narrowed(decompose(query, today=site().today()), request.args)
    if wanted is None:
        return _shown(query, {}, notice=say(language(), "advanced_rich"))
    return _shown(query, _values(wanted), exact=wanted.exact)


def _sent(args: MultiDict[str, str]) -> ResponseReturnValue:
    values = {name: _text(args, name) for name in (*TEXTS, *DAYS, "distance")}
    exact = args.get("forms") == "exact"
    wanted, errors = _read(values, exact=exact)
    query = compose(wanted, language())
    if errors:
        return _shown("", values, errors=errors, exact=exact)
    if not query:
        return _shown("", values, notice=say(language(), "advanced_empty"), exact=exact)
    if len(query) > MOST_CHARACTERS:
        return _shown("", values, notice=say(language(), "advanced_long", limit=f"{MOST_CHARACTERS:,}"), exact=exact)
    return redirect(links().search(SearchRequest(query)))


def _read(values: Mapping[str, str], *, exact: bool) -> tuple[AdvancedQuery, dict[str, str]]:
    """What the fields say, and a sentence for each that says nothing that can be read."""
    days = read_days(values["from"], values["to"], today=site().today())
    errors = {name: say(language(), day_refusal(name, days), value=values[name]) for name in days.unread}
    distance = _distance(values["distance"])
    if distance is None:
        errors["distance"] = say(language(), "advanced_error_distance", value=values["distance"], limit=MOST_SLOP)
    texts = {part: values[name] for name, part in TEXTS.items()}
    near = NEAR if distance is None else distance
    return AdvancedQuery(**texts, distance=near, exact=exact, first=days.first, last=days.last), errors


def _distance(text: str) -> int | None:
    if not text:
        return NEAR
    return int(text) if text.isdecimal() and len(text) <= 3 and int(text) <= MOST_SLOP else None


def _narrowed(wanted: AdvancedQuery | None, args: MultiDict[str, str]) -> AdvancedQuery | None:
    """The parts with the filters of the results page added; None where one is there already."""
    if wanted is None:
        return None
    values = _values(wanted)
    for name in (*NAME_FIELDS, *DAYS):
        chosen = [showable(value).strip() for value in args.getlist(name) if value.strip()]
        if chosen and (len(chosen) > 1 or values[name]):
            return None
        values[name] = chosen[0] if chosen else values[name]
    found, errors = _read(values, exact=wanted.exact)
    return None if errors else found


def _values(wanted: AdvancedQuery) -> dict[str, str]:
    """The parts as fields of the form."""
    values = {name: str(getattr(wanted, part)) for name, part in TEXTS.items()}
    days = {"from": wanted.first, "to": wanted.last}
    return values | {name: written_day(day) if day else "" for name, day in days.items()} | {"distance": _near(wanted)}


def _near(wanted: AdvancedQuery) -> str:
    return str(wanted.distance) if wanted.near else ""


def _text(args: MultiDict[str, str], name: str, longest: int = LONGEST_FIELD) -> str:
    return showable(args.get(name, "")).strip()[:longest]


def _shown(
    query: str,
    values: Mapping[str, str],
    *,
    errors: Mapping[str, str] | None = None,
    notice: str = "",
    exact: bool = False,
) -> str:
    facts = site().service().facts()
    view = FormView(
        query,
        {name: values.get(name, "") for name in (*TEXTS, *DAYS)} | {"distance": values.get("distance") or str(NEAR)},
        errors or {},
        exact,
        notice,
        tuple(value for value, _ in facts.sources[:MOST_OFFERED]),
        tuple(value for value, _ in facts.sections[:MOST_OFFERED]),
        span_text(facts.first, facts.last, language()) if facts.first and facts.last else "",
    )
    return render_template("advanced.html", view=view)
