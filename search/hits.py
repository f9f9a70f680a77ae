"""The matches of a page → its hits: the article, highlighted title and snippets, the number of its copies.

In: an answer and those of its matches that the page shows. Out: `Hit`s (`search/pages/records.py`). Called by
`service.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from search.answering import Answer, Answerer
from search.article import decode_article
from search.engines.base import Match, Stored
from search.pages.records import Hit, SearchRequest
from search.query.highlights import Highlights
from search.results.highlighter import Highlighter

_ALWAYS_HIGHLIGHTED: Final = 10  # hits of a page; further ones are highlighted only while there is time


def hits_of_page(
    answerer: Answerer, answer: Answer, shown: Sequence[Match], sizes: Mapping[int, int]
) -> tuple[tuple[Hit, ...], bool]:
    """Return the hits of the page, and whether there was time to highlight all of them.

    shown: the matches of the page, in order. sizes: near-duplicate group → how many of its articles match.
    """
    index, request, budget = answerer.index, answerer.request, answerer.budget
    stored = index.engine.load([match.ref for match in shown])
    highlighter, plain = (
        Highlighter(index.analyzer, highlights) for highlights in (answer.plan.highlights, Highlights())
    )
    copies = [0 if match.group is None else sizes.get(match.group, 1) - 1 for match in shown]
    found, highlighted = list[Hit](), True
    for match, kept, others in zip(shown, stored, copies, strict=True):
        highlighted = highlighted and (len(found) < _ALWAYS_HIGHLIGHTED or budget.allows(0))
        found.append(_hit(answer, request, highlighter if highlighted else plain, match, kept, copies=others))
    return tuple(found), highlighted


def _hit(
    answer: Answer, request: SearchRequest, highlighter: Highlighter, match: Match, kept: Stored, *, copies: int
) -> Hit:
    article = decode_article(kept.raw)
    return Hit(
        article=article,
        score=match.score,
        title=highlighter.highlight(article.title),
        snippets=highlighter.snippets(article.body),
        copies=copies,
        group=match.group,
        reasons=highlighter.reasons(article, answer.plan) if request.explain else (),
    )
