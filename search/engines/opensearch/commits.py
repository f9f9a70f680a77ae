"""What the last commit of an index on a cluster is, so that nothing shows before it and a crash leaves it.

A cluster makes visible what it was sent whenever it refreshes, and knows no commit of many articles. So each version of
an article has the number of the commit that it comes with (`since`) and a name of its own on the cluster, beside the
version that it replaces. A commit refreshes, then writes one small document: from then on its number holds, and the
versions that it supersedes are removed. Who opens the index between two of these steps leaves out what came later and
what is superseded. In: the name of an index. Out: a `Commit`. Called by `view.py` and `writer.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from search.engines.opensearch import state
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.mapping import SINCE


@dataclass(frozen=True, slots=True)
class Commit:
    """number: of the last commit, 0 before the first. superseded: the versions that are about to be removed."""

    number: int = 0
    superseded: tuple[str, ...] = ()

    @property
    def later(self) -> dict[str, Any]:
        """The query for what was sent after this commit."""
        return {"range": {SINCE: {"gt": self.number}}}


def last_commit(cluster: Cluster, index: str) -> Commit:
    """Return the last commit of this index."""
    kept = state.read(cluster, _name(index))
    return Commit(kept.content["commit"], tuple(kept.content["superseded"])) if kept else Commit()


def write_commit(cluster: Cluster, index: str, number: int, superseded: Sequence[str]) -> None:
    """Let this commit hold: the one step by which it becomes the last."""
    state.write(cluster, _name(index), {"commit": number, "superseded": list(superseded)})


def forget_commits(cluster: Cluster, index: str) -> None:
    """Remove what is known of the commits of an index that is removed."""
    state.remove(cluster, _name(index))


def _name(index: str) -> str:
    return f"{index}|commit"
