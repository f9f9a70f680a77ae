"""An index as it is being searched: its engine, its analyser and what is worked out once for it.

`search/service.py` opens one and replaces it when the index directory changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from search.analysis.analyzer import Analyzer
from search.catalogue import Catalogue, Manifest
from search.engines.base import Engine
from search.facets import count_all, span_of_days
from search.page import IndexFacts
from search.query.clauses import Everything
from search.spellings import Spellings, open_spellings
from search.suggest import Completer


@dataclass(frozen=True)
class OpenIndex:
    """One served generation; never changes once it is open."""

    stamp: tuple[int, int, int] | None
    catalogue: Catalogue
    manifest: Manifest
    engine: Engine
    analyzer: Analyzer

    @cached_property
    def all_counts(self) -> Mapping[str, Mapping[str | int, int]]:
        """Counts of all articles by day and month."""
        return count_all(self.engine)

    @cached_property
    def completer(self) -> Completer:
        """Completes what is being typed."""
        return Completer(self.engine, self.analyzer)

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The commonest terms of a field that begin so."""
        return self.engine.terms(field, prefix, limit=limit)

    @cached_property
    def spellings(self) -> Spellings:
        """Other spellings in this index of what may be a foreign name."""
        folder = self.catalogue.generation(self.manifest.generation)
        return open_spellings(self.engine, self.analyzer, folder, stamp=str(self.manifest.commits))

    @cached_property
    def facts(self) -> IndexFacts:
        """What is in the index."""
        counts = self.engine.counts(Everything(), ("source", "section"))
        first, last = span_of_days(self.all_counts["day"])
        rows = {
            name: sorted(((str(v), n) for v, n in found.items()), key=lambda row: (-row[1], row[0]))
            for name, found in counts.items()
        }
        return IndexFacts(
            place=str(self.catalogue.place),
            engine=self.manifest.engine,
            analyser=self.manifest.analyser,
            articles=self.engine.documents,
            sources=tuple(rows["source"]),
            sections=tuple(rows["section"]),
            first=first,
            last=last,
            size_bytes=_size(self.catalogue.generation(self.manifest.generation)),
            updated=self.manifest.updated,
        )


def open_index(place: Path) -> OpenIndex:
    """Opens the index in this directory. Raises IndexStateErrors."""
    catalogue = Catalogue(place)
    stamp = catalogue.stamp()
    manifest = catalogue.read()
    analyzer = Analyzer.default(manifest.lexicon)
    catalogue.check_analyser(manifest, analyzer.fingerprint)
    manifest, engine = catalogue.open_engine()
    return OpenIndex(stamp, catalogue, manifest, engine, analyzer)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
