"""Articles that were written before a line of theirs was known as repeated: written again without its stems.

In: the lines that became known, and the articles before them: those that are at hand (`line_counts.py`), to be written
again before they are committed, and else those of the index as it was committed. Out: those articles, without the stems
of the lines, and with groups of near-duplicates that follow from the rest. So it does not matter which articles came
first. Called by `intake.py` after each batch and by `ingestion.py` at the end of a run. An article that ranks by a line
still has its words among its stems, by which it is found in the index; the others are left alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from indexer.line_counts import LineCounts
from indexer.run_options import COMMIT_ARTICLES, COMMIT_BYTES, NO_SOONER, CommitEvery
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.analysis.term_encoding import decode_term
from search.article import Article, article_digest, decode_article
from search.engines.base import Engine, Stored, Writer
from search.index.all_articles import matching
from search.index.documents import analyse_articles, assemble_document
from search.index.near_duplicates import NearDuplicateFinder
from search.index.ranked_terms import LeavingOut
from search.index.repeated_lines import BETWEEN_SOURCES, Repeated, lasting_words, publisher_of
from search.query.clauses import Clause, Combine, Nothing, Term

_AT_A_TIME: Final = 256  # articles that are loaded and analysed together
_FEW: Final = 16  # that are loaded together until one of a publisher is found
_FEW_STEMS: Final = 4  # of a line that has fewer all are wanted; of others one may have become another beside a number
_MOST_NAMES: Final = 50  # of sources that a search asks for: engines bound the clauses of a query

#: An article's id and its JSON, the same decoded, and the part of its body that is left.
_Again = tuple[str, bytes, Article, tuple[int, int]]


class EarlierArticles:
    """Writes articles of one generation again.

    open_engine   opens it as of its last commit
    duplicates    finds the groups of the articles
    published     called after each commit
    commit_every  looked at after some articles of the index
    clock         gives seconds
    """

    def __init__(
        self,
        open_engine: Callable[[], Engine],
        writer: Writer,
        line_counts: LineCounts,
        duplicates: NearDuplicateFinder,
        analyzer: BatchAnalyzer,
        *,
        published: Callable[[], None],
        commit_every: CommitEvery = NO_SOONER,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open_engine = open_engine
        self._writer = writer
        self._line_counts = line_counts
        self._duplicates = duplicates
        self._analyzer = analyzer
        self._leaving_out = LeavingOut(analyzer)
        self._published = published
        self._commit_every = commit_every
        self._clock = clock
        self._waiting = self._bytes = 0  # articles that were found in the index, since the last commit

    def write_again_at_hand(self) -> None:
        """Write again those that are at hand; they wait for the commit that tells of the lines. Raises EngineErrors."""
        found = [(each.id, each.raw, article, part) for each, article, part in self._line_counts.take_outdated()]
        self._duplicates.set_aside(id for id, *_ in found)
        for first in range(0, len(found), _AT_A_TIME):
            self._put(found[first : first + _AT_A_TIME])

    def write_again(self) -> None:
        """Write again those that are found in the index, and commit. Raises EngineErrors and OSErrors.

        To be called right after a commit. After a crash at any moment the next run finds those that are left.
        """
        lines = self._line_counts.new
        if not lines:
            return
        engine, done = self._open_engine(), set[str]()
        committed_at = self._clock()
        for line in lines:
            for stored in _with_line(engine, line, self._analyzer):
                done.update(self._write([each for each in stored if each.id not in done], line))
                if self._is_commit_due(self._clock() - committed_at):
                    self._commit()
                    committed_at = self._clock()
        self._commit()
        self._line_counts.forget_new()

    def _write(self, stored: Sequence[Stored], line: Repeated) -> list[str]:
        """Write those of these articles again that have the line or another one; return their ids."""
        found = list[_Again]()
        for each in stored:
            article = decode_article(each.raw)
            part = self._line_counts.kept_part(article)
            if publisher_of(article) == line.publisher and part != (0, len(article.body)):
                found.append((each.id, each.raw, article, part))
        self._duplicates.set_aside(id for id, *_ in found)
        self._put(found)
        self._waiting += len(found)
        self._bytes += sum(len(raw) for _, raw, _, _ in found)
        return [id for id, *_ in found]

    def _put(self, found: Sequence[_Again]) -> None:
        """Write articles by the parts of their bodies that are left."""
        if not found:
            return
        articles = [article for _, _, article, _ in found]
        whole = analyse_articles(articles, self._analyzer)
        left = self._leaving_out.analysed([*zip(articles, whole, strict=True)], [part for *_, part in found])
        documents = [
            (assemble_document(id, without, raw=raw, digest=article_digest(raw)), without.sketch)
            for (id, raw, *_), without in zip(found, left, strict=True)
        ]
        for document in self._duplicates.assign_groups(documents):
            self._writer.put(document)

    def _is_commit_due(self, seconds: float) -> bool:
        if self._waiting >= min(COMMIT_ARTICLES, self._commit_every.articles) or self._bytes >= COMMIT_BYTES:
            return True
        return self._waiting > 0 and seconds >= self._commit_every.seconds

    def _commit(self) -> None:
        """Commit what waits."""
        if self._waiting:
            self._duplicates.forget()
            self._writer.commit()
            self._waiting = self._bytes = 0
            self._published()


def _with_line(engine: Engine, line: Repeated, analyzer: BatchAnalyzer) -> Iterator[list[Stored]]:
    """The articles of a line's publisher that have its words among their stems, some at a time."""
    words = _words_of(line, analyzer)
    name = _name(engine, words, line.publisher)
    if name is None:
        return
    for part in matching(engine, Combine(must=(words, *_of_publisher(name)))):
        refs = [match.ref for match in part]
        for first in range(0, len(refs), _AT_A_TIME):
            yield engine.load(refs[first : first + _AT_A_TIME])


def _name(engine: Engine, words: Clause, publisher: int) -> str | None:
    """The name of a publisher, by the first of its articles that has these words; None where none has.

    A line keeps a digest of it only. Short ones («انتهى») have words that other publishers use all the time: five times
    as many articles would be loaded.
    """
    for part in matching(engine, words):
        for first in range(0, len(part), _FEW):
            for stored in engine.load([match.ref for match in part[first : first + _FEW]]):
                article = decode_article(stored.raw)
                if publisher_of(article) == publisher:
                    return BETWEEN_SOURCES.join(article.source)
    return None


def _of_publisher(name: str) -> tuple[Clause, ...]:
    """What its articles match: one of their sources is how the name begins, and one how it ends.

    What parts the names of several sources may stand within the name of one: «أ + ب» is one source or two.
    """
    names = name.split(BETWEEN_SOURCES)
    if not name or len(names) > _MOST_NAMES:
        return ()
    begins = [BETWEEN_SOURCES.join(names[: at + 1]) for at in range(len(names))]
    ends = [BETWEEN_SOURCES.join(names[at:]) for at in range(len(names))]
    return tuple(Combine(should=tuple(Term("source", each) for each in edge), least=1) for edge in (begins, ends))


def _words_of(line: Repeated, analyzer: BatchAnalyzer) -> Clause:
    (found,) = analyzer.terms([lasting_words(line.text)])
    stems = dict.fromkeys(map(decode_term, found.stem.split()))
    terms = tuple(Term("body_stem", stem) for stem in stems)
    return Combine(should=terms, least=len(terms) - (len(terms) >= _FEW_STEMS)) if terms else Nothing()
