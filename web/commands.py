"""The commands `serve` and `demo`: a search service behind waitress. Gathered by `kashaf.py`.

Standard output gets one line, the address, once it answers; everything else goes to standard error.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from types import FrameType

import click
import waitress

import corpus
from search.errors import KashafError
from search.service import SearchService
from search.settings import Settings, load_settings
from web.app import create_app

LONGEST_HEADER = 1 << 20  # a pasted article as a query is answered with a sentence, not cut off by the server
PORTS_TRIED = 20
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


@click.command("serve", help="Serve the search pages of an index.")
@click.option("--index", type=click.Path(path_type=Path, readable=False), help="The index directory.")
@click.option("--host", help="Where to listen; 127.0.0.1 unless set.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port, 0 for any free one; 8000 unless set.")
def serve_command(index: Path | None, host: str | None, port: int | None) -> None:
    """Serves until it is stopped."""
    settings = load_settings(index=index, host=host, port=port)
    serve(settings, ports=[settings.port])


@click.command("demo", help="Index the bundled sample into a temporary place and serve it.")
@click.option("--host", help="Where to listen; 127.0.0.1 unless set.")
@click.option("--port", type=click.IntRange(0, 65535), help="The first port to try, 0 for any free one.")
@click.pass_context
def demo_command(context: click.Context, host: str | None, port: int | None) -> None:
    """Serves the sample until it is stopped, then removes its index."""
    with _stopped_by_sigterm(), TemporaryDirectory(prefix="kashaf-demo-") as folder:
        settings = load_settings(index=Path(folder) / "index", host=host, port=port)
        _index(context, corpus.ARTICLES, settings.index)
        first = settings.port
        serve(settings, ports=range(first, min(first + PORTS_TRIED, 65536)) if first else [0])


def serve(settings: Settings, ports: Iterable[int]) -> None:
    """Serves the index on the first of the ports that is free. Raises KashafErrors before anything is served."""
    service = SearchService.open(settings)
    app = create_app(settings, service)
    listening = _listen(settings.host, list(ports))
    server = waitress.create_server(
        app, sockets=[listening], threads=settings.threads, max_request_header_size=LONGEST_HEADER, ident="kashaf"
    )
    click.echo(_address(settings.host, listening))
    sys.stdout.flush()
    click.echo("kashaf: press Ctrl-C to stop", err=True)
    Thread(target=service.warm, name="warm", daemon=True).start()  # the first reader waits for nothing
    server.run()


def _listen(host: str, ports: list[int]) -> socket.socket:
    for port in ports:
        try:
            family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            return socket.create_server(address[:2], family=family)
        except (OSError, UnicodeError, OverflowError) as error:
            if not isinstance(error, OSError) or error.errno != errno.EADDRINUSE:
                reason = getattr(error, "strerror", None) or error
                raise KashafError(f"cannot listen on {host!r} port {port} ({reason}): give another --host") from error
    tried = f"port {ports[0]} is" if len(ports) == 1 else f"ports {ports[0]} to {ports[-1]} are"
    raise KashafError(f"{tried} in use on {host}: give another with --port, or --port 0 for any free one")


def _address(host: str, listening: socket.socket) -> str:
    shown = ANYWHERE.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{listening.getsockname()[1]}/"


def _index(context: click.Context, articles: Path, index: Path) -> None:
    """Runs the command `index` beside this one: web may not import the indexer, and a reader would type the same."""
    program = context.find_root().command
    assert isinstance(program, click.Group)
    with redirect_stdout(sys.stderr):
        status = program.main(["index", "--index", os.fspath(index), os.fspath(articles)], standalone_mode=False)
    if status:
        raise KashafError(f"the bundled sample could not be indexed into {index}: see above")


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Turns SIGTERM into a normal exit, so that the temporary index is removed."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
