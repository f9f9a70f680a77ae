"""What only pages say of days: a hint such as «قبل 3 أيام», and the timeline's periods where there is little room.

In come dates and a language code; out goes plain text. Called by `web/views/results_view.py` and the templates;
`search/pages/dates_in_words.py` has what is said everywhere.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from search.pages.dates_in_words import period_text
from search.pages.plurals import counted


def ago(day: date, today: date, language: str) -> str:
    """How long before today, in the unit a reader would use; "" for a day to come, and beyond a year, where the date
    says more."""
    days = (today - day).days
    if not 0 <= days < 365:
        return ""
    if days == 0:
        return "اليوم" if language == "ar" else "today"
    if days < 14:
        return counted(days, "days ago", language)
    if days < 60:
        return counted(days // 7, "weeks ago", language)
    return counted(days // 30, "months ago", language)


def short_period_text(key: str, language: str) -> str:
    """The same with one name of the month, for the little room below a drawing."""
    return one_name(period_text(key, language))


@lru_cache(maxsize=1_024)
def one_name(text: str) -> str:
    """A day or month in words with the first of the month's names alone."""
    return re.sub(r"/\D+ ", " ", text)
