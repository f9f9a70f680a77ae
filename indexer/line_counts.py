"""Counts the first and last lines of articles by publisher, and leaves out of their ranking what is repeated.

In: analysed articles, in the order in which they are written. Out: the same, without the stems of lines that are known
by then to be repeated. Called by `indexer/intake.py`. A line is repeated when twenty articles of its publisher have it
and one or five per cent of all that it has until then (`search/index/repeated_lines.py` says which of the two); from
then on it stays so; `earlier_articles.py` writes again what came before, which `articles_at_hand.py` keeps at hand.
Nothing but the articles and their order decides, so the processes that analyse do not matter, and a run that follows a
killed one ends as one that was not killed: what is counted is stored with each commit.

Memory is bounded by lossy counting (Manku and Motwani, Approximate Frequency Counts over Data Streams, 2002): after
each thousand articles of a publisher the lines are forgotten that fewer than one in a thousand had.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

from indexer.articles_at_hand import FirstArticles, Written
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import Article, decode_article
from search.index.documents import Analysed
from search.index.ranked_terms import LeavingOut
from search.index.repeated_lines import (
    FILE,
    Counted,
    EdgeLines,
    Repeated,
    RepeatedLines,
    State,
    read_counted,
)
from search.storage.atomic_files import replace_file
from search.storage.checksummed_json import with_checksum

LEAST: Final = 20  # articles that have a line
WINDOW: Final = 1_000  # articles of a publisher after which rare lines are forgotten
MOST_PUBLISHERS: Final = 1_000  # further ones are counted as one
_OTHERS: Final = 0

Digests = Callable[[Iterable[str]], Mapping[str, int]]


class ToWrite(NamedTuple):
    """An article that is about to be written: its id, its JSON, its analysis, and the digest of its JSON, by which the
    index will show that it has the article.
    """

    id: str
    raw: bytes
    analysed: Analysed
    digest: int


_Shortened = tuple[Article, tuple[int, int]]


class LineCounts:
    """Counts the lines of one generation.

    folder   that of the generation, where what was counted is stored
    digests  asks the index for the digests of articles
    empty    whether the index has no articles yet
    at_hand  bytes of articles that are kept for lines that become known after them
    """

    def __init__(
        self, folder: Path, analyzer: BatchAnalyzer, digests: Digests, *, empty: bool = False, at_hand: int = 0
    ) -> None:
        self._path = folder / FILE
        self._leaving_out = LeavingOut(analyzer)
        counted = read_counted(folder)
        self._state = _committed(counted, digests)
        self._is_settled = counted is None or counted.witness is None
        self._lines = RepeatedLines(self._state.repeated)
        self._before = deepcopy(self._state)
        self._last: tuple[str, int] | None = None
        # Of a generation whose counts are lost it is not known which articles are the first of their publishers.
        self._first = FirstArticles(at_hand) if empty or counted is not None else None

    def without_repeated(self, articles: Sequence[ToWrite]) -> list[Analysed]:
        """Count the lines of articles, one after another, and return the analysis of each without the stems of the
        lines that are repeated by then.
        """
        shortened = []
        for id, raw, analysed, digest in articles:
            self.count(id, analysed.edges, digest)
            publisher = analysed.edges[0]
            found = self._shortened(raw, publisher)
            shortened.append(found)
            if self._first:
                written = Written(id, raw, found and found[1])
                self._first.add(publisher, written, number=self._state.articles.get(publisher, 0))
        return self._leave_out([each.analysed for each in articles], shortened)

    def left_out(self, articles: Sequence[ToWrite]) -> list[Analysed]:
        """Return the analysis of articles that were counted, without the stems of lines that are repeated by now."""
        shortened = [self._shortened(each.raw, each.analysed.edges[0]) for each in articles]
        return self._leave_out([each.analysed for each in articles], shortened)

    def count(self, id: str, edges: EdgeLines, digest: int) -> None:
        """Count the lines of one article. digest: see `ToWrite`."""
        self._last = (id, digest)
        self._count(edges, _mark(id))

    def _shortened(self, raw: bytes, publisher: int) -> _Shortened | None:
        """An article of which a part of the body is left, and that part; None where all of it is."""
        if not self._lines.has_of(publisher):
            return None
        article = decode_article(raw)
        part = self._lines.kept_part(article)
        return None if part == (0, len(article.body)) else (article, part)

    def _leave_out(self, whole: list[Analysed], shortened: Sequence[_Shortened | None]) -> list[Analysed]:
        found = [(at, *each) for at, each in enumerate(shortened) if each]
        if found:
            articles = [(article, whole[at]) for at, article, _ in found]
            left = self._leaving_out.analysed(articles, [part for _, _, part in found])
            for (at, *_), without in zip(found, left, strict=True):
                whole[at] = without
        return whole

    def kept_part(self, article: Article) -> tuple[int, int]:
        """Where the body of an article begins and ends without the lines that are repeated by now."""
        return self._lines.kept_part(article)

    def take_outdated(self) -> list[tuple[Written, Article, tuple[int, int]]]:
        """The articles at hand that rank by lines that have become known since, each with the part of its body that is
        left. They are to be written again before the next commit: nobody looks for them in the index.
        """
        found = []
        for publisher in {line.publisher for line in self.new} if self._first else ():
            kept = self._first.of(publisher) if self._first else None
            if kept is None:
                continue
            for each in kept:
                article = decode_article(each.raw)
                part = self.kept_part(article)
                if part != (each.part or (0, len(article.body))):
                    each.part = part
                    found.append((each, article, part))
            repeated = self._state.repeated
            self._state.new = [key for key in self._state.new if repeated[key].publisher != publisher]
        return found

    def was_rejected(self, id: str) -> None:
        """The engine did not take an article, so that it is not to be written again."""
        if self._first:
            self._first.drop(id)

    @property
    def new(self) -> list[Repeated]:
        """The repeated lines that articles before them still rank by."""
        return [self._state.repeated[key] for key in self._state.new]

    def forget_new(self) -> None:
        """No article ranks by them any more, and that is committed; to be called before `settle`."""
        self._state.new, self._before.new, self._is_settled = [], [], False

    def store(self) -> None:
        """Store what was counted; to be called right before a commit of the index. Raises OSError."""
        if self._last is not None:
            replace_file(self._path, with_checksum(Counted(self._before, self._state, self._last)))
            self._before, self._last, self._is_settled = deepcopy(self._state), None, False

    def settle(self) -> None:
        """Store that the last commit was made, so that its article may be corrected or removed; to be called when a run
        has made it, and when the next one begins. Raises OSError.
        """
        if not self._is_settled:
            replace_file(self._path, with_checksum(Counted(self._before, self._before)))
            self._is_settled = True

    def _count(self, edges: EdgeLines, mark: int) -> None:
        state = self._state
        publisher, lines = edges
        if publisher not in state.articles and len(state.articles) >= MOST_PUBLISHERS:
            publisher = _OTHERS
        articles = state.articles[publisher] = state.articles.get(publisher, 0) + 1
        counts, windows = state.counts.setdefault(publisher, {}), (articles - 1) // WINDOW
        for line in lines:
            key = line.key
            if key in state.repeated:
                continue
            count, missed, last = counts.get(key, (0, windows, -1))
            if last == mark:  # an article that is corrected again and again counts once
                continue
            if count + 1 >= LEAST and 100 * (count + 1) >= line.share * articles:
                state.repeated[key] = Repeated(edges[0], line.kind, line.text)
                state.new.append(key)
                self._lines.add(key, state.repeated[key])
                counts.pop(key, None)
            else:
                counts[key] = count + 1, missed, mark
        if not articles % WINDOW:
            state.counts[publisher] = {key: kept for key, kept in counts.items() if kept[0] + kept[1] > windows + 1}


def settle(folder: Path, digests: Digests) -> None:
    """Store what was counted up to the last commit of the generation in this folder, as `LineCounts.settle` does; to be
    called before articles are removed from one where a run may have been killed. Raises OSError.
    """
    counted = read_counted(folder)
    if counted is not None and counted.witness is not None:
        state = _committed(counted, digests)
        replace_file(folder / FILE, with_checksum(Counted(state, state)))


def _committed(counted: Counted | None, digests: Digests) -> State:
    """What was counted up to the last commit that was made."""
    if counted is None:
        return State({}, {}, {})
    if counted.witness is None:
        return counted.after
    id, digest = counted.witness
    return counted.after if digests([id]).get(id) == digest else counted.before


def _mark(id: str) -> int:
    """A number by which an article is told from the one before it, the same in every process."""
    return crc32(id.encode("utf-8", "surrogatepass"))
