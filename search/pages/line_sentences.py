"""What the lines of the command line say beside notes and counts: headings, labels and what was left out.

In: a key and values. Out: the sentence in Arabic or English, filled as `search/pages/sentences.py` fills. Called by
`search/pages/as_text.py` and `search/over_time/as_text.py`. A test asserts that both languages have the same keys and
blanks.
"""

from __future__ import annotations

from typing import Any, Final

from search.pages.sentences import filled

_ARABIC: Final = {
    "suggestion": "هل تقصد: {query}",
    "date": "تاريخ النشر: {days}",
    "page": "الصفحة {page} من {pages}",
    "next": "للصفحة التالية: --page {page}",
    "span": "{first} إلى {last}",
    "no-related": "لا مقالات قريبة من هذا المقال",
    "no-completions": "لا تكملة لما كُتب في هذا الأرشيف",
    "place": "الفهرس",
    "engine": "المحرك",
    "analyser": "المحلل",
    "articles": "المقالات",
    "withdrawn": "المسحوبة",
    "dates": "التواريخ",
    "size": "الحجم",
    "updated": "آخر تحديث",
    "source": "المصدر",
    "origin": "من",
    "section": "القسم",
    "more": "وغيرها {count}",
    "unknown": "غير معروف",
    "dropped": "قارنا أول {limit:query}، وبقي خارج المقارنة {count:query}",
    "uncounted": "لم يتسع الوقت لعدّ مقالات «{query}»",
    "compared": "المقالات {total}، بلا تاريخ {undated}",
    "day": "اليوم",
    "month": "الشهر",
    "year": "السنة",
    "all": "الكل",
    "undated": "بلا تاريخ",
    "no-source": "بلا مصدر",
    "no-dates": "بلا تواريخ",
    "rest": "بقية المصادر ({count:source})",
    "gaps": "لا مقالات في",
}
_ENGLISH: Final = {
    "suggestion": "Did you mean: {query}",
    "date": "Published: {days}",
    "page": "page {page} of {pages}",
    "next": "next page: --page {page}",
    "span": "{first} to {last}",
    "no-related": "No articles about the same things",
    "no-completions": "Nothing in this archive continues what was typed",
    "place": "index",
    "engine": "engine",
    "analyser": "analyser",
    "articles": "articles",
    "withdrawn": "withdrawn",
    "dates": "dates",
    "size": "size",
    "updated": "updated",
    "source": "source",
    "origin": "from",
    "section": "section",
    "more": "and {count} more",
    "unknown": "unknown",
    "dropped": "compared are the first {limit:query}; left out: {count}",
    "uncounted": "there was no time to count {query}",
    "compared": "articles {total}, undated {undated}",
    "day": "day",
    "month": "month",
    "year": "year",
    "all": "all",
    "undated": "undated",
    "no-source": "no source",
    "no-dates": "no dates",
    "rest": "{count:source} more",
    "gaps": "none in",
}
LINES: Final = {"ar": _ARABIC, "en": _ENGLISH}


def line_text(key: str, language: str, **values: Any) -> str:
    """Return the sentence of this key with its values. Raises KeyError for an unknown key."""
    return filled(LINES[language][key], language, values)
