"""A citation → a sentence to be pasted into a text, in the Arabic or the English way.

Arabic puts the title in «», English in “”; both name author, newspaper, day and address in this order, as the Chicago
Manual does for newspapers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from search.export.citation import Citation
from search.pages.dates_in_words import day_text

_WORDS: Final = {
    "ar": {"and": "، و", "title": "«{title}»", "comma": "، ", "undated": "د.ت.", "read": "اطُّلع عليه في {day}"},
    "en": {"and": ", and ", "title": "“{title}”", "comma": ", ", "undated": "n.d.", "read": "Accessed {day}"},
}


def plain_citation(citation: Citation, language: str, *, read_on: date) -> str:
    """Return the citation as text. language: "ar" or "en"; read_on: the day on which the archive was read."""
    return " ".join(f"{part.rstrip('.')}." for part in _parts(citation, _WORDS[language], language, read_on) if part)


def _parts(citation: Citation, words: dict[str, str], language: str, read_on: date) -> Iterator[str]:
    yield words["and"].join(name for name, _ in citation.names)
    yield words["title"].format(title=citation.title.rstrip("."))
    when = day_text(citation.day, language) if citation.day else words["undated"]
    yield words["comma"].join(part for part in (citation.newspaper, when) if part)
    if citation.place.archive:
        yield words["comma"].join((citation.place.archive, words["read"].format(day=day_text(read_on, language))))
    if citation.addresses:
        yield citation.addresses[0]
