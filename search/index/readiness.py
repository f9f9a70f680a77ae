"""Whether readers should be sent to this process: what its open index says against it.

In: an open index. Out: an `Unready`, or None. Called by `search/service.py` for the health check of a site.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.engines.registry import backend
from search.index.open_index import OpenIndex


@dataclass(frozen=True, slots=True)
class Unready:
    """Why this open index should not be searched now. kind: a word for programs; sentence: for the operator."""

    kind: str
    sentence: str


def unready(index: OpenIndex) -> Unready | None:
    """Return why a reader should be sent to another process now, if there is one; None where all is well.

    An index of another analyser is searched, with a note; a process whose analyser made it answers better. Kinds:
    "outdated", "engine".
    """
    if index.outdated:
        made, has = index.manifest.analyser, index.analyzer.fingerprint
        return Unready("outdated", f"the index was made by analyser {made}, this program has {has}: run kashaf reindex")
    hindered = backend(index.manifest.engine).unready(index.directory.generation(index.manifest.generation))
    return None if hindered is None else Unready("engine", hindered)
