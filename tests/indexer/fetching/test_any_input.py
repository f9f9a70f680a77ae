"""Whatever a host, a feed or a user writes: an address, a feed, or the reason why there is none."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.fetching.addresses import read_address
from indexer.fetching.comparison import named_entries
from indexer.fetching.failures import BadAddress, Unreached
from indexer.fetching.feed_document import announced_feeds, read_document
from indexer.fetching.robots import Rules, decoded
from indexer.fetching.waiting import retry_after
from tests.indexer.fetching.site import item, rss

FEW = settings(max_examples=150, deadline=None)
AT = read_address("https://news.example/rss/feed.xml")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "x"]), inner, max_size=2),
    max_leaves=6,
)
KEYS = ("id", "url", "external_url", "title", "content_html", "content_text", "summary", "authors", "author", "tags")
ITEMS = st.lists(
    st.dictionaries(st.sampled_from((*KEYS, "date_published", "date_modified")), VALUES) | VALUES, max_size=4
)


@FEW
@given(st.text() | st.text().map(lambda text: f"http://x.example/{text}") | st.text().map(lambda text: f"//{text}"))
@example("http://x.example/\ud800")
@example("http://[::ffff:1.2.3.4%25lo]/")
@example("http://x.example:/")
@example("http://\u2100.example/")
def test_any_text_is_an_address_or_is_refused(written: str) -> None:
    for base in (None, AT):
        try:
            found = read_address(written, base=base)
        except BadAddress:
            continue
        assert str(found).isascii() and str(found).isprintable() and " " not in str(found)
        assert read_address(str(found)) == found


@FEW
@given(st.binary(max_size=300) | st.binary(max_size=99).map(lambda some: rss(item(1)).encode()[:-80] + some))
def test_any_bytes_are_a_feed_or_are_refused(body: bytes) -> None:
    announced_feeds(body, "text/html", AT)
    try:
        document = read_document(body, AT)
    except Unreached:
        return
    assert all(any(names) for _, names in named_entries(document.entries))


@FEW
@given(ITEMS, VALUES)
def test_a_json_feed_of_any_values_is_read(items: list[Any], title: Any) -> None:
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items}).encode()
    document = read_document(body, AT)
    assert len(document.entries) + document.skipped == len(items)


@FEW
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"User-agent: *\n{text}".encode()))
@example(b"User-agent: *\nCrawl-delay: -5\nRequest-rate: 0/0")
@example(b"User-agent: *\nCrawl-delay: nan\nRequest-rate: 1/99999999999999")
@example(b"User-agent: *\nDisallow: /" + b"*a" * 5000)
def test_any_robots_txt_gives_rules(body: bytes) -> None:
    rules = Rules(decoded(body))
    assert rules.allow(AT) in (True, False) and rules.pause >= 0.0


@FEW
@given(st.text(max_size=40))
@example("9" * 5000)
@example("Mon, 99 Foo 99999 99:99:99 GMT")
def test_any_retry_after_is_a_time_or_nothing(written: str) -> None:
    found = retry_after(written, 1e9)
    assert found is None or found >= 0.0
