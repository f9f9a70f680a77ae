"""An article with all that a citation can state, and the citations of changed ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from search.article import Article
from search.export.citation import Citation, Place, cite
from search.pages.records import Hit, Segment

READ_ON = date(2026, 1, 15)
ARTICLE = Article(
    "sample-1",
    title="وزير المالية: لا زيادة في الأسعار",
    body="الرياض - واس\nقال وزير المالية أمس إن الأسعار لن تزيد هذا العام. وأضاف أن الدعم باق.",
    source=("صحيفة عكاظ",),
    section="اقتصاد",
    author="واس - أحمد علي، منى سالم",
    url="https://example.org/أخبار/1?a=b&c={d}",
    published="2017-07-15T10:30:00+03:00",
    agencies=("واس",),
    places=("الرياض",),
    persons=("أحمد علي", "منى سالم"),
    page="3-4",
)
HOSTILE = (
    "} , title = {x",
    "{",
    "{أ {ب} ج}",
    "\\",
    "a_b 50% #1 $2 & c~d^e",
    "سطر\r\nER  - \r\nTY  - BOOK",
    "\u2028فقرة\u2029",
    "=1+1",
    "@article{x,",
    "\x00\x1b[31m",
    "\u202eعكس",
    '"اقتباس"',
)


def citation(**changes: Any) -> Citation:
    return cite(replace(ARTICLE, **changes), Place("كشّاف", f"https://archive.example/article/{ARTICLE.id}"))


def hit(**changes: Any) -> Hit:
    article = replace(ARTICLE, **changes)
    snippet = (Segment("قال "), Segment("وزير", highlighted=True), Segment(" المالية"))
    return Hit(article, 1.5, (Segment(article.title),), (snippet, snippet), copies=2, group=7)
