"""Opens an index for programs that import Kashaf; `search/__init__.py` hands it out as `search.open_index`."""

from __future__ import annotations

import os

from search.service import SearchService
from search.settings import load_settings


def open_index(
    directory: str | os.PathLike[str] | None = None,
    *,
    names: str | os.PathLike[str] | None = None,
    profile: str | None = None,
    follow: bool = False,
) -> SearchService:
    """Open the index in a directory and return the service that searches it.

    directory  None: that of the settings, KASHAF_INDEX or kashaf-index in the working directory
    names      the file of display names and synonyms; None: that of the settings
    profile    "news" or the path of a TOML file with weights for ranking; None: that of the settings
    follow     whether a thread opens each commit aside, so that no search waits for it; else the first search after a
               commit opens it

    Use it with `with`, or call `close`. It may be shared between threads. Raises IndexStateError if there is no index
    that can be searched and SettingsError for a setting that cannot be; both sentences name the remedy.
    """
    settings = load_settings(index=_text(directory), names=_text(names), profile=profile)
    return SearchService.follow(settings) if follow else SearchService.open(settings)


def _text(path: str | os.PathLike[str] | None) -> str | None:
    return None if path is None else os.fspath(path)
