"""What the last commit of an index on a cluster is, so that nothing shows before it and a crash leaves it.

A cluster makes visible what it was sent whenever it refreshes, and knows no commit of many articles. So each version of
an article has the number of the commit that it comes with (`since`) and a name of its own on the cluster, beside the
version that it replaces. A commit refreshes, then writes one small document: from then on its number holds, and the
versions that it supersedes are removed. Who opens the index between two of these steps leaves out what came later and
what is superseded.

A writer takes its number when it begins, and no other ever has the same. It writes the document only if nobody wrote
it since it did so last (compare and set). So a writer that stood still while another took the lock commits nothing,
however late it goes on, and what it sends then has a number that counts for nothing. In: the name of an index. Out: a
`Commit`, or the `Turn` of a writer. Called by `view.py` and `writer.py`.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from search.engines.opensearch import state
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.mapping import SINCE
from search.engines.opensearch.refusals import Conflict
from search.errors import IndexBusy

_MOST_GIVEN_UP: Final = 1_000  # numbers that are remembered


@dataclass(frozen=True, slots=True)
class Commit:
    """The last commit of an index.

    number      of the commit, 0 before the first
    superseded  the versions that are about to be removed
    given_up    numbers below it that writers took and did not commit, and under which something may still come
    """

    number: int = 0
    superseded: tuple[str, ...] = ()
    given_up: tuple[int, ...] = ()

    @property
    def foreign(self) -> dict[str, Any]:
        """The query for what does not belong to this commit: it was sent later, or never committed."""
        later = {"range": {SINCE: {"gt": self.number}}}
        if not self.given_up:
            return later
        return {"bool": {"should": [later, {"terms": {SINCE: list(self.given_up)}}]}}


def last_commit(cluster: Cluster, index: str) -> Commit:
    """Return the last commit of this index."""
    kept = state.read(cluster, _name(index))
    return _commit(kept.content) if kept else Commit()


def forget_commits(cluster: Cluster, index: str) -> None:
    """Remove what is known of the commits of an index that is removed."""
    state.remove(cluster, _name(index))


class Turn:
    """What a writer may commit: made when it begins, which ends the turn of any other.

    number  of the next commit, which all that is sent before it has
    last    the last commit
    """

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = index
        self._writer = secrets.token_hex(8)
        kept = state.read(cluster, _name(index))
        self._version = kept.version if kept else None
        self.last = _commit(kept.content) if kept else Commit()
        taken = int(kept.content.get("taken", 0)) if kept else 0
        if taken > self.last.number:  # whoever took it did not end in order, and may still send
            self.last = replace(self.last, given_up=(*self.last.given_up, taken)[-_MOST_GIVEN_UP:])
        self.number = max(self.last.number, taken, *self.last.given_up) + 1
        self._write(self.last, self.number)

    @property
    def before(self) -> dict[str, Any]:
        """The query for what writers before this one sent and did not commit."""
        between = {"range": {SINCE: {"gt": self.last.number, "lt": self.number}}}
        return {"bool": {"should": [between, {"terms": {SINCE: list(self.last.given_up)}}]}}

    @property
    def own(self) -> dict[str, Any]:
        """The query for what was sent since the last commit."""
        return {"term": {SINCE: self.number}}

    def commit(self, superseded: Sequence[str]) -> None:
        """Let what was sent hold: the one step by which it becomes the last commit. Raises IndexBusy."""
        committed = replace(self.last, number=self.number, superseded=tuple(superseded))
        self._write(committed, self.number + 1)
        self.last, self.number = committed, self.number + 1

    def note_removed(self) -> None:
        """Note that the superseded versions are removed. Raises IndexBusy."""
        if self.last.superseded:
            self.last = replace(self.last, superseded=())
            self._write(self.last, self.number)

    def give_back(self) -> None:
        """Let the next writer take this number, under which nothing was sent. Raises IndexBusy."""
        self._write(self.last, 0)

    def _write(self, commit: Commit, taken: int) -> None:
        content = {"commit": commit.number, "superseded": list(commit.superseded), "given_up": list(commit.given_up)}
        content |= {"taken": taken, "writer": self._writer}
        try:
            self._version = state.write(
                self._cluster, _name(self._index), content, create=self._version is None, after=self._version
            )
        except Conflict as error:
            raise IndexBusy(
                f"another process began to write to {self._index} while this one stood still: "
                "what was not committed is not there, run it again"
            ) from error


def _commit(content: dict[str, Any]) -> Commit:
    return Commit(content["commit"], tuple(content["superseded"]), tuple(content.get("given_up", ())))


def _name(index: str) -> str:
    return f"{index}|commit"
