"""Arabic letters written by their forms (ﻟﻠﺮﺋﻴﺲ), or with marks apart from them, → the letters.

Called by `repairs.py` and by the reader of PDF. The forms are in Unicode for old programs only (The Unicode Standard,
chapter 9.2, Arabic Presentation Forms); fonts choose forms by themselves. Signs that are words of their own stay: ﷺ, ﷻ,
﷼, ﷽, and the ornate brackets ﴾﴿, which have no letters.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_FORMS: Final = re.compile("[\ufb50-\ufdef\ufdf2-\ufdf9\ufe70-\ufefc]+")
# Harakat with a place of their own, on a space or on tatweel: ﱠ ﹶ ﹷ.
_SPACED_MARK: Final = re.compile("[\ufc5e-\ufc63\ufcf2-\ufcf4\ufe70-\ufe72\ufe74\ufe76-\ufe7f]")
_MAY_BEAR_A_MARK: Final = re.compile("[^\\W\\d_]|[\u0640\u064b-\u0652\u0670]")
_MARKS: Final = re.compile("[\u064b-\u0652\u0670]{2,}")  # several on one letter
_ON: Final = " \u0640"  # what such a mark stands on


def as_letters(text: str) -> str:
    """Return the text with letters in place of their forms, and harakat on the letters before them."""
    return _FORMS.sub(_letters, text)


def composed(text: str) -> str:
    """Return the text in Unicode's composed form (NFC): أ for ا with a hamza apart, the marks of a letter in one order.

    Both are the same text to Unicode, and look the same.
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    text = _MARKS.sub(
        lambda marks: unicodedata.normalize("NFC", marks[0]), text
    )  # ten times as fast as all of the text
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _letters(run: re.Match[str]) -> str:
    before = run.string[: run.start()][-1:]
    made = ""
    for form in run[0]:
        letters = unicodedata.normalize("NFKC", form)
        if _SPACED_MARK.match(form):
            letters = letters.strip(_ON)
            if not _MAY_BEAR_A_MARK.match((made or before)[-1:]):
                continue
        made += letters
    return made
