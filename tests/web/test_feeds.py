"""Documents for machines: Atom, OpenSearch, the icon, the health check."""

from __future__ import annotations

import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from search.article import Article
from tests.web.fakes import FakeService, missing
from web.routes.feeds import moment

_UPDATED = re.compile(r"<updated>[^<]*</updated>")

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_search_is_an_atom_feed_of_its_newest_articles(client: FlaskClient) -> None:
    response = client.get("/feed?q=الموانئ&sort=oldest&page=7")
    assert response.content_type == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.data)
    assert feed.findtext(f"{ATOM}title") == "نتائج «الموانئ» – كشّاف"
    assert feed.findtext(f"{ATOM}updated") == "2017-07-15T00:00:00Z"
    first, *_ = feed.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "هيئة الموانئ تطلق منصة Coral Gate لتتبع 3,650 حاوية"
    assert [link.get("href") for link in first.findall(f"{ATOM}link")] == [
        "http://localhost/article/a1",
        "https://www.example.org/ports?id=1",
    ]
    assert [name.text for name in first.iter(f"{ATOM}name")] == ["سالم الحارثي"]
    assert "<mark>الموانئ</mark>" in (first.findtext(f"{ATOM}summary") or "")


def test_what_an_address_says_of_a_page_of_results_is_not_read_by_a_feed(client: FlaskClient) -> None:
    """A feed has its own order and length, so that no value of these can be wrong."""
    plain = client.get("/feed?q=الموانئ")
    other = client.get("/feed?q=الموانئ&sort=best&page=0&limit=200&explain=yes&facets=2")
    # An undated article of an index that does not know when it was updated has the time of the answer.
    assert other.status_code == 200 and _UPDATED.sub("", other.text) == _UPDATED.sub("", plain.text)
    assert client.get("/feed?q=الموانئ&names=2").status_code == 400


def test_a_feed_never_links_to_a_script(client: FlaskClient) -> None:
    assert "javascript:" not in client.get("/feed?q=الموانئ").text


def test_a_feed_is_well_formed_whatever_the_articles_hold(service: FakeService, client: FlaskClient) -> None:
    url = "https://example.org/\uffff"
    service.articles = (Article("a\x00&<", "\x0b]]>\ufffe", "<b>&\x08", ("\x1f<",), "&\x00", None, url, None),)
    feed = ElementTree.fromstring(client.get("/feed?q=%26").data)
    assert feed.findtext(f"{ATOM}entry/{ATOM}updated")


def test_an_entry_without_a_date_has_the_moment_of_the_index(service: FakeService, client: FlaskClient) -> None:
    service.articles = (Article("1", "بلا تاريخ"), Article("2", "مؤرخ", published="2017-07-15"))
    service.updated = "2026-11-25T20:59:51+00:00"
    feed = ElementTree.fromstring(client.get("/feed").data)
    dated, undated = feed.findall(f"{ATOM}entry")
    assert [dated.findtext(f"{ATOM}{name}") for name in ("published", "updated")] == ["2017-07-15T00:00:00Z"] * 2
    assert undated.findtext(f"{ATOM}published") is None
    assert undated.findtext(f"{ATOM}updated") == service.updated
    assert feed.findtext(f"{ATOM}updated") == "2017-07-15T00:00:00Z"
    service.articles = service.articles[:1]
    assert ElementTree.fromstring(client.get("/feed").data).findtext(f"{ATOM}updated") == service.updated


def test_ids_of_a_feed_last_whatever_its_length_and_language(client: FlaskClient) -> None:
    def ids(address: str) -> list[str | None]:
        feed = ElementTree.fromstring(client.get(address).data)
        return [element.text for element in feed.iter(f"{ATOM}id")]

    plain = ids("/feed?q=الموانئ")
    assert plain[:2] == [f"http://localhost/feed?q={quote('الموانئ')}", "http://localhost/article/a1"]
    assert ids("/feed?q=الموانئ&limit=3&lang=en&sort=newest&explain=1") == plain


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("2017-07-15", "2017-07-15T00:00:00Z"),
        ("2017-07-15T10:30:00", "2017-07-15T10:30:00Z"),
        ("2017-07-15T10:30:00+03:00", "2017-07-15T10:30:00+03:00"),
        ("2017-07-15T10:30:00-05:00", "2017-07-15T10:30:00-05:00"),
        ("2017-07-15T10:30:00Z", "2017-07-15T10:30:00Z"),
    ],
)
def test_a_date_is_a_moment_in_a_feed(published: str, text: str) -> None:
    assert moment(published) == text


def test_pages_link_to_a_description_of_the_search_for_browsers(client: FlaskClient) -> None:
    description = ElementTree.fromstring(client.get("/opensearch.xml").data)
    templates = [url.get("template") for url in description.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")]
    assert "http://localhost/search?q={searchTerms}" in templates
    assert 'href="/opensearch.xml"' in client.get("/").text


def test_the_icon_is_at_the_old_address_too(client: FlaskClient) -> None:
    with client.get("/favicon.ico") as response:
        assert response.content_type.startswith("image/svg+xml")


def test_the_health_check_fails_while_there_is_no_index(service: FakeService, client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok", "articles": 34}
    service.trouble = missing()
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
