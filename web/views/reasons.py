"""Why a hit matched, in words. Pure; `web/views/results_view.py` calls it."""

from __future__ import annotations

from search.pages.records import Reason
from web.messages.table import say


def why(reason: Reason, language: str) -> str:
    """The level and the field of the match, such as «من الأصل نفسه، في العنوان»."""
    words = []
    for key, fallback in ((f"level_{reason.level}", reason.level), (f"field_{reason.field}", reason.field)):
        try:
            words.append(say(language, key))
        except KeyError:  # a level or field newer than this page: its own name says more than nothing
            words.append(fallback)
    return ("، " if language == "ar" else ", ").join(words)
