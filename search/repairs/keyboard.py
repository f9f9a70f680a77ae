"""A query typed on the wrong keyboard: the keys of the Arabic (101) layout and of the US layout, both ways.

Source: Microsoft's and X.org's "Arabic (101)" layout. Pure; `search/repairs/readings.py` calls it where a query found
nothing.
"""

from __future__ import annotations

from typing import Final

# The three rows of letters, unshifted; لا is one key there and two letters on the page, so it goes first.
_LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvnm,./`"
_ARABIC: Final = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذ"
_SHIFTED: Final = {"H": "أ", "Y": "إ", "N": "آ", "G": "لأ", "T": "لإ", "B": "لآ"}
_LAM_ALEF: Final = "لا"

_TO_ARABIC: Final = dict(zip(_LATIN, _ARABIC, strict=True)) | _SHIFTED | {"b": _LAM_ALEF}
_TO_LATIN: Final = dict(zip(_ARABIC, _LATIN, strict=True)) | {"أ": "H", "إ": "Y", "آ": "N"}


def as_arabic(text: str) -> str | None:
    """What the same keys give on the Arabic keyboard; None where a character is on no such key."""
    found = [letter if letter.isspace() or letter.isdigit() else _arabic(letter) for letter in text]
    return "".join(part for part in found if part is not None) if None not in found else None


def as_latin(text: str) -> str | None:
    """What the same keys give on the US keyboard; لا is the key b. None where a character is on no such key."""
    found = [letter if letter.isspace() or letter.isdigit() else _TO_LATIN.get(letter) for letter in _with_b(text)]
    return "".join(part for part in found if part is not None) if None not in found else None


def _arabic(letter: str) -> str | None:
    return _TO_ARABIC.get(letter) or _TO_ARABIC.get(letter.lower())


def _with_b(text: str) -> str:
    """The text with لا as the one key that types it: before ل and ا, which are keys of their own."""
    return text.replace(_LAM_ALEF, "\ue000") if "\ue000" not in text else text


_TO_LATIN["\ue000"] = "b"
