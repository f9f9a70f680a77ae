"""Libraries that only some commands need, which the extras of the package install. Raises nothing of their absence but
a sentence with the remedy.

In: the name of a module. Out: the module. Called by the commands that need one.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from search.errors import LibraryMissing


def library(module: str, *, extra: str, purpose: str) -> Any:
    """Import and return a module that needs the libraries of the extra. Raises LibraryMissing, which begins with
    `purpose`, the words for what needs them."""
    try:
        return import_module(module)
    except ImportError as error:
        raise LibraryMissing(
            f"{purpose} needs a library that is not installed ({error}): "
            f"pip install 'kashaf[{extra}]', from a checkout pip install '.[{extra}]'"
        ) from error
