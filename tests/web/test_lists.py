"""The page /batch: a list that is pasted, its table of counts, its files, and how it is bounded."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from lxml import html as lxml_html

from search.budget import Budget
from search.errors import IndexMissing
from search.lists.rows import ListOptions, read_typed
from search.lists.typed import CountedRow, count_rows, hits_of_rows
from search.pages.records import IndexFacts, SearchPage, SearchRequest
from search.value_counts import ValueCounts
from tests.web.fakes import FakeService
from web.addresses.links import Links
from web.addresses.list_requests import AskedList
from web.views.list_view import build_list_view

LIST = "الموانئ\nالطقس\n\nلا شيء\nالموانئ"
EVERY = ("/batch", "/batch/counts.csv", "/batch/hits.csv")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("path", ["/batch", f"/batch?list={LIST}", f"/batch?list={LIST}&by=year&as=near&distance=2"])
@pytest.mark.parametrize("lang", ["", "en"])
def test_the_page_is_whole_and_without_anything_inline(client: FlaskClient, path: str, lang: str) -> None:
    response = client.get(path, query_string=None if "?" in path else {"lang": lang})
    page = response.text
    assert response.status_code == 200
    assert "style=" not in page and "<style" not in page and "onclick" not in page
    assert page.count("<h1") == 1 and "{{" not in page and "None" not in page


def summary(totals: list[int], language: str) -> str:
    """What the page says above a list whose queries match so many articles."""
    listed, _ = read_typed("\n".join(f"x{n}" for n in range(len(totals))), ListOptions(date(2017, 7, 15)), most=200)
    asked = AskedList("", listed.rows, ListOptions(date(2017, 7, 15)))
    counts = [ValueCounts(total, {}, 0, cut=False, notes=()) for total in totals]
    found = [CountedRow(row, count) for row, count in zip(listed.rows, counts, strict=True)]
    facts = IndexFacts("", "fake", "", 1, (), (), None, None, 0, None)
    return build_list_view(asked, found, Links("", language), facts).summary


@pytest.mark.parametrize(
    ("totals", "arabic", "english"),
    [
        ([0], "بحث واحد، ولم نجد له مقالات", "1 query, without articles"),
        ([7], "بحث واحد، ووجدنا له مقالات", "1 query, with articles"),
        ([0, 0], "بحثان، ولم نجد مقالات لأي منهما", "2 queries, neither with articles"),
        ([0, 1], "بحثان، ووجدنا مقالات لأحدهما", "2 queries, one of them with articles"),
        ([3, 1], "بحثان، ووجدنا مقالات لكليهما", "2 queries, both with articles"),
        ([0, 0, 0], "3 أبحاث، ولم نجد مقالات لأي منها", "3 queries, none of them with articles"),
        ([0, 9, 0], "3 أبحاث، ووجدنا مقالات لواحد منها", "3 queries, one of them with articles"),
        ([1, 0, 1], "3 أبحاث، ووجدنا مقالات لاثنين منها", "3 queries, two of them with articles"),
        ([1, 1, 1], "3 أبحاث، ووجدنا مقالات لها كلها", "3 queries, all of them with articles"),
        ([1] * 5 + [0] * 6, "11 بحثا، ووجدنا مقالات لـ5 منها", "11 queries, 5 of them with articles"),
        ([1] * 11 + [0] * 89, "100 بحث، ووجدنا مقالات لـ11 منها", "100 queries, 11 of them with articles"),
    ],
)
def test_a_summary_agrees_with_the_number_of_queries_and_of_those_found(
    totals: list[int], arabic: str, english: str
) -> None:
    assert (summary(totals, "ar"), summary(totals, "en")) == (arabic, english)


def test_each_count_leads_to_the_search_that_has_it(client: FlaskClient, service: FakeService) -> None:
    tree = lxml_html.fromstring(client.get("/batch", query_string={"list": LIST, "by": "source"}).text)
    table = tree.find(".//table")
    assert table is not None and len(table.findall(".//tbody/tr")) == 4
    followed = 0
    for link in table.iterfind(".//tbody//a"):
        found = client.get("/api/search", query_string=link.get("href", "").partition("?")[2]).get_json()
        assert f"{found['total']:,}" == link.text
        assert all("repair=0" in each for each in [link.get("href", "")])
        followed += 1
    assert followed >= 8
    (unfound,) = [row for row in table.iterfind(".//tbody/tr") if "لا شيء" in row.text_content()]
    assert next(cell.text_content() for cell in unfound.findall("td")) == "0"


def test_years_lead_to_their_days_within_those_that_were_chosen(client: FlaskClient) -> None:
    asked = {"list": "نشرة", "by": "year", "from": "2015-03-01", "to": "2015-06-30"}
    page = unquote(client.get("/batch", query_string=asked).text)
    assert "from=2015-03-01&amp;to=2015-06-30" in page and "from=2015-01-01" not in page


def test_a_short_list_gets_an_address_and_a_long_one_is_answered_at_once(client: FlaskClient) -> None:
    sent = client.post("/batch?lang=en", data={"list": "الموانئ\r\nالطقس", "as": "phrase", "source": "", "names": "0"})
    assert sent.status_code == 303
    led = client.get(sent.headers["Location"])
    assert led.status_code == 200 and 'lang="en"' in led.text and "<textarea" in led.text
    assert re.search(r'value="phrase" checked', led.text) and re.search(r'name="names" value="0" checked', led.text)
    long = client.post("/batch", data={"list": "\n".join(f"الموانئ {n}" for n in range(90))})
    assert long.status_code == 200 and long.text.count("<tr") == 92


def test_lines_beyond_the_limit_are_left_out_with_a_sentence(client: FlaskClient, service: FakeService) -> None:
    page = client.post("/batch", data={"list": "\n".join(["الموانئ"] * 130)}).text
    assert "نأخذ أول 100 سطر" in re.sub("</?bdi>", "", page) and "30 بحثا" in re.sub("</?bdi>", "", page)


@pytest.mark.parametrize("path", EVERY)
def test_a_list_that_is_too_long_is_refused_by_a_sentence(client: FlaskClient, path: str) -> None:
    refused = client.post(path, data={"list": "ب" * 60_000})
    assert refused.status_code == 413 and "kashaf batch" in refused.text
    larger = client.post(path, data={"list": "ب" * 400_000})
    assert larger.status_code == 413 and "اختصره" in larger.text


@pytest.mark.parametrize(
    "data",
    [
        {"list": "<script>alert(1)</script>\n'\"\n=1+1\n\x00\ud800\n؟؟"},
        {"list": "قمح", "as": "x", "by": "y", "distance": "٩٩", "names": "maybe", "to": "أمس", "source": "s" * 900},
        {"list": "\n" * 3_000},
        {"list": "كلمة " * 3_000},
        {},
    ],
)
@pytest.mark.parametrize("path", EVERY)
def test_no_text_fails(client: FlaskClient, path: str, data: dict[str, str]) -> None:
    written = {name: value.encode("utf-8", "replace") for name, value in data.items()}
    response = client.post(path, data=written, follow_redirects=True)
    assert response.status_code == 200
    assert "<script>alert" not in response.text or path.endswith(".csv")


def test_both_files_open_in_a_spreadsheet(client: FlaskClient) -> None:
    asked = {"list": "الموانئ\n=الطقس\n؟؟", "by": "year"}
    counts, hits = (client.post(path, data=asked) for path in EVERY[1:])
    for answer in (counts, hits):
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert "attachment" in answer.headers["Content-Disposition"] and answer.data.startswith(b"\xef\xbb\xbf")
    found = rows(counts.text)
    assert [row["year"] for row in found if row["line"] == "1"] == ["2016", "2017"]
    assert {row["query"] for row in found if row["line"] == "2"} == {"'=الطقس"}
    assert [row["notes"] for row in found if row["line"] == "3"] == ["لم نبحث: ليس في السطر كلمة نبحث عنها"]
    assert [row["rank"] for row in rows(hits.text) if row["line"] == "1"] == ["1", "2", "3", "4"]


def test_a_hit_without_an_address_of_its_publisher_links_to_its_page(client: FlaskClient, service: FakeService) -> None:
    found = rows(client.get("/batch/hits.csv", query_string={"list": "الموانئ"}).text)
    for row in found:
        stored = service.article(row["id"])
        assert stored and row["link"] == (stored.url or f"http://localhost/article/{row['id']}")
    assert any(row["link"].startswith("http://localhost/") for row in found)


def test_a_day_that_cannot_be_read_is_said_on_the_page_and_refused_for_files(client: FlaskClient) -> None:
    asked = {"list": "الموانئ", "from": "مارسس"}
    page = client.post("/batch", data=asked, follow_redirects=True)
    assert page.status_code == 200 and 'aria-invalid="true"' in page.text and "مارسس" in page.text
    for path in EVERY[1:]:
        refused = client.post(path, data=asked)
        assert refused.status_code == 400 and "مارسس" in refused.text


class _Slow(FakeService):
    """Answers three rows in the time that a list has."""

    def count_by(self, request: SearchRequest, by: str, budget: Budget | None = None) -> ValueCounts:
        assert budget is not None
        return budget.spend(lambda: super(_Slow, self).count_by(request, by))

    def search(self, request: SearchRequest, budget: Budget | None = None) -> SearchPage:
        assert budget is not None
        return budget.spend(lambda: super(_Slow, self).search(request))


def test_rows_for_which_no_time_is_left_say_so_and_the_same_query_is_searched_once() -> None:
    listed, _ = read_typed("الموانئ\nالطقس\nالموانئ\nنشرة\nغاز\n", ListOptions(date(2026, 11, 26)), most=9)
    ticks = iter(range(1_000))
    found = count_rows(_Slow(), listed.rows, "source", Budget(5, clock=lambda: float(next(ticks))))
    assert [row.late for row in found] == [False, False, False, True, True]
    ticks = iter(range(1_000))
    late = [
        row.problem is not None
        for row, _ in hits_of_rows(_Slow(), listed.rows, limit=3, budget=Budget(5, clock=lambda: float(next(ticks))))
    ]
    assert late == [False, False, True, True, True]


def test_the_rest_of_a_list_can_be_gone_on_with(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.lists.typed.SECONDS", -1.0)
    page = client.post("/batch", data={"list": "الموانئ\nالطقس", "by": "year"}, follow_redirects=True).text
    tree = lxml_html.fromstring(page)
    (rest,) = [form for form in tree.iterfind(".//form") if form.get("class") == "rest"]
    fields = {field.get("name"): field.get("value") for field in rest.iterfind(".//input")}
    assert fields == {"list": "الموانئ\nالطقس", "by": "year"}
    assert "انتهى الوقت المتاح للقائمة" in page
    assert "ETag" not in client.get("/batch?list=الموانئ").headers  # a part of the list is not kept by browsers


def test_a_whole_list_is_not_searched_again_by_who_has_it(client: FlaskClient) -> None:
    etag = client.get("/batch?list=الموانئ").headers["ETag"]
    assert client.get("/batch?list=الموانئ", headers={"If-None-Match": etag}).status_code == 304
    assert "ETag" not in client.post("/batch/counts.csv", data={"list": "الموانئ"}).headers


def test_without_an_index_each_page_has_a_sentence_about_that(client: FlaskClient, service: FakeService) -> None:
    service.trouble = IndexMissing("no index")
    assert {client.post(path, data={"list": "\n".join("ab" * 900)}).status_code for path in EVERY} == {503}


def test_the_page_is_linked_from_home_and_the_advanced_form(client: FlaskClient) -> None:
    assert 'href="/batch"' in client.get("/").text and 'href="/batch"' in client.get("/advanced").text
    assert 'href="/batch"' in client.get("/help").text
