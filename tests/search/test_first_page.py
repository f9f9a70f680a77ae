"""The order of the first page: words beside one another, headlines and the form typed come first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.article import Article
from search.engines.registry import EMBEDDED
from search.limits import HITS_A_PAGE
from search.pages.records import SearchRequest
from search.service import SearchService
from tests.small_index import open_index

TEXTS = {
    "king-receives": (
        "الملك سلمان يستقبل وزير الدفاع",
        "استقبل الملك سلمان في الرياض أمس الوزير وبحثا عددا من الموضوعات",
    ),
    "centre-receives": (
        "المشرف على مركز الملك سلمان للإغاثة يستقبل الوفد",
        "استقبل المشرف على مركز الملك سلمان للإغاثة الوفد، ثم استقبل وفد مركز الملك سلمان المسؤولين واستقبل غيرهم",
    ),
    "prime-minister": ("رئيس الوزراء يصل إلى باريس", "وصل رئيس الوزراء أمس إلى العاصمة الفرنسية في زيارة رسمية"),
    "president-and-ministers": (
        "الرئيس والوزير والوزراء",
        "قال الرئيس إن الوزير أبلغ الرئيس بأن وزراء الحكومة والرئيس حضروا، وأن الوزير غائب والوزراء كثيرون",
    ),
    "side-by-side": ("جولة في المدينة", "أشاد الحاضرون بأسعار النفط في الأسواق وبالعمل في المصنع الجديد كل يوم"),
    "far-apart": ("جولة في الميناء", "نزلت أسعار الخضار في الأسواق وزاد العمل في المصنع الجديد الذي يكرر النفط"),
    "these-days": ("حديث", "هذا الكلام لا ينفع الحين يا صديقي"),
    "when": ("حين", "حين وصل وحين رحل وأحيانا حين عاد وفي حين بقي وحين مضى"),
    "school": ("افتتاح مدرسة", "افتتح الأمير مدرسة للبنات شمال المدينة"),
    "teachers": ("القبض على مدرسين", "قبضت الشرطة على مدرسين ومدرس ثالث، والمدرسون الثلاثة في مدارس مختلفة، ومدرسة"),
}


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    articles = [Article(id=name, title=title, body=body) for name, (title, body) in TEXTS.items()]
    return open_index(tmp_path_factory.mktemp(request.param), articles, engine=request.param)


def ids(
    service: SearchService, query: str, *, limit: int = HITS_A_PAGE, page: int = 1, collapse: bool = True
) -> list[str]:
    asked = SearchRequest(query, limit=limit, page=page, collapse=collapse, repair=False)
    return [hit.article.id for hit in service.search(asked).hits]


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("الملك سلمان يستقبل", ["king-receives", "centre-receives"]),
        ("رئيس الوزراء", ["prime-minister", "president-and-ministers"]),
        ("أسعار النفط", ["side-by-side", "far-apart"]),
        ("الحين", ["these-days", "when"]),
        ("حين", ["when", "these-days"]),
        ("مدرسه", ["school", "teachers"]),
        ("مدرسة", ["school", "teachers"]),
        ("مدرسين", ["teachers"]),
    ],
)
def test_words_beside_one_another_and_forms_typed_come_first(
    service: SearchService, query: str, order: list[str]
) -> None:
    assert ids(service, query) == order


@pytest.fixture(scope="module", params=EMBEDDED)
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """Ten articles about the city, in which it is named once, and ninety with the other word three times."""
    articles = [Article(id=f"app-{n:02}", title="آب", body=f"خبر رقم {n} عن آب وعن واتس آب وآب") for n in range(90)]
    articles += [
        Article(id=f"city-{n:02}", title="", body=f"تقرير طويل من اليمن عن أحوال الناس في محافظة إب رقم {n} هذا العام")
        for n in range(10)
    ]
    return open_index(tmp_path_factory.mktemp(request.param), articles, engine=request.param)


def test_the_hamza_typed_decides_between_a_city_and_a_month(many: SearchService) -> None:
    assert all(id.startswith("city") for id in ids(many, "إب", limit=10))
    assert all(id.startswith("app") for id in ids(many, "آب", limit=10))


@pytest.mark.parametrize("query", ["إب", "آب", "رقم إب"])
def test_pages_neither_repeat_nor_miss_a_hit(many: SearchService, query: str) -> None:
    whole = ids(many, query, limit=100)
    pages = [id for page in _pages(many, query, size=7) for id in page]
    assert pages == whole
    assert len(set(whole)) == 100


def _pages(service: SearchService, query: str, *, size: int) -> Iterator[list[str]]:
    page = 1
    while found := ids(service, query, limit=size, page=page):
        yield found
        page += 1


def test_scores_never_rise_down_the_list(many: SearchService) -> None:
    scores = [hit.score for hit in many.search(SearchRequest("إب", limit=100, repair=False)).hits]
    assert scores == sorted(scores, reverse=True)


def test_what_a_word_stands_for_is_read_once_for_all_pages_of_an_index(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    chunk = Analyzer.typed_chunk

    def counted(analyzer: Analyzer, text: str) -> list[AnalyzedToken]:
        read.append(text)
        return chunk(analyzer, text)

    monkeypatch.setattr(Analyzer, "typed_chunk", counted)
    first, again = ids(service, "افتتاح الميناءين"), ids(service, "جولة الميناءين")
    assert (read, first, again) == (["افتتاح", "الميناءين", "جولة"], ids(service, "افتتاح الميناءين"), ["far-apart"])


def _around(name: str) -> list[Article]:
    """An article that has a name once, twenty in which each of its words stands often, apart, and many with none."""
    words = name.replace("عبد ال", "عبدال").split()
    apart = ". ".join(f"زار {word} المدينة وقال {word} أمس إن {word} سعيد" for word in words)
    crowd = [Article(f"apart-{n}", f"{words[n % len(words)]} في المدينة", f"{apart}. رقم {n}") for n in range(20)]
    crowd += [Article(f"without-{n}", "خبر", f"هطل المطر على الساحل في اليوم {n}") for n in range(200)]
    long = "قال المتحدث في بيان طويل صدر بعد الاجتماع إن اللقاء تم في موعده كما كان مقررا " * 4
    return [*crowd, Article("together", "لقاء", f"{long} وحضر {name} اللقاء")]


@pytest.mark.parametrize("engine", EMBEDDED)
@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("كريم عبدالعزيز", "كريم عبدالعزيز"),
        ("كريم عبدالعزيز", "كريم عبد العزيز"),
        ("كريم عبد العزيز", "كريم عبدالعزيز"),
        ("عبدالله عبدالعزيز", "عبدالله عبد العزيز"),
        ("عبدالرحمن الراشد", "عبدالرحمن الراشد"),
        ("محمد ناصر", "محمد ناصر"),
        ("محمد خالد عبدالكريم", "محمد خالد عبدالكريم"),
        ("صالح أبوبكر", "صالح أبو بكر"),
    ],
)
def test_an_article_with_the_name_comes_before_those_with_its_words_apart(
    tmp_path: Path, engine: str, written: str, asked: str
) -> None:
    first, *others = ids(open_index(tmp_path, _around(written), engine=engine), asked, limit=30, collapse=False)
    assert first == "together"
    assert len(others) > 5
