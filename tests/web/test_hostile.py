"""Whatever is typed or sent, the answer is a page: 200, or 400 with a sentence; never 500."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.settings import Settings
from tests.web.fakes import FakeService
from web.app import create_app

HOSTILE = [
    "م" * 2_001,
    "\x00" * 50,
    "\u202e\u2066\u202a" * 20,
    "\ufeff\u200f\ufffe\U0010ffff",
    '"' * 500,
    "(" * 1_000,
    "{{7*7}} {% raw %} %s %n {0} {query}",
    "../../etc/passwd",
    "<svg/onload=alert(1)>",
    "' OR 1=1 --",
    "\r\nSet-Cookie: a=b",
    "%00%ff%c0%ae",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("url", ["/search", "/api/search", "/api/suggest", "/feed", "/article/", "/article/a1"])
def test_hostile_words_are_answered(client: FlaskClient, url: str, text: str) -> None:
    for name in ("q", "source", "author", "page", "from", "sort", "lang", "id"):
        response = client.get(url, query_string={name: text})
        assert response.status_code in {200, 400, 404}
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "path", ["/article/%00", "/article/%ff%fe", "/article/" + "a" * 5_000, "//evil.example/x", "/%2e%2e/x"]
)
def test_hostile_paths_are_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert 'href="//' not in response.text


def test_a_hundred_thousand_letters_are_refused_in_a_short_page(client: FlaskClient) -> None:
    response = client.get("/search", query_string={"q": "م" * 100_000})
    assert response.status_code == 400
    assert "100,000" in response.text
    assert len(response.data) < 10_000


def test_bytes_that_are_no_utf8_are_answered(client: FlaskClient) -> None:
    assert client.get("/search?q=%ff%fe%d9&source=%80").status_code == 200


APP: Flask = create_app(Settings(), FakeService())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200), st.sampled_from(["q", "source", "page", "from", "limit", "lang"]))
def test_any_text_anywhere_is_answered(text: str, name: str) -> None:
    response = APP.test_client().get("/search", query_string={name: text.encode("utf-8", "surrogatepass")})
    assert response.status_code in {200, 400}
