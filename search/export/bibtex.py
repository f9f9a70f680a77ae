"""A citation → an entry of BibTeX, as BibTeX, Biber, JabRef and Zotero read it.

An article of a newspaper is `@article` with the newspaper as journal; one whose newspaper is not known is `@misc`. Both
`year`, `month` for BibTeX and `date`, `urldate`, `langid` for biblatex are given. The file is UTF-8: Arabic stays as it
is, and what TeX would take for a command is escaped. A key has ASCII letters and digits alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from anyascii import anyascii

from search.export.citation import Citation
from search.pages.permalinks import percent_encoded
from search.pages.printed_page import page_ends

_LONGEST_NAME: Final = 16  # letters of a name in a key
_REMEMBERED: Final = 4_096  # names in Latin letters
_PLAIN_ID: Final = re.compile(r"[A-Za-z0-9]{1,24}(?:-[A-Za-z0-9]{1,24})?")
_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")
_SPECIAL: Final = re.compile(r"[\\~^{}$&%#_]")
_ESCAPES: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&%#_"},
}
# BibTeX counts braces, escaped or not, and an odd one would swallow the rest of the file: it is written by its name.
_ODD_BRACES: Final = _ESCAPES | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_UNSAFE_IN_ADDRESS: Final = re.compile(r"[^A-Za-z0-9_.~%!#$&'()*+,/:;=?@\[\]-]+")
# A name is one unit where BibTeX would cut it: at " and ", at a comma, or because it is "others".
_CUT: Final = re.compile(r",|\band\b|^others$", re.IGNORECASE)


def bibtex_entry(citation: Citation, *, read_on: date) -> str:
    """Return the entry, an empty line behind it. read_on: the day on which the archive was read."""
    kind = "article" if citation.newspaper else "misc"
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(citation, read_on) if value)
    return f"@{kind}{{{key(citation)},\n{fields}}}\n\n"


def key(citation: Citation) -> str:
    """Return the entry's key, of ASCII letters, digits and signs, the same in every export and of no other article:
    name in Latin letters, year and id. An id that is not plain ASCII is written as its digest of 60 bits."""
    names = citation.names
    name = _latin(names[0][0].split()[-1] if names else citation.newspaper)
    year = citation.day.isoformat()[:4] if citation.day else ""
    if _PLAIN_ID.fullmatch(citation.id):
        return f"{name}{year}:{citation.id}"
    return f"{name}{year}.{blake2b(citation.id.encode(), digest_size=8).hexdigest()[:15]}"


@lru_cache(maxsize=_REMEMBERED)
def _latin(name: str) -> str:
    """Return the name in Latin letters, as long as a key has it; "news" for one without letters."""
    return _NO_LETTER.sub("", anyascii(name).lower())[:_LONGEST_NAME] or "news"


def _fields(citation: Citation, read_on: date) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join(_name(name, whole=agency) for name, agency in citation.names)
    yield "title", _escaped(citation.title)
    yield "journal", _escaped(citation.newspaper)
    if citation.newspaper:
        yield "entrysubtype", "newspaper"
    if citation.day:
        day = citation.day.isoformat()
        yield "date", day
        yield "year", day[:4]
        yield "month", str(citation.day.month)
    yield "chapter", _escaped(citation.section)
    yield "pages", "--".join(_escaped(page) for page in page_ends(citation.page) if page)
    yield "abstract", _escaped(citation.abstract)
    yield "language", "ar"
    yield "langid", "arabic"
    addresses = citation.addresses
    if addresses:
        yield "url", _address(addresses[0])
        yield "urldate", read_on.isoformat()
    yield "note", " ".join([rf"\url{{{_address(address)}}}" for address in addresses[1:]])


def _name(name: str, *, whole: bool) -> str:
    return f"{{{_escaped(name)}}}" if whole or _CUT.search(name) else _escaped(name)


def _address(address: str) -> str:
    """Return the address percent-encoded, without braces, as TeX takes it verbatim."""
    return _UNSAFE_IN_ADDRESS.sub(percent_encoded, address)


def _escaped(text: str) -> str:
    if _SPECIAL.search(text) is None:
        return text
    escapes = _ESCAPES if _braces_match(text) else _ODD_BRACES
    return _SPECIAL.sub(lambda found: escapes[found[0]], text)


def _braces_match(text: str) -> bool:
    """Return whether each brace that opens is closed, and none is closed that is not open."""
    depth = 0
    for sign in text if "{" in text or "}" in text else "":
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return not depth
