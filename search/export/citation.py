"""What of an article a citation states: who wrote it, what it is called, where and when it appeared, where it is read.

In: an article, and where it can be read in the archive. Out: a `Citation`, of which `ris.py`, `bibtex.py`, `plain.py`
and `coins.py` write one each, and the web package the metadata of the article's page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from search.article import Article
from search.pages.display_title import display_title, first_words

_ABSTRACT: Final = 160  # characters: as many as search engines and link previews show
# What no format takes as a part of a line: control characters, line and paragraph separators, lone surrogates, and what
# XML forbids.
_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article is read in the archive. permalink: its page, None where there is no site; archive: its name."""

    archive: str
    permalink: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a citation, each one line of text without control characters; "" and None for what is not known.

    title      that of the article; one without a title is called by its first sentence
    authors    the persons who wrote it
    agencies   the agencies that its byline names
    newspaper  the publishers, joined by " + "
    day        of publication; `published` is the same with the time of the day, in ISO 8601
    page       of print: "5", or the first and last, "12-14"
    url        where it was published
    abstract   its first sentence, about 160 characters
    """

    id: str
    title: str
    authors: tuple[str, ...]
    agencies: tuple[str, ...]
    newspaper: str
    section: str
    day: date | None
    published: str
    page: str
    url: str
    abstract: str
    place: Place

    @property
    def names(self) -> tuple[tuple[str, bool], ...]:
        """Who is named as the author, each with whether it is an agency: agencies stand in where no person is named."""
        persons = tuple((name, False) for name in self.authors)
        return persons or tuple((name, True) for name in self.agencies)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where it can be read: as published first, then in the archive."""
        return tuple(address for address in (self.url, self.place.permalink or "") if address)


def cite(article: Article, place: Place, *, abstract: bool = True) -> Citation:
    """Return the citation of an article. abstract: whether its first sentence is looked for."""
    return Citation(
        id=one_line(article.id),
        title=one_line(display_title(article)) or one_line(article.id) or "?",
        authors=_lines(article.writers),
        agencies=_lines(article.agencies),
        newspaper=" + ".join(_lines(article.source)),
        section=one_line(article.section or ""),
        day=article.day,
        published=article.published or "",
        page=one_line(article.page or ""),
        url=one_line(article.url or ""),
        abstract=one_line(first_words(article, _ABSTRACT)) if abstract else "",
        place=place,
    )


def one_line(text: str) -> str:
    """Return the text as one line: white space and control characters become single spaces."""
    fit = text if text.isprintable() else _UNFIT.sub(" ", text)
    return " ".join(fit.split())


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for text in texts if (line := one_line(text)))
