"""A page of print as a source writes it → as it is stored: «صفحة ١٢ – ١٤» → "12-14". Called by `clean.py`."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 40  # letters; what is longer is no page
_LABEL: Final = re.compile(r"(?:(?:ال)?صفحات|(?:ال)?صفحة|ص\s*ص|ص|pages?|pp?)(?![^\W\d_])[\s.:]*", re.IGNORECASE)
_RANGE: Final = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
_DIGITS: Final = {ord(digit): str(at % 10) for at, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}


def printed_page(written: str) -> str | None:
    """The page without its label, digits as 0 to 9, a hyphen between two pages; None of what names none."""
    page = _LABEL.sub("", " ".join(written.translate(_DIGITS).split()), count=1)
    page = _RANGE.sub("-", page).strip(" -")
    first, _, last = page.partition("-")
    page = first if first == last else page
    return page if 0 < len(page) <= _LONGEST and page.strip("0") else None
