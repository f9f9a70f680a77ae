"""What the page of the coverage shows, made from records without an index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from search.article import Article
from search.over_time.records import Coverage
from search.pages.records import Filters
from tests.web.fakes import FakeService, covered
from web.addresses.links import Links
from web.addresses.over_time_requests import AskedCoverage
from web.views.coverage_view import MOST_MONTHS, MOST_YEARS, CoverageView, GridRow, build_coverage_view

EVERYTHING = AskedCoverage(Filters(), figures=False)


def dated(id: str, source: str | None, day: str | None) -> Article:
    return Article(id, "", "", (source,) if source else (), None, None, None, day)


ARTICLES = (
    dated("a", "ألف", "2015-01-10"),
    dated("b", "ألف", "2015-04-10"),
    dated("c", "باء", "2015-02-01"),
    dated("d", "باء", "2015-02-02"),
    dated("e", None, "2015-02-03"),
    dated("f", "باء", None),
)


def page(*articles: Article, sources: tuple[str, ...] = ()) -> Coverage:
    return FakeService(articles or ARTICLES).coverage(sources)


def view_of(found: Coverage, asked: AskedCoverage = EVERYTHING, language: str = "ar") -> CoverageView:
    return build_coverage_view(found, asked, Links("", language))


def row(view: CoverageView, name: str) -> GridRow:
    return next(each for each in view.rows if each.name == name)


def test_a_cell_shows_a_number_of_articles_or_a_gap_or_that_the_source_was_not_there() -> None:
    view = view_of(page())
    assert [(cell.kind, cell.text) for cell in row(view, "ألف").cells] == [
        ("some", "1"),
        ("gap", "0"),
        ("gap", "0"),
        ("some", "1"),
    ]
    assert [cell.kind for cell in row(view, "باء").cells] == ["out", "some", "out", "out"]
    assert [cell.text for cell in row(view, "كل المقالات").cells] == ["1", "3", "0", "1"]


def test_a_cell_leads_to_its_search() -> None:
    view = view_of(page())
    cell = row(view, "باء").cells[1]
    assert cell.url.endswith("&from=2015-02-01&to=2015-02-28") and "source=" in cell.url
    assert cell.title == "باء، فبراير/شباط 2015: مقالان"
    assert row(view, "كل المقالات").cells[1].url == "/search?from=2015-02-01&to=2015-02-28"
    assert row(view, "بلا مصدر").cells[1].url == ""  # no search asks for articles without a source
    assert row(view, "ألف").cells[1].url == ""


def test_the_facts_count_what_is_undated_or_without_a_source_and_date_the_index() -> None:
    facts = view_of(page(), language="en").facts
    assert facts == (
        "6 articles",
        "10 January 2015 to 10 April 2015",
        "Undated (1 – 17%)",
        "Without a source (1 – 17%)",
        "Index last updated: 25 November 2026 20:59 UTC",
    )


def test_each_source_has_its_days_and_gaps() -> None:
    one = next(each for each in view_of(page()).sources if each.name == "ألف")
    assert (one.first, one.last) == ("10 يناير/كانون الثاني 2015", "10 أبريل/نيسان 2015")
    assert one.gaps == ("فبراير/شباط 2015 – مارس/آذار 2015 (شهران)",) and one.more == ""
    assert view_of(page()).notices[1] == "لا يضم الأرشيف أي مقال من: مارس/آذار 2015."


def test_sources_beyond_the_commonest_are_summed() -> None:
    view = view_of(page(sources=("ألف",)))
    assert [each.name for each in view.rows] == ["كل المقالات", "ألف", "بقية المصادر (مصدر واحد)", "بلا مصدر"]
    assert row(view, "بقية المصادر (مصدر واحد)").url is None


def test_a_source_that_is_not_there_is_named() -> None:
    view = view_of(page(sources=("جيم",)))
    assert "«جيم»" in " ".join(view.notices)
    assert row(view, "جيم").url is None and view.sources[0].url is None


def test_a_long_span_is_shown_by_years_that_link_to_their_months() -> None:
    articles = [dated(str(year), "قديم", f"{year}-05-01") for year in range(1866, 2027)]
    view = view_of(page(*articles))
    assert len(view.columns) <= MOST_YEARS and view.groups == ()
    assert view.columns[0].text == "1865–1869"
    assert view.columns[0].url == "/coverage?from=1865-01-01&to=1869-12-31"
    asked = AskedCoverage(Filters(first=date(1865, 1, 1), last=date(1869, 12, 31)), figures=False)
    near = view_of(page(*articles), asked)
    assert [(column.text, span) for column, span in near.groups] == [
        ("1866", 8),
        ("1867", 12),
        ("1868", 12),
        ("1869", 12),
    ]
    assert len(near.columns) <= MOST_MONTHS and near.whole == "/coverage"
    assert len(near.sources[0].gaps) == 5 and near.sources[0].more == "و155 فترة أخرى"


def test_days_without_any_article_have_a_sentence() -> None:
    view = view_of(page(), AskedCoverage(Filters(first=date(1990, 1, 1), last=date(1990, 2, 1)), figures=True))
    assert view.rows == () and "لا مقالات مؤرخة في هذه الفترة." in view.notices


def test_an_archive_without_dates_has_no_rows_and_an_empty_one_no_articles() -> None:
    undated = view_of(page(dated("a", "ألف", None)))
    (source,) = undated.sources
    assert undated.rows == () and source.undated and source.undated.text == "1"
    assert "source=" in source.undated.url and source.undated.url.endswith("&undated=1")
    nothing = covered(None, 0, [])
    assert view_of(Coverage(nothing, (), None, nothing, None)).articles == 0


def test_long_names_are_shortened_and_a_row_of_very_long_links_has_none() -> None:
    name = "م" * 300
    articles = [dated(f"{n}", name, f"{2010 + n // 12}-{n % 12 + 1:02}-01") for n in range(60)]
    view = view_of(page(*articles))
    assert view.rows[1].name == f"{'م' * 24}…" and not any(cell.url for cell in view.rows[1].cells)
    assert all(cell.url for cell in view.rows[0].cells)


def test_levels_grow_with_the_number_of_articles() -> None:
    many = [dated(f"m{n}", "باء", "2015-03-01") for n in range(200)]
    cells = row(view_of(page(*ARTICLES, *many)), "باء").cells
    assert (cells[1].level, cells[2].level) == (2, 5)


def test_the_switch_keeps_what_was_asked() -> None:
    asked = AskedCoverage(Filters(sources=("ألف",)), figures=True)
    view = view_of(page(sources=("ألف",)), asked)
    assert [way.current for way in view.switch] == [False, True] and "figures=1" in view.switch[1].url
    assert view.source == "ألف" and view.csv.startswith("/coverage.csv?source=") and "figures" not in view.csv
    assert replace(asked, figures=False) == AskedCoverage(Filters(sources=("ألف",)), figures=False)
