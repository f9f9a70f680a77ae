"""Articles that were written before a line of theirs was known as repeated: written again without its stems.

In: an index as it was committed, and the lines that became known since such articles were written again last. Out:
those articles, committed without the stems of the lines, and with groups of near-duplicates that follow from the rest.
So it does not matter which articles came first. Called by `ingestion.py` at the end of a run. An article that ranks by
a line still has its words among its stems, by which it is found; the others are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from indexer.line_counts import LineCounts
from indexer.run_options import COMMIT_ARTICLES, COMMIT_BYTES
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.analysis.term_encoding import decode_term
from search.article import Article, article_digest, decode_article
from search.engines.base import Engine, Stored, Writer
from search.index.all_articles import matching
from search.index.documents import analyse_articles, assemble_document
from search.index.near_duplicates import NearDuplicateFinder
from search.index.ranked_terms import LeavingOut
from search.index.repeated_lines import Repeated, lasting_words, publisher_of
from search.query.clauses import Clause, Combine, Nothing, Term

_AT_A_TIME: Final = 256  # articles that are loaded and analysed together
_FEW: Final = 16  # that are loaded together until one of a publisher is found
_FEW_STEMS: Final = 4  # of a line that has fewer all are wanted; of others one may have become another beside a number


class EarlierArticles:
    """Writes articles of one generation again.

    open_engine  opens it as of its last commit
    duplicates   has forgotten all that came before that commit
    """

    def __init__(
        self,
        open_engine: Callable[[], Engine],
        writer: Writer,
        line_counts: LineCounts,
        duplicates: NearDuplicateFinder,
        analyzer: BatchAnalyzer,
    ) -> None:
        self._open_engine = open_engine
        self._writer = writer
        self._line_counts = line_counts
        self._duplicates = duplicates
        self._analyzer = analyzer
        self._leaving_out = LeavingOut(analyzer)

    def write_again(self) -> bool:
        """Write them again and commit; return whether there were any. Raises EngineErrors and OSErrors.

        After a crash at any moment the next run finds those that are left.
        """
        lines = self._line_counts.new
        if not lines:
            return False
        engine, done = self._open_engine(), set[str]()
        waiting = size = committed = 0
        for line in lines:
            for stored in _with_line(engine, line, self._analyzer):
                new = [each for each in stored if each.id not in done]
                again = self._write(new, line)
                done.update(again)
                waiting += len(again)
                size += sum(len(each.raw) for each in new) if again else 0
                if waiting >= COMMIT_ARTICLES or size >= COMMIT_BYTES:
                    committed += self._commit(waiting)
                    waiting = size = 0
        committed += self._commit(waiting)
        self._line_counts.forget_new()
        return committed > 0

    def _write(self, stored: list[Stored], line: Repeated) -> list[str]:
        """Write those of these articles again that have the line or another one; return their ids."""
        found, parts = list[tuple[Stored, Article]](), list[tuple[int, int]]()
        for each in stored:
            article = decode_article(each.raw)
            part = self._line_counts.kept_part(article)
            if publisher_of(article) == line.publisher and part != (0, len(article.body)):
                found.append((each, article))
                parts.append(part)
        if not found:
            return []
        articles = [article for _, article in found]
        whole = analyse_articles(articles, self._analyzer)
        left = self._leaving_out.analysed([*zip(articles, whole, strict=True)], parts)
        documents = [
            (assemble_document(each.id, without, raw=each.raw, digest=article_digest(each.raw)), without.sketch)
            for (each, _), without in zip(found, left, strict=True)
        ]
        for document in self._duplicates.assign_groups(documents):
            self._writer.put(document)
        return [document.id for document, _ in documents]

    def _commit(self, waiting: int) -> int:
        """Commit so many articles, and return how many."""
        if waiting:
            self._duplicates.forget()
            self._writer.commit()
        return waiting


def _with_line(engine: Engine, line: Repeated, analyzer: BatchAnalyzer) -> Iterator[list[Stored]]:
    """The articles of a line's publisher that have its words among their stems, some at a time."""
    words = _words_of(line, analyzer)
    sources = _sources(engine, words, line.publisher)
    if sources is None:
        return
    clause = Combine(must=(words, *(Term("source", name) for name in sources)))
    refs = [match.ref for match in engine.search(clause, limit=engine.documents, total=False).matches]
    for first in range(0, len(refs), _AT_A_TIME):
        yield engine.load(refs[first : first + _AT_A_TIME])


def _sources(engine: Engine, words: Clause, publisher: int) -> tuple[str, ...] | None:
    """The sources of a publisher's articles, by the first with these words that is of it; None where none is.

    A line keeps a digest of them only. Short ones («انتهى») have words that other publishers use all the time: five
    times as many articles would be loaded.
    """
    for part in matching(engine, words):
        for first in range(0, len(part), _FEW):
            for stored in engine.load([match.ref for match in part[first : first + _FEW]]):
                article = decode_article(stored.raw)
                if publisher_of(article) == publisher:
                    return article.source
    return None


def _words_of(line: Repeated, analyzer: BatchAnalyzer) -> Clause:
    (found,) = analyzer.terms([lasting_words(line.text)])
    stems = dict.fromkeys(map(decode_term, found.stem.split()))
    terms = tuple(Term("body_stem", stem) for stem in stems)
    return Combine(should=terms, least=len(terms) - (len(terms) >= _FEW_STEMS)) if terms else Nothing()
