"""Days counted from today: أمس, آخر 7 أيام, الأسبوع الماضي, هذا العام, قبل 3 أيام, last week.

In: folded words (`words.py`) and today. Out: the days, or None if the words do not name days relative to today.
Called by `spans.py` and `published.py`. Days beyond the calendar raise OverflowError or ValueError.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from search.analysis.fold import folded, folded_set
from search.analysis.letters import ARTICLE
from search.query.dates.calendar import DateSpan, shift_months

_DAYS: Final = {
    folded(phrase): offset
    for offset, phrases in {
        -2: ("أول أمس", "أول من أمس", "أمس الأول", "قبل أمس", "أولمبارح", "day before yesterday"),
        -1: ("أمس", "الأمس", "البارحة", "امبارح", "مبارح", "yesterday"),
        0: ("اليوم", "هذا اليوم", "النهارده", "today"),
        1: ("غدا", "غد", "الغد", "بكرة", "tomorrow"),
        2: ("بعد غد", "بعد الغد", "day after tomorrow"),
    }.items()
    for phrase in phrases
}

# The units are "day", "week", "month", "year" and "hour"; hours count as the days that they reach back into.
_ONE: Final = {"يوم": "day", "أسبوع": "week", "شهر": "month", "سنة": "year", "عام": "year", "ساعة": "hour"}
_TWO: Final = {"يوم": "day", "أسبوع": "week", "شهر": "month", "سنت": "year", "عام": "year", "ساعت": "hour"}
_MANY: Final = {
    "day": "أيام يوما days",
    "week": "أسابيع أسبوعا weeks",
    "month": "أشهر شهور شهرا months",
    "year": "سنوات سنين أعوام عاما years",
    "hour": "ساعات hours",
}
# Folded word → the number that the word itself means (0: a number has to stand beside it), and the unit.
_UNITS: Final = (
    {folded(word): (1, unit) for word, unit in _ONE.items()}
    | {unit: (1, unit) for unit in _MANY}
    | {folded(many): (0, unit) for unit, forms in _MANY.items() for many in forms.split()}
    | {folded(stem + dual): (2, unit) for stem, unit in _TWO.items() for dual in ("ين", "ان")}
)
_NUMBERS: Final = {
    folded(form): number
    for number, forms in enumerate(
        (
            "واحد واحدة one",
            "اثنين اثنان اثنتين two",
            "ثلاث ثلاثة three",
            "أربع أربعة four",
            "خمس خمسة five",
            "ست ستة six",
            "سبع سبعة seven",
            "ثمان ثماني ثمانية eight",
            "تسع تسعة nine",
            "عشر عشرة ten",
        ),
        1,
    )
    for form in forms.split()
}

_LAST: Final = folded_set("آخر last past")  # آخر شهر: a month back from today
_WITHIN: Final = folded_set("خلال في during in the")
_THIS: Final = folded_set("هذا هذه this")
_CURRENT: Final = folded_set("الحالي الحالية الجاري الجارية")
_PREVIOUS: Final = folded_set(
    "الماضي الماضية الماضيين الماضيتين المنصرم المنصرمة الفائت الفائتة السابق السابقة الأخير الأخيرة الأخيرين الأخيرتين"
)
_NEXT: Final = folded_set("القادم القادمة المقبل المقبلة")
_AGO: Final = folded_set("قبل منذ")

# Weeks begin on Saturday from Egypt to the Gulf, on Monday in Lebanon and the Maghreb. Sunday, "the first" by its
# name and Saudi Arabia's first working day, is never more than a day off.
_DAYS_SINCE_SUNDAY: Final = (1, 2, 3, 4, 5, 6, 0)


def read_relative(words: Sequence[str], *, today: date) -> DateSpan | None:
    """Return the days that the words name relative to today; None if they do not name any."""
    offset = _DAYS.get(" ".join(words))
    if offset is not None:
        return _single(today + timedelta(offset))
    while words and words[0] in _WITHIN:
        words = words[1:]
    return _read_period(words, today) if len(words) > 1 else None


def read_amount(words: Iterable[str]) -> tuple[int, str] | None:
    """Return a number and its unit: (3, "month") for 3 أشهر, ثلاثة أشهر, الأشهر الثلاثة; None for other words."""
    count: int | None = None
    own, unit = 0, ""
    for word in words:
        bare = word.removeprefix(ARTICLE)
        if not unit and bare in _UNITS:
            own, unit = _UNITS[bare]
        elif count is None and bare in _NUMBERS:
            count = _NUMBERS[bare]
        elif count is None and word.isdecimal() and len(word) <= 5:
            count = int(word)
        elif bare:  # الـ 7 أيام leaves the article alone
            return None
    if not unit or (own == 2 and count is not None) or (own == 0 and count is None):
        return None
    return (own if count is None else count), unit


def back(today: date, count: int, unit: str) -> date:
    """Return the day that is `count` units before today."""
    if unit in ("month", "year"):
        return shift_months(today, -count * (12 if unit == "year" else 1))
    days = -(-count // 24) if unit == "hour" else count * (7 if unit == "week" else 1)
    return today - timedelta(days)


def _single(day: date) -> DateSpan:
    return DateSpan(day, day)


def _read_period(words: Sequence[str], today: date) -> DateSpan | None:
    first, rest, last, before = words[0], words[1:], words[-1], words[:-1]
    if len(rest) == 1 and (first in _THIS or first == "next" or first == "last"):
        return _unit_around(rest, today, step={"next": 1, "last": -1}.get(first, 0))
    if first in _LAST:
        return _until_today(rest, today)
    if first in _AGO or last == "ago":
        amount = read_amount(rest if first in _AGO else before)
        return _single(back(today, *amount)) if amount else None
    if last in _CURRENT or last in _NEXT:
        return _unit_around(before, today, step=int(last in _NEXT))
    if last in _PREVIOUS:
        return _unit_around(before, today, step=-1) or _until_today(before, today)
    return None


def _until_today(words: Sequence[str], today: date) -> DateSpan | None:
    """The days of a number of units that end today: the last 7 days are today and the six days before it."""
    amount = read_amount(words)
    if amount is None or amount[0] == 0:
        return None
    first = back(today, *amount)
    return DateSpan(first if amount[1] == "hour" else first + timedelta(1), today, both_said=True)


def _unit_around(words: Sequence[str], today: date, *, step: int) -> DateSpan | None:
    """The whole day, week, month or year in which today lies (step 0), the one before (-1) or after (1)."""
    amount = read_amount(words)
    if len(words) != 1 or amount is None or amount[0] != 1 or amount[1] == "hour":
        return None
    unit = amount[1]
    if unit == "day":
        return _single(today + timedelta(step))
    if unit == "week":
        first = today - timedelta(_DAYS_SINCE_SUNDAY[today.weekday()] - 7 * step)
        return DateSpan(first, first + timedelta(6))
    start = today.replace(day=1) if unit == "month" else today.replace(month=1, day=1)
    months = 12 if unit == "year" else 1
    first = shift_months(start, step * months)
    return DateSpan(first, shift_months(first, months) - timedelta(1))
