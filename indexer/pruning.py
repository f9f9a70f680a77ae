"""Whether articles that are no longer in their sources are removed, guarded by a bound.

In: what `kashaf index` or `kashaf watch` may remove, and by file how many articles would go. Out: whether they go, and
the sentence why they stay. Called by `indexer/ingestion.py`, which hands over what `indexer/origins` asks.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from indexer.generations.growing_generation import GrowingGeneration
from indexer.origins.current import Changes
from indexer.origins.table import articles_by_file
from indexer.report import Tally
from search.index.source_places import SourcePlaces
from search.index.source_registry import Registry

_SHARE: Final = 10  # a tenth of the articles may go
_DAY: Final = 86_400.0  # seconds in which what a watch removes counts together


class _Begun(NamedTuple):
    """A day of a source: when it began, how many articles the source had then, how many were removed since."""

    at: float
    held: int
    removed: int = 0


@dataclass(slots=True)
class Ledger:
    """What one watch has removed of each source within a day, so that many small updates do not empty a source each of
    which removes little. clock: gives seconds.
    """

    clock: Callable[[], float] = time.monotonic
    _days: dict[int, _Begun] = field(default_factory=dict)  # by number of the source

    def over(self, going: Mapping[int, int], held: Callable[[], Mapping[int, int]]) -> int | None:
        """The number of a source of which too much would be removed in a day; None where of none.

        going: number → articles that would go. held: number → articles of each source now, with those that would go.
        """
        now, counts = self.clock(), held()
        for source, count in going.items():
            day = self._days.get(source)
            if day is None or now - day.at >= _DAY:
                day = self._days[source] = _Begun(now, counts.get(source, 0))
            if _SHARE * (day.removed + count) > day.held:
                return source
        return None

    def note(self, going: Mapping[int, int]) -> None:
        """These were removed."""
        for source, count in going.items():
            day = self._days[source]
            self._days[source] = day._replace(removed=day.removed + count)


@dataclass(frozen=True, slots=True)
class Pruning:
    """What may be removed.

    prune         also articles of files that are gone; those that files give no more are removed without it
    allow_shrink  also more than a tenth of all articles, and what was in a file that is empty now
    ledger        also less than that only while it is no tenth of a source together with what it has; None: for one run
    """

    prune: bool = False
    allow_shrink: bool = False
    ledger: Ledger | None = None

    def changes(
        self, generation: GrowingGeneration, tally: Tally, table: sqlite3.Connection, registry: Registry
    ) -> Changes:
        """What to count, and what may be removed, in this run."""
        places = SourcePlaces(registry.sources, generation.index_path)

        def by_source(by_file: Mapping[str, int]) -> Counter[int]:
            found = Counter[int]()
            for path, count in by_file.items():
                source = places.holding(path)
                found[source.number if source else 0] += count
            return found

        def may_go(by_file: Mapping[str, int]) -> bool:
            count = sum(by_file.values())
            tally.refused = not self.allow_shrink and _SHARE * count > generation.engine().documents
            if self.ledger and not tally.refused:
                over = self.ledger.over(by_source(by_file), lambda: by_source(articles_by_file(table)))
                tally.refused, tally.refusal = over is not None, _refusal(over, registry)
            return not tally.refused

        def may_prune(by_file: Mapping[str, int]) -> bool:
            tally.pruned = self.prune and may_go(by_file)
            return tally.pruned

        def removed(by_file: Mapping[str, int]) -> None:
            if self.ledger:
                self.ledger.note(by_source(by_file))

        return Changes(
            corrected=tally.correct,
            struck=tally.strike,
            vanished=tally.vanish,
            may_strike=may_go,
            may_prune=may_prune,
            removed=removed,
        )


def _refusal(over: int | None, registry: Registry) -> str:
    if over is None:
        return ""
    source = registry.numbered(over)
    named = f"source {source.name}" if source else "the index"
    return (
        f"with what was removed today that would be more than a tenth of {named}: they stay in the index; "
        "kashaf index --prune --allow-shrink removes them"
    )
