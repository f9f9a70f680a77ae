"""Gives a number one index term however it is typed: 3,650 and ٣٬٦٥٠ are 3650, ١٥٫٥ is 15.5.

In: the bare text of a number token (ASCII digits, separators as typed). Out: its term. Called by `word_rules.py`.
"""

import re
from typing import Final

from search.analysis import letters as ar

_COMMAS: Final = f",{ar.ARABIC_COMMA}{ar.THOUSANDS_SIGN}"
# Groups of exactly three after a first group that does not begin with zero: 3,650 and 1,200,000.5 but not 1,5 or
# 0,125.
_GROUPED: Final = re.compile(rf"[1-9]\d{{0,2}}(?:[{_COMMAS}]\d{{3}})+(?:[.{ar.DECIMAL_SIGN}]\d+)?")
_GROUP_SEPARATORS: Final = re.compile(f"[{_COMMAS}]")
_DECIMAL_SEPARATORS: Final = re.compile(f"[{_COMMAS}{ar.DECIMAL_SIGN}]")


def number_term(number: str) -> str:
    """Return the term of a number: thousands ungrouped, one decimal point."""
    if number.isdigit():
        return number
    if _GROUPED.fullmatch(number):
        number = _GROUP_SEPARATORS.sub("", number)
    return _DECIMAL_SEPARATORS.sub(".", number)
