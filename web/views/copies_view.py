"""The copies of an article as a chain by date and paper, and two of them set against each other. Pure.

In come the records of the service; out go what `article.html` and `against.html` show. `web/views/article_view.py` and
`web/routes/pages.py` call it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from search.article import Article
from search.pages.plurals import counted, number
from search.pages.records import Copies, Filters, SearchRequest
from search.results.differences import MOST_WORDS, Differences, Run, differences
from web.addresses.links import Links
from web.messages.table import say
from web.views.bylines import Byline, byline
from web.views.heading import Heading, heading


@dataclass(frozen=True, slots=True)
class Copy:
    """One article of the chain; `against`: the page that marks what differs, None for the article itself."""

    heading: Heading
    byline: Byline
    url: str
    against: str | None


@dataclass(frozen=True, slots=True)
class CopiesView:
    """The chain from the oldest on, how many copies there are, and a sentence and a link where it is cut."""

    count: str
    articles: tuple[Copy, ...]
    cut: str
    all: str


@dataclass(frozen=True, slots=True)
class AgainstView:
    """Two articles, the older first, and one text in which their words are told apart."""

    older: Copy
    newer: Copy
    title: tuple[Run, ...]
    body: tuple[Run, ...]
    summary: str
    cut: str


def tell_copies(copies: Copies, id: str, links: Links, today: date) -> CopiesView | None:
    """The chain that the article belongs to; None where it stands alone."""
    if not copies.articles:
        return None
    shown = len(copies.articles)
    cut = say(links.language, "copies_cut", shown=number(shown), total=number(copies.total))
    return CopiesView(
        counted(copies.total - 1, "copy", links.language),
        tuple(_copy(article, id, links, today) for article in copies.articles),
        cut if copies.total > shown else "",
        links.search(SearchRequest("", filters=replace(Filters(), group=copies.group))),
    )


def tell_against(one: Article, other: Article, links: Links, today: date) -> AgainstView:
    """What the older of the two says and the newer does not, and the reverse."""
    older, newer = sorted((one, other), key=lambda article: (article.published or "9999", article.id))
    title, body = differences(older.title, newer.title), differences(older.body, newer.body)
    return AgainstView(
        _copy(older, older.id, links, today),
        _copy(newer, newer.id, links, today),
        title.runs,
        body.runs,
        _summary(title, body, links.language),
        say(links.language, "against_cut", words=number(MOST_WORDS)) if body.cut else "",
    )


def _copy(article: Article, id: str, links: Links, today: date) -> Copy:
    against = None if article.id == id else links.article(id, against=article.id)
    return Copy(heading(article), byline(article, links.language, today), links.article(article.id), against)


def _summary(title: Differences, body: Differences, language: str) -> str:
    if title.same and body.same:
        return say(language, "against_same")
    return say(
        language,
        "against_words",
        older=counted(title.older + body.older, "word", language),
        newer=counted(title.newer + body.newer, "word", language),
    )
