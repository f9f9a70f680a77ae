"""The pages /compare and /coverage, their CSV and JSON, over a service without an index; no text fails."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from search.errors import IndexMissing
from tests.web.fakes import FakeService
from web.addresses.over_time_requests import read_comparison, read_coverage

COMPARED = "/compare?q=الموانئ&q=الطقس"
PAGES = (COMPARED, f"{COMPARED}&share=1", "/compare", "/coverage", "/coverage?figures=1")
EVERY = ("/compare", "/compare.csv", "/coverage", "/coverage.csv", "/api/compare", "/api/coverage")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["", "en"])
def test_each_page_is_whole_and_without_anything_inline(client: FlaskClient, path: str, lang: str) -> None:
    response = client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    html = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "style=" not in html and "<style" not in html and "onclick" not in html
    assert html.count("<h1") == 1 and "{{" not in html and "None" not in html


def test_a_comparison_shows_lines_a_table_and_the_form(client: FlaskClient) -> None:
    html = client.get("/compare?q=الموانئ&q=الطقس").get_data(as_text=True)
    assert html.count('role="img" aria-label="خطوط على مرّ الزمن: أ الموانئ، ب الطقس') == 2
    assert html.count("<label>البحث ") == 4
    assert "<caption>عدد المقالات المطابقة في كل فترة</caption>" in html and 'scope="row"' in html
    assert "بلا تاريخ (<bdi>1</bdi>)</a>" in html
    assert "/search?q=%D8%A7%D9%84%D9%85%D9%88%D8%A7%D9%86%D8%A6&amp;from=2017-07-01&amp;to=2017-07-31" in html


def test_one_query_is_tolerated_and_a_fifth_cut_with_a_sentence(client: FlaskClient) -> None:
    assert client.get("/compare?q=الموانئ").get_data(as_text=True).count('class="line line-2"') == 0
    html = client.get("/compare?" + "&".join(f"q={word}" for word in "ابتثجح")).get_data(as_text=True)
    assert "نقارن أربعة أبحاث على الأكثر، وبقي خارج المقارنة: بحثان." in html


@pytest.mark.parametrize(
    "query",
    [
        "q=%00&q=%FF%FE",
        "q=" + "a" * 5000,
        "q=<script>alert(1)</script>&q='\"&q=%F0%9F%98%80",
        "from=غدا&q=الموانئ",
        "source=" + "s" * 900,
        "&".join(f"source={n}" for n in range(200)),
        "&".join(f"q={n}" for n in range(500)),
        "share=x&figures=y&lang=zz&names=maybe&group=a&page=0&limit=-3&sort=z",
    ],
)
@pytest.mark.parametrize("path", EVERY)
def test_no_text_is_refused(client: FlaskClient, path: str, query: str) -> None:
    response = client.get(f"{path}?{query}")
    if path.startswith("/api/"):  # which is strict
        assert response.status_code in {200, 400} and response.is_json
        return
    assert response.status_code == 200
    assert "<script>alert" not in response.get_data(as_text=True) or path.startswith("/api/") or path.endswith(".csv")


@pytest.mark.parametrize("path", ["/compare", "/coverage"])
def test_a_date_that_is_none_is_named_beside_its_field_and_left_out(client: FlaskClient, path: str) -> None:
    html = client.get(f"{path}?q=الموانئ&from=حينها&to=2017").get_data(as_text=True)
    assert "لم نفهم «حينها» تاريخا: اكتب" in html and 'value="حينها"' in html and 'value="2017"' in html


@pytest.mark.parametrize("path", ["/api/compare", "/compare.csv", "/coverage.csv"])
def test_data_within_days_that_cannot_be_read_is_refused(client: FlaskClient, path: str) -> None:
    response = client.get(f"{path}?q=الموانئ&from=99999999999&to=-1")
    assert response.status_code == 400
    assert "99999999999" in response.get_data(as_text=True)
    assert client.get(f"{path}?q=الموانئ&from=تموز ٢٠١٧&to=15/7/2017").status_code == 200


def test_days_given_the_wrong_way_round_are_read_in_order_with_a_note(client: FlaskClient) -> None:
    for path in ("/compare?q=الموانئ", "/coverage?"):
        html = client.get(f"{path}&from=2017&to=يناير 2015").get_data(as_text=True)
        assert "فقرأناهما بالترتيب" in html and 'value="2015"' in html and 'value="2017"' in html


def test_a_comparison_as_data_has_a_note_about_days_given_the_wrong_way_round() -> None:
    asked = read_comparison(MultiDict([("q", "قوات"), ("from", "2017"), ("to", "2015")]))
    assert asked.request.swapped and asked.swapped


def test_the_same_query_twice_is_one_and_empty_boxes_are_none() -> None:
    asked = read_comparison(MultiDict([("q", " قوات "), ("q", ""), ("q", "قوات"), ("names", "0"), ("share", "1")]))
    assert (asked.request.queries, asked.request.names, asked.share) == (("قوات",), False, True)
    assert read_coverage(MultiDict([("source", "ألف"), ("section", "ب"), ("figures", "1")])).filters.sections == ()


def test_csv_opens_in_a_spreadsheet(client: FlaskClient) -> None:
    response = client.get("/compare.csv?q=الموانئ&q=الطقس")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"))))
    assert rows[0] == ["period", "first", "last", "الموانئ", "الطقس", "all"] and rows[-1][0] == "undated"
    covered = client.get("/coverage.csv").get_data().decode("utf-8-sig")
    assert covered.startswith("source,month,articles")


def test_json_is_the_object_of_the_command_line(client: FlaskClient) -> None:
    found = client.get("/api/compare?q=الموانئ").get_json()
    assert found["queries"][0]["query"] == "الموانئ" and found["periods"][0]["shares"]
    covered = client.get("/api/coverage?source=شبكة سنابل").get_json()
    assert [each["source"] for each in covered["sources"]] == ["شبكة سنابل"] and covered["rest"]["sources"] == 2


def test_without_an_index_each_page_has_a_sentence_about_that(client: FlaskClient, service: FakeService) -> None:
    service.trouble = IndexMissing("no index")
    assert {client.get(path).status_code for path in PAGES} == {503}


def test_the_pages_are_linked_from_home_and_from_a_search(client: FlaskClient) -> None:
    assert 'href="/coverage"' in client.get("/").get_data(as_text=True)
    html = client.get("/search?q=الموانئ&source=شبكة سنابل").get_data(as_text=True)
    assert 'href="/compare?q=%D8%A7%D9%84%D9%85%D9%88%D8%A7%D9%86%D8%A6&amp;source=' in html
    assert 'href="/coverage"' in html


def test_each_compared_query_stands_in_its_own_quotation_marks_and_its_own_direction(client: FlaskClient) -> None:
    page = client.get("/compare?q=قمح&q=نفط&lang=en").text
    assert "<h1>“<bdi>قمح</bdi>”, “<bdi>نفط</bdi>” over time</h1>" in page
    assert "<title>“قمح”, “نفط” over time" in page
