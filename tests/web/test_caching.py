"""What has not changed is answered 304 without a search; nothing is served stale; compression as it is asked for."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.article import Article
from search.engines.registry import EMBEDDED
from search.index.following import Followed
from search.pages.records import Note
from search.service import SearchService
from search.settings import Settings
from tests.search.index.test_following import swap
from tests.small_index import build_index
from tests.web.fakes import ARTICLES, FakeService
from web import app as application
from web.app import create_app
from web.site import Site

KEPT = [
    "/",
    "/search?q=الموانئ",
    "/article/a1?q=الموانئ",
    "/compare?q=الموانئ",
    "/compare.csv?q=الموانئ",
    "/coverage",
    "/help",
    "/advanced",
    "/saved",
    "/api",
    "/api/search?q=الموانئ",
    "/api/articles/a1",
    "/api/suggest?q=ا",
    "/api/info",
    "/api/openapi.json",
    "/feed?q=الموانئ",
    "/opensearch.xml",
]


def etag(client: FlaskClient, url: str, **headers: str) -> str:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200
    return answer.headers["ETag"]


def again(client: FlaskClient, url: str, known: str) -> int:
    return client.get(url, headers={"If-None-Match": known}).status_code


@pytest.mark.parametrize("url", KEPT)
def test_what_has_not_changed_is_304_without_a_search(service: FakeService, client: FlaskClient, url: str) -> None:
    known = etag(client, url)
    assert known.startswith('W/"')
    service.asked.clear()
    answer = client.get(url, headers={"If-None-Match": f'"other", {known}'})
    assert (answer.status_code, answer.data, service.asked) == (304, b"", [])
    assert answer.headers["ETag"] == known and "Content-Type" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Content-Security-Policy" in answer.headers
    head = client.head(url)
    assert (head.status_code, head.headers["ETag"], head.data) == (200, known, b"")
    assert client.head(url, headers={"If-None-Match": known}).status_code == 304


@pytest.mark.parametrize(
    "url", ["/none", "/article/none", "/search?page=x", "/api/search?page=x", "/api/none", "/healthz"]
)
def test_failures_have_no_etag_and_are_never_304(client: FlaskClient, url: str) -> None:
    known = etag(client, "/search?q=الموانئ")
    answer = client.get(url, headers={"If-None-Match": known})
    assert answer.status_code != 304 and "ETag" not in answer.headers
    assert client.get(url, headers={"If-None-Match": "*"}).status_code == answer.status_code


def test_each_address_has_an_etag_of_its_own(client: FlaskClient) -> None:
    tags = [etag(client, url) for url in KEPT] + [etag(client, "/search?q=الموانئ&lang=en"), etag(client, "/search")]
    tags.append(etag(client, "/feed?q=الموانئ", Host="another.example"))
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize("engine", EMBEDDED)
def test_nothing_is_served_stale_after_a_commit(tmp_path: Path, engine: str) -> None:
    place = build_index(tmp_path / "index", [Article("a", "خبر", "نص")], engine=engine)
    followed = Followed(place)
    service = SearchService(Settings(index=place), followed)
    client = application.create_app(Settings(), service).test_client()
    urls = (
        "/",
        "/search?q=خبر",
        "/article/a",
        "/api/search?q=خبر",
        "/api/articles/a",
        "/feed",
        "/coverage",
        "/api/info",
    )
    assert client.get("/").status_code == 200  # makes the examples, which a running site has made before
    known = {url: etag(client, url) for url in urls}
    assert {again(client, url, tag) for url, tag in known.items()} == {304}
    swap(place, [Article("a", "خبر", "نص آخر"), Article("b", "خبر ثان", "نص")], engine=engine)
    assert again(client, "/search?q=خبر", known["/search?q=خبر"]) == 304  # the old index is still the one that answers
    followed.look()
    assert {again(client, url, tag) for url, tag in known.items()} == {200}
    assert client.get("/api/search?q=خبر", headers={"If-None-Match": known["/api/search?q=خبر"]}).json["total"] == 2  # type: ignore[index]


def test_the_same_open_index_has_the_same_etag_in_every_process(tmp_path: Path) -> None:
    settings = Settings(index=build_index(tmp_path / "index", [Article("a", "خبر", "نص")]))
    clients = [create_app(settings, SearchService.open(settings)).test_client() for _ in range(2)]
    assert len({etag(client, "/search?q=خبر") for client in clients}) == 1
    other = replace(settings, title="أرشيف")
    assert etag(create_app(other, SearchService.open(other)).test_client(), "/search?q=خبر") != etag(
        clients[0], "/search?q=خبر"
    )


def test_names_change_what_is_answered(tmp_path: Path) -> None:
    names = tmp_path / "names.toml"
    names.write_text("", encoding="utf-8")
    settings = Settings(index=build_index(tmp_path / "index", [Article("a", "خبر", "نص")]), names=names)
    client = create_app(settings, SearchService.open(settings)).test_client()
    known = etag(client, "/search")
    names.write_text('[sources]\n"عكاظ" = ["okaz"]\n', encoding="utf-8")
    assert again(client, "/search", known) == 200


def test_another_day_is_another_answer(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    known = etag(client, "/search?q=تاريخ:اليوم")
    site: Site = client.application.extensions["kashaf"]
    monkeypatch.setattr(site, "today", lambda: date(2031, 1, 1))
    assert again(client, "/search?q=تاريخ:اليوم", known) == 200


def test_what_time_cut_short_is_asked_for_again(service: FakeService, client: FlaskClient) -> None:
    service.notes = (Note("budget-articles"),)
    for url in ("/search?q=الموانئ", "/api/search?q=الموانئ", "/feed?q=الموانئ", "/compare?q=الموانئ"):
        assert "ETag" not in client.get(url).headers
    for url in ("/api/search?q=الموانئ&cursor=*", "/export?q=الموانئ"):  # lists
        assert "ETag" not in client.get(url).headers


def test_what_was_begun_before_a_commit_and_ended_behind_it_has_no_etag(
    service: FakeService, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = service.search

    def committed_meanwhile(request: Any) -> Any:
        service.articles = ARTICLES[:3]
        return search(request)

    monkeypatch.setattr(service, "search", committed_meanwhile)
    assert "ETag" not in client.get("/search?q=الموانئ").headers


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0.2, gzip;q=0.9", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0, *", "br"),
        ("gzip;q=0, br;q=0, *", None),
        ("identity", None),
        ("identity;q=1, gzip;q=0.5", None),
        ("", None),
        ("zstd", None),
        ("GZIP", "gzip"),
        ("gzip;q=x", None),
    ],
)
def test_an_answer_is_compressed_as_it_is_asked_for(client: FlaskClient, accepted: str, encoding: str | None) -> None:
    for url in ("/search?q=الموانئ", "/api/search", "/feed", "/static/kashaf.css"):
        with client.get(url, headers={"Accept-Encoding": accepted}) as answer:
            assert answer.headers.get("Content-Encoding") == encoding
            assert "Accept-Encoding" in answer.headers["Vary"]
            if encoding == "gzip":
                assert len(gzip.decompress(answer.data)) > 2 * len(answer.data)


def test_small_answers_are_sent_as_they_are(client: FlaskClient) -> None:
    for url in ("/healthz", "/api/suggest?q=x", "/robots.txt"):
        assert "Content-Encoding" not in client.get(url, headers={"Accept-Encoding": "gzip"}).headers


def test_a_compressed_file_is_304_too(client: FlaskClient) -> None:
    for accepted in ("gzip", "br", "identity"):
        headers = {"Accept-Encoding": accepted}
        with client.get("/static/kashaf.css", headers=headers) as answer:
            known = answer.headers["ETag"]
        with client.get("/static/kashaf.css", headers=headers | {"If-None-Match": known}) as answer:
            assert answer.status_code == 304


def test_no_other_site_reads_the_api_unless_a_setting_says_so(client: FlaskClient) -> None:
    headers = client.get("/api/search", headers={"Origin": "https://a.example"}).headers
    assert "Access-Control-Allow-Origin" not in headers


def test_sites_that_the_setting_names_read_the_api_and_feeds(service: FakeService) -> None:
    client = create_app(Settings(cors_origins="https://a.example, https://b.example"), service).test_client()
    for url in ("/api/search", "/feed", "/api/articles/none", "/api/search?x=1"):
        answer = client.get(url, headers={"Origin": "https://b.example"})
        assert answer.headers["Access-Control-Allow-Origin"] == "https://b.example"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "ETag" in answer.headers["Access-Control-Expose-Headers"] and "Origin" in answer.headers["Vary"]
    for url, origin in (("/search", "https://b.example"), ("/api/search", "https://c.example")):
        assert "Access-Control-Allow-Origin" not in client.get(url, headers={"Origin": origin}).headers
    asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
    allowed = client.options("/api/search", headers=asked | {"Access-Control-Request-Headers": "If-None-Match"}).headers
    assert "GET" in allowed["Access-Control-Allow-Methods"]
    assert allowed["Access-Control-Allow-Headers"].lower() == "if-none-match"
    known = etag(client, "/api/search")
    kept = client.get("/api/search", headers={"Origin": "https://a.example", "If-None-Match": known})
    assert (kept.status_code, kept.headers["Access-Control-Allow-Origin"]) == (304, "https://a.example")


def test_every_site_may_read_where_the_setting_is_a_star(service: FakeService) -> None:
    client = create_app(Settings(cors_origins="*"), service).test_client()
    assert client.get("/api/info", headers={"Origin": "null"}).headers["Access-Control-Allow-Origin"] == "*"
