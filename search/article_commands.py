"""The subcommands read and related of `kashaf`: one article, and those about the same things.

`kashaf.py` makes one command of all subcommands. What a command needs is imported when it runs.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from search.console.formats import JSON, JSONL, TEXT, format_option
from search.console.help import command
from search.console.options import index_option
from search.console.output import OutputChoice, output_options, print_rows
from search.errors import RequestError, shown

if TYPE_CHECKING:
    from search.pages.records import ArticlePage, Origin
    from search.settings import Settings


@command(
    "read",
    examples="""
    kashaf read sample-011
    kashaf read sample-011 --query "أسعار القمح" --json
    """,
)
@click.argument("id")
@click.option("--query", default="", help="Highlight what this search highlights.")
@format_option(JSON)
@output_options
@index_option
def read_command(id: str, query: str, form: str, printed: OutputChoice, directory: str | None) -> None:
    """Show the article ID with its text.

    kashaf search shows the ids.
    """
    from search.pages.as_json import article_page_object
    from search.pages.as_text import article_lines, origin_lines
    from search.settings import load_settings

    settings = load_settings(index=directory)
    page, origins = _page(id, settings, query=query)
    if form == JSON:
        told = {"origins": [asdict(origin) for origin in origins]}
        click.echo(json.dumps(article_page_object(page) | told, ensure_ascii=False))
    else:
        output = printed.output(settings)
        output.show([*article_lines(page, output.style), *origin_lines(origins, output.style)])


@command("related", examples="kashaf related sample-011")
@click.argument("id")
@format_option(JSON, JSONL)
@output_options
@index_option
def related_command(id: str, form: str, printed: OutputChoice, directory: str | None) -> None:
    """Show articles about the same things as the article ID.

    kashaf search shows the ids.
    """
    from search.pages.as_json import article_object
    from search.pages.display_title import display_title
    from search.settings import load_settings

    settings = load_settings(index=directory)
    page, _ = _page(id, settings)
    if form == TEXT:
        output = printed.output(settings)
        rows = (output.style.row([article.id, display_title(article)]) for article in page.related)
        output.show(rows, otherwise="no-related")
        return
    found = [article_object(article) for article in page.related]
    print_rows(json.dumps(each, ensure_ascii=False) for each in (found if form == JSONL else [found]))


def _page(id: str, settings: Settings, *, query: str = "") -> tuple[ArticlePage, tuple[Origin, ...]]:
    from search.opening import open_service
    from search.pages.records import SearchRequest

    service = open_service(settings)
    page = service.read(id, SearchRequest(query))
    if page is None:
        raise RequestError(f"no article {shown(id)} in the index: kashaf search shows the ids")
    return page, service.origins(page.article)
