"""The publication date of an article, as publishers write it → a datetime.

In: the text of a date field or a dateline. Out: a datetime, aware if the text names its time zone, else naive. It is
midnight if the text names no hour, and the first day if it names only a month or a year. Called by the indexer for
every article, and by `spans.py` for dates that are pasted into a query.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from search.analysis.fold import folded, folded_set
from search.query.dates.calendar import days_of, read_calendar_date
from search.query.dates.relative import read_relative
from search.query.dates.words import DASH, clean, split

_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[ t]\d.*)?")
_RFC_2822: Final = re.compile(r"(?:[a-z]{3}, ?)?\d\d? [a-z]{3} (?:\d\d|\d{4}) \d\d:\d\d.*")
_UNIX: Final = re.compile(r"\d{9,10}(?:\.\d{1,6})?|\d{13}")
_COMPACT: Final = re.compile(r"(\d{8})(\d{4}|\d{6})")
_BASIC: Final = re.compile(r"\d{8}t\d{4}(?:\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?|\d{4}-?w\d\d-?\d")
_END_OF_DAY: Final = re.compile(r"(?<=[ t])24(?=:?00(?::?00(?:\.0+)?)?(?![\d:.]))")  # ISO 8601 allows it
# 07/15/2017 can only be read with its month first; where the day is 12 or less, it comes first. But the programs that
# write 07-03-2012 09:08 PM, with dashes and an English hour, write the month first, unless it cannot be one.
_MONTH_FIRST: Final = re.compile(
    r"(?<![\d/-])(0?[1-9]|1[0-2])([-/])(?:(1[3-9]|2\d|3[01])\2"
    r"|(0?[1-9]|1[0-2])-(?=(?:19|20)\d\d,? \d\d?:\d\d(?::\d\d)? ?[ap]\.?m))(\d{4})(?![\d/-])"
)
_FIRST_YEAR: Final = 1600  # an ISO date before it is a Hijri one


def _alternatives(*phrases: str) -> str:
    return "|".join(sorted((re.escape(folded(phrase)) for phrase in phrases), key=len, reverse=True))


# Word after the hour → the first and last hour to which it adds twelve, and the hour that 12 means with it (12 or 0).
_HALVES: Final = {
    folded(word): (from_hour, to_hour, twelve)
    for forms, from_hour, to_hour, twelve in (
        ("ص,صباحا,الصبح,فجرا,am,a.m,a.m.", 12, 12, 0),
        ("م,مساء,عصرا,بعد الظهر,pm,p.m,p.m.", 1, 11, 12),
        ("ظهرا", 1, 4, 12),
        ("ليلا", 6, 11, 0),
    )
    for word in forms.split(",")
}
_HALF: Final = re.compile(rf" ?({_alternatives(*_HALVES)})(?!\w)")
_O_CLOCK: Final = re.compile(rf"{folded('الساعة')} (\d\d?)(?= ?(?:{_alternatives(*_HALVES)})(?!\w))")
_CLOCK: Final = re.compile(r"(?<!\d)(\d\d?)[:h](\d\d)(?::(\d\d)(?:\.\d+)?)?(?!\d)")
_UTC: Final = _alternatives("غرينتش", "جرينتش", "غرينيتش", "جرينيتش", "تغ", "ت غ", "ت.غ", "gmt", "utc", "z")
# The one local time that the Arab press often names and that never had a summer time.
_MECCA: Final = _alternatives("مكة", "مكة المكرمة", "السعودية", "الرياض")
_BY_CLOCK_OF: Final = folded("بتوقيت")
_ZONE: Final = re.compile(
    rf" ?\(?(?:{_BY_CLOCK_OF} )?"
    rf"(?:(?P<mecca>{_MECCA})|(?P<utc>{_UTC})(?: ?(?P<near>[+-]\d\d?(?::?\d\d)?))?|(?P<offset>[+-]\d\d:?\d\d)"
    rf"|(?<={_BY_CLOCK_OF} )(?P<elsewhere>\w+))(?![\w/.-])(?: ?\([a-z ]+\))?"  # 10:00 GMT+0100 (Central European Time)
)
_LAST_UPDATE: Final = re.compile(rf"\b(?:{_alternatives('آخر', 'last')}) (?={_alternatives('تحديث', 'update')})")
_IGNORED_WORDS: Final = folded_set(
    "نشر نشرت النشر تم في بتاريخ تاريخ التاريخ الساعة على عند تحديث التحديث يوم حرر"
    " published posted updated update date at on a le t utc :"
)
_SIGNS: Final = frozenset(("-", "/", ".", DASH))


def read_published(text: str, *, today: date | None = None) -> datetime | None:
    """Return the moment that the text names; None if it is not understood or names an impossible date.

    Without `today`, days relative to today (أمس) and dates without a year are not understood.
    """
    try:
        plain = clean(text)
        for shape, read in _SHAPES:
            if shape.fullmatch(plain):
                moment = read(plain)
                if moment is not None:
                    return moment
        return _written_out(plain, today)
    except (ValueError, OverflowError):  # an impossible date, or one outside its calendar
        return None


def _iso(plain: str) -> datetime | None:
    written, ends_the_day = _END_OF_DAY.subn("00", plain.upper().replace("T", "t"), count=1)
    try:
        moment = datetime.fromisoformat(written.upper()) + timedelta(days=ends_the_day)
    except ValueError:  # 2017-01-22 18:56 +0100: `_written_out` reads it
        return None
    return moment if moment.year >= _FIRST_YEAR else None


def _rfc_2822(plain: str) -> datetime | None:
    from email.utils import parsedate_to_datetime  # a third of this module's start, and no search needs it

    try:
        return parsedate_to_datetime(plain)
    except ValueError:
        return None


def _unix(plain: str) -> datetime:
    return datetime.fromtimestamp(float(plain) / (1000 if len(plain) == 13 and plain.isdecimal() else 1), tz=UTC)


def _compact(plain: str) -> datetime:
    return datetime.fromisoformat(f"{plain[:8]}T{plain[8:]}")


_SHAPES: Final[tuple[tuple[re.Pattern[str], Callable[[str], datetime | None]], ...]] = (
    (_ISO, _iso),
    (_RFC_2822, _rfc_2822),
    (_UNIX, _unix),
    (_COMPACT, _compact),
    (_BASIC, _iso),
)


def _written_out(plain: str, today: date | None) -> datetime:
    """Read «السبت 03 أكتوبر 2020 - 07:50»: the time of day is cut out, and what is left has to be a date."""
    plain = _MONTH_FIRST.sub(lambda found: f"{found[3] or found[4]}/{found[1]}/{found[5]}", plain)
    plain = _LAST_UPDATE.sub("", _O_CLOCK.sub(r"\1:00", plain))
    clock = _CLOCK.search(plain)
    if clock is None:
        return datetime.combine(_day(plain, today), time())
    end, hour = clock.end(), int(clock[1])
    if half := _HALF.match(plain, end):
        end, hour = half.end(), _of_24(hour, half[1])
    zone = _ZONE.match(plain, end)
    day = _day(f"{plain[: clock.start()]} {plain[zone.end() if zone else end :]}", today)
    return datetime.combine(day, time(hour, int(clock[2]), int(clock[3] or 0), tzinfo=_offset(zone)))


def _day(plain: str, today: date | None) -> date:
    words = [word for word in split(plain) if word not in _IGNORED_WORDS]
    while words and words[-1] in _SIGNS:
        words.pop()
    while words and words[0] in _SIGNS:
        words.pop(0)
    days = (today and read_relative(words, today=today)) or days_of(read_calendar_date(words), today=today)
    if days.first is None:
        raise ValueError("no first day")
    return days.first


def _of_24(hour: int, half: str) -> int:
    from_hour, to_hour, twelve = _HALVES[half]
    return twelve if hour == 12 else hour + 12 if from_hour <= hour <= to_hour else hour


def _offset(zone: re.Match[str] | None) -> timezone | None:
    if zone is None or zone["elsewhere"]:  # a zone that may have summer time: the hour stays naive
        return None
    if zone["mecca"]:
        return timezone(timedelta(hours=3))
    written = zone["near"] or zone["offset"]
    if not written:
        return UTC
    digits = written[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    east = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-east if written[0] == "-" else east)
