"""Converts text that was typed with the wrong keyboard layout: Arabic (101) instead of US, or US instead of Arabic.

In: a text. Out: what the same keys give in the other layout, or None. Source: the "Arabic (101)" layout of Microsoft
and X.org. Called by `search/repairs/query_repairs.py` for a query that finds nothing.
"""

from __future__ import annotations

from typing import Final

# The three rows of letters without Shift, key by key. لا is one key and two letters, so it is converted apart.
_LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvnm,./`"
_ARABIC: Final = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذ"
_SHIFTED: Final = {"H": "أ", "Y": "إ", "N": "آ", "G": "لأ", "T": "لإ", "B": "لآ"}
_LAM_ALEF: Final = "لا"
#: The letters of the Arabic keyboard, row by row: those side by side are mistyped for each other.
ARABIC_ROWS: Final = (_ARABIC[:12], _ARABIC[12:23], _ARABIC[23:])

_TO_ARABIC: Final = dict(zip(_LATIN, _ARABIC, strict=True)) | _SHIFTED | {"b": _LAM_ALEF}
_TO_LATIN: Final = dict(zip(_ARABIC, _LATIN, strict=True)) | {"أ": "H", "إ": "Y", "آ": "N"}


def as_arabic(text: str) -> str | None:
    """Return what the same keys give on the Arabic keyboard; None if a character of the text is on none of them."""
    found = [letter if letter.isspace() or letter.isdigit() else _arabic(letter) for letter in text]
    return "".join(part for part in found if part is not None) if None not in found else None


def as_latin(text: str) -> str | None:
    """Return what the same keys give on the US keyboard (b for لا); None if a character is on none of them."""
    found = [letter if letter.isspace() or letter.isdigit() else _TO_LATIN.get(letter) for letter in _with_b(text)]
    return "".join(part for part in found if part is not None) if None not in found else None


def _arabic(letter: str) -> str | None:
    return _TO_ARABIC.get(letter) or _TO_ARABIC.get(letter.lower())


def _with_b(text: str) -> str:
    """Return the text with each لا replaced by one private character, which stands for the key b: ل and ا have keys of
    their own."""
    return text.replace(_LAM_ALEF, "\ue000") if "\ue000" not in text else text


_TO_LATIN["\ue000"] = "b"
