"""A cursor goes through all hits, on every engine: none twice, none missed, and none but its own search takes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.positions import Position
from search.service import SearchService
from search.settings import Settings
from tests.search.index.test_following import swap
from tests.small_index import build_index
from web import app as application
from web.addresses.parameters import CURSOR
from web.addresses.requests import Refusal
from web.api.cursors import Cursor, read_cursor, write_cursor
from web.site import Site

DAY = date(2026, 1, 15)
POSITION = Position("0a1b", "1.0.3", 7, "خبر/١")


@pytest.fixture
def real(sample_service: SearchService) -> FlaskClient:
    """The site over the bundled sample."""
    return application.create_app(Settings(), sample_service).test_client()


def answer(client: FlaskClient, **asked: object) -> dict[str, Any]:
    found = client.get("/api/search", query_string={name: str(value) for name, value in asked.items()})
    assert found.status_code == 200, found.text
    return dict(found.json or {})


def walked(client: FlaskClient, **asked: object) -> Iterator[dict[str, Any]]:
    cursor: str | None = "*"
    while cursor:
        page = answer(client, cursor=cursor, **asked)
        yield page
        cursor = page["next_cursor"]


@pytest.mark.parametrize(
    "asked", [{"q": "في"}, {"q": "القمح OR النفط"}, {"sort": "oldest"}, {"q": "قال", "collapse": 0}]
)
def test_cursors_go_through_the_hits_of_all_pages(real: FlaskClient, asked: dict[str, object]) -> None:
    pages = list(walked(real, limit=7, **asked))
    hits = [hit["id"] for page in pages for hit in page["hits"]]
    expected = [hit for n in range(1, 30) for hit in answer(real, limit=7, page=n, **asked)["hits"]]
    assert hits == [hit["id"] for hit in expected] and len(set(hits)) == len(hits)
    assert [hit for page in pages for hit in page["hits"]] == expected
    assert [page["first"] for page in pages] == list(range(1, len(hits) + 1, 7))
    assert not any(page["moved"] or page["truncated"] or page["cut"] for page in pages)


def test_a_search_that_finds_nothing_ends_at_once(real: FlaskClient) -> None:
    found = answer(real, cursor="*", q="غيرموجودقط", repair=0)
    assert (found["hits"], found["next_cursor"], found["first"]) == ([], None, 1)


def test_a_cursor_is_refused_by_another_search(real: FlaskClient) -> None:
    cursor = answer(real, cursor="*", q="في", limit=2)["next_cursor"]
    assert answer(real, cursor=cursor, q="في", limit=9, explain=1)["first"] == 3
    for other in (
        {"q": "من"},
        {"q": "في", "sort": "oldest"},
        {"q": "في", "collapse": "0"},
        {"q": "في", "from": "2015"},
    ):
        refused = real.get("/api/search", query_string={"cursor": cursor, **other})
        assert refused.status_code == 400
        assert refused.json is not None and refused.json["error"]["code"] == "foreign_cursor"


def test_a_list_that_is_read_over_midnight_stays_the_same(real: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    site: Site = real.application.extensions["kashaf"]
    monkeypatch.setattr(site, "today", lambda: DAY)
    begun = answer(real, cursor="*", q="القمح", limit=1)
    monkeypatch.setattr(site, "today", lambda: DAY.replace(day=16))
    assert answer(real, cursor=begun["next_cursor"], q="القمح", limit=1)["moved"] is False


@pytest.mark.parametrize("engine", EMBEDDED)
def test_a_list_of_an_index_that_changed_goes_on_behind_the_same_article(tmp_path: Path, engine: str) -> None:
    articles = [Article(f"n{n}", f"خبر رقم {n}", "نص", published=f"2015-01-{n + 1:02}") for n in range(9)]
    place = build_index(tmp_path / "index", articles, engine=engine)
    client = application.create_app(Settings(), SearchService.open(Settings(index=place))).test_client()
    first = answer(client, q="خبر", cursor="*", sort="newest", limit=3)
    assert [hit["id"] for hit in first["hits"]] == ["n8", "n7", "n6"]
    swap(place, [msgspec.structs.replace(articles[0], published="2016-01-01"), *articles[1:]], engine=engine)
    then = answer(client, q="خبر", cursor=first["next_cursor"], sort="newest", limit=3)
    assert then["moved"] is True
    assert [hit["id"] for hit in then["hits"]] == ["n5", "n4", "n3"]
    assert answer(client, q="خبر", cursor=then["next_cursor"], sort="newest", limit=3)["moved"] is False


def test_a_cursor_reads_back_and_is_fit_for_addresses() -> None:
    text = write_cursor(POSITION, DAY)
    assert read_cursor(text, today=date.today()) == Cursor(DAY, POSITION)
    assert text.replace("-", "").replace("_", "").isalnum() and text.isascii()
    assert read_cursor("*", today=DAY) == Cursor(DAY, None)
    longest = write_cursor(replace(POSITION, rank=100_000, id="\U0001f4f0" * 1_000), DAY)
    assert len(longest) <= CURSOR.longest


def test_a_cursor_that_was_changed_anywhere_is_refused() -> None:
    text = write_cursor(POSITION, DAY)
    for at, letter in enumerate(text):
        changed = text[:at] + ("A" if letter != "A" else "B") + text[at + 1 :]
        for other in (changed, text[:at], text[:at] + text[at + 1 :]):
            with pytest.raises(Refusal):
                read_cursor(other, today=DAY)


@given(st.one_of(st.text(max_size=80), st.from_regex(r"[A-Za-z0-9_-]{1,200}", fullmatch=True)))
def test_no_other_text_is_a_cursor(text: str) -> None:
    with pytest.raises(Refusal):
        read_cursor(f"{text}**", today=DAY)
    if text != "*":
        with pytest.raises(Refusal):
            read_cursor(text, today=DAY)


def test_a_rank_behind_the_end_of_lists_is_refused() -> None:
    for rank in (0, 100_001):
        with pytest.raises(Refusal):
            read_cursor(write_cursor(replace(POSITION, rank=rank), DAY), today=DAY)
