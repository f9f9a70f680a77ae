"""Every answer carries the policy; static files may be kept, pages may not."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

EVERYTHING = [
    "/",
    "/search?q=x",
    "/article/a1",
    "/none",
    "/search?page=x",
    "/api/search",
    "/feed",
    "/static/kashaf.css",
]


@pytest.mark.parametrize("url", EVERYTHING)
def test_every_answer_carries_a_strict_policy(client: FlaskClient, url: str) -> None:
    with client.get(url) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for directive in ("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert directive in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("url", ["/", "/search?q=الموانئ", "/article/a1?q=الموانئ", "/none", "/search?q=غيرموجود"])
def test_no_page_has_inline_script_or_style_or_anything_from_elsewhere(client: FlaskClient, url: str) -> None:
    html = client.get(url).text
    assert not re.search(r'<style|\sstyle=|\son\w+=|<script(?! src=| type="application/ld\+json")', html)
    loaded = re.findall(r'<(?:script|link(?! rel="canonical")|img)[^>]+?(?:src|href)="([^"]+)"', html)
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)


def test_a_versioned_file_may_be_kept_for_ever_and_others_a_while(client: FlaskClient) -> None:
    (versioned,) = set(re.findall(r'href="(/static/kashaf\.css\?v=\w+)"', client.get("/").text))
    addresses = (versioned, "/static/kashaf.css", "/static/kashaf.css?v=old")
    kept = []
    for url in addresses:
        with client.get(url) as response:
            kept.append(response.headers["Cache-Control"])
    assert kept == ["public, max-age=31536000, immutable", "public, max-age=600", "public, max-age=600"]


def test_pages_are_asked_for_again(client: FlaskClient) -> None:
    assert client.get("/search?q=x").headers["Cache-Control"] == "no-cache"


def test_the_style_sheet_loads_nothing(client: FlaskClient) -> None:
    with client.get("/static/kashaf.css") as response:
        assert not re.search(r"url\(|@import|http", response.text)
