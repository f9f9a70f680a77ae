"""/metrics tells figures where the setting says so: by rules of addresses, without words, over all processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from search.pages.records import Note
from search.settings import Settings
from tests.web.fakes import FakeService, missing
from web.app import create_app
from web.site import Site


@pytest.fixture
def counted(service: FakeService) -> FlaskClient:
    return create_app(Settings(metrics=True), service).test_client()


def figures(client: FlaskClient) -> dict[tuple[str, ...], float]:
    answer = client.get("/metrics")
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (200, "text/plain", "no-store")
    families = text_string_to_metric_families(answer.text)
    return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}


def asked(client: FlaskClient, *urls: str) -> None:
    for url in urls:
        with client.get(url):
            pass


def test_figures_are_told_only_where_the_setting_says_so(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_figures_are_told_whatever_host_is_asked(service: FakeService) -> None:
    client = create_app(Settings(metrics=True, trusted_hosts="news.example.org"), service).test_client()
    assert client.get("/metrics", headers={"Host": "10.0.0.7:8000"}).status_code == 200
    assert client.get("/help", headers={"Host": "10.0.0.7:8000"}).status_code == 400


def test_requests_are_counted_by_the_rule_of_their_address(counted: FlaskClient) -> None:
    asked(
        counted,
        "/search?q=الموانئ",
        "/search?q=سر",
        "/search?page=x",
        "/article/a1",
        "/article/a2",
        "/secret-1",
        "/secret-2",
    )
    with counted.open("/search", method="BREW"):
        pass
    found = figures(counted)
    assert found["kashaf_requests_total", "GET", "/search", "200"] == 2
    assert found["kashaf_requests_total", "GET", "/search", "400"] == 1
    assert found["kashaf_requests_total", "GET", "/article/<path:id>", "200"] == 2
    assert found["kashaf_requests_total", "GET", "none", "404"] == 2
    assert found["kashaf_requests_total", "other", "none", "405"] == 1
    assert found["kashaf_request_seconds_count", "/search"] == 3
    text = counted.get("/metrics").text
    assert "سر" not in text and "secret" not in text and "BREW" not in text


def test_searches_and_those_that_time_cut_are_counted(service: FakeService, counted: FlaskClient) -> None:
    asked(counted, "/search?q=ا", "/api/search?q=ا", "/feed?q=ا", "/compare?q=ا", "/help")
    service.notes = (Note("budget-articles"),)
    asked(counted, "/search?q=ا")
    found = figures(counted)
    assert (found[("kashaf_searches_total",)], found[("kashaf_searches_cut_total",)]) == (5, 1)


def test_the_index_and_the_connections_are_told(service: FakeService, counted: FlaskClient) -> None:
    service.updated = "2026-11-25T20:59:51+00:00"
    site: Site = counted.application.extensions["kashaf"]
    site.connections = lambda: 7
    asked(counted, "/help")
    found = figures(counted)
    assert (found[("kashaf_index_articles",)], found[("kashaf_index_open",)]) == (34, 1)
    assert found[("kashaf_index_commit_timestamp_seconds",)] == 1795640391
    assert found[("kashaf_open_connections",)] == 7
    service.trouble = missing()
    assert figures(counted)[("kashaf_index_open",)] == 0


_PROCESS = """
import sys
from search.settings import Settings
from tests.web.fakes import FakeService
from web.app import create_app
client = create_app(Settings(metrics=True), FakeService()).test_client()
for _ in range(int(sys.argv[1])):
    with client.get("/search?q=x"):
        pass
print(client.get("/metrics").text)
"""


def test_several_processes_add_up(tmp_path: Path) -> None:
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    root = Path(__file__).resolve().parents[2]
    texts = [
        subprocess.run(
            [sys.executable, "-c", _PROCESS, number],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
            cwd=root,
        ).stdout
        for number in ("2", "3")
    ]
    assert 'kashaf_requests_total{method="GET",route="/search",status="200"} 5.0' in texts[1]
    assert "kashaf_searches_total 5.0" in texts[1] and "kashaf_index_articles 34.0" in texts[1]
