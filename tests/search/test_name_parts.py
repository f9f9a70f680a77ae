"""Function words that are parts of names: they have to match, and the name ranks and is highlighted as one."""

from __future__ import annotations

from datetime import date

import pytest

from search.analysis.analyzer import Analyzer
from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import SearchPage, SearchRequest
from search.query.clauses import Clause
from search.query.name_parts import MOST_PAIRS, NameParts
from search.query.named_words import with_names
from search.query.parser import parse
from search.query.tree import And, Role, Word, parts_of
from search.service import SearchService
from tests.search.shown import highlighted, ids
from tests.small_index import open_index

TEXTS = {
    "bbc": ("تراجع الميزانية", "أعلنت هيئة الإذاعة البريطانية بي بي سي خفض الميزانية هذا العام"),
    "hsbc": ("أرباح اتش اس بي سي", "رفع بنك اتش اس بي سي أرباحه، وقال بي سي في بيان"),
    "omar-sy": ("عمر سي نجم سي", "الممثل عمر سي نجم كبير وقال سي إن الفيلم نجح"),
    "cnn": ("لقاء", "قالت قناة سي إن إن الأمريكية إن اللقاء تم"),
    "university": ("بدء التسجيل", "فتحت جامعة أم القرى باب القبول للطلاب"),
    "villages": ("القرى والقرى", "سكان القرى في القرى يشكون من القرى المجاورة"),
    "village-or": ("قرية", "لا نعلم هل يسكن المدينة أم يزور بعض القرى كل عام"),
    "cannes": ("جائزة للمخرج", "نال الفيلم جائزة في مهرجان كان السينمائي هذه السنة"),
    "honey": ("مهرجان العسل مهرجان", "أقيم مهرجان العسل وهو مهرجان ناجح"),
    "was": ("كان", "كان الجو باردا وكان الناس في البيوت"),
    "ban": ("الأمم المتحدة", "قال الأمين العام بان كي مون إن الأزمة مستمرة"),
    "so-that": ("رياضة", "يتدرب كي يفوز في السباق القادم"),
    "family": ("زيارة", "زار معالي الوزير عبداللطيف آل الشيخ المدينة"),
    "sheikh": ("الشيخ الشيخ", "قال الشيخ إن الشيخ الكبير حضر"),
    "ali": ("النفط", "صرح وزير البترول علي النعيمي للصحفيين"),
    "on": ("النعيمي النعيمي", "أثنى الحضور على الدكتور خالد النعيمي وعلى ناصر النعيمي"),
    "imam": ("خطبة", "ألقى إمام المسجد خطبة الجمعة"),
    "before": ("حادث", "وقف المصلون أمام المسجد بعد الحادث"),
    "capital": ("القاهرة", "القاهرة عاصمة مصر منذ قرون"),
    "khalid": ("تاريخ", "كان خالد بن الوليد قائدا كبيرا في تاريخ المسلمين وفي حروب الشام"),
    "walid": ("الوليد بن خالد", "الأمير الوليد بن خالد بن محمد"),
    "is-capital": ("عاصمة", "ما هي عاصمة مصر وما هي أكبر مدنها"),
}


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    articles = [Article(id=name, title=title, body=body) for name, (title, body) in TEXTS.items()]
    return open_index(tmp_path_factory.mktemp(request.param), articles, engine=request.param)


def page(service: SearchService, query: str) -> SearchPage:
    return service.search(SearchRequest(query, repair=False))


def found(service: SearchService, query: str) -> list[str]:
    return ids(page(service, query))


@pytest.mark.parametrize(
    ("query", "first", "lit"),
    [
        ("بي بي سي", "bbc", "بي بي سي"),
        ("أم القرى", "university", "أم القرى"),
        ("ام القرى", "university", "أم القرى"),
        ("جامعة أم القرى", "university", "أم القرى"),
        ("مهرجان كان", "cannes", "مهرجان كان"),
        ("بان كي مون", "ban", "بان كي مون"),
        ("آل الشيخ", "family", "آل الشيخ"),
        ("علي النعيمي", "ali", "علي النعيمي"),
        ("سي إن إن", "cnn", "سي إن إن"),
        ("خالد بن الوليد", "khalid", "خالد بن الوليد"),
    ],
)
def test_a_name_with_a_function_word_comes_first_and_is_highlighted(
    service: SearchService, query: str, first: str, lit: str
) -> None:
    hit = page(service, query).hits[0]
    assert hit.article.id == first
    assert lit in highlighted(hit)


