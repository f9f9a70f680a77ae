"""Whatever a host does, a run ends in bounded time and memory, says what was wrong, and keeps what it has."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import brotli
import pytest

from indexer.fetching import feed_document, feed_visit, page_text
from indexer.fetching.exchange import Limits
from indexer.fetching.feed_document import MOST_ENTRIES
from tests.indexer.fetching.site import (
    HTML,
    PARAGRAPH,
    QUICK,
    XML,
    Asked,
    Bytes,
    Fetching,
    Site,
    item,
    moved,
    page,
    reply,
    rss,
)

HURRIED = replace(QUICK, limits=Limits(seconds=0.3, pause=5.0))
GREEDY = b"a" * 100_000


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Feeds and pages of a megabyte at most."""
    monkeypatch.setattr(feed_visit, "MOST_FEED_BYTES", 1_000_000)
    monkeypatch.setattr(page_text, "MOST_PAGE_BYTES", 1_000_000)


def endless(head: bytes) -> Callable[[Asked], Bytes]:
    """An answer that never ends."""

    def blocks(asked: Asked) -> Iterator[bytes]:
        yield head
        while True:
            yield GREEDY

    return blocks


def trickling(site: Site, head: bytes) -> Callable[[Asked], Bytes]:
    """An answer that comes letter by letter, each in time, until the test is over."""

    def blocks(asked: Asked) -> Iterator[bytes]:
        yield head
        while not site.hold.wait(0.02):
            yield b"a"

    return blocks


def test_an_endless_feed_is_cut_off(site: Site, fetching: Fetching, small_limits: None) -> None:
    site.routes["/feed"] = endless(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
    report = fetching.fetch()
    assert (report.outcome, report.reason) == ("failed", "it is larger than 1 MB")
    assert report.due == fetching.now - 3600 + 900  # a quarter of an hour after it failed


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\n\r\n<rss>", b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "],
    ids=["body", "announced body", "headers"],
)
def test_a_host_that_sends_a_letter_now_and_then_is_left_when_the_time_is_over(
    site: Site, fetching: Fetching, head: bytes
) -> None:
    site.routes["/feed"] = trickling(site, head)
    report = fetching.fetch(options=HURRIED)
    assert (report.outcome, report.reason) == ("failed", "its answer took more than 0.3 s")


def test_a_page_that_trickles_leaves_the_text_of_the_feed(site: Site, fetching: Fetching) -> None:
    site.routes["/feed"] = reply(rss(item(1)), **XML)
    site.routes["/1"] = trickling(site, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    report = fetching.fetch(options=HURRIED)
    assert (report.new, report.failed.count, report.waiting) == (1, 1, 1)


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("/feed", "it redirects more than 5 times"),
        ("ftp://x.test/", "it redirects to an address that is not fetched: only http:// and https:// are fetched"),
        ("file:///etc/passwd", "it redirects to an address that is not fetched: only http:// and https:// are fetched"),
        ("http://[::1", "it redirects to an address that is not fetched: it is no address (Invalid IPv6 URL)"),
        ("", "it redirects to an address that is not fetched: an empty address"),
    ],
)
def test_a_redirect_that_leads_nowhere(site: Site, fetching: Fetching, to: str, reason: str) -> None:
    site.routes["/feed"] = moved(to)
    assert fetching.fetch().reason == reason


@pytest.mark.parametrize(
    ("pack", "encoding"),
    [
        (gzip.compress, "gzip"),
        (zlib.compress, "deflate"),
        (partial(brotli.compress, quality=1), "br"),
        (lambda content: gzip.compress(gzip.compress(content)), "gzip, gzip"),
    ],
    ids=["gzip", "deflate", "br", "twice"],
)
def test_a_bomb_is_unpacked_no_further_than_a_feed_may_be(
    site: Site, fetching: Fetching, small_limits: None, pack: Callable[[bytes], bytes], encoding: str
) -> None:
    site.routes["/feed"] = reply(pack(bytes(50_000_000)), content_encoding=encoding)
    tracemalloc.start()
    try:
        assert fetching.fetch().reason == "it is larger than 1 MB"
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_packed_answers_are_read(site: Site, fetching: Fetching, encoding: str) -> None:
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[encoding]
    site.routes["/feed"] = reply(pack(rss(item(1)).encode()), content_encoding=encoding)
    assert fetching.fetch().new == 1
    assert encoding in site.asked[-2].headers["accept-encoding"]


