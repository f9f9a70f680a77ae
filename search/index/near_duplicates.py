"""Assigns each article that is indexed to a group of near-duplicates, such as wire copy that several papers print.

In: the documents about to be written, in order, each with its sketch (`minhash.py`). Out: the same documents with the
field `bands`, by which later copies find them, and `group`, one number for all copies. Called by `indexer/intake.py`;
the search service shows one hit for each group.

An article joins the group of the most similar earlier article if the Jaccard similarity of their five-word shingles at
the level `word` is at least 0.7; otherwise it begins a group. Since 1 - J is a distance, two articles that joined a
group because of the same third one have a similarity of at least 0.4. Earlier articles are those of this run since the
last commit, whose sketches are kept in memory, and those of the index: they are found by their bands, and their
sketches are computed again from the stored text, so that nothing else is stored. The number of a group is a digest of
the words of its first article. It stays when that article is deleted or changed, and equal texts have the same number.

A body of fewer than 20 words, such as a caption, is too short for its shingles to be compared: its copies are the
articles with the same title and body. An article of fewer than five words has no group.

Of an index that this run began, the bands are remembered (`met_numbers.py`): it is asked for copies of those articles
alone that seem to share two of them, about one in a thousand of the news. Of a cluster each question takes a while.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec
import numpy as np

from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.analysis.batch.hashing import Hashes
from search.article import Article, decode_article
from search.engines.base import Document, Engine, Found, Match, Stored, search_each
from search.index.met_numbers import MetNumbers
from search.index.minhash import Sketch, band_terms, similarity, sketches, text_of
from search.query.clauses import Combine, Term

_LEAST_SIMILARITY: Final = 0.7
_LEAST_SHARED_BANDS: Final = 2  # texts with only a newspaper's closing line in common share fewer, and are not read
_MOST_SKETCHED: Final = 4_000  # committed articles whose sketches are remembered, 1.5 KB each
_AT_ONCE: Final = 100  # articles whose copies are looked for together,
_BYTES_AT_ONCE: Final = 4_000_000  # or what is as large: of each at most eight candidates are held
_MOST_CANDIDATES: Final = 8  # articles of the index that are compared, those with most bands in common first
_MOST_BANDS: Final = 2**23  # that are remembered of the articles of a run: of a million, in 16 MB

KeptPart = Callable[[Article], tuple[int, int]]


class _Grouped(msgspec.Struct, frozen=True, gc=False):
    """An article with its group and its sketch."""

    id: str
    group: int
    sketch: Sketch


class _Candidate(NamedTuple):
    """An article of the index that may be a copy, and its group."""

    stored: Stored
    group: int


def _all_of(article: Article) -> tuple[int, int]:
    return 0, len(article.body)


class NearDuplicateFinder:
    """Finds the group of each article in one run of the indexer.

    open_engine  opens the index as of its last commit; called again after each `forget`
    analyzer     analyses stored articles again, for their sketches
    empty        whether the index has no committed articles yet
    kept_part    where the body of an article begins and ends without lines that its publisher repeats
    """

    def __init__(
        self,
        open_engine: Callable[[], Engine],
        analyzer: BatchAnalyzer,
        *,
        empty: bool = False,
        kept_part: KeptPart = _all_of,
    ) -> None:
        self._open_engine = open_engine
        self._analyzer = analyzer
        self._empty = empty
        self._kept_part = kept_part
        self._engine: Engine | None = None
        self._met = MetNumbers(_MOST_BANDS) if empty else None  # bands that articles of the index may have; None: any
        # Since the last commit: id → the article as it is now, None without a group; band → the last article with it,
        # and those before that one.
        self._recent: dict[str, _Grouped | None] = {}
        self._by_band: dict[int, _Grouped] = {}
        self._before: dict[int, list[_Grouped]] = {}
        # Of committed articles: id and the part of the body that is left → the sketch.
        self._sketched: dict[tuple[str, int, int], Sketch | None] = {}

    def assign_groups(self, documents: Sequence[tuple[Document, Sketch | None]]) -> list[Document]:
        """Return the documents with their bands and group; each is compared with those before it too."""
        grouped: list[Document] = []
        for part in _parts(documents):
            found = self._committed([sketch for _, sketch in part if sketch is not None])
            grouped += [
                self._assign_group(document, sketch, () if sketch is None else next(found)) for document, sketch in part
            ]
        return grouped

    def _committed(self, compared: Sequence[Sketch]) -> Iterator[Sequence[_Candidate]]:
        """For each of these articles those of the index that share at least two bands, asked for all together: of a
        cluster each question takes a while."""
        nothing: Sequence[_Candidate] = ()
        if self._empty or not compared:
            yield from [nothing] * len(compared)
            return
        matches = self._sharing_bands(self._known_bands(compared))
        stored = iter(self._opened().load([match.ref for own in matches for match in own]) if any(matches) else ())
        for own in matches:
            found = [(next(stored), match.group) for match in own]
            yield [_Candidate(article, group) for article, group in found if group is not None]

    def _opened(self) -> Engine:
        self._engine = self._engine or self._open_engine()
        return self._engine

    def _known_bands(self, compared: Sequence[Sketch]) -> list[tuple[Term, ...]]:
        """Of each of these articles the bands that articles of the index have, or may have."""
        terms = [band_terms(sketch) for sketch in compared]
        if self._met is not None:
            known = iter(self._met.may_have(_bands(compared)).tolist())
        else:
            known = iter(self._opened().frequencies("bands", [term for own in terms for term in own]))
        return [tuple(Term("bands", term) for term in own if next(known)) for own in terms]

    def _sharing_bands(self, known: Sequence[tuple[Term, ...]]) -> list[Sequence[Match]]:
        """The articles of the index with at least two of the bands of each article, those with most of them first."""
        asked = [at for at, own in enumerate(known) if len(own) >= _LEAST_SHARED_BANDS]
        found: dict[int, Found] = {}
        if asked:
            clauses = [Combine(should=known[at], least=_LEAST_SHARED_BANDS) for at in asked]
            found = dict(zip(asked, search_each(self._opened(), clauses, limit=_MOST_CANDIDATES), strict=True))
        return [found[at].matches if at in found else () for at in range(len(known))]

    def forget(self) -> None:
        """Close the index and forget the articles since the last commit; to be called right before each commit."""
        self._empty = self._empty and not self._recent
        if self._met is not None:
            self._met.add(_bands([each.sketch for each in self._recent.values() if each]))
            self._met = None if self._met.is_full else self._met
        self._engine = None
        self._recent.clear()
        self._by_band.clear()
        self._before.clear()
        self._sketched.clear()

    def set_aside(self, ids: Iterable[str]) -> None:
        """Compare nothing with these articles as they are now: they are about to be written again, with other sketches
        and perhaps other groups.
        """
        self._recent.update(dict.fromkeys(ids))

    def _assign_group(self, document: Document, sketch: Sketch | None, committed: Sequence[_Candidate]) -> Document:
        self._recent[document.id] = None  # an earlier version of the article is no longer compared
        if sketch is None:
            return document
        grouped = _Grouped(document.id, self._group(sketch, committed), sketch)
        self._recent[document.id] = grouped
        for band in sketch.bands:
            before = self._by_band.get(band)
            if before is not None:
                self._before.setdefault(band, []).append(before)
            self._by_band[band] = grouped
        terms = {**document.terms, "bands": " ".join(band_terms(sketch))}
        numbers = {**document.numbers, "group": grouped.group}
        return Document(document.id, document.digest, document.raw, terms, document.keywords, numbers)

    def _group(self, sketch: Sketch, committed: Sequence[_Candidate]) -> int:
        best, group = _LEAST_SIMILARITY, sketch.key
        for candidate in (*self._recent_candidates(sketch), *self._still_committed(committed)):
            jaccard = similarity(sketch, candidate.sketch)
            if jaccard >= best:
                best, group = jaccard, candidate.group
        return group

    def _recent_candidates(self, sketch: Sketch) -> list[_Grouped]:
        """The last articles since the last commit that share a band and were not replaced afterwards."""
        found: dict[int, _Grouped] = {}
        for band in sketch.bands:
            grouped = self._last_with(band)
            if grouped is not None:
                found[id(grouped)] = grouped
        return [*found.values()]

    def _last_with(self, band: int) -> _Grouped | None:
        """The last article with a band; what was replaced is forgotten."""
        grouped = self._by_band.get(band)
        while grouped is not None and self._recent[grouped.id] is not grouped:
            before = self._before.get(band)
            grouped = before.pop() if before else None
            if grouped is None:
                del self._by_band[band]
            else:
                self._by_band[band] = grouped
        return grouped

    def _still_committed(self, candidates: Sequence[_Candidate]) -> Iterator[_Grouped]:
        """Those articles of the index that were not replaced since the last commit."""
        others = [each for each in candidates if each.stored.id not in self._recent]
        for candidate, sketch in zip(others, self._sketches_again([each.stored.raw for each in others]), strict=True):
            if sketch:
                yield _Grouped(candidate.stored.id, candidate.group, sketch)

    def _sketches_again(self, stored: Sequence[bytes]) -> list[Sketch | None]:
        """The sketches of committed articles. Those of the same publisher are asked for again and again."""
        articles = [decode_article(raw) for raw in stored]
        parts = [(article.id, *self._kept_part(article)) for article in articles]
        lacking = [at for at, part in enumerate(parts) if part not in self._sketched]
        if lacking:
            if len(self._sketched) > _MOST_SKETCHED:
                self._sketched.clear()
                lacking = [*range(len(parts))]
            texts = [(articles[at].title, articles[at].body[parts[at][1] : parts[at][2]]) for at in lacking]
            found = self._analyzer.terms([text for both in texts for text in both])
            read = sketches([text_of(found[at].hashes, found[at + 1].hashes) for at in range(0, len(found), 2)])
            self._sketched.update(zip([parts[at] for at in lacking], read, strict=True))
        return [self._sketched[part] for part in parts]


def _bands(drawn: Sequence[Sketch]) -> Hashes:
    """The bands of all these articles, eight each."""
    return np.array([band for sketch in drawn for band in sketch.bands], np.uint64)


def _parts(documents: Sequence[tuple[Document, Sketch | None]]) -> Iterator[Sequence[tuple[Document, Sketch | None]]]:
    """Give the documents in parts of which all copies in the index may be held at once."""
    begin = size = 0
    for at, (document, _) in enumerate(documents):
        size += len(document.raw)
        if at + 1 - begin == _AT_ONCE or size >= _BYTES_AT_ONCE:
            yield documents[begin : at + 1]
            begin, size = at + 1, 0
    if begin < len(documents):
        yield documents[begin:]
