"""Searches for names that look like verbs, plurals, doublets and relative adjectives, on every engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchRequest
from search.service import SearchService
from tests.search.shown import ids
from tests.small_index import open_index, untitled

TEXTS = {
    "firm": "أعلنت شركة سابك نتائجها الفصلية",
    "insult": "رجل يسب جاره وتسب امرأة جارتها",
    "qatari": "فاز الفريق القطري بالكأس",
    "qataris": "رحب المسؤولون القطريون بالوفد ومع القطريين ضيوف",
    "train": "وصل القطار إلى المحطة متأخرا",
    "reporter": "قتل صحفي في انفجار بالعاصمة",
    "reporters": "نقابة الصحافيين تدين ما جرى وكل صحافي شاهد",
    "tax": "رفعت الحكومة ضريبة المبيعات",
    "taxes": "خفض الضرائب يشجع المستثمرين",
    "city": "مشروع نيوم على ساحل البحر",
    "today": "تنطلق اليوم أعمال المؤتمر",
    "fort": "فرّ السكان من درعا إلى الحدود",
    "shield": "سلّم الوزير درعا تذكارية وحمل درع البطولة",
    "chat": "انتشرت رسالة في واتساب أمس",
    "president": "ألقى أوباما خطابا في البيت الأبيض",
    "what": "بما أن الوقت ضيق فقد تأجل اللقاء",
    "fifty": "حضر خمسون عالما حفل الافتتاح",
    "five": "حضر خمسة علماء حفل الختام",
}


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    return open_index(tmp_path_factory.mktemp(request.param), untitled(TEXTS), engine=request.param)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("سابك", {"firm"}),
        ("القطري", {"qatari", "qataris"}),
        ("القطريين", {"qatari", "qataris"}),
        ("صحفي", {"reporter", "reporters"}),
        ("صحافي", {"reporter", "reporters"}),
        ("ضريبة", {"tax", "taxes"}),
        ("ضرائب", {"tax", "taxes"}),
        ("نيوم", {"city"}),
        ("واتساب", {"chat"}),
        ("خمسون", {"fifty"}),
        ("خمسة", {"five"}),
    ],
)
def test_all_forms_of_the_word_are_found_and_no_other_word(service: SearchService, query: str, found: set[str]) -> None:
    assert set(ids(service.search(SearchRequest(query)))) == found


@pytest.mark.parametrize(("query", "first"), [("درعا", "fort"), ("اوباما", "president")])
def test_the_name_comes_first(service: SearchService, query: str, first: str) -> None:
    assert ids(service.search(SearchRequest(query)))[0] == first


@pytest.mark.parametrize("engine", EMBEDDED)
def test_a_slip_that_reads_as_another_word_is_asked_about(engine: str, tmp_path: Path) -> None:
    bodies = [f"ألقى أوباما خطابا رقم {n}" for n in range(12)] + [
        f"بما أن الوقت ضيق تأجل اللقاء {n}" for n in range(30)
    ]
    articles = [Article(id=str(n), title="", body=body) for n, body in enumerate(bodies)]
    service = open_index(tmp_path, articles, engine=engine)
    assert service.search(SearchRequest("اوبما", names=False)).suggestion == "أوباما"
    page = service.search(SearchRequest("اوبما"))  # searches the name too, and says so
    assert page.total == 42 and page.suggestion is None
    assert [note.values for note in page.notes if note.kind == "names"] == [(("names", ("أوباما",)),)]


@pytest.mark.parametrize("engine", EMBEDDED)
def test_a_name_that_is_searched_already_is_not_asked_about_though_other_forms_of_it_would_be_found(
    engine: str, tmp_path: Path
) -> None:
    forms = ["المتلاعبين"] * 22 + ["المتلاعب", "متلاعبون"] * 5
    bodies = [f"عاقبت الهيئة {form} في السوق {n}" for n, form in enumerate(forms)]
    service = open_index(tmp_path, untitled({str(n): body for n, body in enumerate(bodies)}), engine=engine)
    page = service.search(SearchRequest("المتالعبين"))
    assert (page.notes[0].kind, page.total) == ("names", 22) and page.suggestion is None
    assert service.search(SearchRequest("المتلاعبين")).total == len(forms)
