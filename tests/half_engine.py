"""An engine with a part that does not answer: a small index of which half of the articles are out of reach.

It stands for an engine on several machines wherever pages, commands and health checks are tested without one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from search import unanswered
from search.engines.base import Engine, Found, Stored
from search.errors import ClusterIncomplete
from search.index.searched_state import Fixed
from search.query.clauses import Clause, filtered
from search.service import SearchService
from search.settings import Settings

_KEPT = ("facts", "all_counts", "spellings", "completer", "nearest")  # of a site, which works them out beforehand


@dataclass(frozen=True, slots=True)
class HalfEngine:
    """Finds only what `reached` matches, where that is tolerated; else raises ClusterIncomplete."""

    engine: Engine
    reached: Clause

    @property
    def documents(self) -> int:
        return self.engine.documents

    def _missing(self) -> None:
        if not unanswered.tolerates():
            raise ClusterIncomplete("1 of 2 parts does not answer")
        unanswered.note(1)

    def search(self, clause: Clause, **asked: Any) -> Found:
        self._missing()
        return self.engine.search(filtered(clause, self.reached), **asked)

    def load(self, refs: Sequence[object]) -> list[Stored]:
        return self.engine.load(refs)

    def ids(self, refs: Sequence[object]) -> list[str]:
        return self.engine.ids(refs)

    def counts(self, clause: Clause, fields: Sequence[str], **asked: Any) -> dict[str, dict[str | int, int]]:
        self._missing()
        return self.engine.counts(filtered(clause, self.reached), fields, **asked)

    def terms(self, field: str, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        self._missing()
        return self.engine.terms(field, prefix, limit=limit)

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        self._missing()
        return self.engine.frequencies(field, texts)


def half_reached(service: SearchService, reached: Clause) -> SearchService:
    """The service over the same index, of which only `reached` answers now; facts and counts were made before."""
    index = service.index
    half = replace(index, engine=HalfEngine(index.engine, reached))
    vars(half).update({name: getattr(index, name) for name in _KEPT})
    return SearchService(Settings(index=index.directory.path), Fixed(half))
