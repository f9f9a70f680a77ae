"""Whether articles that are no longer in their sources are removed: asked for by the user, guarded by a bound.

Called by `indexer/build.py`, which hands over what `indexer/origins` asks.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.generations.growing_generation import GrowingGeneration
from indexer.origins.current import Changes
from indexer.report import Tally


@dataclass(frozen=True, slots=True)
class Pruning:
    """prune: vanished articles are removed, unless they are more than a tenth of all and not allow_shrink."""

    prune: bool = False
    allow_shrink: bool = False

    def changes(self, generation: GrowingGeneration, tally: Tally) -> Changes:
        """What to count, and what may be removed, in this run."""

        def may_remove(vanished: int) -> bool:
            tally.pruned = self.prune and (self.allow_shrink or 10 * vanished <= generation.engine().documents)
            return tally.pruned

        return Changes(
            corrected=tally.correct,
            vanished=lambda former: tally.vanish(former.id, former.path),
            may_remove=may_remove,
        )
