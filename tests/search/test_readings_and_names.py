"""Searches find other readings of their words, and names that no lexicon has in all their forms; as typed first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchPage, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index

Search = Callable[[str], SearchPage]
SENTENCES = (
    "اجتمع الحوثيون في صنعاء",
    "قال الحوثي إن الاجتماع انتهى",
    "وجه رسالة للحوثيين أمس",
    "المليشيات الحوثية في المدينة",
    "حذر والحوثيين من الفيضان",
    "افتتح حديقة بأبها مساء",
    "زار أبها وفد كبير",
    "وصل إلى تبوك صباحا",
    "افتتح مدرسة بتبوك مساء",
    "ميناء ينبع التجاري",
    "افتتح مصنعا بينبع مساء",
    "انضم لداعش وداعش التنظيم",
    "هزيمة داعش في الموصل",
    "مقاتل داعشي في السجن",
    "وقعت الشركة عقود إيجار جديدة",
    "عقد إيجار السكن الموحد",
    "عقد المجلس جلسة طارئة",
    "ضريبة على الدخل في البلاد",
    "دخل الأسرة يرتفع سنويا",
    "الكشف عن آثار قديمة",
    "وقعوا شراكة مع الجامعة",
    "توسيع الشراكات مع الجامعات",
    "حجز الغرف والفنادق",
    "إلغاء الحجوزات في الفنادق",
    "رأى الوزير أن الأمر عاجل",
    "يرى الخبراء أن الأمر عاجل",
)


@pytest.fixture(scope="module", params=EMBEDDED)
def search(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Search:
    articles = [Article(str(at), "", sentence) for at, sentence in enumerate(SENTENCES)]
    index = build_index(tmp_path_factory.mktemp("readings") / request.param, articles, engine=request.param)
    service = SearchService.open(Settings(index=index))
    return lambda query: service.search(SearchRequest(query, limit=50, names=False, collapse=False, repair=False))


def bodies(page: SearchPage) -> list[str]:
    return [hit.article.body for hit in page.hits]


def having(*words: str) -> set[str]:
    """The sentences with any of these words as they are written."""
    return {sentence for sentence in SENTENCES if set(words) & set(sentence.split())}


@pytest.mark.parametrize("typed", ["الحوثيين", "الحوثي", "الحوثية", "للحوثيين", "الحوثيون"])
def test_a_movement_is_one_word_in_all_its_forms(search: Search, typed: str) -> None:
    assert set(bodies(search(typed))) == having("الحوثيون", "الحوثي", "للحوثيين", "الحوثية", "والحوثيين")


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("أبها", ("أبها", "بأبها")),
        ("بأبها", ("أبها", "بأبها")),
        ("تبوك", ("تبوك", "بتبوك")),
        ("ينبع", ("ينبع", "بينبع")),
        ("بينبع", ("ينبع", "بينبع")),
        ("داعش", ("لداعش", "داعش", "داعشي")),
        ("داعشي", ("لداعش", "داعش", "داعشي")),
    ],
)
def test_a_city_and_an_organisation_are_found_behind_particles(
    search: Search, typed: str, forms: Sequence[str]
) -> None:
    assert set(bodies(search(typed))) >= having(*forms)


@pytest.mark.parametrize(("one", "other"), [("شراكة", "الشراكات"), ("حجز", "الحجوزات"), ("رأى", "يرى")])
def test_two_forms_of_a_word_find_one_another(search: Search, one: str, other: str) -> None:
    assert set(bodies(search(one))) == set(bodies(search(other))) == having(one, other)


@pytest.mark.parametrize(("typed", "form"), [("دخل", "الدخل"), ("الدخل", "دخل"), ("كشف", "الكشف"), ("العقد", "عقد")])
def test_a_noun_and_the_verb_of_its_letters_find_one_another(search: Search, typed: str, form: str) -> None:
    assert having(form) <= set(bodies(search(typed)))


def test_a_contract_is_found_in_the_plural_and_the_other_way_round(search: Search) -> None:
    contracts = {"وقعت الشركة عقود إيجار جديدة", "عقد إيجار السكن الموحد"}
    assert set(bodies(search("عقد إيجار"))) == contracts
    assert set(bodies(search("عقود إيجار"))) == contracts


def test_the_form_as_typed_stands_before_other_readings(search: Search) -> None:
    assert bodies(search("عقد إيجار"))[0] == "عقد إيجار السكن الموحد"
    assert bodies(search("عقود إيجار"))[0] == "وقعت الشركة عقود إيجار جديدة"


def test_other_readings_are_highlighted(search: Search) -> None:
    [snippet] = next(hit for hit in search("عقد إيجار").hits if "عقود" in hit.article.body).snippets
    assert [segment.text for segment in snippet if segment.highlighted] == ["عقود", "إيجار"]


def test_as_typed_only_the_form_itself_is_found(search: Search) -> None:
    assert set(bodies(search("=عقد إيجار"))) == {"عقد إيجار السكن الموحد"}
    assert set(bodies(search("=داعش"))) == having("داعش")
