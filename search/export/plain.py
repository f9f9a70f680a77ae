"""A citation → a sentence to be pasted into a text, in the Arabic or the English way.

Arabic puts the title in «», English in “”; both name author, newspaper, day, page and address in this order, as the
Chicago Manual does for newspapers. Where the sentence is shown, each value can stand between the signs that isolate its
direction (Unicode's FSI and PDI), for English would draw the day of an Arabic newspaper before its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from search.export.citation import Citation
from search.pages.dates_in_words import day_text
from search.pages.printed_page import page_text

ISOLATE: Final = "\u2068"
END_OF_ISOLATE: Final = "\u2069"
_WORDS: Final = {
    "ar": {"and": "، و", "title": "«{title}»", "comma": "، ", "undated": "د.ت.", "read": "اطُّلع عليه في {day}"},
    "en": {"and": ", and ", "title": "“{title}”", "comma": ", ", "undated": "n.d.", "read": "accessed {day}"},
}


def plain_citation(citation: Citation, language: str, *, read_on: date, isolated: bool = False) -> str:
    """Return the citation as text.

    language: "ar" or "en"; read_on: the day on which the archive was read; isolated: whether values are isolated.
    """
    enclosed = _isolated if isolated else str
    parts = _parts(citation, _WORDS[language], language, read_on, enclosed)
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _isolated(value: str) -> str:
    """Return the value between the signs; its own would end the isolation early, or never."""
    return f"{ISOLATE}{value.replace(ISOLATE, '').replace(END_OF_ISOLATE, '')}{END_OF_ISOLATE}"


def _parts(
    citation: Citation, words: dict[str, str], language: str, read_on: date, enclosed: Callable[[str], str]
) -> Iterator[str]:
    yield words["and"].join(enclosed(name) for name, _ in citation.names)
    yield words["title"].format(title=enclosed(citation.title.rstrip(".")))
    newspaper = enclosed(citation.newspaper) if citation.newspaper else ""
    when = enclosed(day_text(citation.day, language)) if citation.day else words["undated"]
    page = enclosed(page_text(citation.page, language)) if citation.page else ""
    yield words["comma"].join(part for part in (newspaper, when, page) if part)
    if citation.place.archive:
        read = words["read"].format(day=enclosed(day_text(read_on, language)))
        yield words["comma"].join((enclosed(citation.place.archive), read))
    if citation.addresses:
        yield enclosed(citation.addresses[0])
