"""/export and /cite: files of the search and of an article, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import bibtexparser
import pytest
import rispy
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.datastructures import Headers

from search.pages.records import SearchPage, SearchRequest
from tests.web.fakes import FakeList, FakeService, missing
from web.addresses.links import Links
from web.messages.table import say
from web.views.taking_along import taking_along


def file_of(client: FlaskClient, path: str) -> tuple[str, str, Headers]:
    """The text of a file, its name, and its headers."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.get_data(as_text=True), name_of(answer.headers), answer.headers


def name_of(headers: Headers) -> str:
    """The name under which browsers keep a file."""
    assert headers["Content-Disposition"].startswith("attachment; filename=kashaf")
    return unquote(headers["Content-Disposition"].rpartition("filename*=UTF-8''")[2])


def test_a_table_has_all_results_whatever_page_is_shown(client: FlaskClient) -> None:
    text, name, headers = file_of(client, "/export?q=نشرة&page=2&limit=7&sort=oldest")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == 30 and name == "kashaf-نشرة.csv"
    assert rows[0]["permalink"] == f"http://localhost/article/{rows[0]['id']}"
    assert headers["Content-Type"] == "text/csv; charset=utf-8" and headers["X-Robots-Tag"].startswith("noindex")
    assert (headers["X-Kashaf-Rows"], headers["X-Kashaf-Total"], headers["X-Kashaf-Truncated"]) == ("30", "30", "0")


def test_each_format_comes_with_its_type_and_name(client: FlaskClient) -> None:
    for form, type, suffix in (
        ("jsonl", "application/x-ndjson", "jsonl"),
        ("ris", "application/x-research-info-systems", "ris"),
        ("bibtex", "application/x-bibtex", "bib"),
    ):
        _, name, headers = file_of(client, f"/export?q=الموانئ&format={form}")
        assert headers["Content-Type"] == f"{type}; charset=utf-8" and name == f"kashaf-الموانئ.{suffix}"
        assert re.search(r"filename=kashaf-lmwn[a-z-]*\.", headers["Content-Disposition"])


def test_files_are_read_by_public_parsers(client: FlaskClient) -> None:
    references = rispy.loads(file_of(client, "/export?q=الموانئ&format=ris")[0])
    library = bibtexparser.parse_string(file_of(client, "/export?q=الموانئ&format=bibtex")[0])
    lines = file_of(client, "/export?q=الموانئ&format=jsonl&snippets=1&body=1")[0].splitlines()
    assert len(references) == len(library.entries) == len(lines) == 4 and not library.failed_blocks
    first = json.loads(lines[0])
    assert "<mark>الموانئ</mark>" in first["snippets"][0] and first["body"].startswith("أعلنت")
    assert references[0]["urls"] == ["https://www.example.org/ports?id=1", "http://localhost/article/a1"]


def test_rows_and_the_byte_order_mark_are_asked_for(client: FlaskClient) -> None:
    text, _, headers = file_of(client, "/export?rows=2&bom=1")
    assert text.startswith("\ufeffid,") and len(text.splitlines()) == 3
    assert headers["X-Kashaf-Truncated"] == "1"


def test_names_of_files_are_safe_and_readable(client: FlaskClient) -> None:
    for query, name in (
        ("", "kashaf.csv"),
        ('"مجلس الأمن" /../..\\ "', "kashaf-مجلس-الأمن.csv"),
        ("ء", "kashaf-ء.csv"),
        ("؟", "kashaf.csv"),
        ("ك" * 500, f"kashaf-{'ك' * 60}.csv"),
    ):
        with client.get("/export", query_string={"q": query}) as answer:
            assert name_of(answer.headers) == name
            assert answer.headers["Content-Disposition"].isascii()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("format=xlsx", "xlsx"),
        ("format=ris&body=1", "csv, jsonl"),
        ("format=bibtex&bom=1", "bibtex"),
        ("rows=0", "100,000"),
        ("rows=100001", "100,000"),
        ("rows=x", "100,000"),
        ("bom=2", "bom=2"),
        ("from=xyz", "xyz"),
        ("sort=best", "best"),
        ("limit=200", "rows"),
        ("limit=200&rows=5", "limit=200"),
        ("page=0", "rows"),
        ("limit=100&page=101", "100,000"),
        ("from=حتى 2015", "to"),
        ("source=" + "&source=".join(f"x{n}" for n in range(51)), "source"),
    ],
)
def test_what_cannot_be_is_refused_as_a_page(client: FlaskClient, asked: str, said: str) -> None:
    for language in ("ar", "en"):
        answer = client.get(f"/export?{asked}&lang={language}")
        assert answer.status_code == 400 and said in html.fromstring(answer.text).text_content()
        assert answer.content_type.startswith("text/html") and "Content-Disposition" not in answer.headers


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("asked", ["limit=200", "limit=x", "page=0", "page=99999"])
def test_a_page_that_no_results_have_is_refused_by_what_a_file_takes(
    client: FlaskClient, language: str, asked: str
) -> None:
    """The bounds of pages say nothing of files, which have all results or as many as `rows` says."""
    said = html.fromstring(client.get(f"/export?{asked}&lang={language}").text).text_content()
    assert asked in said and "rows" in said and "100,000" in said