def test_the_function_word_of_a_name_has_to_match(service: SearchService) -> None:
    assert found(service, "بي بي سي") == ["bbc", "hsbc"]
    assert found(service, "أم القرى") == ["university", "village-or"]
    assert found(service, "آل الشيخ") == ["family"]


def test_the_name_ali_is_not_the_preposition_on(service: SearchService) -> None:
    assert found(service, "علي النعيمي") == ["ali"]
    assert set(found(service, "على النعيمي")) == {"ali", "on"}


def test_a_man_and_his_father_are_found_the_other_way_round_too_but_not_highlighted_as_one(
    service: SearchService,
) -> None:
    hits = page(service, "خالد بن الوليد").hits
    assert [hit.article.id for hit in hits] == ["khalid", "walid"]
    assert set(highlighted(hits[1])) == {"الوليد", "بن", "خالد"}


def test_a_hamza_below_makes_imam_a_noun_and_not_the_preposition_before(service: SearchService) -> None:
    assert found(service, "إمام المسجد") == ["imam"]
    assert set(found(service, "أمام المسجد")) == {"imam", "before"}


def test_function_words_of_a_question_stay_optional(service: SearchService) -> None:
    hits = page(service, "ما هي عاصمة مصر").hits
    assert {hit.article.id for hit in hits} == {"capital", "is-capital"}
    assert all(set(highlighted(hit)) == {"عاصمة", "مصر"} for hit in hits)


def test_a_conjunction_is_highlighted_only_as_part_of_the_name(service: SearchService) -> None:
    alone = next(hit for hit in page(service, "أم القرى").hits if hit.article.id == "village-or")
    assert highlighted(alone) == ["القرى"]


def test_a_negated_name_excludes_the_articles_with_both_words_only(service: SearchService) -> None:
    assert "villages" in found(service, "القرى -(أم القرى)")
    assert "university" not in found(service, "القرى -(أم القرى)")


def test_an_exact_function_word_is_as_it_was(service: SearchService) -> None:
    assert found(service, "=كان =مهرجان") == ["cannes"]


# What an index counts, given by hand: 10,000 articles.
DOCUMENTS = 10_000
ANALYZER = Analyzer.default()


def name_parts(counts: dict[str, int], pairs: dict[str, int]) -> tuple[NameParts, list[Clause]]:
    """Finds names where so many articles have these words and pairs; and the clauses that it counts."""
    asked: list[Clause] = []

    def count(clause: Clause) -> int:
        asked.append(clause)
        return (
            pairs.get(" ".join(getattr(clause, "texts", ())), 0) if getattr(clause, "field", "") == "body_word" else 0
        )

    return NameParts(ANALYZER, count, lambda field, texts: [counts.get(text, 0) for text in texts], DOCUMENTS), asked


def roles(found: NameParts, query: str) -> dict[str, Role]:
    tokens = ANALYZER.query_tokens(query)
    return dict(zip((token.text for token in tokens), found.of(tokens).roles, strict=True))


def test_a_pair_that_chance_explains_is_no_name() -> None:
    common = {"ام": 1_000, "قري": 1_000}
    seldom, _ = name_parts(common, {"ام قري": 5})
    often, _ = name_parts(common, {"ام قري": 50})
    assert roles(seldom, "أم القرى")["أم"] is Role.FUNCTION
    assert roles(often, "أم القرى")["أم"] is Role.PART


def test_a_word_that_is_only_a_function_word_needs_a_neighbour_that_seldom_stands_without_it() -> None:
    counts = {"بين": 4_000, "نهرين": 20, "ضد": 700, "ارهاب": 400}
    found, _ = name_parts(counts, {"بين نهرين": 15, "ضد ارهاب": 60})
    assert roles(found, "بلاد ما بين النهرين")["بين"] is Role.PART
    assert roles(found, "الحرب ضد الإرهاب")["ضد"] is Role.FUNCTION


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("أي شخص", "أي"),  # any; only آي is the letter I
        ("بأن شخص", "بأن"),  # that; only بان is the name
        ("المهرجان كان", "كان"),  # the festival was
        ("كي يفوز", "كي"),  # so that he wins
        ("قال لي", "لي"),  # he told me
        ("كان مهرجان", "كان"),  # there was a festival
    ],
)
def test_what_grammar_explains_is_no_name_however_often_articles_pair_it(query: str, word: str) -> None:
    first, second = (token.word for token in ANALYZER.query_tokens(query))
    found, _ = name_parts({first: 100, second: 2_000}, {f"{first} {second}": 90})
    assert roles(found, query)[word] is Role.FUNCTION


