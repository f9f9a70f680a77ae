"""Days as readers see them: «15 يوليو/تموز 2017», a hint such as «قبل 3 أيام», and the timeline's periods.

In come dates and a language code; out goes plain text. Called by `web/present.py` and the templates.
Both names of a month are shown, Egypt and the Gulf's first, then the Levant's, as pan-Arab newsrooms print them.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from search.counting import counted

MONTHS = {
    "ar": (
        "يناير/كانون الثاني",
        "فبراير/شباط",
        "مارس/آذار",
        "أبريل/نيسان",
        "مايو/أيار",
        "يونيو/حزيران",
        "يوليو/تموز",
        "أغسطس/آب",
        "سبتمبر/أيلول",
        "أكتوبر/تشرين الأول",
        "نوفمبر/تشرين الثاني",
        "ديسمبر/كانون الأول",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


def day_text(day: date, language: str) -> str:
    """The day with its month's names."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def month_text(day: date, language: str) -> str:
    """The month of the day with its year."""
    return f"{MONTHS[language][day.month - 1]} {day.year}"


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
    return re.sub(r"/\D+ ", " ", period_text(key, language))


@lru_cache(maxsize=2_048)
def period_text(key: str, language: str) -> str:
    """A timeline key ("2017", "2017-07", "2017-07-15", "1860/1864") in words."""
    if "/" in key:
        return "–".join(str(int(year)) for year in key.split("/"))
    parts = [int(part) for part in key.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return month_text(date(parts[0], parts[1], 1), language)
    return day_text(date(parts[0], parts[1], parts[2]), language)


def period_days(key: str) -> tuple[date, date]:
    """The first and last day of a year, month or day. Raises ValueError where there is no such period."""
    parts = [int(part) for part in key.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        year, month = parts
        first = date(year, month, 1)
        return first, first.replace(day=calendar.monthrange(year, month)[1])
    day = date(parts[0], parts[1], parts[2])
    return day, day
