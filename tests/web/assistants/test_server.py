"""The two tools as an assistant meets them: the package's client, in this process, over the bundled sample."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.server.mcpserver import MCPServer
from mcp_types import CallToolResult

from search.article import Article
from search.errors import IndexDamaged
from search.limits import LONGEST_QUERY, LONGEST_READING, MOST_TOLD_HITS, READING
from search.service import SearchService
from search.settings import Settings
from tests.asynchronous import run
from tests.small_index import build_index, open_index, sample_articles
from web.assistants.answers import FoundArticle, FoundPage, page_text
from web.assistants.server import make_server

LONG = Article("long", "عنوان طويل", "كلمة من المتن. " * 1000, ("صحيفة",))
UNTITLED = Article("https://example.org/a?b=1#c", "", "خبر بلا عنوان", ("أ", "ب"), published="2015-02-01")
Call = Callable[..., CallToolResult]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    return open_index(tmp_path_factory.mktemp("assistants") / "index", [*sample_articles(), LONG, UNTITLED])


@pytest.fixture(scope="module")
def call(service: SearchService) -> Call:
    """Calls a tool over this service, with another one in its place if the test gives one."""

    @cache
    def served(over: Any, public_address: str) -> MCPServer:
        return make_server(over, title="أرشيف", public_address=public_address)

    def called(tool: str, *, over: Any = service, public_address: str = "", **arguments: Any) -> CallToolResult:
        async def ask() -> CallToolResult:
            async with Client(served(over, public_address)) as client:
                return await client.call_tool(tool, arguments)

        return run(ask)

    return called


def text(result: CallToolResult) -> str:
    (content,) = result.content
    return str(getattr(content, "text", ""))


def refused(result: CallToolResult) -> str:
    """The sentence of an error."""
    assert result.is_error and result.structured_content is None
    return text(result)


def test_the_tools_say_what_they_take_and_that_they_change_nothing(service: SearchService) -> None:
    async def look() -> tuple[list[Any], str | None]:
        async with Client(make_server(service, title="أرشيف", public_address="")) as client:
            return list((await client.list_tools()).tools), client.instructions

    tools, instructions = run(look)
    assert [tool.name for tool in tools] == ["search", "read"]
    for tool in tools:
        assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint
        assert all(each["description"] for each in tool.input_schema["properties"].values())
        assert tool.output_schema["type"] == "object"
    search, read = (tool.input_schema["properties"] for tool in tools)
    assert (search["limit"]["maximum"], search["query"]["maxLength"]) == (MOST_TOLD_HITS, LONGEST_QUERY)
    assert (read["length"]["default"], read["length"]["maximum"]) == (READING, LONGEST_READING)
    assert "عنوان:" in tools[0].description and "90 Arabic news articles" in (instructions or "")


def test_hits_carry_what_is_needed_to_cite_them(call: Call) -> None:
    result = call("search", query="صندوق النقد", limit=1, public_address="https://news.example.org/archive/")
    page = result.structured_content
    (hit,) = page["hits"]
    assert page["total"] == 2 and page["pages"] == 2
    assert "صندوق النقد" in hit["passage"] and "<mark>" not in hit["passage"]
    assert hit["published"] and hit["sources"]
    assert hit["link"] == f"https://news.example.org/archive/article/{hit['id']}"
    assert all(str(each) in text(result) for each in (hit["title"], hit["sources"][0], hit["published"], hit["link"]))
    assert hit["passage"] in text(result)


@pytest.mark.parametrize(
    ("total", "copies", "said"),
    [
        (0, 0, "0 articles match;"),
        (1, 0, "1 article matches;"),
        (2, 1, "(1 copy of it matches too)"),
        (9, 2, "(2 copies"),
    ],
)
def test_counts_agree_with_what_they_count(total: int, copies: int, said: str) -> None:
    hit = FoundArticle(
        id="a",
        title="",
        sources=[],
        authors=[],
        published=None,
        page=None,
        link=None,
        url=None,
        passage="",
        copies=copies,
    )
    found = FoundPage(query="", total=total, page=1, pages=1, notes=[], suggestion=None, hits=[hit])
    assert said in page_text(found)


def test_without_a_public_address_there_is_no_link_that_leads_nowhere(call: Call) -> None:
    (hit,) = call("search", query='"خبر بلا عنوان"').structured_content["hits"]
    assert (hit["id"], hit["title"], hit["link"]) == (UNTITLED.id, "خبر بلا عنوان", None)


def test_filters_and_orders_are_those_of_the_site(call: Call) -> None:
    found = call("search", query="", sources=["أ"], published_from="2015", published_to="2015").structured_content
    assert [hit["id"] for hit in found["hits"]] == [UNTITLED.id]
    newest = call("search", query="", sort="newest", limit=3).structured_content["hits"]
    days = [hit["published"] for hit in newest]
    assert days == sorted(days, reverse=True)
    assert call("search", query="خبر", sources=["لا أحد"]).structured_content["total"] == 0


def test_what_was_read_into_a_query_is_told(call: Call) -> None:
    found = call("search", query="هيلكوبتر انقاذ البحارة").structured_content
    assert found["notes"] and found["hits"]


def test_an_article_is_read_in_portions_that_make_the_whole(call: Call) -> None:
    pieces, offset = [], 0
    while offset is not None:
        result = call("read", id="long", offset=offset, length=4000)
        portion = result.structured_content
        assert len(portion["text"]) <= 4000 and portion["offset"] == offset and portion["total"] == len(LONG.body)
        assert portion["left"] == len(LONG.body) - offset - len(portion["text"])
        assert f"read on with offset {portion['next_offset']}" in text(result) or not portion["left"]
        pieces.append(portion["text"])
        offset = portion["next_offset"]
    assert "".join(pieces) == LONG.body and len(pieces) > 3
    assert all(piece.endswith(" ") for piece in pieces)  # between words
    assert len(call("read", id="long", length=1).structured_content["text"]) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"query": "x", "limit": MOST_TOLD_HITS + 1}, "limit 21: give 1 to 20"),
        ({"query": "x", "limit": 0}, "limit 0"),
        ({"query": "x", "page": 501, "limit": 20}, "page 501: give 1 to 500"),
        ({"query": "x", "limit": "many"}, "limit: Input should be a valid integer"),
        ({"query": "x" * (LONGEST_QUERY + 1)}, "2,001 characters: give 2,000 at most"),
        ({"query": "x", "sort": "best"}, "sort: Input should be 'relevance', 'newest' or 'oldest'"),
        ({"query": "x", "published_from": "soon"}, "published_from 'soon' is no such day"),
        ({"query": "x", "sources": ["أ" * 400]}, "source has 400 characters"),
        ({"query": "x", "sources": ["أ"] * 51}, "51 sources: give 50 at most"),
        ({"query": "x", "source": "أ"}, "search has no parameter 'source': give query, sources"),
        ({}, "query: Field required"),
    ],
)
def test_what_cannot_be_searched_is_a_sentence(call: Call, arguments: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(call("search", **arguments))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"id": "none"}, "no article has the id 'none'"),
        ({"id": "long", "length": LONGEST_READING + 1}, "length 20001: give 1 to 20,000"),
        ({"id": "long", "offset": 99_999}, "offset 99999: give 0 to 14,999"),
        ({"id": "long", "offset": -1}, "offset -1"),
        ({"id": "x" * 5000}, "this id has 5,000 characters"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(call: Call, arguments: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(call("read", **arguments))


class _Damaged:
    """A service whose files are gone."""

    def __init__(self, facts: Any) -> None:
        self.facts = facts

    def search(self, request: Any) -> Any:
        raise IndexDamaged("index files in /secret/place: run kashaf verify")


def test_a_failure_of_the_archive_is_told_without_its_places(
    call: Call, service: SearchService, caplog: pytest.LogCaptureFixture
) -> None:
    sentence = refused(call("search", query="x", over=_Damaged(service.facts)))
    assert "cannot be searched now" in sentence and "secret" not in sentence
    assert "/secret/place" in caplog.text


def test_an_empty_archive_is_introduced_too(tmp_path: Path, call: Call) -> None:
    empty = SearchService.open(Settings(index=build_index(tmp_path / "index", [])))
    assert call("search", query="", over=empty).structured_content["hits"] == []
    assert refused(call("read", id="1", over=empty))
