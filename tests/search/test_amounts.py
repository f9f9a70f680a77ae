"""Numbers in queries and articles: beside their units, per cent however it is written, tens in words, currencies."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchPage, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.search.shown import highlighted, ids
from tests.small_index import build_index, open_index, untitled

TEXTS = {
    "sign": "ارتفعت الأسعار 50% خلال العام، وبلغ عدد المحلات 70 محلا",
    "arabic-sign": "زادت الصادرات ٥٠٪ في الربع الأول",
    "sign-before": "نمت السياحة %50 هذا الموسم",
    "sign-apart": "تراجع الطلب 50 % عن السنة الماضية",
    "in-the-hundred": "انخفض الإنتاج 50 في المئة من الطاقة",
    "in-the-hundred-2": "توسع السوق بنسبة 50 فى المائة تقريبا",
    "by-hundred": "خصم 50 بالمئة على التذاكر",
    "by-hundred-2": "تقلص العجز 50 بالمائة",
    "words": "صوت خمسون بالمئة من الناخبين",
    "words-2": "اقتطع خمسين في المئة من الراتب",
    "other": "حضر 50 رجلا وارتفعت الرسوم 20%",
    "first-days": "أنجزت الحكومة في المئة يوم الأولى 50 مشروعا",
    "billions": "بلغت كلفة الجسر 5 مليارات دولار كما أعلن الوزير",
    "point": "بلغت كلفة النفق 5.3 مليار دولار، ووقع العقد 5 وزراء",
    "billion": "قدرت كلفة المطار بنحو 5 مليار دولار أمريكي",
    "dollars": "سعر الهاتف 100 دولار في السوق",
    "dollar-sign": "سعر الحاسوب $100 فقط",
    "usd": "سعر الدراجة 100 USD للراغبين",
    "scattered": "سعر التذكرة 7 دولارات وقد حضر 100 متفرج",
    "riyal": "سعر الكتاب 30 ر.س شاملا الضريبة",
    "euro": "سعر الحذاء 60€ بعد الخصم",
    "units": "أمضى خمس سنوات وثلاثة أشهر في السجن",
    "twenty-five": "شارك خمسة وعشرون لاعبا",
    "twenty": "اجتمعت مجموعة العشرين في أنطاليا",
    "code": "رمز المنتج 050 مطبوع",
}
PERCENT = {
    "sign",
    "arabic-sign",
    "sign-before",
    "sign-apart",
    "in-the-hundred",
    "in-the-hundred-2",
    "by-hundred",
    "by-hundred-2",
    "words",
    "words-2",
}


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    place: Path = tmp_path_factory.mktemp(request.param)
    return open_index(place, untitled(TEXTS), engine=request.param)


def page(service: SearchService, query: str) -> SearchPage:
    return service.search(SearchRequest(query, limit=50, names=False))


def found(service: SearchService, query: str) -> list[str]:
    return ids(page(service, query))


@pytest.mark.parametrize(
    "query",
    [
        "50%",
        "50 %",
        "٥٠٪",
        "%50",
        "50 في المئة",
        "50-في المئة",
        "50 في المائة",
        "50 بالمئة",
        "50 بالمية",
        "خمسون بالمئة",
        '"50 بالمائة"',
    ],
)
def test_per_cent_is_one_term_beside_its_number_however_it_is_written(service: SearchService, query: str) -> None:
    assert set(found(service, query)) == PERCENT


def test_a_percentage_is_one_operand_of_or(service: SearchService) -> None:
    assert set(found(service, "50% أو 20%")) == PERCENT | {"other"}
    assert set(found(service, "رجلا -50%")) == {"other"}


def test_the_whole_percentage_is_highlighted_and_no_other_number(service: SearchService) -> None:
    lit = {hit.article.id: highlighted(hit) for hit in page(service, "50%").hits}
    assert lit["sign"] == ["50%"]
    assert lit["arabic-sign"] == ["٥٠٪"]
    assert lit["sign-before"] == ["%50"]
    assert lit["sign-apart"] == ["50 %"]
    assert lit["in-the-hundred"] == ["50 في المئة"]
    assert lit["by-hundred-2"] == ["50 بالمائة"]
    assert lit["words-2"] == ["خمسين في المئة"]


def test_a_hundred_days_are_not_per_cent(service: SearchService) -> None:
    assert "first-days" not in found(service, "50%")
    assert found(service, "المئة يوم") == ["first-days"]


def test_the_number_beside_its_unit_comes_first(service: SearchService) -> None:
    assert found(service, "5 مليارات دولار") == ["billions", "billion", "point"]
    assert set(found(service, "5 مليار دولار")[:2]) == {"billions", "billion"}
    assert found(service, "100 دولار")[-1] == "scattered"


@pytest.mark.parametrize("query", ["100 دولار", "$100", "100$", "100 USD", "100 دولارا"])
def test_a_currency_is_its_word_by_sign_and_by_code(service: SearchService, query: str) -> None:
    assert set(found(service, query)[:3]) == {"dollars", "dollar-sign", "usd"}


def test_riyals_and_euros_are_their_words(service: SearchService) -> None:
    assert found(service, "30 ريال") == ["riyal"]
    assert found(service, "60 يورو") == ["euro"]
    assert highlighted(page(service, "30 ريال").hits[0]) == ["30", "ر.س"]


def test_tens_in_words_are_their_digits_and_not_units(service: SearchService) -> None:
    assert found(service, "مجموعة 20") == ["twenty"]
    assert set(found(service, "خمسون")) == PERCENT | {"other", "first-days"}
    assert "units" not in found(service, "ثلاثون") + found(service, "خمسين")


def test_a_ten_after_and_is_part_of_a_larger_number(service: SearchService) -> None:
    assert found(service, "خمسة وعشرين") == ["twenty-five"]
    assert "twenty-five" not in found(service, "20")


def test_numbers_are_never_corrected(service: SearchService) -> None:
    asked = page(service, "0505")
    assert (asked.total, asked.suggestion, asked.notes) == (0, None, ())
    assert page(service, "051").suggestion is None


@pytest.mark.parametrize("engine", EMBEDDED)
@pytest.mark.parametrize("query", ["50%", "٪ 50", "50 بالمئة", "50 في المئة", "50 $"])
def test_per_cent_and_signs_are_never_corrected(engine: str, query: str, tmp_path: Path) -> None:
    bodies = ("بلغ العدد 50 بال مئه عام", "كتب مئه بال في 50")
    articles = [Article(id=str(number), title="", body=body) for number, body in enumerate(bodies)]
    place = build_index(tmp_path / "index", articles, engine=engine)
    page = SearchService.open(Settings(index=place)).search(SearchRequest(query))
    assert page.suggestion is None
    assert {"spelling", "particles"}.isdisjoint(note.kind for note in page.notes)
