"""The words after the question mark of /export → what is exported, as which file.

In comes werkzeug's MultiDict of the URL; out goes an `AskedExport`, or `Refusal` (status 400) naming the value. The
search itself is read by `web/addresses/requests.py`. Its page and number of hits a page do not count here, so that the
address of any page of results becomes one of an export; those that no page has are refused, and `rows` is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from werkzeug.datastructures import MultiDict

from search.export.formats import FORMATS
from search.limits import MOST_LISTED
from search.pages.records import SearchRequest
from web.addresses.parameters import LIMIT, PAGE, Kind, Parameter
from web.addresses.requests import Refusal, read_choice, read_number, read_request, read_switch

_ON_OR_OFF: Final = ("0", "1")
FORMAT: Final = Parameter(
    "format", Kind.CHOICE, "صيغة الملف.", "The format of the file.", choices=tuple(FORMATS), default="csv"
)
ROWS: Final = Parameter(
    "rows",
    Kind.NUMBER,
    "عدد النتائج على الأكثر.",
    "Hits at most.",
    least=1,
    most=MOST_LISTED,
    default=str(MOST_LISTED),
)
BOM, SNIPPETS, BODY = (
    Parameter(name, Kind.SWITCH, ar, en, choices=_ON_OR_OFF, default="0")
    for name, ar, en in (
        ("bom", "يبدأ CSV بعلامة يعرف بها Excel أنه UTF-8.", "Begin CSV with the mark by which Excel knows UTF-8."),
        ("snippets", "يضيف المقاطع المطابقة.", "Add the passages that match."),
        ("body", "يضيف النص كاملا.", "Add the whole text."),
    )
)


@dataclass(frozen=True, slots=True)
class AskedExport:
    """The search, the format and the most rows; the switches are those of `search.export.formats.Export`."""

    request: SearchRequest
    format: str
    rows: int
    bom: bool
    snippets: bool
    body: bool


def read_export(args: MultiDict[str, str], *, today: date) -> AskedExport:
    """What a URL asks to be exported; empty values count as absent. Raises Refusal."""
    form = read_choice(args, FORMAT)
    bom, snippets, body = (read_switch(args, each) for each in (BOM, SNIPPETS, BODY))
    if (snippets or body) and not FORMATS[form].texts:
        holding = ", ".join(name for name, each in FORMATS.items() if each.texts)
        raise Refusal("refused_texts", form, holding, parameter="format")
    if bom and form != "csv":
        raise Refusal("refused_bom", form, parameter="bom")
    rows = read_number(args, ROWS)
    return AskedExport(_read_search(args, today), form, rows, bom, snippets, body)


def _read_search(args: MultiDict[str, str], today: date) -> SearchRequest:
    try:
        return read_request(args, today=today)
    except Refusal as refusal:
        if refusal.parameter not in {LIMIT.name, PAGE.name}:
            raise
        shown = f"{refusal.parameter}={refusal.value}"
        raise Refusal("refused_in_file", shown, f"{ROWS.most:,}", parameter=refusal.parameter) from refusal
