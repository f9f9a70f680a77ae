"""Bylines that name nobody: «الجزيرة - المحليات:», «اليمن - الوئام:», «متابعة - الرياض الإلكتروني», a date, a sentence.

In: the author, the text and the section of an article as a reader found them. Out: what `credits.py` finds in them; if
that is neither person nor agency nor place, whether the author is surely no writer, and the section that it names if it
is a desk. Called by `clean.py`. What might be a signature stays one: names of one word or in other letters, and the
series «كلمة اليوم».
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from indexer.cleaning.byline_words import PAPER, folded
from indexer.cleaning.credits import NONE, Credits, read_credits
from search.analysis.fold import folded_set

_REMEMBERED: Final = 2**12
_MOST_WORDS: Final = 9  # of a signature with titles and forefathers
_APART: Final = re.compile(r"\s*(?:[-–—_/|:;،,؛\n«»\"“”()\[\]{}*•]|(?<!\w)ـ+(?!\w))+\s*")
_NUMBER: Final = re.compile(r"\b\d{4}\b|\d:\d\d")  # a year or an hour: «Tuesday, 11 August 2015»
_SENTENCE: Final = re.compile(r"[.؟!…]\s|[؟!…]|:\s*\S+(?:\s+\S+){4}")
_DESKS: Final = folded_set("""
محرر المحرر محررو قسم القسم مكتب مكاتب المكاتب مندوب مراسل مراسلو وحدة فريق إدارة مركز زائر متابعة متابعات وكالة وكالات
صحيفة جريدة تصوير
""")
_LABELS: Final = folded_set("إعداد اعداد كتب كتبت بقلم تقرير تحقيق ترجمة متابعة خاص تصوير")
# Desks that are the name of a section of a paper.
_SECTIONS: Final = folded_set("""
المحليات محليات الرياضة رياضة الاقتصاد اقتصاد الثقافة ثقافة المنوعات منوعات الفن فن السياسة سياسة الأخيرة مجتمع المجتمع
""")


class Signed(NamedTuple):
    """What a byline names, the section of its article, and whether it names nobody."""

    credits: Credits
    section: str | None
    unsigned: bool = False


def signed_by(author: str | None, body: str, section: str | None) -> Signed:
    """Return what an author and the dateline of a text name. A desk is the section where no other was given."""
    credits = read_credits(author, body)
    if author is None or credits != NONE or not names_nobody(author):
        return Signed(credits, section)
    return Signed(credits, section or section_of(author), unsigned=True)


@lru_cache(maxsize=_REMEMBERED)
def names_nobody(author: str) -> bool:
    """Return whether an author that names nothing known is surely nobody's signature."""
    words = folded(author).split()
    if not any(map(str.isalpha, author)) or _NUMBER.search(author) or len(words) > _MOST_WORDS:
        return True
    parts = _parts(author)
    if not parts or set(parts) <= _LABELS:
        return True
    if any(part in PAPER for part in parts) or _SENTENCE.search(author):
        return True
    return not _DESKS.isdisjoint(word for part in parts for word in part.split())


@lru_cache(maxsize=_REMEMBERED)
def section_of(author: str) -> str | None:
    """Return the section that the desk in a byline is, as it is written: «الجزيرة - المحليات:»; None without one."""
    parts = (part.strip(" .") for part in _APART.split(author))
    return next((part for part in parts if folded(part) in _SECTIONS), None)


def _parts(author: str) -> list[str]:
    return [part for part in (folded(part.strip(" .")) for part in _APART.split(author)) if part]
