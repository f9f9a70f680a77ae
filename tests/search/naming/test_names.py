"""names.toml: what it may say, what is refused with a sentence, and what it does to searches on both engines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from search.article import Article
from search.engines.registry import EMBEDDED
from search.errors import SettingsError
from search.index.following import Followed
from search.limits import FACET_VALUES
from search.naming.names import Names, read_names
from search.pages.records import Filters, SearchPage, SearchRequest
from search.pages.sentences import note_text
from search.query.clauses import Everything
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index

FILE = """
synonyms = [["كورونا", "كوفيد", "الجائحة العالمية"], ["الأمم المتحدة", "UN"]]

[sections]
"سياسة" = ["politic", "Politics", "سياسيه"]

[sources]
"عكاظ" = ["okaz", "Okaz"]
"""
ARTICLES = (
    Article("1", "", "لقاح كورونا في المدارس", ("okaz",), "politic"),
    Article("2", "", "أعراض كوفيد عند الأطفال", ("عكاظ", "okaz"), "Politics"),
    Article("3", "", "بعد الجائحة العالمية تعود الأسواق", ("الجزيرة",), "سياسيه"),
    Article("4", "", "بيان UN عن المياه", ("Okaz",), "سياسة"),
    Article("5", "", "قالت الأمم المتحدة إن المياه قليلة", ("رويترز",), "اقتصاد"),
)


@pytest.fixture(params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> SearchService:
    (tmp_path / "names.toml").write_text(FILE, encoding="utf-8")
    place = build_index(tmp_path / "index", ARTICLES, engine=request.param)
    return SearchService.open(Settings(index=place, names=tmp_path / "names.toml"))


def ids(page: SearchPage) -> set[str]:
    return {hit.article.id for hit in page.hits}


def ask(service: SearchService, query: str, **options: object) -> SearchPage:
    return service.search(SearchRequest(query, repair=False, **options))  # type: ignore[arg-type]


def test_facets_merge_and_count_an_article_with_two_aliases_once(service: SearchService) -> None:
    page = ask(service, "")
    assert dict(page.facets["source"]) == {"عكاظ": 3, "الجزيرة": 1, "رويترز": 1}
    assert dict(page.facets["section"]) == {"سياسة": 4, "اقتصاد": 1}
    assert dict(service.facts().sources) == {"عكاظ": 3, "الجزيرة": 1, "رويترز": 1}


@pytest.mark.parametrize("engine", EMBEDDED)
def test_a_chosen_name_is_counted_with_its_aliases_where_the_facet_does_not_list_it(
    engine: str, tmp_path: Path
) -> None:
    (tmp_path / "names.toml").write_text(FILE, encoding="utf-8")
    many = [Article(f"{n}", "", "خبر", (f"صحيفة {n // 4}",)) for n in range(4 * FACET_VALUES)]
    articles = [*many, *(structs.replace(article, id=f"rare{article.id}") for article in ARTICLES)]
    place = build_index(tmp_path / "index", articles, engine=engine)
    service = SearchService.open(Settings(index=place, names=tmp_path / "names.toml"))
    assert "عكاظ" not in dict(ask(service, "").facets["source"])
    page = ask(service, "", filters=Filters(sources=("okaz", "الجزيرة")))
    assert page.total == 4
    assert dict(page.facets["source"][FACET_VALUES:]) == {"عكاظ": 3, "الجزيرة": 1}


@pytest.mark.parametrize("engine", EMBEDDED)
@pytest.mark.parametrize("field", ["source", "author", "section"])
def test_a_name_is_listed_by_its_articles_though_each_alias_is_rarer_than_those_listed(
    engine: str, field: str, tmp_path: Path
) -> None:
    names = '"ليلى" = ["ليلي", "Layla"]\n"منى" = ["مني"]\n"هدى" = ["هدي", "Huda"]\n'
    (tmp_path / "names.toml").write_text(f"[{field}s]\n{names}", encoding="utf-8")
    others = [f"قيمة {number}" for number in range(FACET_VALUES + 10)]
    aliases = [*["هدى", "هدي", "Huda"] * 5, *["ليلى", "ليلي", "Layla"] * 2, *["مني"] * 3]
    values = [(value,) for value in (*["الأولى"] * 20, *aliases, *others * 4)]
    both = ("ليلي", "Layla") if field == "source" else ("ليلي",)
    articles = [with_value(f"{at}", field, each) for at, each in enumerate([*values, both])]
    place = build_index(tmp_path / "index", articles, engine=engine)
    service = SearchService.open(Settings(index=place, names=tmp_path / "names.toml"))
    facet = ask(service, "").facets[field]
    assert facet[:3] == (("الأولى", 20), ("هدى", 15), ("ليلى", 7))
    assert [count for _, count in facet[3:]] == [4] * (FACET_VALUES - 3)
    counts = service.index.engine.counts(Everything(), (field,))[field]
    assert (counts["ليلى"], counts["منى"], len(counts)) == (7, 3, len(others) + 4)


def with_value(id: str, field: str, values: tuple[str, ...]) -> Article:
    """An article with these values in a field of names."""
    article = Article(id, "", f"خبر {id}", ())
    if field == "source":
        return structs.replace(article, source=values)
    return (
        structs.replace(article, section=values[0]) if field == "section" else structs.replace(article, persons=values)
    )


def test_aliases_that_are_rare_by_themselves_count_together(service: SearchService) -> None:
    counts = service.index.engine.counts(Everything(), ("source", "section", "group"), least=3)
    assert counts == {"source": {"عكاظ": 3}, "section": {"سياسة": 4}, "group": {}}


def test_articles_are_shown_with_the_names_that_their_owner_gives(service: SearchService) -> None:
    shown = {hit.article.id: (hit.article.source, hit.article.section) for hit in ask(service, "").hits}
    assert shown["1"] == shown["2"] == (("عكاظ",), "سياسة")
    read = service.read("4")
    assert read is not None and read.article.source == ("عكاظ",)


@pytest.mark.parametrize("value", ["عكاظ", "okaz", "Okaz"])
def test_a_filter_takes_a_name_and_its_aliases(service: SearchService, value: str) -> None:
    page = ask(service, "", filters=Filters(sources=(value,)))
    assert ids(page) == {"1", "2", "4"}
    assert page.request.filters.sources == ("عكاظ",)
    assert dict(page.facets["source"])["عكاظ"] == 3


@pytest.mark.parametrize("query", ["مصدر:عكاظ", "مصدر:okaz", "source:OKAZ", 'مصدر:"عكاظ"'])
def test_a_query_takes_a_name_and_its_aliases(service: SearchService, query: str) -> None:
    assert ids(ask(service, query)) == {"1", "2", "4"}
    assert ids(ask(service, f"{query} كورونا", names=False)) == {"1"}


def test_a_section_is_found_by_each_of_its_names(service: SearchService) -> None:
    for query in ("قسم:سياسة", "قسم:politic", "قسم:سياسيه"):
        assert ids(ask(service, query)) == {"1", "2", "3", "4"}
    assert ids(ask(service, "-قسم:politics")) == {"5"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("كورونا", {"1", "2", "3"}),
        ("الكوفيد", {"1", "2", "3"}),
        ("الجائحة العالمية", {"1", "2", "3"}),
        ("UN المياه", {"4", "5"}),
        ("الأمم المتحدة المياه", {"4", "5"}),
        ('"الأمم المتحدة"', {"4", "5"}),
        ("=كورونا", {"1"}),
        ("المياه", {"4", "5"}),
    ],
)
def test_synonyms_find_each_other(service: SearchService, query: str, found: set[str]) -> None:
    assert ids(ask(service, query)) == found


def test_names_and_aliases_are_completed(service: SearchService) -> None:
    assert "مصدر:عكاظ" in service.suggest("مصدر:عك")
    assert service.suggest("مصدر:oka") == ("مصدر:عكاظ",)
    assert "قسم:سياسة" in service.suggest("قسم:سيا")


def test_synonyms_get_a_note_and_can_be_switched_off(service: SearchService) -> None:
    (note,) = ask(service, "كورونا").notes
    assert note_text(note, "ar") == "بحثنا أيضا عما في معناه: كوفيد، الجائحة العالمية"
    assert (note.query, note.without) == ("كورونا", "names")
    page = ask(service, "كورونا", names=False)
    assert ids(page) == {"1"} and not page.notes
    assert not ask(service, "المياه").notes


def test_a_changed_file_is_followed_without_indexing_again(tmp_path: Path) -> None:
    names = tmp_path / "names.toml"
    followed = Followed(build_index(tmp_path / "index", ARTICLES), names)
    service = SearchService(Settings(names=names), followed)
    assert dict(ask(service, "").facets["source"])["okaz"] == 2
    names.write_text(FILE, encoding="utf-8")
    followed.look()
    assert dict(ask(service, "").facets["source"])["عكاظ"] == 3
    names.write_text("[sources", encoding="utf-8")
    followed.look()
    assert dict(ask(service, "").facets["source"])["عكاظ"] == 3
    names.unlink()
    followed.look()
    assert "عكاظ" in dict(ask(service, "").facets["source"])
    assert dict(ask(service, "").facets["source"])["okaz"] == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[sources", "cannot be read"),
        ("[titles]", "unknown 'titles'"),
        ('[sources]\n"عكاظ" = "okaz"', r"\[sources\].*write a name and its aliases"),
        ('[sections]\n"سياسة" = [3]', r"\[sections\]"),
        ('[sources]\n"عكاظ" = [" "]', "is empty"),
        ('[sources]\n"عكاظ" = ["okaz"]\n"عكاظ اليوم" = ["okaz"]', "'okaz'.*has two names"),
        ("synonyms = [3]", "synonyms.*write groups of words"),
        ('synonyms = [["كورونا"]]', "at least two words"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_remedy(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "names.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        read_names(path)


def test_no_file_gives_no_names(tmp_path: Path) -> None:
    assert read_names(tmp_path / "none.toml") == read_names(None) == Names()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path) -> Iterator[None]:
    """No names.toml of the checkout may matter."""
    before = os.getcwd()
    os.chdir(tmp_path)
    yield
    os.chdir(before)


@pytest.mark.parametrize("engine", EMBEDDED)
def test_synonyms_hold_for_words_that_their_neighbours_or_a_lost_space_change(engine: str, tmp_path: Path) -> None:
    rows = '[["يونيو 2016", "الشهر السادس"], ["بالمئة", "نقطة مئوية"], ["أبوظبي", "العاصمة الإماراتية"]]'
    (tmp_path / "names.toml").write_text(f"synonyms = {rows}", encoding="utf-8")
    bodies = ("افتتح في الشهر السادس", "زاد نقطة مئوية واحدة", "وصل إلى العاصمة الإماراتية")
    articles = [Article(str(number), "", body) for number, body in enumerate(bodies)]
    place = build_index(tmp_path / "index", articles, engine=engine)
    service = SearchService.open(Settings(index=place, names=tmp_path / "names.toml"))
    for query, id in (
        ("جوان 2016", "0"),
        ("افتتح جوان 2016", "0"),
        ("زاد في المئة", "1"),
        ("أبو ظبي", "2"),
        ("وصل أبوظبي", "2"),
    ):
        assert ids(ask(service, query)) == {id}, query
