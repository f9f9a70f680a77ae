"""Keeps the words of a generation that may be names in step with what a run writes: the file that searches read.

In: the documents that are written, and the engine after each commit. Out: the file (`search/results/names_file.py`), in
step before a manifest names the commit, so that whoever opens it has nothing to collect. Called by
`indexer/ingestion.py`, `intake.py` and `growing_generation.py`. Words are added as articles bring them. None is taken
out when its last article goes: it then finds nothing. Of a run of many articles some are looked at, for looking at one
takes a tenth of what indexing it takes: a name of a dozen articles is met. Where the archive has no file that serves,
or the words of a commit could not be added to it, all words are collected once, when all is written; which of those
that the commits before the last one brought may be names is decided while the engine writes the last, on another core.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import Final

from indexer.beside import running_beside
from search.analysis.analyzer import Analyzer
from search.analysis.names import NameFilter
from search.analysis.term_encoding import decode_term, encode_terms
from search.analysis.token_pairs import is_word_term
from search.engines.base import Document, Engine
from search.engines.registry import EMBEDDED
from search.errors import KashafError
from search.results.names_file import FILE, Stamp, read_names, write_names
from search.results.spelling_variants import collect, collected, least_articles
from search.storage.atomic_files import remove_file
from search.worker_processes import cores

_FIELD: Final = "body_word"
_ALL: Final = 1_000  # articles of a run whose words are all noted; behind them
_EACH: Final = 8  # those of one in so many are
_MOST_DECIDED: Final = 300_000  # words of which it is remembered whether they may be names, 100 bytes each
_SMALL: Final = 5_000  # articles of an archive whose words a search collects in a moment


class NamesOfRun:
    """The words of one run. engine: its name.

    committed  what the generation holds before the run; None where that is nothing, or where a run was interrupted, so
               that the file may lack the words of its last commit
    """

    def __init__(self, folder: Path, analyzer: Analyzer, engine: str, *, committed: Stamp | None) -> None:
        self._folder = folder
        self._fingerprint = analyzer.fingerprint
        self._analyzer = analyzer
        self._embedded = engine in EMBEDDED
        kept = read_names(folder) if committed else None
        self._kept = kept if kept and committed and kept.serves(committed) else None
        self._known: set[str] | None = None  # the words of the file, as they are indexed
        self._written = 0  # documents
        self._decided: dict[str, bool] = {}  # whether a word may be a name
        self._met: set[str] = set()  # terms of bodies since the last commit

    def note(self, document: Document) -> None:
        """Take the words of a document that is written, or of one in `_EACH` where there are many."""
        self._written += 1
        if self._kept and (self._written <= _ALL or self._written % _EACH == 0):
            self._met.update(document.terms.get(_FIELD, "").split())

    def keep(self, engine: Engine, commit: int) -> None:
        """Add what was noted to the file, once the engine has committed it."""
        if not self._kept:
            return
        try:
            stamp, words = Stamp(self._fingerprint, commit, engine.documents), self._new(engine)
            if words or not self._kept.serves(stamp):
                write_names(self._folder, stamp, self._kept.words.lines_with(words))
                self._kept = read_names(self._folder)
        except (KashafError, OSError):  # the articles are committed all the same; `complete` collects the words
            self._kept = None
            self._met.clear()

    @contextmanager
    def deciding(self, open_engine: Callable[[], Engine]) -> Iterator[None]:
        """Decide of the words that are committed which may be names, in a thread beside the block, if `complete` will
        have to. In the block the engine commits, which leaves a core idle.
        """
        if self._kept or not self._embedded or cores() == 1:
            yield
            return
        with running_beside(lambda stopped: self._decide(open_engine, stopped), name="names"):
            yield

    def complete(self, open_engine: Callable[[], Engine], commit: int, *, articles: int) -> None:
        """Collect all words of a large archive that has no file of them; called when all is committed.

        A file that lacks words goes, for a search would take it for one of nearly as many articles.
        """
        if self._kept:
            return
        stamp = None
        if articles >= _SMALL:
            with suppress(KashafError, OSError):
                engine = open_engine()
                stamp = Stamp(self._fingerprint, commit, engine.documents)
                collect(engine, self._accepts, self._folder, stamp, embedded=self._embedded)
        there = read_names(self._folder)
        if there and there.stamp != stamp:
            with suppress(OSError):
                remove_file(self._folder / FILE)

    def _decide(self, open_engine: Callable[[], Engine], stopped: Event) -> None:
        with suppress(KashafError, OSError):  # of which `complete` tells nobody either
            engine = open_engine()
            if engine.documents < _SMALL:
                return
            for _ in collected(engine, self._accepts, embedded=True):
                if stopped.is_set() or len(self._decided) >= _MOST_DECIDED:
                    return

    def _accepts(self, word: str) -> bool:
        """Whether a word may be a name."""
        decided = self._decided.get(word)
        if decided is None:
            decided = self._filter.accepts(word)
            if len(self._decided) < _MOST_DECIDED:
                self._decided[word] = decided
        return decided

    @cached_property
    def _filter(self) -> NameFilter:
        return NameFilter.load(self._analyzer.lemmas, self._analyzer.frequencies)

    def _new(self, engine: Engine) -> list[tuple[str, int]]:
        """The words that were noted, may be names, stand in enough articles and are not in the file yet."""
        if self._known is None:
            kept = self._kept.words.items() if self._kept else ()
            self._known = set(encode_terms(" ".join(word for word, _ in kept)).split())
        unknown = [decode_term(term) for term in self._met - self._known if is_word_term(term)]
        self._met = set()
        words = sorted(filter(self._filter.accepts, unknown))
        least = least_articles(engine)
        found = [
            (word, count)
            for word, count in zip(words, engine.frequencies(_FIELD, words), strict=True)
            if count >= least
        ]
        self._known.update(encode_terms(" ".join(word for word, _ in found)).split())
        return found
