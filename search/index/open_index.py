"""An open index: its engine, its analyser, and everything that is computed once for all searches of it.

In: the path of an index directory and of the file of names. Out: an `OpenIndex`. `search/index/searched_state.py` and
`following.py` open one and replace it when the index directory changes. What a search of a command has no use for is
imported when it is asked for, as the names, completions and examples that need it are made then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from search.analysis.analyzer import Analyzer
from search.analysis.names import NameFilter
from search.analysis.readings import ReadingSource
from search.engines.base import Engine, Order
from search.engines.registry import EMBEDDED
from search.index import mirror
from search.index.all_copies import AllCopies
from search.index.directory import IndexDirectory
from search.index.index_facts import facts_of
from search.index.kept import Kept
from search.index.manifest import Manifest, misfit
from search.index.remembering_engine import RememberingEngine
from search.index.repeated_lines import RepeatedLines, repeated_lines
from search.index.repeated_words import RepeatedWords
from search.limits import FACET_VALUES, LISTS_KEPT
from search.naming.expansion import Expander
from search.naming.named_engine import NamedEngine
from search.naming.names import Names, read_names, stamp_of
from search.pages.records import IndexFacts
from search.query.clauses import Clause, Everything
from search.query.name_parts import NameParts
from search.query.spaces import Joined
from search.ranking.index_ranking import IndexRanking
from search.repairs.latin_readings import LatinReadings
from search.repairs.query_repairs import QueryRepairs
from search.results.facets import count_all
from search.results.final_yeh_readings import FinalYehReadings
from search.results.index_readings import IndexReadings
from search.results.names_file import Stamp
from search.results.spelling_variants import SpellingVariants, open_spellings
from search.results.written_forms import WrittenForms
from search.schema import FACETS
from search.unanswered import whole

if TYPE_CHECKING:
    from search.examples.index_examples import IndexExamples
    from search.results.completion import Completer
    from search.results.nearest_names import NearestNames

_TIED = 1000  # newest articles; some of them have the same date, so that their ids are sorted
_BORROWED = ("spellings", "completer", "nearest", "_examples")  # seconds of work, and hardly changed by a commit


@dataclass(frozen=True)
class OpenIndex:
    """One open generation of an index. It does not change; a newer one is another `OpenIndex`.

    borrows: whether names, completions and examples are those of the commit before, until its own are worked out
    """

    stamp: tuple[int, int, int] | None
    directory: IndexDirectory
    manifest: Manifest
    engine: Engine
    analyzer: Analyzer
    names_path: Path | None = None
    names: Names = field(default_factory=Names)
    borrows: bool = False
    _examples_lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @property
    def current(self) -> bool:
        """Whether neither the index directory nor the file of names has changed since this was opened."""
        return (self.stamp, self.names.stamp) == self.newest_stamp()

    def newest_stamp(self) -> tuple[object, object]:
        """Return a value that changes with the index directory and with the file of names. Costs three stats."""
        mirror.update(self.directory.path)
        return self.directory.stamp(), stamp_of(self.names_path)

    @property
    def commit(self) -> str:
        """The name of the commit that this is, which every process that opens it has.

        The moment is part of it: an index that was removed and made anew counts its commits from 1 again.
        """
        made = self.manifest
        return f"{made.generation}.{made.swaps}.{made.commits}.{made.articles}.{made.updated}"

    @property
    def state(self) -> str:
        """A text that changes with commits, names, analyser and examples; every process with the same has the same."""
        examples: IndexExamples | None = vars(self).get("_examples")  # which are made where somebody asks for them
        return f"{self._contents} {self.borrows} {examples.state if examples else None}"

    @cached_property
    def _contents(self) -> str:
        return f"{self.manifest} {self.analyzer.fingerprint} {self.names.stamp}"

    @cached_property
    def repeated_lines(self) -> RepeatedLines:
        """The lines that publishers repeat, which no snippet shows."""
        return repeated_lines(self.directory.generation(self.manifest.generation))

    @cached_property
    def repeated_words(self) -> RepeatedWords:
        """Finds the lines that have a word, of those that publishers repeat."""
        return RepeatedWords(self.repeated_lines.texts(), self.analyzer)

    @cached_property
    def lists(self) -> Kept[Any]:
        """The answers of the lists that were last read in parts (`search/all_hits.py`)."""
        return Kept(LISTS_KEPT)

    def let_go(self) -> None:
        """Forget the answers that refer to this index, so that its files are closed when the last request is done."""
        self.lists.clear()

    @cached_property
    def expander(self) -> Expander:
        """Adds the owner's synonyms to queries."""
        return Expander(self.names, self.analyzer)

    @property
    def outdated(self) -> bool:
        """Whether another version of the analyser made the terms than analyses queries: some words are missed."""
        return self.manifest.analyser != self.analyzer.fingerprint

    @property
    def notice(self) -> str | None:
        """What the operator should know, with the remedy; None if program and index fit together."""
        return misfit(self.directory.path, self.manifest, self.analyzer.fingerprint)

    def warm(self) -> None:
        """Compute now, once, what first readers would wait for and threads share: names, completions, counts, norms,
        letters. Several threads that asked for it at one moment would each compute it."""
        self.warm_engine()
        self.spellings.warm()
        self.latin.warm()
        self.name_parts.warm()
        _ = self.expander, self.reading_sources, self.joined, self.repairs
        self.completer.complete("ا", limit=1)
        self.nearest.warm()
        self.analyzer.chunks_by_stem.warm()
        for _ in range(2):  # of few that are tied the ids are read: the second search has all put in order
            self.engine.search(Everything(), limit=_TIED, order=Order.NEWEST, total=False)
        self.copies.count()

    def warm_engine(self) -> None:
        """Compute of that what cannot be borrowed, and what nearly every page needs: counts and norms."""
        len(self.facts.sources)
        self.ranking.warm(self.engine.search(Everything(), limit=1, order=Order.NEWEST, total=False).matches)
        self.engine.counts(Everything(), FACETS, limit=FACET_VALUES)
        len(self.all_counts)

    @property
    def unprepared(self) -> tuple[str, ...]:
        """What `warm` and the service have not worked out yet: words for programs."""
        made = vars(self)
        examples: IndexExamples | None = made.get("_examples")
        ready = {
            "names": "spellings" in made and self.spellings.is_warm,
            "completions": "completer" in made,
            "examples": examples is not None and examples.complete,
        }
        return tuple(name for name, done in ready.items() if not done)

    def borrowing(self, former: OpenIndex) -> OpenIndex | None:
        """Return the same with names, completions and examples of a former commit, to be served while its own are made.

        None if that commit is of another generation, was opened with other tables or names, or has not got them.
        """
        made, formerly = self.manifest, former.manifest
        alike = (made.generation, made.swaps) == (formerly.generation, formerly.swaps)
        alike = alike and self.analyzer is former.analyzer and self.names.stamp == former.names.stamp
        worked_out = {name: vars(former)[name] for name in _BORROWED if name in vars(former)}
        if not alike or len(worked_out) < len(_BORROWED):
            return None
        vars(early := replace(self, borrows=True)).update(worked_out)
        return early

    @cached_property
    @whole()
    def all_counts(self) -> Mapping[str, Mapping[str | int, int]]:
        """Counts of all articles by day and month."""
        return count_all(self.engine)

    @cached_property
    def copies(self) -> AllCopies:
        """How many articles are copies of others."""
        return AllCopies(self.engine, countable=self.manifest.engine in EMBEDDED)

    @cached_property
    def completer(self) -> Completer:
        """Completes what is being typed."""
        from search.results.completion import Completer

        return Completer(self.engine, self.analyzer, self.names)

    @cached_property
    def nearest(self) -> NearestNames:
        """Names nearest to one that the index has not."""
        from search.results.nearest_names import NearestNames

        return NearestNames(self.engine, self.names)

    @cached_property
    def written(self) -> WrittenForms:
        """How articles write the word of a term, which is shown to readers instead of the term."""
        return WrittenForms(self.engine, self.analyzer)

    @cached_property
    def repairs(self) -> QueryRepairs:
        """Finds what a reader may have meant by a query."""
        return QueryRepairs(self.engine, self.analyzer, self.written)

    @property
    def examples(self) -> IndexExamples:
        """Queries that show each operator and find something here. All threads share one."""
        with self._examples_lock:
            return self._examples

    @cached_property
    def _examples(self) -> IndexExamples:
        from search.examples.index_examples import IndexExamples

        return IndexExamples(self.engine, self.analyzer, self.facts)

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the commonest terms of a field with this prefix, each with its document frequency."""
        return self.engine.terms(field, prefix, limit=limit)

    @cached_property
    def spellings(self) -> SpellingVariants:
        """Other spellings in this index of what may be a foreign name."""
        folder = self.directory.generation(self.manifest.generation)
        stamp = Stamp(self.analyzer.fingerprint, self.manifest.commits, self.engine.documents)
        embedded = self.manifest.engine in EMBEDDED
        return open_spellings(self.engine, self._name_filter, folder, stamp, embedded=embedded)

    @cached_property
    def _name_filter(self) -> NameFilter:
        return NameFilter.load(self.analyzer.lemmas, self.analyzer.frequencies)

    @cached_property
    def reading_sources(self) -> tuple[ReadingSource, ...]:
        """What finds further readings of a query's word in this index, beside those that the analyser's tables know."""
        return IndexReadings(self.engine, self.analyzer), FinalYehReadings(self.engine, self.analyzer)

    @cached_property
    def ranking(self) -> IndexRanking:
        """Reads queries without operators, and gives what scores articles by words."""
        return IndexRanking(self.engine, self.analyzer, self.reading_sources)

    @cached_property
    def latin(self) -> LatinReadings:
        """Reads words of a query in Latin letters as names in Arabic letters that this index has."""
        return LatinReadings(self.engine, self.analyzer, self._name_filter, self.written)

    @cached_property
    def name_parts(self) -> NameParts:
        """Finds function words of a query that are parts of names."""
        return NameParts(self.analyzer, partial(_count, self.engine), self.engine.frequencies, self.engine.documents)

    @cached_property
    def joined(self) -> Joined:
        """Finds two words of a query that this index has as one."""
        return Joined(partial(_count, self.engine), self.engine.frequencies)

    @cached_property
    @whole()
    def facts(self) -> IndexFacts:
        """The engine, size, sources, sections and dates of the index."""
        return facts_of(self.directory, self.manifest, self.engine, self.all_counts["day"])


def open_index(path: Path, names_path: Path | None = None) -> OpenIndex:
    """Open the index in this directory, with the display names and synonyms of the file of names.

    An index of another analyser is opened too (`outdated`). Raises IndexStateErrors, LexiconError, SettingsError."""
    mirror.begin_or_update(path)
    directory = IndexDirectory(path)
    stamp = directory.stamp()
    names = read_names(names_path)
    manifest, opened = directory.open_engine()
    engine = RememberingEngine(NamedEngine(opened, names) if names.renames else opened)
    return OpenIndex(stamp, directory, manifest, engine, Analyzer.default(manifest.lexicon), names_path, names)


def _count(engine: Engine, clause: Clause) -> int:
    return engine.search(clause, limit=0).total
