"""The text of one record of a corpus in SGML or XML → its fields by name. Called by `tagged.py`."""

from __future__ import annotations

import html
import re
from typing import Final

from indexer.readers.rows import field_named
from search.query.dates.published import read_published

TAG: Final = re.compile(
    r"<(?P<end>/?)(?:[^\W\d][\w.-]{0,50}:)?(?P<name>[^\W\d][\w.-]{0,100})(?P<attributes>(?:\s[^<>]{0,2000}?)?)(?P<empty>/?)>"
    r"|<!\[CDATA\[|\]\]>|<!--|-->|<\?[^<>]{0,2000}>"
)
_ATTRIBUTE: Final = re.compile(r"""([\w.:-]{1,100})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_BREAKING: Final = ("p", "br", "para", "paragraph", "s", "seg", "line", "l", "li", "div", "tr", "h1", "h2", "h3")
_DATELINE: Final = "dateline"  # the day in some corpora, the place in others
_DAY_IN_ID: Final = re.compile(r"[A-Z]{3}_[A-Z]{3}_((?:19|20)\d{6})[._]\d+")  # of Gigaword
_BLANK_LINES: Final = re.compile(r"\s*\n\s*")


def fields_of_record(text: str) -> dict[str, str]:
    """The fields of a record: the attributes of its tag, and what is in it by name, several of a name as lines."""
    first = TAG.match(text)
    fields = _attributes(first["attributes"]) if first and first["name"] else {}
    found, loose = _elements(text[first.end() :] if first else text)
    for name, values in found.items():
        fields[name] = "\n".join(filter(None, map(_plain, values)))
    return _completed(fields, _plain(loose))


def _completed(fields: dict[str, str], loose: str) -> dict[str, str]:
    """With what stands between the elements as text where there is no other, and a date from where it may be."""
    bodies = [name for name in fields if field_named(name) == "body"]
    if not bodies and loose:
        fields["body"], bodies = loose, ["body"]
    dateline = fields.pop(_DATELINE, "")
    if dateline and read_published(dateline) is not None:
        fields.setdefault("date", dateline)
    elif dateline and bodies:
        fields[bodies[0]] = f"{dateline}\n{fields[bodies[0]]}"
    day = _DAY_IN_ID.search(fields.get("id") or fields.get("docno") or "")
    if day and not any(field_named(name) == "published" for name in fields):
        fields["date"] = day[1]
    return fields


def _elements(text: str) -> tuple[dict[str, list[str]], str]:
    """The elements that hold text, by name; and the text that stands in none of them."""
    found: dict[str, list[str]] = {}
    loose: list[str] = []
    opened, pieces = "", loose  # the element that is being read, and its text so far
    leaf, at = "", 0
    for tag in TAG.finditer(text):
        pieces.append(text[at : tag.start()])
        name, before = (tag["name"] or "").lower(), at
        at = tag.end()
        if name in _BREAKING:
            pieces.append("\n")
        elif not name or tag["empty"]:
            continue
        elif tag["end"]:
            if name == opened:
                found.setdefault(opened, []).append("".join(pieces))
                opened, pieces = "", loose
            elif not opened and name == leaf:  # no field, and no element in it: it will be remarked on
                found.setdefault(name, []).append(text[before : tag.start()])
                loose.pop()
        elif _begins(name, opened):
            if opened:
                found.setdefault(opened, []).append("".join(pieces))
            opened, pieces = name, []
        leaf = "" if tag["end"] else name
    pieces.append(text[at:])
    if opened:
        found.setdefault(opened, []).append("".join(pieces))
    return found, "".join(loose)


def _begins(name: str, opened: str) -> bool:
    """Whether an element of this name is a field, be it that another one, of a line, was not closed."""
    field = _field(name)
    return bool(field) and (not opened or (_field(opened) not in ("body", field)))


def _field(name: str) -> str:
    return "dateline" if name == _DATELINE else field_named(name)


def _attributes(written: str) -> dict[str, str]:
    return {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(written)}


def _plain(text: str) -> str:
    """Lines without blanks around them and blank ones, entities resolved."""
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text
    return _BLANK_LINES.sub("\n", text).strip()
