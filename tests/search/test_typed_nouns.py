"""Nouns and names with the letters of function words have to match, and are highlighted; function words do not."""

from __future__ import annotations

import pytest

from search.analysis.analyzer import Analyzer
from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchRequest
from search.query.clauses import Boost, PhraseClause
from search.query.query_words import QueryWords
from search.ranking.profile import NEWS
from search.ranking.signals import Signals
from search.service import SearchService
from tests.search.shown import highlighted, ids
from tests.small_index import open_index

TEXTS = {
    "mina": "نقلت الحافلات الحجاج صباح اليوم إلى منى",
    "pilgrims": "قال أحد الحجاج إن موظفا طلب مني المساعدة",
    "guardian": "يوقع ولي المرأة العقد أمام القاضي",
    "guardians": "حضر أولياء المرأة جميعا",
    "women": "المرأة تعمل وقالت المرأة لي ولأمي ولها إن المرأة نجحت",
    "mothers-day": "احتفلت المدرسة بعيد الأم",
    "parents": "نذكر في العيد الأب والأم وآلام الفقراء",
    "pains": "آلام في العيد",
    "tale": "تحدثت الأم ثم بكت الأم وعادت الأم إلى بيت الأم",
    "or": "في العيد أم بعده",
    "curse": "كتاب عن لعنة الفراعنة",
    "pharaohs": "كتب عنه وعن الفراعنة",
    "coach": "درب لويس فان غال الفريق",
    "player": "قال فان غال إن اللاعب جاهز",
    "that": "ذكر النادي أن غال ربح المباراة",
    "soldiers": "عاد الجنود سالمين",
    "yemen": "حرب اليمن مستمرة",
    "self": "كتاب في تحقيق الذات",
    "inquiry": "تحقيق صحفي ذات يوم",
}


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    articles = [Article(id=name, title="خبر", body=body) for name, body in TEXTS.items()]
    return open_index(tmp_path_factory.mktemp(request.param), articles, engine=request.param)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("حجاج منى", {"mina"}),
        ("منى", {"mina"}),
        ("ولي المرأة", {"guardian", "guardians"}),
        ("عقد ولي المرأة", {"guardian"}),
        ("ولي", {"guardian", "guardians"}),
        ("عيد الأم", {"mothers-day", "parents"}),
        ("الأم", {"mothers-day", "parents", "tale"}),
        ("لعنة الفراعنة", {"curse"}),
        ("فان غال", {"coach", "player"}),
        ("تحقيق الذات", {"self"}),
    ],
)
def test_a_noun_with_the_letters_of_a_function_word_has_to_match(
    service: SearchService, query: str, found: set[str]
) -> None:
    assert set(ids(service.search(SearchRequest(query, repair=False)))) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("الحرب على اليمن", "yemen"),
        ("الجنود وهم سالمون", "soldiers"),
        ("طلب مني", "pilgrims"),
        ("بلا جنود", "soldiers"),
        ("العيد وفيه آلام", "pains"),
    ],
)
def test_a_function_word_does_not_have_to_match(service: SearchService, query: str, found: str) -> None:
    assert found in ids(service.search(SearchRequest(query, repair=False)))


@pytest.mark.parametrize(
    ("query", "article", "marked"),
    [
        ("حجاج منى", "mina", ["الحجاج", "منى"]),
        ("عيد الأم", "mothers-day", ["بعيد", "الأم"]),
        ("عيد الأم", "parents", ["العيد", "والأم"]),
        ("لعنة الفراعنة", "curse", ["لعنة", "الفراعنة"]),
    ],
)
def test_what_was_searched_is_highlighted(service: SearchService, query: str, article: str, marked: list[str]) -> None:
    hits = service.search(SearchRequest(query, repair=False)).hits
    assert highlighted(next(hit for hit in hits if hit.article.id == article)) == marked


def test_the_form_typed_comes_before_other_forms(service: SearchService) -> None:
    assert ids(service.search(SearchRequest("ولي المرأة", repair=False))) == ["guardian", "guardians"]


def test_a_form_counts_as_often_as_it_stands_there(service: SearchService) -> None:
    assert ids(service.search(SearchRequest("الأم", repair=False)))[0] == "tale"


def test_nearness_is_that_of_the_form_typed() -> None:
    tokens = QueryWords(Analyzer.default()).of_text("قاعدة العند")
    clauses = Signals(NEWS, lambda field, terms: [1 for _ in terms], lambda: 100).of(tokens)
    near = [each.clause for each in clauses if isinstance(each, Boost) and isinstance(each.clause, PhraseClause)]
    texts = {clause.texts for clause in near if clause.field == "body_word" and clause.slop}
    assert texts == {("قاعده", "=العند")}
