"""What an export is called after: a query or a title → the name of a file, in its own letters and in ASCII.

The name in ASCII is for programs that cannot read the other. Called by `web/routes/taking_along.py`.
"""

from __future__ import annotations

import re
from typing import Final

from anyascii import anyascii

from search.export.citation import one_line

_LONGEST: Final = 60  # letters of the text: file systems take 255 bytes of a name
_NO_LETTER: Final = re.compile(r"[\W_]+")
_PREFIX: Final = "kashaf"


def file_name(text: str, suffix: str) -> str:
    """Return "kashaf-", the letters and digits of the text with hyphens between its words, and the suffix."""
    words = _NO_LETTER.sub("-", one_line(text))[:_LONGEST].strip("-")
    return f"{_PREFIX}-{words}.{suffix}" if words else f"{_PREFIX}.{suffix}"


def ascii_name(text: str, suffix: str) -> str:
    """Return the same in ASCII letters."""
    return file_name(anyascii(one_line(text)[:_LONGEST]).lower(), suffix)
