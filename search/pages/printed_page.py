"""The page of print that an article stands on, in words and as the two ends of a range.

In: `Article.page`, "5" or "12-14". Called by the citations of `search/export`, by `as_text.py` and by the page of an
article.
"""

from __future__ import annotations

from typing import Final

_ONE: Final = {"ar": "ص {page}", "en": "p. {page}"}
_SEVERAL: Final = {"ar": "ص {page}", "en": "pp. {page}"}


def page_text(page: str, language: str) -> str:
    """Return the page in words; "" of "". language: "ar" or "en"."""
    words = _SEVERAL if page_ends(page)[1] else _ONE
    return words[language].format(page=page) if page else ""


def page_ends(page: str) -> tuple[str, str]:
    """Return the first and the last page; the last is "" where there is but one, or none can be told."""
    first, _, last = page.partition("-")
    return (first, last) if first and last and "-" not in last else (page, "")
