"""Completion inside queries: names after their fields, words of headlines after عنوان:, what stands before is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.query.parser import parse
from search.query.tree import And, Phrase, Word
from search.service import SearchService
from tests.query.reading import TODAY
from tests.small_index import open_index


@pytest.fixture(scope="module", params=EMBEDDED)
def named(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    articles = [
        Article("1", "ارتفاع أسعار القمح", "نص", ("وكالة الأناضول", "الأمم المتحدة"), "اقتصاد", "ندى سليمان"),
        Article("2", "القمح والقهوة", "نص", ("وكالة الأناضول",), "رياضة", 'سليم "أبو علي"'),
        Article("3", "مباراة اليوم", "نص", ("عكاظ",), "رياضة", "س" * 200),
        Article("4", "مباراة أمس", "نص", ("أو",), None, "سليمان"),
    ]
    return open_index(tmp_path_factory.mktemp("named"), articles, engine=request.param)


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("مصدر:عك", ("مصدر:عكاظ",)),
        ("source:عك", ("source:عكاظ",)),
        ("المصدر:عك", ("المصدر:عكاظ",)),
        ("مصدر:وكا", ('مصدر:"وكالة الأناضول"',)),
        ("مصدر:الأنا", ('مصدر:"وكالة الأناضول"',)),
        ("مصدر:انا", ('مصدر:"وكالة الأناضول"',)),
        ("مصدر:وكالة الا", ('مصدر:"وكالة الأناضول"',)),
        ('مصدر:"وكالة الا', ('مصدر:"وكالة الأناضول"',)),
        ("مصدر:او", ('مصدر:"أو"',)),
        ("قسم:ريا", ("قسم:رياضة",)),
        ("قسم: ريا", ("قسم:رياضة",)),
        ("القمح -قسم:ريا", ("القمح -قسم:رياضة",)),
        ("(قسم:اقتصاد أو قسم:ري", ("(قسم:اقتصاد أو قسم:رياضة",)),
        ("كاتب:ابو", ('كاتب:"سليم أبو علي"',)),
        ("كاتب:سليمان", ('كاتب:"ندى سليمان"',)),
        ("كاتب:غير موجود", ()),
        ("مصدر:؟", ()),
        ("تاريخ:20", ()),
    ],
)
def test_names_are_completed_after_their_field(named: SearchService, typed: str, completed: tuple[str, ...]) -> None:
    assert named.suggest(typed) == completed


def test_the_commonest_names_come_first_where_nothing_is_typed_yet(named: SearchService) -> None:
    assert named.suggest("قسم:") == ("قسم:رياضة", "قسم:اقتصاد")
    assert named.suggest("مصدر:")[0] == 'مصدر:"وكالة الأناضول"'


def test_names_that_begin_as_typed_come_before_those_that_hold_it(named: SearchService) -> None:
    assert named.suggest("كاتب:سلي") == ('كاتب:"سليم أبو علي"', "كاتب:سليمان", 'كاتب:"ندى سليمان"')


def test_words_of_headlines_are_completed_after_their_field(named: SearchService) -> None:
    assert named.suggest("عنوان:مبا") == ("عنوان:مباراة",)
    assert named.suggest("title:القم") == ("title:القمح",)


@pytest.mark.parametrize("head", ["مصدر:عكاظ ", "قهوة أو ", "تاريخ:2017 ", "-قهوة ", "(", "قمح (شعير "])
def test_words_are_completed_behind_operators(named: SearchService, head: str) -> None:
    assert head + "مباراة" in named.suggest(head + "مبا")


def test_long_queries_are_completed_at_their_end(named: SearchService) -> None:
    head = "كلمة " * 150
    assert named.suggest(head + "مصدر:عك") == (head + "مصدر:عكاظ",)
    assert named.suggest("كلمة " * 500 + "مصدر:عك") == ()


def test_what_is_completed_is_read_as_the_name(named: SearchService) -> None:
    for typed in ("مصدر:", "قسم:", "كاتب:", "قهوة مصدر:"):
        completed = named.suggest(typed)
        assert len(completed) > 1
        for query in completed:
            parsed = parse(query, today=TODAY)
            last = parsed.tree.parts[-1] if isinstance(parsed.tree, And) else parsed.tree
            assert not parsed.remarks
            assert isinstance(last, Word | Phrase)
            assert last.field in {"source", "section", "author"}


def test_an_index_without_names_completes_none(tmp_path: Path) -> None:
    service = open_index(tmp_path, [Article("1", "خبر", "نص")])
    assert service.suggest("مصدر:") == service.suggest("كاتب:م") == ()