@pytest.mark.parametrize("language", ["ar", "en"])
def test_only_an_article_that_is_not_there_is_said_to_have_been_removed(client: FlaskClient, language: str) -> None:
    removed = say(language, "error_404_article_text")
    gone, no_such_file, nothing = (
        client.get(f"{path}?lang={language}") for path in ("/cite/ris/none", "/cite/pdf/a1", "/none")
    )
    assert [each.status_code for each in (gone, no_such_file, nothing)] == [404, 404, 404]
    assert removed in gone.text and removed not in no_such_file.text and removed not in nothing.text
    assert say(language, "error_404_text") in nothing.text


def test_a_failure_before_the_first_byte_is_a_proper_answer(service: FakeService, client: FlaskClient) -> None:
    service.trouble = missing()
    assert client.get("/export?q=x").status_code == 503
    assert client.get("/cite/ris/a1").status_code == 503


def test_only_some_exports_run_at_the_same_time(app: Flask, client: FlaskClient) -> None:
    """Of eight threads two may write exports; a place is given back when the answer is closed, read or not."""
    running = [client.get("/export?q=الموانئ", buffered=False) for _ in range(2)]
    refused = client.get("/export?q=الموانئ&lang=en")
    assert refused.status_code == 503 and refused.headers["Retry-After"] and "Many files" in refused.text
    assert client.get("/search?q=الموانئ").status_code == 200
    for answer in running:
        answer.close()
    for path in ("/export?format=x", "/export?q=x", "/export?q=x"):
        client.get(path).close()
    client.head("/export?q=الموانئ").close()
    assert client.get("/export?q=الموانئ").status_code == 200


def test_a_failure_gives_its_place_back(service: FakeService, client: FlaskClient) -> None:
    service.trouble = missing()
    for _ in range(5):
        assert client.get("/export").status_code == 503
    service.trouble = None
    assert client.get("/export").status_code == 200


def test_an_export_is_written_while_it_is_read(
    service: FakeService, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []

    def endless(self: FakeList) -> Iterator[object]:
        while True:
            taken.append(1)
            yield self.listed[0]

    monkeypatch.setattr(FakeList, "__iter__", endless)
    with client.get("/export?q=الموانئ", buffered=False) as answer:
        parts = answer.iter_encoded()
        assert b"permalink" in next(parts) and next(parts).count(b"\r\n") == 100
        assert len(taken) == 100


def test_an_article_is_cited_in_both_formats(client: FlaskClient) -> None:
    text, name, _ = file_of(client, "/cite/ris/a1")
    (record,) = rispy.loads(text)
    assert record["title"] == "هيئة الموانئ تطلق منصة Coral Gate لتتبع 3,650 حاوية"
    assert record["urls"][1] == "http://localhost/article/a1"
    assert name.startswith("kashaf-هيئة-الموانئ") and name.endswith(".ris")
    (entry,) = bibtexparser.parse_string(file_of(client, "/cite/bibtex/a1")[0]).entries
    assert entry["journal"] == "وكالة الواحة + صحيفة الميناء"


def test_articles_of_odd_ids_are_cited(client: FlaskClient) -> None:
    for id in ("https://example.org/a//b?c=1#d", ".."):
        path = Links().citation(id, "ris")
        assert rispy.loads(file_of(client, path)[0])[0]["accession_number"] == id


@pytest.mark.parametrize("path", ["/cite/ris/none", "/cite/csv/a1", "/cite/x/a1", "/cite/ris/", "/cite/ris/?id=none"])
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_menu_leads_to_the_same_search(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/search?q=نشرة&source=شبكة سنابل&page=2&limit=5&sort=oldest&lang=en").text)
    (menu,) = page.xpath("//details[@class='take']")
    assert "Rows: 30" in menu.text_content()
    links = menu.xpath(".//a/@href")
    assert [parse_qs(urlsplit(link).query)["format"] for link in links] == [["csv"], ["jsonl"], ["ris"], ["bibtex"]]
    for link in links:
        asked = parse_qs(urlsplit(link).query)
        assert (asked["q"], asked["source"], asked["sort"]) == (["نشرة"], ["شبكة سنابل"], ["oldest"])
        assert not asked.keys() & {"page", "limit"}
        assert file_of(client, link)[2]["X-Kashaf-Rows"] == "30"
    assert not html.fromstring(client.get("/search?q=غيرموجود").text).xpath("//details[@class='take']")


def test_the_menu_says_how_many_rows_a_file_has() -> None:
    page = SearchPage(SearchRequest("س"), "س", 50, 40, 4, 1.0, ())
    exact = taking_along(page, Links(language="en"))
    beyond_pages = taking_along(replace(page, total=60_000, reachable=10_000, truncated=True), Links(language="en"))
    beyond_all = taking_along(replace(page, total=250_000, reachable=10_000, truncated=True), Links(language="en"))
    assert exact and (exact.rows, exact.cut) == ("Rows: 40", "")
    assert beyond_pages and (beyond_pages.rows, beyond_pages.cut) == ("Rows: 60,000 at most", "")
    assert beyond_all and beyond_all.rows == "Rows: 100,000 at most" and "first 100,000" in beyond_all.cut
    assert taking_along(replace(page, total=0), Links()) is None
