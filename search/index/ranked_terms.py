"""The terms by which an article ranks, without the words of lines that its publisher repeats.

In: articles with their terms, and which part of each body is left (`repeated_lines.py`). Out: their terms, of which the
stems and the first words are those of the part, and sketches of it. Called by the indexer for what it writes, and by
`indexer/verification`. It works by arrays, which a search does not load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec
import numpy as np

from search.analysis.batch.batch_analyzer import LEAD_WORDS, BatchAnalyzer, TextTerms
from search.article import Article
from search.index.documents import Analysed
from search.index.minhash import Text, sketches, text_of

_LEAD_CHARACTERS: Final = 1_000  # of what is left, in which its first words are


class _Edges(NamedTuple):
    """What a body has before and behind the part that is left.

    lead: the terms of the first words of that part; None where the first words of the body stay
    """

    before: TextTerms
    behind: TextTerms
    lead: str | None


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
        edges = self._edges([article.body for article, _ in articles], parts)
        drawn = sketches(self._texts(articles, parts, edges))
        return [
            msgspec.structs.replace(each, terms=_without(own, each.terms), sketch=sketch)
            for (_, each), own, sketch in zip(articles, edges, drawn, strict=True)
        ]

    def terms(
        self, articles: Sequence[tuple[str, dict[str, str]]], parts: Sequence[tuple[int, int]]
    ) -> list[dict[str, str]]:
        """Return the terms by field of bodies of which these parts are left: without the stems of the others, and with
        the first words of what is left.
        """
        edges = self._edges([body for body, _ in articles], parts)
        return [_without(own, terms) for own, (_, terms) in zip(edges, articles, strict=True)]

    def _edges(self, bodies: Sequence[str], parts: Sequence[tuple[int, int]]) -> list[_Edges]:
        around = [(body[:begin], body[end:]) for body, (begin, end) in zip(bodies, parts, strict=True)]
        left = [
            body[begin:end].strip()[:_LEAD_CHARACTERS] if begin or _is_short(body[:end]) else ""
            for body, (begin, end) in zip(bodies, parts, strict=True)
        ]
        found = self._analyzer.terms([*(text for both in around for text in both), *left])
        leads = (terms.lead if text else None for terms, text in zip(found[2 * len(bodies) :], left, strict=True))
        return [_Edges(found[2 * at], found[2 * at + 1], lead) for at, lead in enumerate(leads)]

    def _texts(
        self,
        articles: Sequence[tuple[Article, Analysed]],
        parts: Sequence[tuple[int, int]],
        edges: Sequence[_Edges],
    ) -> list[Text]:
        """Return the words of titles and of what is left of bodies. Those that are not known are analysed."""
        texts = [
            _known_words(article.body, found.words, part, own)
            for (article, found), part, own in zip(articles, parts, edges, strict=True)
        ]
        unknown = [at for at, text in enumerate(texts) if text is None]
        titles = [articles[at][0].title for at in unknown]
        left = [articles[at][0].body[slice(*parts[at])] for at in unknown]
        hashes = [terms.hashes for terms in self._analyzer.terms([*titles, *left])]
        analysed = map(text_of, hashes[: len(unknown)], hashes[len(unknown) :])
        return [text or next(analysed) for text in texts]


def _known_words(body: str, words: tuple[bytes, bytes] | None, part: tuple[int, int], edges: _Edges) -> Text | None:
    """Return the words of a title and of the part of its body that is left; None if they are not known, or if the part
    begins or ends within a word.
    """
    if words is None or not all(_is_between_words(body, at) for at in part):
        return None
    title, whole = (np.frombuffer(hashes, np.uint64) for hashes in words)
    return text_of(title, whole[len(edges.before.hashes) : len(whole) - len(edges.behind.hashes)])


def _is_between_words(text: str, at: int) -> bool:
    return not 0 < at < len(text) or text[at - 1].isspace() or text[at].isspace()


def _without(edges: _Edges, terms: dict[str, str]) -> dict[str, str]:
    """Return the terms of an article without the stems of what stands around the part that is left."""
    gone = Counter((*edges.before.stem.split(), *edges.behind.stem.split()))
    kept = []
    for stem in terms["body_stem"].split():
        if gone.get(stem):
            gone[stem] -= 1
        else:
            kept.append(stem)
    return {**terms, "body_stem": " ".join(kept), "lead": terms["lead"] if edges.lead is None else edges.lead}


def _is_short(text: str) -> bool:
    """Whether a text has so few words that the first words of an article go on behind it."""
    return len(text[:_LEAD_CHARACTERS].split()) <= LEAD_WORDS
