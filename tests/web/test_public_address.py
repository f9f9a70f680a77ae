"""Absolute addresses begin with the public address, else with a host that may be one."""

from __future__ import annotations

from contextlib import closing
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder
from werkzeug.wsgi import ClosingIterator

from search.settings import Settings
from tests.web.fakes import FakeService
from web.app import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
FORWARDED = {
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "news.example.org",
    "X-Forwarded-Prefix": "/archive",
}


def site(**chosen: Any) -> FlaskClient:
    return create_app(Settings(**chosen), FakeService()).test_client()


def feed_id(client: FlaskClient, path: str = "/feed", **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.data).findtext(f"{ATOM}id") or ""


@pytest.mark.parametrize("address", ["https://news.example.org/archive", "https://news.example.org/archive/"])
def test_everything_absolute_begins_with_the_public_address(address: str) -> None:
    client = site(public_address=address)
    asked = {"Host": "10.0.0.7:8000"} | FORWARDED | {"X-Forwarded-Host": "evil.example"}
    for path in ("/feed?q=الموانئ", "/opensearch.xml"):
        text = client.get(path, headers=asked).text
        assert "https://news.example.org/archive/search?q=" in text
        assert "10.0.0.7" not in text and "evil" not in text
    page = client.get("/help?lang=en", headers=asked).text
    assert "https://news.example.org/archive/help?lang=en" in page  # as it is printed
    assert 'href="/archive/help?lang=en"' in page and "10.0.0.7" not in page


def test_the_prefix_may_be_left_on_the_path_or_taken_off() -> None:
    client = site(public_address="https://news.example.org/archive")
    assert {client.get(path).status_code for path in ("/help", "/archive/help", "/archive/", "/archive")} == {200}
    assert client.get("/archived").status_code == 404
    assert feed_id(client, "/archive/feed") == feed_id(client, "/feed") == "https://news.example.org/archive/feed"


def test_without_the_setting_the_host_that_was_asked_is_used() -> None:
    assert feed_id(site(), Host="[::1]:8000") == "http://[::1]:8000/feed"
    assert feed_id(site(), Host="news.example.org") == "http://news.example.org/feed"


@pytest.mark.parametrize(
    "host",
    ["a b", "a/b", "a@b", "a:b", "<script>", "a" * 300, "xn--\u00e9", "a.example:123456", "a.example:65536", "[x"],
)
def test_a_host_that_cannot_be_one_is_refused_and_not_repeated_in_a_link(host: str) -> None:
    answer = site().get("/feed", headers={"Host": host.encode("latin-1", "replace").decode("latin-1")})
    assert answer.status_code == 400
    assert f"//{host}" not in answer.text


@pytest.mark.parametrize("host", ["[:::::]", "[..:..]", "[1.2.3.4]", "xn--a", "b.xn--99999999:80"])
def test_a_host_that_readers_of_addresses_fail_at_is_refused(host: str) -> None:
    statuses, environ = [], EnvironBuilder("/feed").get_environ() | {"HTTP_HOST": host}

    def start(status: str, *_: object) -> None:  # without the client of tests, which fails at such a host
        statuses.append(status)

    with closing(ClosingIterator(site().application.wsgi_app(environ, start))):  # type: ignore[arg-type]
        assert statuses == ["400 BAD REQUEST"]


def test_only_trusted_hosts_are_answered() -> None:
    client = site(trusted_hosts="news.example.org, .example.com")
    answered = {
        host: client.get("/help", headers={"Host": host}).status_code
        for host in ("news.example.org", "news.example.org:8443", "a.example.com", "localhost", "example.org")
    }
    assert list(answered.values()) == [200, 200, 200, 400, 400]
    refused = client.get("/api/search?lang=en", headers={"Host": "evil.example"})
    assert refused.status_code == 400 and "evil.example" in refused.json["error"]["text"]  # type: ignore[index]


def test_whether_the_site_is_well_may_be_asked_by_any_name() -> None:
    client = site(trusted_hosts="news.example.org")
    assert client.get("/healthz", headers={"Host": "10.0.0.7:8000"}).status_code == 200
    assert client.get("/", headers={"Host": "10.0.0.7:8000"}).status_code == 400


def test_headers_of_a_proxy_are_believed_only_where_the_setting_says_so() -> None:
    assert feed_id(site(), Host="inside", **FORWARDED) == "http://inside/feed"
    assert feed_id(site(behind_proxy=1), Host="inside", **FORWARDED) == "https://news.example.org/archive/feed"


def test_of_several_proxies_the_outermost_that_is_counted_is_believed() -> None:
    chain = {name: f"evil,{value},inner" for name, value in FORWARDED.items() if name != "X-Forwarded-Prefix"}
    chain["X-Forwarded-Proto"] = "http,https,http"
    assert feed_id(site(behind_proxy=2), **chain) == "https://news.example.org/feed"


@pytest.mark.parametrize("prefix", ["//evil.example", "/a b", "/<script>", "/a/../b//", "javascript:"])
def test_a_prefix_that_cannot_be_one_is_left_out(prefix: str) -> None:
    found = feed_id(site(behind_proxy=1), Host="inside", **{"X-Forwarded-Prefix": prefix})
    assert found == "http://inside/feed"


@pytest.mark.parametrize("scheme", ["javascript", "HTTPS", "ftp", "https:"])
def test_a_scheme_that_a_site_cannot_have_is_not_believed(scheme: str) -> None:
    assert feed_id(site(behind_proxy=1), Host="inside", **{"X-Forwarded-Proto": scheme}) == "http://inside/feed"


def test_a_request_without_a_host_is_answered_by_the_own_name() -> None:
    client = site(host="127.0.0.1")
    answer = client.get("/feed", environ_overrides={"HTTP_HOST": "", "SERVER_PORT": "8000"})
    assert ElementTree.fromstring(answer.data).findtext(f"{ATOM}id") == "http://127.0.0.1:8000/feed"


def test_the_log_has_the_readers_address_only_where_the_setting_says_so(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "kashaf.access")
    for chosen, shown in (({}, False), ({"access_log_addresses": True}, True)):
        caplog.clear()
        with site(behind_proxy=1, **chosen).get("/help", headers=FORWARDED):
            pass
        assert caplog.messages[0].endswith(" 192.0.2.7") is shown
