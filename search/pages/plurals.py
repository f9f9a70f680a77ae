"""Writes a number with its noun by the plural rules of Arabic (the six forms of Unicode's CLDR) and English.

In: a number, the name of a noun and a language, "ar" or "en". Out: text such as «نتيجتان», «3 نتائج», «11 نتيجة».
Called by `search/pages/sentences.py`, `search/pages/as_text.py` and the web package. Digits are Latin, as in most
Arabic newspapers on the web.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Noun:
    """The forms of a counted noun; `{n}` is the number. `english` is singular and plural."""

    zero: str
    one: str
    two: str
    few: str
    many: str
    other: str
    english: tuple[str, str]


# Of words and articles there are forms for objects too, and of results those with a verb, which is dual after two.
NOUNS = {
    "result": Noun(
        "لا نتائج", "نتيجة واحدة", "نتيجتان", "{n} نتائج", "{n} نتيجة", "{n} نتيجة", ("{n} result", "{n} results")
    ),
    "article": Noun(
        "لا مقالات", "مقال واحد", "مقالان", "{n} مقالات", "{n} مقالا", "{n} مقال", ("{n} article", "{n} articles")
    ),
    "results with": Noun(
        "لا نتائج تضم",
        "نتيجة واحدة تضم",
        "نتيجتان تضمان",
        "{n} نتائج تضم",
        "{n} نتيجة تضم",
        "{n} نتيجة تضم",
        ("{n} result in", "{n} results in"),
    ),
    "of articles": Noun(
        "لا مقالات",
        "مقالا واحدا",
        "مقالين",
        "{n} مقالات",
        "{n} مقالا",
        "{n} مقال",
        ("{n} article", "{n} articles"),
    ),
    "new article": Noun(
        "لا جديد",
        "مقال جديد",
        "مقالان جديدان",
        "{n} مقالات جديدة",
        "{n} مقالا جديدا",
        "{n} مقال جديد",
        ("{n} new article", "{n} new articles"),
    ),
    "source": Noun(
        "بلا مصادر", "مصدر واحد", "مصدران", "{n} مصادر", "{n} مصدرا", "{n} مصدر", ("{n} source", "{n} sources")
    ),
    "section": Noun(
        "بلا أقسام", "قسم واحد", "قسمان", "{n} أقسام", "{n} قسما", "{n} قسم", ("{n} section", "{n} sections")
    ),
    "month": Noun("لا أشهر", "شهر واحد", "شهران", "{n} أشهر", "{n} شهرا", "{n} شهر", ("{n} month", "{n} months")),
    "more gaps": Noun(
        "لا فترة أخرى",
        "فترة أخرى",
        "فترتان أخريان",
        "{n} فترات أخرى",
        "{n} فترة أخرى",
        "{n} فترة أخرى",
        ("{n} more", "{n} more"),
    ),
    "query": Noun("لا أبحاث", "بحث واحد", "بحثان", "{n} أبحاث", "{n} بحثا", "{n} بحث", ("{n} query", "{n} queries")),
    "copy": Noun(
        "لا نسخ أخرى",
        "نسخة أخرى",
        "نسختان أخريان",
        "{n} نسخ أخرى",
        "{n} نسخة أخرى",
        "{n} نسخة أخرى",
        ("{n} more copy", "{n} more copies"),
    ),
    "word": Noun("لا كلمة", "كلمة واحدة", "كلمتان", "{n} كلمات", "{n} كلمة", "{n} كلمة", ("{n} word", "{n} words")),
    "of words": Noun("لا كلمة", "كلمة واحدة", "كلمتين", "{n} كلمات", "{n} كلمة", "{n} كلمة", ("{n} word", "{n} words")),
    "place": Noun("لا مواضع", "موضع واحد", "موضعان", "{n} مواضع", "{n} موضعا", "{n} موضع", ("{n} place", "{n} places")),
    "days ago": Noun(
        "اليوم", "أمس", "قبل يومين", "قبل {n} أيام", "قبل {n} يوما", "قبل {n} يوم", ("yesterday", "{n} days ago")
    ),
    "weeks ago": Noun(
        "هذا الأسبوع",
        "قبل أسبوع",
        "قبل أسبوعين",
        "قبل {n} أسابيع",
        "قبل {n} أسبوعا",
        "قبل {n} أسبوع",
        ("a week ago", "{n} weeks ago"),
    ),
    "months ago": Noun(
        "هذا الشهر",
        "قبل شهر",
        "قبل شهرين",
        "قبل {n} أشهر",
        "قبل {n} شهرا",
        "قبل {n} شهر",
        ("a month ago", "{n} months ago"),
    ),
}


def number(n: int) -> str:
    """Return the number with a comma between thousands."""
    return f"{n:,}"


@lru_cache(maxsize=4_096)  # most counts of a page are small, and each stands there twice
def counted(n: int, noun: str, language: str) -> str:
    """Return the number `n` (0 or more) with the noun, one of NOUNS, in the language "ar" or "en"."""
    forms = NOUNS[noun]
    form = _arabic(n, forms) if language == "ar" else forms.english[n != 1]
    return form.format(n=number(n))


def _arabic(n: int, forms: Noun) -> str:
    if n <= 2:
        return (forms.zero, forms.one, forms.two)[n]
    hundredth = n % 100
    if 3 <= hundredth <= 10:
        return forms.few
    return forms.many if hundredth >= 11 else forms.other
