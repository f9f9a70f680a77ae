"""What one address may ask for in a while: pages and JSON in both languages, what is free, and who counts as one."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import pytest
from werkzeug.test import TestResponse

from search.errors import LibraryMissing, SettingsError
from search.settings import Settings, load_settings
from tests.web.fakes import FakeService
from web.app import create_app
from web.routes import rate_limit
from web.routes.rate_limit import household


class Readers:
    """Readers of a site that lets one address search twice a day."""

    def __init__(self, settings: Settings) -> None:
        self.app = create_app(settings, FakeService())
        self._client = self.app.test_client()

    def get(self, path: str, address: str = "192.0.2.1", headers: Mapping[str, str] | None = None) -> TestResponse:
        return self._client.get(path, environ_base={"REMOTE_ADDR": address}, headers=headers)

    def statuses(self, path: str, times: int, address: str = "192.0.2.1") -> list[int]:
        return [self.get(path, address).status_code for _ in range(times)]


@pytest.fixture
def readers() -> Readers:
    return Readers(Settings(rate_limit="2/day"))


def test_who_asks_too_often_is_told_when_to_come_again(readers: Readers) -> None:
    assert readers.statuses("/search?q=x", 2) == [200, 200]
    refused = readers.get("/search?q=x")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 24 * 3600 + 1
    assert "انتظر قليلا" in refused.text
    assert "Wait a little" in readers.get("/search?q=x&lang=en").text
    api = readers.get("/api/search?q=x&lang=en")
    assert api.status_code == 429 and "Retry-After" in api.headers and api.json and "error" in api.json
    assert readers.statuses("/article/a1", 1) == readers.statuses("/feed?q=x", 1) == [429]
    assert readers.statuses("/search?q=x", 2, "192.0.2.2") == [200, 200]


def test_suggestions_cost_a_tenth_and_what_asks_nothing_of_the_index_is_free(readers: Readers) -> None:
    assert readers.statuses("/api/suggest?q=x", 21) == [200] * 20 + [429]
    for path in ("/", "/saved", "/help", "/advanced", "/healthz", "/robots.txt", "/none"):
        assert 429 not in readers.statuses(path, 3)


def test_a_list_costs_five_searches_and_never_more_than_there_is() -> None:
    readers = Readers(Settings(rate_limit="7/day"))
    assert readers.statuses("/batch?queries=x", 1) + readers.statuses("/search?q=x", 3) == [200] * 3 + [429]
    assert Readers(Settings(rate_limit="2/day")).statuses("/batch?queries=x", 2) == [200, 429]


def test_an_export_costs_five_searches() -> None:
    assert Readers(Settings(rate_limit="7/day")).statuses("/export?q=x", 2) == [200, 429]


def test_a_browser_that_asks_whether_its_page_may_ask_is_free() -> None:
    app = create_app(Settings(rate_limit="1/day", cors_origins="*"), FakeService())
    asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
    with app.test_client() as browser:
        assert {browser.options("/api/search?q=x", headers=asked).status_code for _ in range(3)} == {200}
        assert browser.get("/api/search?q=x", headers=asked).status_code == 200


def test_all_that_is_named_is_an_endpoint(readers: Readers) -> None:
    assert rate_limit._FREE | set(rate_limit._COSTS) <= set(readers.app.view_functions)


def test_without_the_setting_nobody_is_refused() -> None:
    assert set(Readers(Settings()).statuses("/api/suggest?q=x", 100)) == {200}


def test_behind_a_proxy_the_readers_address_counts_and_else_nothing_that_a_header_says() -> None:
    for proxies, expected in ((1, [200] * 3), (0, [200, 200, 429])):
        readers = Readers(Settings(rate_limit="2/day", behind_proxy=proxies))
        asked = [readers.get("/search?q=x", headers={"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(3)]
        assert [answered.status_code for answered in asked] == expected


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("unix", "unix"),
        (None, "unknown"),
    ],
)
def test_an_asker_is_an_address_or_a_network_of_ipv6(address: str | None, counted: str) -> None:
    assert household(address) == counted


@pytest.mark.parametrize("limit", ["60", "0/minute", "60/week", "60/minute;1/second", "-1/day"])
def test_a_limit_that_is_none_is_refused_by_its_name(limit: str) -> None:
    with pytest.raises(SettingsError, match="rate_limit"):
        load_settings({}, rate_limit=limit)


def test_a_storage_or_library_that_is_missing_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match=r"rate_limit_storage = 'nowhere://x' cannot be used"):
        create_app(Settings(rate_limit="1/day", rate_limit_storage="nowhere://x"), FakeService())
    monkeypatch.setitem(sys.modules, "flask_limiter", None)
    with pytest.raises(LibraryMissing, match=r"pip install 'kashaf\[limits\]'"):
        create_app(Settings(rate_limit="1/day"), FakeService())
