"""The protocol's server: names, descriptions and schemas of the two tools, over a search service.

In: a service and the address of the site. Out: the server, which `web/assistants/commands.py` runs and tests call.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field, ValidationError

from search.limits import HITS_A_PAGE, LONGEST_QUERY, LONGEST_READING, MOST_TOLD_HITS, READING
from search.pages.records import IndexFacts
from search.service import SearchService
from web.addresses.links import Links
from web.assistants import tools
from web.assistants.answers import FoundPage, ReadPortion, page_text, portion_text

SOURCES_NAMED = 20  # in the server's introduction, the commonest
_SEARCH = f"""Search an archive of Arabic news. Returns title, source, date, matching passage and link of each hit.

Query language (Arabic or English operators; any text is a valid query):
- words: all are wanted, in any inflected form and order; foreign names also in their other spellings
- "وزير الخارجية" phrase; "…"~5 words near each other; =كلمة this exact form
- قهوة أو شطرنج (or: OR, |) either; -كلمة (or NOT) without; ( ) groups
- بداية* words that begin so; كلمة~ one letter away
- عنوان:قمح title:, نص: body:, مصدر: source:, قسم: section:, كاتب: author:, وكالة: agency:, مكان: place:
- تاريخ:2015..2016 date:, "تاريخ:يوليو 2017"; قبل: before:, بعد: after:
Search in Arabic: articles are not translated. An empty query lists the newest.
At most {MOST_TOLD_HITS} hits a page."""
_READ = f"""Read an article that search has found, in portions of at most {LONGEST_READING:,} characters.

The answer says how many characters are left, and the offset to read on from."""
_HARMLESS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

Query = Annotated[str, Field(description="What to search for.", json_schema_extra={"maxLength": LONGEST_QUERY})]
Sources = Annotated[list[str], Field(description="Only from any of these sources, by the names that hits have.")]
FirstDay = Annotated[str, Field(description='Only from this day on: "2015-08-05", "2015-08", "أغسطس 2015".')]
LastDay = Annotated[str, Field(description="Only up to this day, itself included.")]
Sort = Annotated[Literal["relevance", "newest", "oldest"], Field(description="How hits are sorted.")]


def _number(description: str, least: int, most: int | None = None) -> Any:
    """A parameter whose bounds the schema tells; `web/assistants/tools.py` holds calls to them, in plain words."""
    bounds: dict[str, Any] = {"minimum": least} | ({} if most is None else {"maximum": most})
    return Field(description=description, json_schema_extra=bounds)


class Server(MCPServer):
    """The package's, which names what it does not know in a sentence, and takes no parameter for another in silence."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        known = next((tool.input_schema["properties"] for tool in await self.list_tools() if tool.name == name), None)
        if known is not None and (unknown := [given for given in arguments if given not in known]):
            raise ToolError(f"{name} has no parameter {unknown[0]!r}: give {', '.join(known)}")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if not isinstance(error.__cause__, ValidationError):
                raise
            told = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.__cause__.errors()]
            raise ToolError("; ".join(told)) from error


def make_server(service: SearchService, *, title: str, public_address: str) -> MCPServer:
    """The server over this service. public_address: where the site is, "" where there is none."""
    site = Links(public_address.rstrip("/")) if public_address else None
    server = Server(
        "kashaf",
        title=title,
        version=version("kashaf"),
        website_url=public_address or None,
        instructions=introduction(service.facts()),
        subscriptions=False,
    )

    @server.tool(title="Search the archive", description=_SEARCH, annotations=_HARMLESS)
    def search(
        query: Query,
        sources: Sources = [],  # noqa: B006 - the schema shows it, and nobody changes it
        published_from: FirstDay = "",
        published_to: LastDay = "",
        sort: Sort = "relevance",
        limit: Annotated[int, _number("Hits on a page.", 1, MOST_TOLD_HITS)] = HITS_A_PAGE,
        page: Annotated[int, _number("The page, from 1.", 1)] = 1,
    ) -> Annotated[CallToolResult, FoundPage]:
        call = tools.SearchCall(query, sources, published_from, published_to, sort, limit, page)
        found = tools.search(service, site, call)
        return _result(found, page_text(found))

    @server.tool(title="Read an article", description=_READ, annotations=_HARMLESS)
    def read(
        id: Annotated[str, Field(description="The id of the article, as search returned it.")],
        offset: Annotated[int, _number("The character of the text to begin at.", 0)] = 0,
        length: Annotated[int, _number("Characters to return at most.", 1, LONGEST_READING)] = READING,
    ) -> Annotated[CallToolResult, ReadPortion]:
        portion = tools.read(service, site, id, offset=offset, length=length)
        return _result(portion, portion_text(portion))

    return server


def introduction(facts: IndexFacts) -> str:
    """What an assistant is told of the archive before it asks."""
    days = f", published from {facts.first} to {facts.last}" if facts.first else ""
    names = ", ".join(name for name, _ in facts.sources[:SOURCES_NAMED])
    more = len(facts.sources) - SOURCES_NAMED
    return (
        f"An archive of {facts.articles:,} Arabic news articles{days}. "
        f"Sources: {names or 'none'}{f' and {more} more' if more > 0 else ''}. "
        "Quote articles with their source, date and link; read an article before you rely on a passage of it."
    )


def _result(record: BaseModel, text: str) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=record.model_dump(mode="json")
    )
