"""The terms by which an article ranks, without the words of lines that its publisher repeats.

In: articles with their terms, and which part of each body is left (`repeated_lines.py`). Out: their terms, of which the
stems and the first words are those of the part, and sketches of it. Called by the indexer for what it writes, and by
`indexer/verification`. It works by arrays, which a search does not load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from search.analysis.batch.batch_analyzer import LEAD_WORDS, BatchAnalyzer
from search.article import Article
from search.index.documents import Analysed
from search.index.minhash import sketches, text_of

_LEAD_CHARACTERS: Final = 1_000  # of what is left, in which its first words are


class LeavingOut:
    """Leaves the words of repeated lines out of the terms by which articles rank."""

    def __init__(self, analyzer: BatchAnalyzer) -> None:
        self._analyzer = analyzer

    def analysed(
        self, articles: Sequence[tuple[Article, Analysed]], parts: Sequence[tuple[int, int]]
    ) -> list[Analysed]:
        """Return what documents are made of, of articles of whose bodies these parts are left: their terms as `terms`
        gives them, their sketches as if the bodies held nothing else.
        """
        terms = self.terms([(article.body, found.terms) for article, found in articles], parts)
        left = [article.body[begin:end] for (article, _), (begin, end) in zip(articles, parts, strict=True)]
        found = self._analyzer.terms([*(article.title for article, _ in articles), *left])
        texts = map(text_of, (each.hashes for each in found), (each.hashes for each in found[len(articles) :]))
        return [
            msgspec.structs.replace(each, terms=own, sketch=sketch)
            for (_, each), own, sketch in zip(articles, terms, sketches([*texts]), strict=True)
        ]

    def terms(
        self, articles: Sequence[tuple[str, dict[str, str]]], parts: Sequence[tuple[int, int]]
    ) -> list[dict[str, str]]:
        """Return the terms by field of bodies of which these parts are left: without the stems of the others, and with
        the first words of what is left.
        """
        edges = [(body[:begin], body[end:]) for (body, _), (begin, end) in zip(articles, parts, strict=True)]
        left = [
            body[begin:end].strip()[:_LEAD_CHARACTERS] if begin or _is_short(body[:end]) else ""
            for (body, _), (begin, end) in zip(articles, parts, strict=True)
        ]
        found = self._analyzer.terms([*(text for both in edges for text in both), *left])
        stems, leads = found[: 2 * len(edges)], found[2 * len(edges) :]
        made = []
        for at, (_, terms) in enumerate(articles):
            gone = Counter((*stems[2 * at].stem.split(), *stems[2 * at + 1].stem.split()))
            kept = []
            for stem in terms["body_stem"].split():
                if gone.get(stem):
                    gone[stem] -= 1
                else:
                    kept.append(stem)
            made.append({**terms, "body_stem": " ".join(kept), "lead": leads[at].lead if left[at] else terms["lead"]})
        return made


def _is_short(text: str) -> bool:
    """Whether a text has so few words that the first words of an article go on behind it."""
    return len(text[:_LEAD_CHARACTERS].split()) <= LEAD_WORDS
