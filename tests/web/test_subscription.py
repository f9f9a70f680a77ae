"""How to follow a search: its feed, and the lines for alerts.toml, which give the search back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html as lxml_html

from search.alerts.alerts_file import read_alerts
from search.pages.records import Filters, SearchRequest
from web.addresses.links import Links
from web.views.subscription import subscription

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest('"هيئة الموانئ" -رياضة \\ \' """ #'),
        SearchRequest(
            "الموانئ", filters=Filters(("أ", 'ب"'), first=date(1438, 7, 15), last=date(2015, 1, 1)), names=False
        ),
        SearchRequest("", filters=Filters(sections=("اقتصاد",), agencies=("واس",))),
    ],
)
def test_the_lines_of_a_search_are_an_alert_that_searches_the_same(
    request_: SearchRequest, language: str, tmp_path: Path
) -> None:
    found = subscription(request_, "مقالات: اقتصاد", Links(language=language))
    (tmp_path / "alerts.toml").write_text(found.lines, encoding="utf-8")
    (alert,) = read_alerts(tmp_path / "alerts.toml")
    asked = alert.request(TODAY)
    assert (asked.query, asked.filters, asked.names) == (request_.query, request_.filters, request_.names)
    assert alert.language == language and found.feed.startswith("/feed?")


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(""),
        SearchRequest("ب" * 1001),
        SearchRequest("x", filters=Filters(undated=True)),
        SearchRequest("x", filters=Filters(group=3)),
    ],
)
def test_what_no_alert_can_search_has_its_feed_alone(request_: SearchRequest) -> None:
    assert subscription(request_, "كل المقالات", Links()).lines == ""


def test_a_page_of_results_has_the_feed_the_lines_and_a_button_that_scripts_show(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": '<b>"الموانئ"', "source": "صحيفة الميناء", "lang": "en"})
    tree = lxml_html.fromstring(page.text)
    box = tree.find(".//section[@class='follow']")
    assert box is not None
    feed = box.find(".//a").get("href")
    assert client.get(feed).status_code == 200
    lines = box.find(".//pre").text_content()
    assert 'query = "<b>\\"الموانئ\\""' in lines and 'source = ["صحيفة الميناء"]' in lines
    assert box.find(".//button").get("hidden") is not None
    assert box.find(".//button").get("data-copies") == box.find(".//pre").get("id")
    assert "citing.js" in page.text
