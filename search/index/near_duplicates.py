"""Near-duplicates, such as wire copy that several papers print: found when articles are indexed.

In: the documents about to be written, in order. Out: the same with `bands` (by which later copies find them) and
`group` (one number for all copies). Called by `indexer/intake.py`; hits of one group are collapsed by the service.

An article joins the group of the most similar earlier article if the Jaccard similarity of their five-word shingles, at
level `word`, is at least 0.7; else it founds a group of its own. Why 0.7: 1 - J is a distance, so two articles that
both joined over the same third have at least 0.4. Earlier articles are those of this run since the last commit, kept
here, and those of the index, found by their bands and read again: nothing else has to be stored or kept in step, and
memory stays bounded. A group's number is a digest of its founder's words: it outlives the founder's deletion, an
updated founder does not take it along, and equal texts have the same.

A body of fewer than 20 words (a caption, a headline's article) says too little by itself: its copies are those with
the same title and body. Fewer than five words in all found no group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import decode_article
from search.engines.base import Document, Engine
from search.index.minhash import Sketch, band_terms, similarity, sketches, text_of
from search.query.clauses import Combine, Term

_LEAST_SIMILARITY: Final = 0.7
_LEAST_SHARED_BANDS: Final = 2  # so that what has no more than a newspaper's closing line in common is not read again
_MOST_CANDIDATES: Final = 8  # candidates of the index, those with most bands in common first


@dataclass(frozen=True, slots=True)
class _Grouped:
    """An article that has its group."""

    id: str
    group: int
    sketch: Sketch


class NearDuplicateFinder:
    """Finds the group of each article of one run of the indexer.

    open_engine  opens the index as it was last committed; called again after each `forget`
    empty        there is no committed article yet
    """

    def __init__(self, open_engine: Callable[[], Engine], analyzer: BatchAnalyzer, *, empty: bool = False) -> None:
        self._open_engine = open_engine
        self._analyzer = analyzer
        self._empty = empty
        self._engine: Engine | None = None
        # Since the last commit: id → the article as it is now, None without a group; band → the last article with it.
        self._recent: dict[str, _Grouped | None] = {}
        self._by_band: dict[int, _Grouped] = {}

    def assign_groups(self, documents: Sequence[tuple[Document, Sketch | None]]) -> list[Document]:
        """The documents, each with its sketch, with their bands and group; each may be a copy of those before it."""
        return [self._assign_group(document, sketch) for document, sketch in documents]

    def forget(self) -> None:
        """To be called before each commit: lets go of the index and of the articles that will be found there."""
        self._empty = self._empty and not self._recent
        self._engine = None
        self._recent.clear()
        self._by_band.clear()

    def _assign_group(self, document: Document, sketch: Sketch | None) -> Document:
        self._recent[document.id] = None  # also takes an earlier version of it out of comparison
        if sketch is None:
            return document
        grouped = _Grouped(document.id, self._group(sketch), sketch)
        self._recent[document.id] = grouped
        for band in sketch.bands:
            self._by_band[band] = grouped
        terms = {**document.terms, "bands": " ".join(band_terms(sketch))}
        numbers = {**document.numbers, "group": grouped.group}
        return Document(document.id, document.digest, document.raw, terms, document.keywords, numbers)

    def _group(self, sketch: Sketch) -> int:
        best, group = _LEAST_SIMILARITY, sketch.key
        for candidate in (*self._recent_candidates(sketch), *self._committed_candidates(sketch)):
            jaccard = similarity(sketch, candidate.sketch)
            if jaccard >= best:
                best, group = jaccard, candidate.group
        return group

    def _recent_candidates(self, sketch: Sketch) -> list[_Grouped]:
        """Articles since the last commit that share a band and were not replaced since."""
        found: dict[int, _Grouped] = {}
        for band in sketch.bands:
            grouped = self._by_band.get(band)
            if grouped is not None and self._recent[grouped.id] is grouped:
                found[id(grouped)] = grouped
        return [*found.values()]

    def _committed_candidates(self, sketch: Sketch) -> Iterator[_Grouped]:
        """Articles of the index that share bands and were not replaced since."""
        if self._empty:
            return
        engine = self._engine = self._engine or self._open_engine()
        terms = band_terms(sketch)
        frequencies = engine.frequencies("bands", terms)
        known = tuple(Term("bands", term) for term, count in zip(terms, frequencies, strict=True) if count)
        if len(known) < _LEAST_SHARED_BANDS:
            return
        found = engine.search(Combine(should=known, least=_LEAST_SHARED_BANDS), limit=_MOST_CANDIDATES, total=False)
        stored = engine.load([match.ref for match in found.matches])
        for match, article in zip(found.matches, stored, strict=True):
            read = None if article.id in self._recent else self._sketch_again(article.raw)
            if read and match.group is not None:
                yield _Grouped(article.id, match.group, read)

    def _sketch_again(self, raw: bytes) -> Sketch | None:
        article = decode_article(raw)
        title, body = self._analyzer.terms([article.title, article.body])
        return sketches([text_of(title.hashes, body.hashes)])[0]
