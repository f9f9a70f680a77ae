"""Where a part of the index does not answer, pages say so and claim nothing of the whole; all else is refused."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from kashaf import kashaf
from search import opening, unanswered
from search.article import Article
from search.errors import ClusterIncomplete
from search.over_time.records import CompareRequest
from search.pages.as_json import page_object
from search.pages.as_text import page_lines
from search.pages.records import SearchPage, SearchRequest
from search.pages.text_style import TextStyle
from search.query.clauses import Term
from search.service import SearchService
from tests.half_engine import half_reached
from tests.small_index import open_index

OLD = Term("source", "مصدر 2019")
ARABIC = TextStyle("ar")
SAID = "جزء من الأرشيف لا يجيب الآن"


def articles() -> list[Article]:
    """Twenty articles on wheat, half of them of 2019; one on barley, of 2020."""
    years = [2019, 2020] * 10
    wheat = [
        Article(
            f"w{n}", f"القمح {n}", f"خبر عن القمح رقم {n}", published=f"{year}-01-{n + 1:02}", source=(f"مصدر {year}",)
        )
        for n, year in enumerate(years)
    ]
    return [*wheat, Article("b", "الشعير", "خبر عن الشعير", published="2020-05-01", source=("مصدر 2020",))]


@pytest.fixture(scope="module")
def all_reached(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    return open_index(tmp_path_factory.mktemp("unanswered"), articles())


@pytest.fixture(scope="module")
def service(all_reached: SearchService) -> SearchService:
    """The articles of 2020 do not answer."""
    return half_reached(all_reached, OLD)


def asked(service: SearchService, query: str) -> SearchPage:
    with unanswered.tolerated():
        return service.search(SearchRequest(query, today=date(2020, 6, 1)))


def kinds(page: SearchPage) -> list[str]:
    return [note.kind for note in page.notes]


def test_a_page_shows_what_the_rest_has_and_says_so_first(service: SearchService) -> None:
    page = asked(service, "القمح")
    assert page.total == 10 and page.cut and page.truncated
    assert kinds(page)[0] == "unanswered"
    assert list(page.facets["source"]) == [("مصدر 2019", 10)]
    shown = page_object(page)
    assert shown["cut"] and SAID in shown["notes"][0]["text"]
    printed = "\n".join(page_lines(page, ARABIC))
    assert SAID in printed and "على الأقل" in printed


def test_what_the_rest_has_not_is_neither_denied_nor_read_otherwise(service: SearchService) -> None:
    page = asked(service, "الشعير")
    assert kinds(page) == ["unanswered"] and not page.total and page.suggestion is None
    assert kinds(asked(service, 'القمح source:"مصدر 2020"')) == ["unanswered"]
    assert "لا شيء في ما بُحث من المقالات" in "\n".join(page_lines(page, ARABIC))


def test_a_whole_index_has_no_such_notice(all_reached: SearchService) -> None:
    page = asked(all_reached, "الشعير")
    assert page.total == 1 and not page.cut and "unanswered" not in kinds(page)


def test_an_article_of_the_rest_is_shown_and_another_is_not_called_absent(
    service: SearchService, all_reached: SearchService
) -> None:
    with unanswered.tolerated():
        found = service.read("w0")
        assert found and found.incomplete
        with pytest.raises(ClusterIncomplete, match="try again later"):
            service.read("b")
    with unanswered.tolerated():
        whole = all_reached.read("b")
    assert whole and not whole.incomplete


def test_what_has_no_place_for_a_notice_is_refused(service: SearchService) -> None:
    request = SearchRequest("القمح")
    for wants_all in (
        lambda: service.search(request),
        lambda: service.all_hits(request),
        lambda: service.article("w0"),
        lambda: service.compare(CompareRequest(("القمح",))),
        lambda: service.count_by(request, "year"),
    ):
        with pytest.raises(ClusterIncomplete):
            wants_all()


def test_what_is_kept_for_later_requests_is_not_made_of_a_part(all_reached: SearchService) -> None:
    fresh = half_reached(all_reached, OLD).index
    for name in ("facts", "all_counts"):
        del vars(fresh)[name]
    with unanswered.tolerated(), pytest.raises(ClusterIncomplete):
        _ = fresh.facts
    assert "facts" not in vars(fresh)


def test_a_process_that_answers_once_makes_what_it_needs_of_the_part(all_reached: SearchService) -> None:
    fresh = half_reached(all_reached, OLD).index
    del vars(fresh)["all_counts"]
    with unanswered.tolerated(once=True):
        assert sum(fresh.all_counts["day"].values()) == 10
        assert unanswered.parts() == 1


def test_blocks_count_for_themselves() -> None:
    unanswered.note(2)
    assert not unanswered.tolerates() and unanswered.parts() == 0
    with unanswered.tolerated():
        unanswered.note(2)
        unanswered.note(1)
        with unanswered.tolerated():
            assert unanswered.parts() == 0
        with unanswered.whole():
            assert not unanswered.tolerates()
        assert unanswered.parts() == 2


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_command_search_says_so_too(service: SearchService, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setattr(opening, "open_service", lambda settings: service)
    printed = CliRunner().invoke(kashaf, ["search", "القمح", "--format", form, "--lang", "ar"])
    assert printed.exit_code == 0 and SAID in printed.stdout


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_of_forms_without_a_place_for_the_notice_the_command_prints_nothing(
    service: SearchService, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(opening, "open_service", lambda settings: service)
    printed = CliRunner().invoke(kashaf, ["search", "القمح", "--format", form])
    assert isinstance(printed.exception, ClusterIncomplete) and not printed.stdout
