"""Names in one word or in two, and lost spaces, in searches of a small index: one answer for both spellings."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import HighlightedText, SearchPage, SearchRequest
from search.service import SearchService
from tests.small_index import open_index

ARTICLES = (
    Article("joined", "عبدالفتاح السيسي يزور أبوظبي", "وصل الرئيس اليوم", source=("وام",), author="عبدالله سالم"),
    Article("parted", "عبد الفتاح السيسي في أبو ظبي", "استقبله الشيخ", source=("وام",), author="عبد الله سالم"),
    Article("case", "مطار أبي ظبي", "وقال لعبدالفتاح السيسي إن اللقاء تم", author="سالم عبده"),
    Article("apart", "عبد الحميد الفتاح", "ظبي أبو قرن في السيسي", author="الله"),
    Article("lost", "وزارةالصحة تعلن", "مايقوم به المسجدالحرام مع محمدبن سلمان", section="شؤون دولية"),
    Article("kept", "وزارة الصحة تعلن", "ما يقوم به المسجد الحرام مع محمد بن سلمان"),
    Article("habit", "خير", "نعود إن شاء الله غدا"),
    Article("slip", "خير", "نعود إنشاء الله غدا"),
    Article("other", "إنشاء مدرسة", "باسم الله"),
    Article("son", "محمد ابن سلمان", "يصل"),
    Article("doors", "أبواب", "أبوابها"),
)


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    place: Path = tmp_path_factory.mktemp("index")
    return open_index(place, ARTICLES, engine=request.param)


def ask(service: SearchService, query: str, *, repair: bool = False) -> SearchPage:
    return service.search(SearchRequest(query, repair=repair, collapse=False))


def found(service: SearchService, query: str) -> set[str]:
    return {hit.article.id for hit in ask(service, query).hits}


def lit(text: HighlightedText) -> list[str]:
    return [segment.text for segment in text if segment.highlighted]


SISI = {"joined", "parted", "case"}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("عبدالفتاح السيسي", SISI),
        ("عبد الفتاح السيسي", SISI),
        ("لعبدالفتاح السيسي", SISI),
        ('"عبدالفتاح السيسي"', SISI),
        ('"عبد الفتاح السيسي"', SISI),
        ("نص:عبدالفتاح", {"case"}),
        ("نص:(عبد الفتاح)", {"case"}),
        ("عنوان:عبد الفتاح", {"joined", "parted"}),
        ('عنوان:"عبدالفتاح"', {"joined", "parted"}),
        ("أبوظبي", SISI),
        ("أبو ظبي", SISI),
        ("أبي ظبي", SISI),
        ("أبا ظبي", SISI),
        ("بأبوظبي", SISI),
        ('"أبوظبي"', SISI),
        ('"ابو ظبي"', SISI),
        ("أبوظبي -عبد الفتاح", set()),
        ("مطار أو أبو ظبي", SISI),
        ('"يزور أبو ظبي"', {"joined"}),
        ('"السيسي يزور"', {"joined"}),
        ("=عبدالفتاح", {"joined", "parted"}),
        ("=عبد الفتاح", {"joined", "parted"}),
        ("=لعبد الفتاح", {"case"}),
        ("=أبوظبي", {"joined", "parted"}),
        ("كاتب:عبدالله", {"joined", "parted"}),
        ("كاتب:عبد الله", {"joined", "parted"}),
        ('كاتب:"عبد الله سالم"', {"joined", "parted"}),
        ('"عبدالفتاح السيسي"~3', SISI),
        ("عبدالف*", SISI),
        ("عبدالفتا*", SISI),
        ("أبوظ*", SISI),
        ("عنوان:ابوظ*", SISI),
        ("كاتب:عبدالل*", {"joined", "parted"}),
        ("عبدالفتاخ~", SISI | {"apart"}),
        ("وزارةالصحة", {"lost", "kept"}),
        ("وزارة الصحة", {"lost", "kept"}),
        ('"وزارة الصحة تعلن"', {"lost", "kept"}),
        ("المسجدالحرام", {"lost", "kept"}),
        ("المسجد الحرام", {"lost", "kept"}),
        ('"مايقوم به المسجد"', {"lost", "kept"}),
        ("محمدبن سلمان", {"lost", "kept", "son"}),
        ("محمد بن سلمان", {"lost", "kept", "son"}),
        ('"محمد ابن سلمان"', {"lost", "kept", "son"}),
        ("إن شاء الله", {"habit", "slip"}),
        ("إنشاء الله", {"habit", "slip", "other"}),
        ("إنشاءالله", {"habit", "slip"}),
        ("أبواب", {"doors"}),
    ],
)
def test_both_spellings_find_both(service: SearchService, query: str, ids: set[str]) -> None:
    assert found(service, query) == ids


@pytest.mark.parametrize("query", ["عبدالفتاح", "عبد الفتاح", '"عبد الفتاح"', "عبدالفت*", "=عبدالفتاح"])
def test_a_joined_name_is_highlighted_whole_and_a_parted_one_as_a_phrase(service: SearchService, query: str) -> None:
    titles = {hit.article.id: lit(hit.title) for hit in ask(service, query).hits}
    assert titles["joined"] == ["عبدالفتاح"]
    assert titles["parted"] == ["عبد الفتاح"]


def test_a_joined_word_with_particles_is_highlighted_with_them(service: SearchService) -> None:
    (case,) = (hit for hit in ask(service, "عبد الفتاح السيسي").hits if hit.article.id == "case")
    assert lit(case.snippets[0]) == ["لعبدالفتاح", "السيسي"]


def test_of_a_lost_space_the_words_that_match_are_highlighted(service: SearchService) -> None:
    titles = {hit.article.id: lit(hit.title) for hit in ask(service, "الصحة وزارة").hits}
    assert titles == {"lost": ["وزارةالصحة"], "kept": ["وزارة", "الصحة"]}
    titles = {hit.article.id: lit(hit.title) for hit in ask(service, "صحة").hits}
    assert titles == {"lost": ["الصحة"], "kept": ["الصحة"]}


def test_neither_completion_nor_did_you_mean_undo_it(service: SearchService) -> None:
    assert "عبدالفتاح" in service.suggest("عبدالفت")
    assert "عبد الفتاح" in service.suggest("عبد الفت")
    assert "أبوظبي" in service.suggest("أبوظ")
    for query in ("عبدالفتاح السيسي", "أبوظبي", "المسجدالحرام", "محمدبن سلمان"):
        page = ask(service, query, repair=True)
        assert page.suggestion is None
        assert not {note.kind for note in page.notes} & {"spelling", "particles", "relaxed"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ابوضبي", "أبوظبي"),
        ("أبو ضبي", "أبو ظبي"),
        ("عبدالفتاخ السيسي", "عبدالفتاح السيسي"),
        ("عبد الفتاخ السيسي", "عبد الفتاح السيسي"),
    ],
)
def test_a_slip_in_a_name_is_corrected_in_either_spelling(service: SearchService, typed: str, meant: str) -> None:
    page = ask(service, typed, repair=True)
    assert {hit.article.id for hit in page.hits} == SISI
    assert ("found", meant) in [value for note in page.notes for value in note.values]


@pytest.mark.parametrize("typed", ["كاتب:عبدالل", "كاتب:عبد الل", "كاتب:عبدال"])
def test_names_of_a_field_are_completed_in_either_spelling(service: SearchService, typed: str) -> None:
    assert set(service.suggest(typed)) == {'كاتب:"عبدالله سالم"', 'كاتب:"عبد الله سالم"'}
