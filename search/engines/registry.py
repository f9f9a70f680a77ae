"""Engine names → the modules that implement them; the one place where an engine is looked up by name."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, cast

from search.errors import EngineMissing

if TYPE_CHECKING:
    from pathlib import Path

    from search.engines.base import Backend, Elsewhere

DEFAULT = "tantivy"
_MODULES = {
    "tantivy": ("search.engines.tantivy.engine", "pip install tantivy"),
    "whoosh": ("search.engines.whoosh.engine", "pip install whoosh"),
    "opensearch": ("search.engines.opensearch.engine", "pip install 'kashaf[opensearch]'"),
}
NAMES = tuple(_MODULES)
_ELSEWHERE = {"cluster.json": "opensearch"}  # a file of a folder → the engine whose index it names
EMBEDDED = ("tantivy", "whoosh")  # those whose index is in files of this machine


def backend(name: str) -> Backend:
    """The engine module of this name. Raises EngineMissing, which names the known ones or how to install it."""
    if name not in _MODULES:
        raise EngineMissing(f"unknown engine {name!r}: choose one of {', '.join(NAMES)}")
    module, remedy = _MODULES[name]
    try:
        return cast("Backend", import_module(module))
    except ImportError as error:
        raise EngineMissing(f"engine {name!r} cannot be loaded ({error}): {remedy}") from error


def shared() -> Elsewhere:
    """Return the engine module whose indexes programs on other machines find by what is published. Raises
    EngineMissing."""
    return cast("Elsewhere", backend("opensearch"))


def elsewhere(folder: Path) -> Elsewhere | None:
    """Return the engine module of the index of this folder if it lies elsewhere; None if it is in the folder's files.

    Raises EngineMissing.
    """
    for file, name in _ELSEWHERE.items():
        if os.path.exists(folder / file):  # `Path.exists` raises where the folder may not be entered
            return cast("Elsewhere", backend(name))
    return None
