"""The names of sources: those that owners give, checked, and those that follow from a path or an address.

Called by `registering.py`. A name stands before the id of an article where two sources share the id, so it has neither
white space nor a slash.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from search.errors import SourceError, shown

LONGEST: Final = 100  # characters
_UNFIT: Final = re.compile(r"[\s/\\\x00-\x1f\x7f\ud800-\udfff\ufffd]+")
_ADDRESS: Final = re.compile(r"(?i)[a-z][a-z0-9+.-]*://")


def checked_name(written: str, taken: Collection[str]) -> str:
    """The name that an owner gives. Raises SourceError for one that is unfit or taken."""
    name = written.strip()
    if not name or len(name) > LONGEST or _UNFIT.search(name) or name.startswith("-"):
        raise SourceError(
            f"{shown(written)} cannot name a source: give a name of 1 to {LONGEST} characters without white space and "
            "slashes, such as alriyadh"
        )
    if name in taken:
        raise SourceError(f"a source is called {name} already: give another name, kashaf source list shows all")
    return name


def usual_name(location: str, taken: Collection[str]) -> str:
    """The name of a source to which its owner gives none: that of the folder or file, or the host of a feed."""
    if is_address(location):
        base = (urlsplit(location).hostname or "feed").removeprefix("www.")
    else:
        base = os.path.basename(location.rstrip(os.sep))
        base = base if os.path.isdir(location) else base.partition(".")[0] or base
    base = _UNFIT.sub("-", base).strip("-")[: LONGEST - 10] or "source"
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def is_address(location: str) -> bool:
    """Whether this is an address, such as that of a feed, and not a path."""
    return _ADDRESS.match(location) is not None
