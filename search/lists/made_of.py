"""What the results of a run depend on: an interrupted run goes on only if all of it is the same.

In: the bytes of the list, the open index and the options. Out: name → a digest. Called by `search/list_commands.py`.
"""

from __future__ import annotations

from hashlib import sha256

from search.index.open_index import OpenIndex


def made_of(raw: bytes, index: OpenIndex, options: object) -> dict[str, str]:
    """Return what the results are made of; the names stand in error messages. options: of which `repr` tells all."""
    state = (index.commit, index.analyzer.fingerprint, index.names.stamp)
    return {"list": _digest(raw), "index or analyser": _digest(state), "choice of options": _digest(options)}


def _digest(value: object) -> str:
    content = value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")
    return sha256(content).hexdigest()[:32]
