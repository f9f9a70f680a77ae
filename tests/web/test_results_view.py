"""A page of the service as what the template shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from msgspec import structs

from search.article import Article
from search.engines.base import Order
from search.pages.records import Filters, Hit, IndexFacts, Note, SearchPage, SearchRequest, Segment, TimelineBar
from web.addresses.links import Links
from web.text.bidi import mark_id
from web.text.shortening import LONGEST_TITLE
from web.views.article_view import build_home_view
from web.views.results_view import ResultsView, build_results_view

TODAY = date(2017, 7, 20)
HIT = Hit(Article("a1", "عنوان"), 1.0, (Segment("عنوان"),), ((Segment("نص"),),))


@pytest.mark.parametrize(
    ("language", "total", "count"),
    [
        ("ar", 25, "25 مقالا على الأقل"),
        ("en", 1, "At least 1 article"),
        ("ar", 0, "لا شيء في ما بُحث من المقالات"),
        ("en", 0, "None in the articles searched"),
    ],
)
def test_the_count_of_an_answer_that_was_cut_is_given_as_the_least(language: str, total: int, count: str) -> None:
    view = show(SearchRequest("قال"), total=total, language=language, cut=True, truncated=True)
    assert (view.count, view.nothing) == (count, False)
    assert show(SearchRequest("قال"), total=total, language=language).nothing is (total == 0)


def show(request: SearchRequest, *, total: int = 25, language: str = "ar", **more: object) -> ResultsView:
    pages = -(-total // request.limit)
    page = SearchPage(request, request.query, total, total, pages, 1.0, (HIT,) if total else ())
    return build_results_view(replace(page, **more), Links("", language), TODAY)  # type: ignore[arg-type]


def test_the_pager_knows_the_pages_before_and_after() -> None:
    pager = show(SearchRequest("قوات", page=2)).pager
    assert pager is not None
    assert pager.previous == Links().search(SearchRequest("قوات"))
    assert pager.next == Links().search(SearchRequest("قوات"), page=3)
    assert [page and page.text for page in pager.pages] == ["1", "2", "3"]


def test_the_pager_leaves_gaps_between_distant_pages() -> None:
    pager = show(SearchRequest("قوات", page=10), total=200).pager
    assert pager is not None
    assert [page and page.text for page in pager.pages] == ["1", None, "8", "9", "10", "11", "12", None, "20"]


def test_a_list_that_is_too_long_shows_how_many_hits_can_be_read() -> None:
    view = show(SearchRequest("قال"), total=44_386, reachable=10_000, pages=1_000, truncated=True)
    assert view.count == "أول 10,000 من 44,386 مقالا"
    assert view.pager is not None and view.pager.pages[-1] is not None
    assert view.pager.pages[-1].url == Links().search(SearchRequest("قال"), page=1_000)


def test_where_copies_are_one_hit_the_articles_are_counted_too() -> None:
    assert show(SearchRequest("قوات"), total=25, reachable=12).count == "12 نتيجة تضم 25 مقالا مع النسخ"
    assert show(SearchRequest("قوات"), total=25).count == "25 نتيجة"


@pytest.mark.parametrize(
    ("hits", "articles", "arabic", "english"),
    [
        (1, 2, "نتيجة واحدة تضم مقالين مع النسخ", "1 result in 2 articles, copies included"),
        (2, 3, "نتيجتان تضمان 3 مقالات مع النسخ", "2 results in 3 articles, copies included"),
        (3, 11, "3 نتائج تضم 11 مقالا مع النسخ", "3 results in 11 articles, copies included"),
        (99, 100, "99 نتيجة تضم 100 مقال مع النسخ", "99 results in 100 articles, copies included"),
    ],
)
def test_a_count_of_results_agrees_with_the_count_of_their_articles(
    hits: int, articles: int, arabic: str, english: str
) -> None:
    for language, text in (("ar", arabic), ("en", english)):
        assert show(SearchRequest("قوات"), total=articles, reachable=hits, language=language).count == text


def test_a_facet_with_as_many_chosen_values_as_may_be_offers_no_more() -> None:
    chosen = tuple(f"مصدر {n}" for n in range(50))
    request = SearchRequest("قوات", filters=Filters(sources=chosen))
    (facet,) = show(request, facets={"source": (("الجزيرة", 7),)}).facets
    assert [value.text for value in (*facet.values, *facet.rest)] == list(chosen)


def test_one_page_needs_no_pager() -> None:
    assert show(SearchRequest("قوات"), total=3).pager is None


def test_a_page_after_the_last_leads_back_to_the_first() -> None:
    view = show(SearchRequest("قوات", page=9), hits=())
    assert view.beyond == Links().search(SearchRequest("قوات"))
    assert view.pager is None


def test_each_filter_is_a_chip_that_takes_itself_away() -> None:
    filters = Filters(("الجزيرة", "الأناضول"), ("سياسة",), (), date(2017, 7, 1), None)
    request = SearchRequest("قوات", filters=filters)
    chips = {chip.text: chip.url for chip in show(request).chips}
    links = Links()
    assert chips == {
        "الجزيرة": links.narrowed(request, sources=("الأناضول",)),
        "الأناضول": links.narrowed(request, sources=("الجزيرة",)),
        "سياسة": links.narrowed(request, sections=()),
        "منذ 1 يوليو/تموز 2017": links.narrowed(request, first=None, last=None),
    }


def test_a_facet_value_toggles_and_a_chosen_one_comes_first_even_without_matches() -> None:
    request = SearchRequest("قوات", filters=Filters(sources=("الشرق",)))
    view = show(request, facets={"source": (("الجزيرة", 7), ("رويترز", 1_200))})
    (facet,) = view.facets
    assert [(value.text, value.count, value.current) for value in facet.values] == [
        ("الشرق", "0", True),
        ("الجزيرة", "7", False),
        ("رويترز", "1,200", False),
    ]
    assert facet.values[0].url == Links().narrowed(request, sources=())
    assert facet.values[1].url == Links().narrowed(request, sources=("الشرق", "الجزيرة"))


def test_many_values_of_a_facet_are_folded_away() -> None:
    (facet,) = show(SearchRequest(""), facets={"section": tuple((f"قسم {n}", 1) for n in range(20))}).facets
    assert (len(facet.values), len(facet.rest)) == (8, 12)


def test_the_way_back_to_the_query_as_typed_is_not_mended_again() -> None:
    request = SearchRequest("hgl,wg")
    (note,) = show(request, notes=(Note("keyboard", (("found", "الموصل"),), "hgl,wg", "repair"),)).notes
    assert note.link is not None
    assert note.link.url == Links().search(request, repair=False)


def test_the_way_back_from_name_variants_switches_only_names_off() -> None:
    request = SearchRequest("غوتيريش")
    (note,) = show(request, notes=(Note("names", (("names", ("جوتيريس",)),), "غوتيريش", "names"),)).notes
    assert note.link is not None
    assert (note.link.text, note.link.url) == ("«غوتيريش» كما كُتب فقط", Links().search(request, names=False))


def test_a_note_that_leads_onward_searches_its_own_query() -> None:
    (note,) = show(SearchRequest("قوات ~"), notes=(Note("cut-length", (("limit", 1000),), "قوات"),)).notes
    assert note.link is not None
    assert note.link.url == Links().search(SearchRequest("قوات"))


def test_copies_are_counted_and_lead_to_the_search_that_shows_them() -> None:
    request = SearchRequest("قوات")
    (hit,) = show(request, hits=(structs.replace(HIT, copies=2, group=7),)).hits
    assert hit.copies is not None
    assert (hit.copies.text, hit.copies.url) == ("نسختان أخريان", Links().narrowed(request, group=7))


def test_the_copies_of_one_article_are_a_chip_that_leads_back() -> None:
    request = SearchRequest("قوات", filters=Filters(group=7))
    (chip,) = show(request).chips
    assert (chip.text, chip.url) == ("نسخ خبر واحد", Links().search(SearchRequest("قوات")))


def test_a_search_with_copies_shown_can_be_collapsed_again() -> None:
    assert show(SearchRequest("قوات", collapse=False)).regroup == Links().search(SearchRequest("قوات"))
    assert show(SearchRequest("قوات")).regroup is None


def test_an_article_without_a_title_is_headed_by_its_first_sentence_and_marked() -> None:
    article = Article("a1", " ", "افتتح الوزير مستشفى جديدا في المدينة. وأضاف الوزير.")
    (hit,) = show(SearchRequest("قوات"), hits=(structs.replace(HIT, article=article, title=(Segment(" "),)),)).hits
    assert (hit.heading.plain, hit.heading.from_text) == ("افتتح الوزير مستشفى جديدا في المدينة", True)


def test_a_form_carries_the_search_but_not_what_it_asks_itself() -> None:
    filters = Filters(("الجزيرة",), (), (), date(2017, 7, 1), date(2017, 7, 2))
    view = show(SearchRequest("قوات", page=2, filters=filters, collapse=False))
    assert view.kept == (("source", "الجزيرة"), ("collapse", "0"))
    assert view.kept_by_box == (("source", "الجزيرة"), ("from", "2017-07-01"), ("to", "2017-07-02"))


LONG = "النفط والقمح " * 150  # 12 KB as a part of an address


def test_a_long_title_is_shortened_in_the_list() -> None:
    hit = structs.replace(HIT, title=(Segment(("عنوان " * 800).strip()),))
    (shown,) = show(SearchRequest("عنوان"), total=1, hits=(hit,)).hits
    assert 100 < len(shown.heading.plain) <= LONGEST_TITLE + 1


def test_a_search_too_long_to_be_repeated_in_each_link_is_repeated_in_few() -> None:
    periods = tuple(TimelineBar(str(year), 1, 1) for year in range(1900, 2000))
    values = tuple((f"مصدر {n}", 1) for n in range(30))
    rich = {"facets": {"source": values}, "timeline": periods, "hits": (HIT,) * 10}
    short, long = (show(SearchRequest(query), **rich) for query in ("قال", LONG))  # type: ignore[arg-type]
    assert short.timeline is not None and long.timeline is not None
    assert all(bar.url for bar in short.timeline.bars) and not any(bar.url for bar in long.timeline.bars)
    assert [len(facet.values) for facet in short.facets] == [8] and not long.facets
    assert short.hits[0].url == Links().article("a1", SearchRequest("قال"))
    assert long.hits[0].url == Links().article("a1")


def test_a_value_that_is_ticked_can_be_taken_off_however_long_the_search() -> None:
    request = SearchRequest(LONG, filters=Filters(sources=("الجزيرة",)))
    (facet,) = show(request, facets={"source": (("الجزيرة", 7), ("النهار", 3))}).facets
    assert [(value.text, value.current) for value in facet.values] == [("الجزيرة", True)]


def test_without_a_query_the_heading_names_what_the_articles_are_narrowed_to() -> None:
    assert show(SearchRequest("")).heading == "كل المقالات"
    filters = Filters(sources=("alkhaleej",), first=date(2017, 7, 15))
    assert show(SearchRequest("", filters=filters)).heading == "مقالات: alkhaleej، منذ 15 يوليو/تموز 2017"
    assert show(SearchRequest("قوات", filters=filters)).heading == "نتائج البحث عن «قوات»"


def test_links_of_snippets_count_too_among_the_addresses_of_the_hits() -> None:
    request = SearchRequest("النفط والقمح " * 2 + "والماء", limit=100)
    few, many = (structs.replace(HIT, snippets=HIT.snippets * times) for times in (1, 9))
    shown = [show(request, total=100, hits=(hit,) * 100).hits[0].url for hit in (few, many)]
    assert shown == [Links().article("a1", request), Links().article("a1")]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_snippet_leads_to_its_place_only_where_the_search_is_carried_there(language: str) -> None:
    highlighted = structs.replace(HIT, snippets=((Segment("النفط", True, 7),),))
    page = show(SearchRequest("النفط"), total=1, hits=(highlighted,), language=language)
    assert [snippet.url for hit in page.hits for snippet in hit.snippets] == [f"{page.hits[0].url}#{mark_id(7)}"]
    long = show(SearchRequest(LONG), total=1, hits=(highlighted,), language=language)
    assert [snippet.url for hit in long.hits for snippet in hit.snippets] == [None]


def test_the_latest_articles_need_no_pager_however_many_there_are() -> None:
    latest = SearchPage(SearchRequest("", limit=6), "", 89_568, 9_996, 1_666, 1.0, (HIT,) * 6, truncated=True)
    facts = IndexFacts("", "", "", 89_568, (), (), None, None, 0, None)
    view = build_home_view(facts, latest, (), Links(), TODAY)
    assert [hit.url for hit in view.latest] == [Links().article("a1")] * 6


@pytest.mark.parametrize(("query", "asked"), [("", Order.RELEVANCE), ("مدر*", Order.RELEVANCE), ("", Order.NEWEST)])
def test_without_relevance_the_newest_are_current_and_relevance_is_no_choice(query: str, asked: Order) -> None:
    sorts = show(SearchRequest(query, order=asked), order=Order.NEWEST).sorts
    assert [(sort.text, sort.current) for sort in sorts] == [("الأحدث", True), ("الأقدم", False)]


def test_no_line_holds_the_sign_that_a_snippet_goes_on_alone() -> None:
    cut = structs.replace(HIT, snippets=((Segment("… "), Segment("النفط", True, 7), Segment(" …")),))
    (hit,) = show(SearchRequest("النفط"), hits=(cut,)).hits
    assert [segment.text for segment in hit.snippets[0].text] == ["… ", "النفط", "\u00a0…"]
