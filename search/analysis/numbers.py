"""A number as typed → one term, so that 3,650 and ٣٬٦٥٠ and 3650 meet, and 15.5 and ١٥٫٥.

In: the bare text of a number token (ASCII digits, separators as typed). Called by the analyser.
"""

import re
from typing import Final

from search.analysis import letters as ar

_COMMAS: Final = f",{ar.ARABIC_COMMA}{ar.THOUSANDS_SIGN}"
# Groups of exactly three after a first group that does not begin with zero: 3,650 and 1,200,000.5 but not 1,5 or
# 0,125.
_GROUPED: Final = re.compile(rf"[1-9]\d{{0,2}}(?:[{_COMMAS}]\d{{3}})+(?:[.{ar.DECIMAL_SIGN}]\d+)?")
_GROUP_MARKS: Final = re.compile(f"[{_COMMAS}]")
_DECIMAL_MARKS: Final = re.compile(f"[{_COMMAS}{ar.DECIMAL_SIGN}]")


def number_term(number: str) -> str:
    """Return the term of a number: thousands ungrouped, one decimal point."""
    if number.isdigit():
        return number
    if _GROUPED.fullmatch(number):
        number = _GROUP_MARKS.sub("", number)
    return _DECIMAL_MARKS.sub(".", number)
