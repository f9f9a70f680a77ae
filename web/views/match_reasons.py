"""The reason for which a hit matched → a phrase in Arabic or English.

Pure; called by `web/views/results_view.py`.
"""

from __future__ import annotations

from search.pages.records import Reason
from web.messages.table import say


def match_reason_text(reason: Reason, language: str) -> str:
    """The level and the field of the match, such as «من الأصل نفسه، في العنوان»."""
    words = []
    for key, fallback in ((f"level_{reason.level}", reason.level), (f"field_{reason.field}", reason.field)):
        try:
            words.append(say(language, key))
        except KeyError:  # a level or field without a phrase: its name is shown as it is
            words.append(fallback)
    return ("، " if language == "ar" else ", ").join(words)
