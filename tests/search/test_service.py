"""A request goes in, a page comes out: on the bundled sample, on every engine."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

import corpus
from search import answering, extent
from search.article import Article
from search.engines.base import Order
from search.engines.registry import EMBEDDED
from search.errors import RequestError
from search.index import open_index as opened
from search.pages.as_json import page_object
from search.pages.records import Filters, SearchPage, SearchRequest
from search.results import spelling_variants as spellings
from search.service import SearchService
from search.settings import Settings
from tests.examples import examples
from tests.search.shown import ids
from tests.small_index import build_index, open_index

TODAY = date(2026, 1, 15)


def ask(service: SearchService, query: str, **options: object) -> SearchPage:
    return service.search(replace(SearchRequest(query, today=TODAY), **options))  # type: ignore[arg-type]


def kinds(page: SearchPage) -> list[str]:
    return [note.kind for note in page.notes]


def test_judged_topics_are_answered_on_the_first_page(service: SearchService) -> None:
    best: dict[str, set[str]] = {}
    for line in corpus.QRELS.read_text(encoding="utf-8").splitlines():
        topic, _, id, grade = line.split()
        if grade == "2":
            best.setdefault(topic, set()).add(id)
    topics = [line.split("\t") for line in corpus.TOPICS.read_text(encoding="utf-8").splitlines()]
    answered = [name for name, query in topics if best[name] & set(ids(ask(service, query)))]
    assert len(answered) >= len(topics) - 1, set(dict(topics)) - set(answered)


def test_a_typed_plural_finds_the_singular_and_back(service: SearchService) -> None:
    assert ask(service, "أسعار القمح").total == ask(service, "سعر القمح").total > 0


def test_marks_and_letters_typed_or_not_find_the_same(service: SearchService) -> None:
    expected = ids(ask(service, "وزارة الصحة"))
    assert expected
    for query in ("وزاره الصحه", "وِزَارَةُ الصِّحَّةِ", "وزارة الصـــحة"):
        assert set(ids(ask(service, query))) == set(expected)


def test_the_empty_query_gives_the_newest(service: SearchService) -> None:
    page = ask(service, "", limit=100, collapse=False)
    days = [hit.article.published for hit in page.hits]
    assert page.total == len(days) == service.facts().articles
    assert days == sorted(days, key=lambda day: day or "", reverse=True)


def test_sorting_by_date(service: SearchService) -> None:
    newest = [hit.article.published or "" for hit in ask(service, "قال", order=Order.NEWEST).hits]
    oldest = [hit.article.published or "" for hit in ask(service, "قال", order=Order.OLDEST).hits]
    assert len(newest) == len(oldest) == 10 and newest[0] > oldest[0]
    assert newest == sorted(newest, reverse=True)
    assert oldest == sorted(oldest)


def test_pages_neither_repeat_nor_miss_a_hit(service: SearchService) -> None:
    whole = ask(service, "قال", limit=100)
    assert len(whole.hits) == whole.reachable > 20
    few = ask(service, "قال", limit=7)
    pages = [id for page in range(1, few.pages + 1) for id in ids(ask(service, "قال", limit=7, page=page))]
    assert pages == ids(whole)
    assert len(set(pages)) == len(pages)


def test_a_filter_narrows_and_its_own_facet_does_not(service: SearchService) -> None:
    every = ask(service, "قال")
    (value, count), *others = every.facets["section"]
    narrowed = ask(service, "قال", filters=Filters(sections=(value,)))
    assert narrowed.total == count < every.total
    assert {hit.article.section for hit in narrowed.hits} == {value}
    assert narrowed.facets["section"] == every.facets["section"] and others
    assert sum(n for _, n in narrowed.facets["source"]) == count


def test_a_date_range_is_inclusive(service: SearchService) -> None:
    page = ask(service, "", limit=100, filters=Filters(first=date(2024, 1, 1), last=date(2024, 12, 31)))
    assert page.hits and {(hit.article.published or "")[:4] for hit in page.hits} == {"2024"}


def test_the_timeline_counts_every_dated_match(service: SearchService) -> None:
    page = ask(service, "قال")
    assert sum(period.count for period in page.timeline) == page.total > 20
    assert all(period.count <= period.all for period in page.timeline)


def test_the_timeline_compares_with_the_articles_of_the_chosen_days(service: SearchService) -> None:
    first, last = date(2024, 1, 10), date(2024, 5, 20)
    page = ask(service, "", filters=Filters(first=first, last=last), facets=True)
    assert page.timeline[0].key >= "2024-01" and len(page.timeline) > 1
    assert [period.count for period in page.timeline] == [period.all for period in page.timeline]


@pytest.mark.parametrize("engine", EMBEDDED)
def test_the_timeline_of_many_years_has_a_bar_for_each_of_them(tmp_path: Path, engine: str) -> None:
    days = ("1998-05-01", "1998-11-02", "2003-01-01", "2015-12-31")
    articles = [Article(f"a{n}", "", "محصول القمح", published=day) for n, day in enumerate(days)]
    articles.append(Article("other", "", "محصول الشعير", published="2003-06-01"))
    service = open_index(tmp_path / "index", articles, engine=engine)
    bars = {bar.key: (bar.count, bar.all) for bar in service.search(SearchRequest("القمح", collapse=False)).timeline}
    assert list(bars) == [str(year) for year in range(1998, 2016)]
    assert {year: bar for year, bar in bars.items() if any(bar)} == {"1998": (2, 2), "2003": (1, 2), "2015": (1, 1)}


@pytest.mark.parametrize("engine", EMBEDDED)
def test_a_profile_with_recency_puts_a_fresh_article_above_an_old_one_that_matches_better(
    tmp_path: Path, engine: str
) -> None:
    old = Article("old", "القمح", "القمح القمح في الأسواق", published="2020-01-01")
    fresh = Article("fresh", "", "أسعار القمح في الأسواق اليوم", published="2026-01-14")
    place = build_index(tmp_path / "index", [old, fresh], engine=engine)
    profile = tmp_path / "fresh.toml"
    profile.write_text("recency = 50.0\nhalf_life = 7\n", encoding="utf-8")
    usual, fresher = (SearchService.open(Settings(index=place, **chosen)) for chosen in ({}, {"profile": str(profile)}))
    assert ids(ask(usual, "القمح")) == ["old", "fresh"]
    assert ids(ask(fresher, "القمح")) == ["fresh", "old"]


def test_after_warming_no_reader_waits_for_names_counts_or_completions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [Article(f"a{n}", "كلمة غوتيريش", "دعا غوتيريش إلى الهدوء", published="2020-01-01") for n in range(3)]
    articles.append(Article("b", "خطاب جوتيريس", "قال جوتيريس", published="2020-01-02"))
    service = open_index(tmp_path / "index", articles)
    service.index.warm()

    def too_late(*_: object) -> None:
        raise AssertionError("worked out while a reader waits")

    monkeypatch.setattr(spellings, "SpellingIndex", too_late)
    monkeypatch.setattr(opened, "count_all", too_late)
    monkeypatch.setattr("search.results.completion.Completer", too_late)
    for shared in ("IndexReadings", "LatinReadings", "NameParts", "QueryRepairs"):
        monkeypatch.setattr(opened, shared, too_late)
    page = service.search(SearchRequest("جوتيريس", collapse=False))
    assert "names" in kinds(page) and page.total == 4 and page.timeline
    assert service.suggest("غوت")


@pytest.mark.parametrize("engine", EMBEDDED)
def test_articles_without_a_date_are_counted_whatever_days_are_asked_for_and_can_be_asked_for(
    tmp_path: Path, engine: str
) -> None:
    days = {"a": "2020-01-01", "b": "2021-05-05", "c": None, "d": None, "e": None}
    articles = [Article(id, "", f"القمح {id}", ("واس",) if id < "e" else (), published=day) for id, day in days.items()]
    service = open_index(tmp_path / "index", articles, engine=engine)
    for filters, found, undated in (
        (Filters(), "abcde", 3),
        (Filters(first=date(2020, 1, 1), last=date(2020, 12, 31)), "a", 3),
        (Filters(undated=True), "cde", 3),
        (Filters(undated=True, sources=("واس",)), "cd", 2),
        (Filters(sources=("رويترز",)), "", 0),
    ):
        page = service.search(SearchRequest("القمح", filters=filters))
        assert (set(ids(page)), page.undated) == (set(found), undated)
        assert page_object(page)["undated"] == undated


def test_where_no_article_has_all_words_those_with_most_come(service: SearchService) -> None:
    page = ask(service, "أسعار القمح المريخ")
    assert page.total and "relaxed" in kinds(page)


def test_a_query_typed_on_the_other_keyboard_is_read_as_meant_with_a_note(service: SearchService) -> None:
    page = ask(service, "hgrlp")
    assert ids(page) == ids(ask(service, "القمح"))
    (note,) = page.notes
    assert (note.kind, note.query, note.without) == ("keyboard", "hgrlp", "repair")


@pytest.mark.parametrize("read", ["cp1256", "cp1252", "latin-1", "cp437"])
def test_a_query_copied_from_damaged_text_is_read_as_meant_with_a_note(service: SearchService, read: str) -> None:
    damaged = "القمح".encode().decode(read)
    page = ask(service, damaged)
    assert page.total and ids(page) == ids(ask(service, "القمح"))
    assert "encoding" in kinds(page) and "stray-quote" not in kinds(page)  # though some of its signs look like one
    assert not ask(service, damaged, repair=False).total


def test_a_misspelled_word_is_repaired_and_the_way_back_works(service: SearchService) -> None:
    page = ask(service, "القممح")
    assert ids(page) == ids(ask(service, "القمح")) and kinds(page) == ["spelling"]
    assert ask(service, "القممح", repair=False).total == 0


def test_a_query_without_a_near_word_has_no_hits(service: SearchService) -> None:
    page = ask(service, "ظظظظظظظظ")
    assert (page.total, page.hits, page.pages) == (0, (), 0)


def test_copies_are_counted_where_they_collapse(tmp_path: Path) -> None:
    wire = "خبر عن القمح " + " ".join(f"كلمة{i}" for i in range(50))
    copies = [Article("a", "عنوان", wire), Article("copy", "عنوان", wire + " نهاية", ("رويترز",))]
    place = build_index(tmp_path / "index", [*copies, Article("b", "عنوان", "خبر آخر عن القمح")])
    service = SearchService.open(Settings(index=place))
    page = service.search(SearchRequest("القمح"))
    assert (page.total, page.reachable, len(page.hits)) == (3, 2, 2)
    assert {hit.article.id in {"a", "copy"}: hit.copies for hit in page.hits} == {True: 1, False: 0}
    apart = service.search(SearchRequest("القمح", collapse=False))
    assert sorted(ids(apart)) == ["a", "b", "copy"] and {hit.copies for hit in apart.hits} == {0}


@pytest.mark.parametrize("most", [1, 4, 500])
def test_copies_of_several_hits_are_counted_at_once(tmp_path: Path, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extent, "_MOST_GROUPED", 0)
    monkeypatch.setattr(extent, "_MOST_COPIES", most)
    monkeypatch.setattr(extent, "_READ_AT_FIRST", 4)  # fewer than all, so that copies are counted by a search of theirs
    monkeypatch.setattr(extent, "DEEPEST_HIT", 0)
    monkeypatch.setattr(answering, "_FETCHED", 4)
    stories = ["خبر عن القمح " + " ".join(f"{kind}{i}" for i in range(50)) for kind in ("أول", "ثان", "ثالث")]
    printed = [(f"{story}-{copy}", story) for story, count in ((0, 5), (1, 1), (2, 3)) for copy in range(count)]
    place = build_index(tmp_path / "index", [Article(id, f"عنوان {id}", stories[story]) for id, story in printed])
    page = SearchService.open(Settings(index=place)).search(SearchRequest("القمح"))
    assert page.total == 9
    assert sorted((hit.article.body, hit.copies) for hit in page.hits) == sorted(zip(stories, (4, 0, 2), strict=True))


def test_why_it_matched(service: SearchService) -> None:
    page = ask(service, "أسعار القمح", explain=True)
    levels = {reason.level for hit in page.hits for reason in hit.reasons}
    assert {"exact", "word"} <= levels <= {"exact", "word", "stem", "name"}
    assert all(not hit.reasons for hit in ask(service, "أسعار القمح").hits)


def test_an_article_is_read_with_the_words_highlighted_and_others_like_it(service: SearchService) -> None:
    hit = ask(service, "أسعار القمح").hits[0]
    page = service.read(hit.article.id, SearchRequest("أسعار القمح"))
    assert page is not None and page.article == hit.article
    assert "".join(segment.text for segment in page.body) == hit.article.body
    assert any(segment.highlighted for segment in page.body)
    assert page.related and hit.article.id not in {other.id for other in page.related}
    assert service.read("no such id") is None


def test_an_article_found_by_a_repaired_query_has_the_repaired_word_highlighted(service: SearchService) -> None:
    hit = ask(service, "القممح").hits[0]
    page = service.read(hit.article.id, SearchRequest("القممح"))
    assert page is not None and any(segment.highlighted for segment in page.body)


def test_completion_gives_words_as_headlines_write_them(service: SearchService) -> None:
    assert any(word.startswith("أسعار") for word in service.suggest("اسع"))
    longer = service.suggest("أسعار ال")
    assert len(longer) > 1 and all(query.startswith("أسعار ال") for query in longer)
    assert service.suggest("") == service.suggest("؟") == service.suggest("القمح ") == ()


@pytest.mark.parametrize("engine", EMBEDDED)
def test_an_archive_without_headlines_is_completed_from_its_bodies(tmp_path: Path, engine: str) -> None:
    bodies = ["ارتفعت أسعار القمح", "أسعار والقمح", "الأسعار في القاهرة"]
    articles = [Article(str(number), "", body) for number, body in enumerate(bodies)]
    service = open_index(tmp_path / "index", articles, engine=engine)
    assert service.suggest("اسع")[0] == "أسعار"
    assert service.suggest("أسعار ال") == ("أسعار القمح",)
    assert service.suggest("القمح ال") == ()  # no article has القمح and القاهرة or الأسعار
    assert service.suggest("والق") == ("والقمح",)
    assert service.suggest("!") == service.suggest("=") == ()


def test_the_page_is_json_with_html_only_in_marks(service: SearchService) -> None:
    shown = json.loads(json.dumps(page_object(ask(service, "أسعار القمح")), ensure_ascii=False))
    assert {"query", "total", "page", "pages", "took_ms", "notes", "hits", "facets"} <= shown.keys()
    hit = shown["hits"][0]
    assert {"id", "title", "source", "section", "author", "url", "published", "score", "snippets"} <= hit.keys()
    assert "<mark>" in hit["snippets"][0] and "<mark>" in hit["title_html"]


def test_markup_in_an_article_is_escaped(tmp_path: Path) -> None:
    evil = Article("x", "<script>القمح</script>", "القمح <b>&amp; \"'</b>")
    place = build_index(tmp_path / "index", [evil])
    shown = page_object(SearchService.open(Settings(index=place)).search(SearchRequest("القمح")))
    assert shown["hits"][0]["title_html"] == "&lt;script&gt;<mark>القمح</mark>&lt;/script&gt;"
    assert "<b>" not in shown["hits"][0]["snippets"][0]


def test_new_commits_are_seen_at_the_next_request(tmp_path: Path) -> None:
    place = build_index(tmp_path / "index", [Article("a", "", "القمح")])
    service = SearchService.open(Settings(index=place))
    assert service.search(SearchRequest("الشعير", repair=False)).total == 0
    other = build_index(tmp_path / "other", [Article("b", "", "الشعير")])
    (other / "generations" / "1").rename(place / "generations" / "2")
    directory = service.index.directory
    directory.write(type(directory.read())("tantivy", service.index.analyzer.fingerprint, "bundled", "2"))
    assert service.search(SearchRequest("الشعير", repair=False)).total == 1


@pytest.mark.parametrize(("page", "limit"), [(0, 10), (1, 0), (1, 101), (1001, 10)])
def test_a_page_that_cannot_be_is_refused(page: int, limit: int) -> None:
    with pytest.raises(RequestError):
        SearchRequest("x", page=page, limit=limit)


@given(st.text(max_size=60))
@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_string_is_answered(service: SearchService, query: str) -> None:
    page = ask(service, query)
    assert len(page.hits) == min(page.reachable, page.request.limit)
    assert page.reachable <= page.total and page.pages == -(-page.reachable // page.request.limit)
    assert len(set(ids(page))) == len(page.hits)
    for hit in page.hits:
        assert "".join(segment.text for segment in hit.title) == hit.article.title
    assert json.loads(json.dumps(page_object(page)))["query"] == page.query


@pytest.mark.parametrize("engine", EMBEDDED)
def test_a_commoner_spelling_is_offered_only_where_it_finds_more(tmp_path: Path, engine: str) -> None:
    common = [Article(f"c{n}", "", f"ناقش البرلمان البند {n} من الميزانية", ("النهار",)) for n in range(40)]
    place = build_index(tmp_path, [*common, Article("t", "", "ناقش البرلمن أمس", ("الأهرام",))], engine=engine)
    service = SearchService.open(Settings(index=place))
    assert ask(service, "البرلمن").suggestion == "البرلمان"
    assert ask(service, "البرلمن", filters=Filters(sources=("النهار", "الأهرام"))).suggestion == "البرلمان"
    assert ask(service, "البرلمن", filters=Filters(sources=("الأهرام",))).suggestion is None


def test_what_is_no_utf_8_is_found_nowhere(service: SearchService) -> None:
    """Commands may get such bytes; Python makes lone surrogates of them, which an engine may refuse."""
    filters = Filters(sources=("\udcff",), authors=("\udcfe",))
    assert service.search(SearchRequest("\udcff", filters=filters)).total == 0
    assert service.read("\udcff") is None
    assert service.coverage(["\udcff"]).each[0].articles == 0
