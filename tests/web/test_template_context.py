"""What pages share is made once for each language and place of the site, and holds nothing of another."""

from __future__ import annotations

import pytest
from flask import request
from flask.testing import FlaskClient
from werkzeug.urls import iri_to_uri

QUERIES = (
    "q=%D9%82%D9%85%D8%AD",
    "q=%D9%82%D9%85%D8%AD+x&sort=newest",
    "q=%d9%82",
    "q=a%20b",
    "q=%20a%20",
    "q=%22%26",
    "q=é",
    "",
)


def test_a_page_speaks_its_own_language_after_one_in_the_other(client: FlaskClient) -> None:
    pages = {path: client.get(path).text for path in ("/search?q=قمح", "/search?q=قمح&lang=en")}
    assert all(client.get(path).text.count("<footer") == 1 for path in pages)
    arabic, english = pages.values()
    assert 'href="/help?lang=en"' in english and 'href="/help"' in arabic and 'href="/help?lang=en"' not in arabic
    assert 'name="lang" value="en"' in english and 'name="lang"' not in arabic


def test_a_page_leads_to_the_place_where_the_site_is_mounted(client: FlaskClient) -> None:
    for root in ("", "/archive", "/other", ""):
        html = client.get("/search?q=قمح", base_url=f"http://localhost{root}").text
        assert f'href="{root}/static/kashaf.css' in html and f'action="{root}/search"' in html
        assert f'href="{root}/help"' in html


@pytest.mark.parametrize("query", QUERIES)
def test_a_page_prints_its_address_percent_encoded(client: FlaskClient, query: str) -> None:
    with client:
        html = client.get(f"/search?{query}").text
        expected = iri_to_uri(request.url).replace("&", "&amp;")
    assert f'<p class="printed" lang="en" dir="ltr">{expected}</p>' in html
