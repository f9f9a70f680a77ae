"""What the page of a comparison shows, made from records without an index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from search.over_time.periods import months
from search.over_time.records import ComparedQuery, CompareRequest, Comparison, PeriodCounts
from search.pages.records import Filters, Note
from tests.web.fakes import FakeService
from web.addresses.links import Links
from web.addresses.over_time_requests import AskedComparison
from web.addresses.requests import Refusal
from web.views.compare_view import LEAST_SHARED, CompareView, build_compare_view

STRETCHES = months(2015 * 12 + 5, 2015 * 12 + 9)
COUNTS = (((1, 0), 20), ((30, 5), 100), ((0, 0), 0), ((2, 1), 3), ((4, 4), 40))
PAGE = Comparison(
    CompareRequest(("قوات", "نفط")),
    (ComparedQuery("قوات", 40, 3, (Note("names", (("names", ("قوّات",)),)),)), ComparedQuery("نفط", 10, 0)),
    (),
    0,
    "month",
    tuple(PeriodCounts(period, every, row) for period, (row, every) in zip(STRETCHES, COUNTS, strict=True)),
    170,
    7,
    1.0,
)

FACTS = FakeService().facts()


def view_of(page: Comparison = PAGE, language: str = "ar", *, share: bool = False) -> CompareView:
    return build_compare_view(page, Links("", language), AskedComparison(page.request, share), FACTS)


def test_the_table_has_a_figure_for_each_query_and_period() -> None:
    assert [[cell.text for cell in row.cells] + [row.all] for row in view_of().rows] == [
        ["1", "0", "20"],
        ["30", "5", "100"],
        ["–", "–", "0"],
        ["2", "1", "3"],
        ["4", "4", "40"],
    ]
    assert [row.cells[0].text for row in view_of(share=True).rows] == ["5.0%", "30%", "–", "67%", "10%"]


def test_a_figure_leads_to_the_search_of_its_period_and_none_to_nowhere() -> None:
    first = view_of().rows[0].cells
    assert first[0].url and first[0].url.endswith("&from=2015-06-01&to=2015-06-30") and first[1].url is None
    assert first[0].title == "قوات، يونيو/حزيران 2015: مقال واحد (5.0%)"
    assert view_of(language="en").rows[1].cells[0].title == "قوات, July 2015: 30 articles (30%)"


def test_links_keep_the_filters_and_do_not_leave_their_days() -> None:
    filters = Filters(sources=("باء",), first=date(2015, 6, 20), last=date(2015, 7, 2))
    page = replace(PAGE, request=replace(PAGE.request, filters=filters))
    urls = [row.cells[0].url or "" for row in view_of(page).rows]
    assert urls[0].endswith("&from=2015-06-20&to=2015-06-30") and urls[1].endswith("&from=2015-07-01&to=2015-07-02")
    assert all("source=" in url for url in urls[:2])
    assert [chip.text for chip in view_of(page).chips] == ["باء", "منذ 20 يونيو/حزيران 2015", "حتى 2 يوليو/تموز 2015"]


def test_each_query_has_a_letter_its_search_and_its_figures() -> None:
    one, other = view_of().lines
    assert (one.letter, one.total) == ("أ", "40 مقالا")
    assert one.undated and one.undated.text == "بلا تاريخ (3)" and one.undated.url.endswith("&undated=1")
    assert one.peak == "الذروة: يوليو/تموز 2015 (30)" and len(one.notes) == 1 and "قوّات" in one.notes[0]
    assert one.url.startswith("/search?q=") and other.undated is None
    assert [line.letter for line in view_of(language="en").lines] == ["A", "B"]


def test_a_query_can_be_removed_unless_it_is_the_only_one() -> None:
    assert view_of().lines[1].without == "/compare?q=%D9%82%D9%88%D8%A7%D8%AA"
    alone = replace(PAGE, request=CompareRequest(("قوات",)), lines=PAGE.lines[:1])
    alone = replace(alone, periods=tuple(replace(each, counts=each.counts[:1]) for each in PAGE.periods))
    assert view_of(alone).lines[0].without is None


def test_a_share_of_very_few_articles_is_not_drawn_and_a_notice_gives_the_reason() -> None:
    drawn = view_of(share=True)
    assert [point is None for point in drawn.drawings[0].lines[0].points] == [False, False, True, True, False]
    assert any(f"{LEAST_SHARED}" in sentence for sentence in drawn.notices)
    assert "يوليو" in drawn.lines[0].peak  # not the two of three
    counted = view_of()
    assert [point is None for point in counted.drawings[0].lines[0].points] == [False, False, True, False, False]
    assert not any("تقل مقالاتها" in sentence for sentence in counted.notices)


def test_where_most_periods_have_few_articles_all_shares_are_drawn() -> None:
    small = replace(PAGE, periods=tuple(replace(each, all=min(each.all, 5)) for each in PAGE.periods))
    assert [p is None for p in view_of(small, share=True).drawings[0].lines[0].points] == [
        False,
        False,
        True,
        False,
        False,
    ]


def test_what_a_comparison_leaves_out_has_a_notice() -> None:
    assert list(view_of().notices) == [
        "لا يظهر في الرسم ما لا تاريخ له: 7 مقالات.",
        "ينقطع الخط حيث لا يضم الأرشيف أي مقال.",
    ]
    cut = replace(PAGE, dropped=2, uncounted=("ثلج",))
    assert "بحثان" in view_of(cut).notices[0] and "ثلج" in view_of(cut).notices[1]
    request = replace(PAGE.request, swapped=True)
    asked = AskedComparison(request, share=False, refused={"from": Refusal("refused_day", "متى")})
    refused = build_compare_view(PAGE, Links(), asked, FACTS)
    assert refused.notices[:2] == (
        "لم نفهم «متى» تاريخا، فلم نضيّق البحث به.",
        "كُتبت بداية المدة بعد نهايتها، فقرأناهما بالترتيب.",
    )
    assert [(field.value, bool(field.wrong)) for field in refused.dates.fields] == [("متى", True), ("", False)]


def test_without_a_dated_match_there_is_a_notice_and_no_drawing() -> None:
    empty = replace(PAGE, periods=(), step=None)
    assert view_of(empty).drawings == () and view_of(empty).rows == ()
    assert view_of(empty).notices[0] == "لا مقالات مؤرخة تطابق هذه الأبحاث."


def test_a_very_long_query_has_no_links_in_the_table() -> None:
    long = "كلمة " * 400
    page = replace(PAGE, lines=(replace(PAGE.lines[0], query=long), PAGE.lines[1]))
    cells = [row.cells for row in view_of(page).rows]
    assert not any(row[0].url for row in cells) and cells[1][1].url
    assert view_of(page).lines[0].short_query.endswith("…")


@pytest.mark.parametrize("share", [False, True])
def test_the_switch_and_the_documents_keep_what_was_asked(share: bool) -> None:
    view = view_of(share=share)
    assert [(way.current, "share=1" in way.url) for way in view.switch] == [(not share, False), (share, True)]
    assert ("share=1" in view.csv) is share
    assert view.csv.startswith("/compare.csv?q=") and view.data.startswith("/api/compare?q=")