NO_ANSWER = "its answer breaks off or is no answer of HTTP"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply(b"\x1f\x8bbroken", content_encoding="gzip"), "its packed answer cannot be unpacked"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss>", NO_ANSWER),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "its answer breaks off or is no answer of HTTP",
        ),
        (b"SSH-2.0-OpenSSH_9.6\r\n", NO_ANSWER),
        (b"", NO_ANSWER),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", NO_ANSWER),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", NO_ANSWER),
        (reply(b"", "204 No Content"), "what it answers is no feed but something else"),
        (reply(b"", "304 Not Modified"), "it answers “not modified” where nothing was known before"),
        (reply(page()), "what it answers is no feed but a web page"),
        (reply(b"\0\1\2"), "what it answers is no feed but something else"),
        (reply(b'{"items": []}'), "what it answers is no feed but other JSON"),
        (reply(b"{" * 100_000), "what it answers is no feed but JSON that is broken"),
        (reply(b"", "404 Not Found"), "status 404"),
        (reply(b"", "302 Found"), "status 302"),
    ],
)
def test_an_answer_that_is_no_feed_is_told(site: Site, fetching: Fetching, answer: bytes, reason: str) -> None:
    site.routes["/feed"] = answer
    report = fetching.fetch()
    assert (report.outcome, report.reason) == ("failed", reason)


def test_a_bomb_of_entities_expands_to_nothing(site: Site, fetching: Fetching) -> None:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    feed = (
        f"<?xml version='1.0'?><!DOCTYPE rss [{entities}]>" + rss(item(1).replace("موجز الخبر", "&i;")).split("?>\n")[1]
    )
    site.routes["/feed"] = reply(feed, **XML)
    assert fetching.fetch().new == 1
    assert len(fetching.articles()[0].body) < 100


def test_of_ten_thousand_entries_and_more_so_many_are_taken(
    site: Site, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_ENTRIES == 10_000
    monkeypatch.setattr(feed_document, "MOST_ENTRIES", 40)
    site.routes["/feed"] = reply(rss(*(item(n) for n in range(50))), etag='"a"')
    report = fetching.fetch(options=replace(QUICK, seconds=20.0))
    assert (report.new + report.waiting, report.skipped) == (40, 10)
    assert report.outcome == "read" and 0 < report.new <= 20  # a second for each page, and then the time is over
    site.routes["/feed"] = reply(b"", "304 Not Modified")
    assert fetching.fetch(options=replace(QUICK, seconds=100.0)).waiting == 0
    assert len({article.id for article in fetching.articles()}) == 40


def test_a_host_that_always_says_not_modified_is_asked_in_full_once_a_day(site: Site, fetching: Fetching) -> None:
    site.routes["/feed"] = reply(rss(item(1)), etag='"always"')

    def lying(asked: Asked) -> bytes:
        if "if-none-match" in asked.headers:
            return reply(b"", "304 Not Modified")
        return reply(rss(item(2), item(1)), etag='"always"')

    fetching.fetch(later=80_000)
    site.routes["/feed"] = lying
    assert fetching.fetch(later=80_000).outcome == "unchanged"
    assert fetching.fetch().new == 1


@pytest.mark.parametrize("etag", ["x" * 1000, '"\x7f"'], ids=["long", "unprintable"])
def test_an_etag_that_could_not_be_sent_back_is_not(site: Site, fetching: Fetching, etag: str) -> None:
    site.routes["/feed"] = reply(rss(item(1)), etag=etag)
    fetching.fetch()
    assert fetching.fetch().outcome == "unchanged"
    assert "if-none-match" not in site.asked[-1].headers


@pytest.mark.parametrize("declared", ["windows-1256", "iso-8859-1", "utf-8", "no-such-charset", "utf-16"])
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
def test_a_charset_that_is_not_true_makes_no_nonsense(
    site: Site, fetching: Fetching, declared: str, encoding: str
) -> None:
    xml = rss(item(1, text="")).replace('encoding="UTF-8"', f'encoding="{declared}"')
    site.routes["/feed"] = reply(xml.encode(encoding), content_type=f"text/xml; charset={declared}")
    written = page().replace("charset='utf-8'", f"charset='{declared}'")
    site.routes["/1"] = reply(written.encode(encoding), content_type=f"text/html; charset={declared}")
    assert fetching.fetch().new == 1
    (article,) = fetching.articles()
    assert article.title == "خبر رقم 1" and article.body.startswith(PARAGRAPH.strip())


def test_cookies_are_not_kept(site: Site, fetching: Fetching) -> None:
    site.routes["/feed"] = reply(rss(item(1)), set_cookie="id=1; Path=/")
    fetching.fetch()
    fetching.fetch()
    assert not any("cookie" in asked.headers for asked in site.asked)


def test_a_page_of_a_hundred_thousand_nested_elements_is_read(site: Site, fetching: Fetching) -> None:
    site.routes["/feed"] = reply(rss(item(1)), **XML)
    site.routes["/1"] = reply("<html><body>" + "<div>" * 100_000 + PARAGRAPH, **HTML)
    assert fetching.fetch().new == 1
