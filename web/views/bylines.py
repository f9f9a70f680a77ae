"""An article → its byline: source, section, author and date, in words.

Pure; called by the view models of results, articles and copies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from search.article import Article
from search.pages.dates_in_words import day_text
from web.text.dates import ago


@dataclass(frozen=True, slots=True)
class Byline:
    """Where and when an article appeared. `when` is an ISO date for machines; `day` and `ago` are for readers."""

    sources: tuple[str, ...]
    section: str | None
    author: str | None
    when: str | None
    day: str
    ago: str


def byline(article: Article, language: str, today: date) -> Byline:
    """The byline of an article, in this language and as of `today`."""
    day = article.day
    return Byline(
        article.source,
        article.section,
        article.author,
        article.published,
        day_text(day, language) if day else "",
        ago(day, today, language) if day else "",
    )