@pytest.mark.parametrize(("whole", "role"), [(40, Role.NOUN), (15, Role.FUNCTION)])
def test_the_articles_tell_whether_a_first_letter_is_a_particle(whole: int, role: Role) -> None:
    counts = {"هم": 3_000, "سعاده": 200}
    found, _ = name_parts(counts, {"هم سعاده": 50, "=وهم سعاده": whole})
    assert roles(found, "حقيقة وهم السعادة")["وهم"] is role
    assert roles(found, "وهم السعادة")["وهم"] is Role.NOUN
    assert roles(found, "وهم يعلمون")["وهم"] is Role.FUNCTION
    assert roles(found, "وهم في السعادة")["وهم"] is Role.FUNCTION


def test_a_word_that_is_a_noun_for_certain_is_not_looked_up() -> None:
    found, asked = name_parts({"عنه": 100, "فراعنه": 10}, {"عنه فراعنه": 10})
    assert roles(found, "لعنة الفراعنة")["لعنة"] is Role.NOUN
    assert not asked


@pytest.mark.parametrize(("pairs", "role"), [(5, Role.PART), (1, Role.FUNCTION)])
def test_a_conjunction_before_nouns_is_a_name_where_its_neighbour_is_bound_to_it(pairs: int, role: Role) -> None:
    found, _ = name_parts({"لولا": 100, "دا": 100}, {"لولا دا": pairs})
    assert roles(found, "لولا دا")["لولا"] is role


@pytest.mark.parametrize(
    ("query", "word", "form"), [("برايان لي", "لي", "=برايان لي"), ("إصلاح ذات البين", "ذات", "ذات =البين")]
)
def test_a_neighbour_with_another_words_term_is_counted_as_it_is_typed(query: str, word: str, form: str) -> None:
    common = {"رايان": 5_000, "لي": 2_000, "ذات": 2_000, "بين": 5_000, "=برايان": 8, "=البين": 8}
    named, _ = name_parts(common, {form: 6})
    chance, _ = name_parts(common, {form.replace("=برايان", "رايان").replace("=البين", "بين"): 50})
    assert roles(named, query)[word] is Role.PART
    assert roles(chance, query)[word] is Role.FUNCTION


def test_a_neighbour_may_have_another_particle_than_articles_have() -> None:
    found, _ = name_parts({"قناه": 500, "بي": 400, "=بقناه": 50}, {"قناه بي": 30})
    assert roles(found, "بقناة بي")["بي"] is Role.PART


def test_a_word_that_stands_twice_is_a_noun_where_it_is_one_once() -> None:
    counts = {"لي": 2_000, "عهد": 500}
    found, _ = name_parts(counts, {"لي لي": 500, "لي عهد": 100, "=ولي عهد": 90})
    tree, names = with_names(parse("ولي ولي العهد", today=date(2015, 8, 1)).tree, ANALYZER, found)
    assert [(part.text, part.role) for part in parts_of(tree, And) if isinstance(part, Word)] == [
        ("ولي", Role.NOUN),
        ("العهد", Role.FUNCTION),
    ]
    assert names == (("لي", "لي", "عهد"),)


def test_a_name_in_teh_marbuta_has_to_be_typed_with_it() -> None:
    found, _ = name_parts({"منه": 1_000, "شلبي": 70}, {"منه شلبي": 5})
    assert roles(found, "منة شلبي")["منة"] is Role.PART
    assert roles(found, "منه شلبي")["منه"] is Role.FUNCTION


@pytest.mark.parametrize("words", ["قري", "كلثوم"])
def test_a_pair_is_counted_once(words: str) -> None:
    found, asked = name_parts({"ام": 1_000, words: 10}, {f"ام {words}": 9})
    first = roles(found, f"أم {words}"), len(asked)
    assert (roles(found, f"أم {words}"), len(asked)) == first


def test_a_long_query_counts_a_bounded_number_of_pairs() -> None:
    words = ["قري", "كلثوم", "درمان", "صلال", "حمام", "سقيم", "حرام", "ياسر", "خالد", "سعد", "فهد", "زيد", "بدر"]
    found, asked = name_parts({"ام": 10, **dict.fromkeys(words, 10)}, {})
    found.of(ANALYZER.query_tokens(" ".join(f"أم {word}" for word in words)))
    assert 0 < len(asked) <= 2 * MOST_PAIRS
