"""The copies of an article in order of date, and the differences between two articles.

In: records of the search service. Out: a `CopiesView` for `article.html`, a `DifferencesView` for `against.html`. Pure;
called by `web/views/article_view.py` and `web/routes/pages.py`.
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
from web.views.article_heading import ArticleHeading, article_heading
from web.views.bylines import Byline, byline


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the copies. against: the page that marks how it differs; None for the article itself."""

    heading: ArticleHeading
    byline: Byline
    url: str
    against: str | None


@dataclass(frozen=True, slots=True)
class CopiesView:
    """The copies from the oldest on. cut: a sentence where not all are shown; all: the address of all."""

    count: str
    articles: tuple[Copy, ...]
    cut: str
    all: str


@dataclass(frozen=True, slots=True)
class DifferencesView:
    """Two articles, the older first, and their words as one text in which each run is common or of one of them."""

    older: Copy
    newer: Copy
    title: tuple[Run, ...]
    body: tuple[Run, ...]
    summary: str
    cut: str


def build_copies_view(copies: Copies, id: str, links: Links, today: date) -> CopiesView | None:
    """The copies of the article with this id; None where it has none."""
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


def build_differences_view(one: Article, other: Article, links: Links, today: date) -> DifferencesView:
    """The words that only the older of the two has, and those that only the newer has."""
    older, newer = sorted((one, other), key=lambda article: (article.published or "9999", article.id))
    title, body = differences(older.title, newer.title), differences(older.body, newer.body)
    return DifferencesView(
        _copy(older, older.id, links, today),
        _copy(newer, newer.id, links, today),
        title.runs,
        body.runs,
        _summary(title, body, links.language),
        say(links.language, "against_cut", words=number(MOST_WORDS)) if body.cut else "",
    )


def _copy(article: Article, id: str, links: Links, today: date) -> Copy:
    against = None if article.id == id else links.article(id, against=article.id)
    return Copy(article_heading(article), byline(article, links.language, today), links.article(article.id), against)


def _summary(title: Differences, body: Differences, language: str) -> str:
    if title.same and body.same:
        return say(language, "against_same")
    return say(
        language,
        "against_words",
        older=counted(title.older + body.older, "word", language),
        newer=counted(title.newer + body.newer, "word", language),
    )
