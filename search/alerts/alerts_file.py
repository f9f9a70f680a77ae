"""The file `alerts.toml` → its alerts, each checked; an error is one line that names the alert, the key and the value.

In: a path. Out: `Alert`s. `alert_lines` writes the table of a search, which the results page shows to be added. Called
by `search/alert_commands.py` and `web/views/subscription.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from search.alerts.alert import Alert
from search.checking import checked, read_toml
from search.errors import SettingsError, shown
from search.limits import MOST_ALERTS
from search.pages.records import SearchRequest
from search.query.dates.asked_days import FROM, TO, read_days, written_day
from search.query.operators import MOST_WORDS
from search.query.parser import parse
from search.query.tree import NAME_FIELDS

_TABLE: Final = "alert"
_ALIASES: Final = {"from": "since", "to": "until", "lang": "language", "q": "query"}
_ANY_DAY: Final = date(2000, 1, 1)


def read_alerts(path: Path) -> tuple[Alert, ...]:
    """Return the alerts of the file in order. Raises SettingsError."""
    values = read_toml(path, "alerts file", remedy="mend it, or name another with --alerts")
    tables = values.pop(_TABLE, [])
    if values:
        raise SettingsError(f"unknown key {next(iter(values))!r} in {path}: an alert is a table [[{_TABLE}]]")
    if not isinstance(tables, list) or not tables or not all(isinstance(each, dict) for each in tables):
        raise SettingsError(f"{path} holds no alerts: write [[{_TABLE}]] with a name and a query for each")
    if len(tables) > MOST_ALERTS:
        raise SettingsError(f"{path} holds {len(tables):,} alerts: {MOST_ALERTS:,} at most, make two files")
    alerts = tuple(_alert(table, f"alert {number} of {path}") for number, table in enumerate(tables, 1))
    for number, alert in enumerate(alerts, 1):
        if alert.name in {each.name for each in alerts[: number - 1]}:
            raise SettingsError(f"name = {alert.name!r} in alert {number} of {path}: another alert has it, choose one")
    return alerts


def chosen(alerts: Sequence[Alert], names: Sequence[str]) -> tuple[Alert, ...]:
    """Return the alerts of these names, in the order of the file; all of them for no names. Raises SettingsError."""
    known = [alert.name for alert in alerts]
    for name in names:
        if name not in known:
            raise SettingsError(f"no alert is named {name!r}: there are {', '.join(map(repr, known[:20]))}")
    return tuple(alert for alert in alerts if not names or alert.name in names)


def alert_lines(request: SearchRequest, name: str, language: str) -> str:
    """Return the table of this search as TOML, to be added to `alerts.toml`."""
    return "\n".join(_lines(request, name, language)) + "\n"


def _alert(table: Mapping[str, Any], origin: str) -> Alert:
    named = [(_ALIASES.get(key, key), value) for key, value in table.items()]
    values = {key: _text(key, value) for key, value in named}
    if len(values) < len(table):
        raise SettingsError(f"{origin} has one key by two names: {', '.join(table)}")
    given = checked(values, Alert, origin)
    if "name" not in given:
        raise SettingsError(f'{origin} has no name: write name = "…"')
    alert = Alert(**given)
    _check_days(alert, origin)
    _check_query(alert, origin)
    return replace(alert, query=alert.query.strip())


def _text(key: str, value: Any) -> Any:
    """Return the value of a date as text, which TOML also has as dates and numbers, and one name as a list."""
    if key in ("since", "until") and isinstance(value, date | int) and not isinstance(value, bool):
        return str(value)
    return [value] if key in NAME_FIELDS and isinstance(value, str) else value


def _check_days(alert: Alert, origin: str) -> None:
    days = read_days(alert.since, alert.until, today=_ANY_DAY)
    for name in days.unread:
        key, value = {FROM: ("since", alert.since), TO: ("until", alert.until)}[name]
        raise SettingsError(f"{key} = {value!r} in {origin}: give a date such as 2017-07-15, يوليو 2017 or أمس")


def _check_query(alert: Alert, origin: str) -> None:
    if not alert.query.strip() and not any(getattr(alert, field) for field in NAME_FIELDS):
        raise SettingsError(f'{origin} has no query: write query = "…", or a source or another filter')
    remarks = {remark.kind for remark in parse(alert.query, today=_ANY_DAY).remarks} if alert.query.strip() else ()
    if "cut-words" in remarks:
        raise SettingsError(f"query in {origin} has more than {MOST_WORDS} words: shorten it")
    if "empty" in remarks:
        raise SettingsError(f"query = {shown(alert.query)} in {origin} has no word to search for")


def _lines(request: SearchRequest, name: str, language: str) -> Iterator[str]:
    yield f"[[{_TABLE}]]"
    yield f"name = {_quoted(name)}"
    if request.query:
        yield f"query = {_quoted(request.query)}"
    for field, names in request.filters.names.items():
        if names:
            yield f"{field} = [{', '.join(map(_quoted, names))}]"
    for key, day in (("since", request.filters.first), ("until", request.filters.last)):
        if day:
            yield f"{key} = {_quoted(written_day(day))}"
    if not request.names:
        yield "names = false"
    if language != "ar":
        yield f"language = {_quoted(language)}"


def _quoted(text: str) -> str:
    """Return the text as a string of TOML, which JSON's are, but for the character of deletion."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")
