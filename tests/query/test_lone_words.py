"""Which readings of the only content word of a query may match."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from search.analysis.analyzed_token import Reading
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.table_readings import SOURCE
from search.query.lone_words import is_lone, without_unlikely
from search.query.parser import parse
from search.query.tree import And, parts_of


def scholars(*readings: Reading) -> AnalyzedToken:
    return replace(Analyzer.default().tokens("علماء")[0], readings=readings)


def left(token: AnalyzedToken, *, own: int, form: int) -> tuple[Reading, ...]:
    def frequencies(field: str, texts: tuple[str, ...]) -> list[int]:
        return [own if field == "body_stem" else form for _ in texts]

    return without_unlikely(token, frequencies).readings


TODAY = date(2016, 1, 1)
WORLD = Reading("عالم", 0.3, SOURCE, level="word")


def test_a_form_that_mostly_writes_another_word_is_left_out() -> None:
    assert left(scholars(WORLD), own=1000, form=2000) == ()


@pytest.mark.parametrize(("own", "form"), [(1000, 500), (99, 2000)])
def test_a_form_that_brings_little_else_or_where_little_matches_is_kept(own: int, form: int) -> None:
    assert left(scholars(WORLD), own=own, form=form) == (WORLD,)


@pytest.mark.parametrize("kept", [Reading("Ealam/N", 0.1, SOURCE), Reading("عالما", 0.1, "index", level="word")])
def test_other_lemmas_and_the_forms_of_new_words_are_kept(kept: Reading) -> None:
    assert left(scholars(kept, WORLD), own=1000, form=2000) == (kept,)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("القائم", True),
        ("القائم -زرافة", True),
        ("القائم -(زرافة أو فيل)", True),
        ("القائم تاريخ:2000..2030", True),
        ("القائم مصدر:الجزيرة كاتب:علي", True),
        ("القائم (مصدر:الجزيرة أو مصدر:الرياض)", True),
        ("القائم زرافة", False),
        ("القائم عنوان:زرافة", False),
        ("القائم زراف*", False),
        ("القائم (زرافة أو تاريخ:2015)", False),
        ("-زرافة", False),
    ],
)
def test_what_only_limits_a_search_is_no_company(query: str, expected: bool) -> None:
    assert is_lone(parts_of(parse(query, today=TODAY).tree, And)) is expected
