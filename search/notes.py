"""Sentences for the reader about how a query was read, widened or mended, in Arabic, each with its way back."""

from __future__ import annotations

from collections.abc import Iterable

from search.opened import OpenIndex
from search.page import Note
from search.query.lights import Lights
from search.query.rewrite import Plan
from search.query.tree import Remark
from search.repair import Repair

_REPAIRED = {
    "keyboard": "لا نتائج لما كُتب، ولعل لوحة المفاتيح كانت على لغة أخرى: بحثنا عن «{}»",
    "spelling": "لا نتائج لما كُتب، فبحثنا عن أقرب ما في الأرشيف إليه: «{}»",
    "particles": "لا نتائج لما كُتب، فبحثنا عنه بلا حرفه الأول المتصل: «{}»",
}


def of_remarks(remarks: Iterable[Remark]) -> tuple[Note, ...]:
    """The parser's and the rewriter's remarks as notes."""
    return tuple(Note(remark.kind, remark.text) for remark in remarks)


def of_index(index: OpenIndex, plan: Plan) -> tuple[Note, ...]:
    """An index of an older analyser misses words: said where the query asks for any."""
    if not index.outdated or plan.lights == Lights():
        return ()
    return (Note("outdated", "فهرس هذا الأرشيف من إصدار سابق، فقد لا تظهر بعض المقالات إلى أن يُجدَّد"),)


def of_spellings(spellings: Iterable[tuple[str, tuple[str, ...]]], query: str) -> tuple[Note, ...]:
    """Other spellings of foreign names that are searched too."""
    named = ["، ".join(others) for _, others in spellings if others]
    if not named:
        return ()
    return (Note("names", f"نبحث أيضًا عن: {'، '.join(named)}", query, f"«{query}» كما كُتب فقط", "names"),)


def relaxed(least: int, wanted: int) -> Note:
    """No article holds all the words: these hold most of them."""
    return Note("relaxed", f"لا مقال يضم كلمات البحث كلها، وهذه مقالات تضم {least} من {wanted} منها على الأقل")


def of_repair(repair: Repair, query: str) -> Note:
    """Another reading of the query was searched."""
    said = _REPAIRED[repair.kind].format(repair.query)
    return Note(repair.kind, said, query, f"ابحث عن «{query}» كما كُتب", "repair")


def out_of_time() -> Note:
    """Other readings of the query were not tried."""
    return Note("budget-attempts", "البحث يطول: لم نجرّب قراءات أخرى له، وقد تنفع صيغة أبسط")


def uncounted() -> Note:
    """The counts beside the hits, of pages and of copies were left out, or go only as far as was read."""
    return Note("budget-counts", "البحث يطول: لم تُعدّ نتائج كل مصدر وقسم وزمن، ولا صفحاتها ونسخ كل مقال كلها")
