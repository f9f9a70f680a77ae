"""Engine names → the modules that implement them; the one place where an engine is looked up by name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from search.errors import EngineMissing

if TYPE_CHECKING:
    from search.engines.base import Backend

DEFAULT = "tantivy"
_MODULES = {
    "tantivy": ("search.engines.tantivy.engine", "pip install tantivy"),
    "whoosh": ("search.engines.whoosh.engine", "pip install whoosh"),
    "opensearch": ("search.engines.opensearch.engine", "pip install 'kashaf[opensearch]'"),
}
NAMES = tuple(_MODULES)
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
