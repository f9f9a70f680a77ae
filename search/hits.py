"""The matches of a page → its hits: the article, highlighted title and snippets, the number of its copies.

In: an answer and those of its matches that the page shows. Out: `Hit`s (`search/pages/records.py`). Called by
`results_page.py`, by `all_hits.py` for a part of a list, and by `alerts/news.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from search.answering import Answer, Answerer
from search.article import Article, decode_article
from search.engines.base import Match, Stored
from search.index.open_index import OpenIndex
from search.pages.records import Hit, SearchRequest, Segment
from search.query.highlights import Highlights
from search.results.article_snippets import Snippets, article_snippets
from search.results.highlighter import Highlighter

_ALWAYS_HIGHLIGHTED: Final = 10  # hits of a page; further ones are highlighted only while there is time
_TOGETHER: Final = 10  # hits whose texts are read at once


def hits_of_page(
    answerer: Answerer, answer: Answer, shown: Sequence[Match], sizes: Mapping[int, int]
) -> tuple[tuple[Hit, ...], bool]:
    """Return the hits of the page, and whether there was time to highlight all of them.

    shown: the matches of the page, in order. sizes: near-duplicate group → how many of its articles match.
    """
    index, request, budget = answerer.index, answerer.request, answerer.budget
    stored = index.engine.load([match.ref for match in shown])
    highlighter = Highlighter(index.analyzer, answer.plan.highlights)
    found, highlighted = list[Hit](), True
    for first in range(0, len(shown), _TOGETHER):
        articles = [decode_article(kept.raw) for kept in stored[first : first + _TOGETHER]]
        begins, parts = zip(*(_kept_part(index, article) for article in articles), strict=True)
        if highlighted:
            highlighter.read_together([*parts, *(article.title for article in articles)])
        for match, article, begin, part in zip(shown[first:], articles, begins, parts, strict=False):
            if highlighted and len(found) >= _ALWAYS_HIGHLIGHTED and not budget.allows(0):
                highlighted, highlighter = False, Highlighter(index.analyzer, Highlights())
            snippets = article_snippets(highlighter, article.body, part, begin)
            found.append(_hit(answer, request, highlighter, match, article, snippets, copies=_copies(match, sizes)))
    return tuple(found), highlighted


def _kept_part(index: OpenIndex, article: Article) -> tuple[int, str]:
    """Return the offset in the body of the part that snippets are taken from, and that part."""
    begin, end = index.repeated_lines.kept_part(article)
    return begin, article.body[begin:end]


def plain_hits(index: OpenIndex, shown: Sequence[Match], sizes: Mapping[int, int]) -> tuple[Hit, ...]:
    """Return the hits of these matches without snippets, nothing highlighted. sizes: as for `hits_of_page`."""
    stored = index.engine.load([match.ref for match in shown])
    return tuple(_plain_hit(match, kept, _copies(match, sizes)) for match, kept in zip(shown, stored, strict=True))


def _plain_hit(match: Match, kept: Stored, copies: int) -> Hit:
    article = decode_article(kept.raw)
    title = (Segment(article.title),) if article.title else ()
    return Hit(article, match.score, title, (), copies, match.group)


def _copies(match: Match, sizes: Mapping[int, int]) -> int:
    """Return how many other articles of the match's group match too."""
    return 0 if match.group is None else sizes.get(match.group, 1) - 1


def _hit(
    answer: Answer,
    request: SearchRequest,
    highlighter: Highlighter,
    match: Match,
    article: Article,
    snippets: Snippets,
    *,
    copies: int,
) -> Hit:
    return Hit(
        article=article,
        score=match.score,
        title=highlighter.highlight(article.title),
        snippets=snippets,
        copies=copies,
        group=match.group,
        reasons=highlighter.reasons(article, answer.plan) if request.explain else (),
    )
