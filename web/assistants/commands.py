"""The command `mcp`: the tools for assistants over standard input and output, or over HTTP.

Over stdio nothing but the protocol goes to standard output. What the command needs is imported when it runs.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

import click

from search.console.help import command
from search.console.options import index_option, profile_option
from search.extras import library

if TYPE_CHECKING:
    from search.settings import Settings

PORT = 8001  # the site's is 8000


@command(
    "mcp",
    examples="""
    kashaf mcp
    kashaf mcp --http --port 8001
    """,
)
@index_option
@click.option("--http", is_flag=True, help="Serve streamable HTTP instead of standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where --http listens.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Its port, 0: any free one."
)
@click.option("--public-address", metavar="URL", help="Where readers reach the site, for the links of articles.")
@click.option("--trusted-hosts", metavar="HOSTS", help="Further hosts that --http answers to, separated by commas.")
@click.option("--names", metavar="FILE", help="Display names of sources and sections, and synonyms.")
@profile_option
def mcp_command(directory: str | None, http: bool, host: str, port: int, **options: Any) -> None:
    """Let assistants search and read.

    Two tools by the Model Context Protocol that change nothing. An assistant on this machine starts the command itself
    and talks to it over standard input and output; --http serves others.
    """
    from search.settings import load_settings
    from web.server.logs import set_up_logging

    set_up_logging(access=False)
    settings = load_settings(index=directory, **options)
    server = library("web.assistants.server", extra="mcp", purpose="serving assistants")
    if http:
        _serve_http(server.make_server, settings, host, port)
    else:
        from search.service import SearchService

        service = SearchService.open(settings)
        server.make_server(service, title=settings.title, public_address=settings.public_address).run()


def _serve_http(make_server: Any, settings: Settings, host: str, port: int) -> None:
    from search.service import SearchService
    from web.assistants.http import serve
    from web.server.listening import address_of, listen

    service = SearchService.follow(settings)
    listening = listen(host, [port])
    address = f"{address_of(host, listening)}mcp"
    server = make_server(service, title=settings.title, public_address=settings.public_address)
    serve(server, listening, settings, ready=lambda: click.echo(address))
    logging.shutdown()
    os._exit(0)  # Python's own exit would stop the thread that follows the index inside the engine, and crash
