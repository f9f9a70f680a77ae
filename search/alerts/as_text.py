"""The news of alerts as the text of a mail: for each alert a heading, then its articles with passage and address.

In: `News`, and what gives the address of an article's page. Out: lines of plain text, Arabic or English as the alert
says. Called by `search/alert_commands.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Final

from search.alerts.news import News
from search.export.citation import one_line
from search.pages.dates_in_words import day_text
from search.pages.display_title import display_title
from search.pages.line_sentences import line_text
from search.pages.permalinks import Permalink
from search.pages.plurals import counted
from search.pages.records import Hit

_WIDTH: Final = 78
_INDENT: Final = "   "


def text_of(found: Iterable[News], permalink: Permalink) -> str:
    """Return the text; "" if no alert has news."""
    return "".join("\n".join(_lines(news, permalink)) + "\n\n" for news in found if news.total)


def _lines(news: News, permalink: Permalink) -> Iterator[str]:
    language = news.alert.language
    heading = f"{news.alert.name}: {counted(news.total, 'new article', language)}"
    yield heading
    yield "=" * min(len(heading), _WIDTH)
    for number, hit in enumerate(news.hits, 1):
        yield ""
        yield from _hit_lines(number, hit, language, permalink)
    if news.total > len(news.hits):
        yield ""
        yield line_text("more", language, count=counted(news.total - len(news.hits), "new article", language))


def _hit_lines(number: int, hit: Hit, language: str, permalink: Permalink) -> Iterator[str]:
    article = hit.article
    yield from wrap(one_line(f"{number}. {display_title(article)}"), _WIDTH, subsequent_indent=_INDENT)
    facts = [" + ".join(article.source), day_text(article.day, language) if article.day else "", article.section or ""]
    facts += [counted(hit.copies, "copy", language)] if hit.copies else []
    if said := " · ".join(one_line(fact) for fact in facts if fact):
        yield _INDENT + said
    yield from wrap(one_line(hit.passage), _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
    if address := permalink(article.id) or article.url:
        yield _INDENT + one_line(address)
