"""Whether articles that are no longer in their sources are removed, guarded by a bound.

Called by `indexer/ingestion.py`, which hands over what `indexer/origins` asks.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.generations.growing_generation import GrowingGeneration
from indexer.origins.current import Changes
from indexer.report import Tally


@dataclass(frozen=True, slots=True)
class Pruning:
    """What may be removed.

    prune         also articles of files that are gone; those that files give no more are removed without it
    allow_shrink  also more than a tenth of all articles, and what was in a file that is empty now
    """

    prune: bool = False
    allow_shrink: bool = False

    def changes(self, generation: GrowingGeneration, tally: Tally) -> Changes:
        """What to count, and what may be removed, in this run."""

        def may_strike(count: int) -> bool:
            tally.refused = not self.allow_shrink and 10 * count > generation.engine().documents
            return not tally.refused

        def may_prune(count: int) -> bool:
            tally.pruned = self.prune and may_strike(count)
            return tally.pruned

        return Changes(
            corrected=tally.correct,
            struck=tally.strike,
            vanished=tally.vanish,
            may_strike=may_strike,
            may_prune=may_prune,
        )
