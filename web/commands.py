"""The commands `serve` and `demo`: a search service behind waitress. Gathered by `kashaf.py`.

Standard output gets one line, the address, once it answers; everything else goes to standard error.
What a command needs is imported when it runs.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from search.console.help import command
from search.console.options import index_option, profile_option
from search.errors import KashafError
from search.extras import library
from web.site_options import site_options

if TYPE_CHECKING:
    from search.settings import Settings

PATIENCE_SECONDS = 0.5  # for which a stopping server waits for an index that is being opened
PORTS_TRIED = 20
FIGURES = "PROMETHEUS_MULTIPROC_DIR"  # a variable of prometheus-client

access_log_option = click.option(
    "--access-log/--no-access-log", default=None, help="A line on stderr for each request, without its words."
)


@command(
    "serve",
    examples="""
    kashaf serve
    kashaf serve --host 0.0.0.0 --port 8080 --title "أرشيف الصحيفة"
    kashaf serve --workers 2
    """,
)
@index_option
@click.option("--host", help="Where to listen.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="The port, 0 for any free one.  [default: 8000]")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that serve.  [default: 1]")
@click.option("--threads", type=click.IntRange(1, 256), help="Threads of each of them.  [default: 8]")
@click.option("--title", help="The name on every page.  [default: كشّاف]")
@click.option("--names", metavar="FILE", help="Display names of sources and sections, and synonyms.")
@profile_option
@access_log_option
@site_options
def serve_command(directory: str | None, **options: Any) -> None:
    """Serve the search pages of an index.

    Until Ctrl-C or SIGTERM; the address is printed.
    """
    from search.settings import load_settings

    def read_settings() -> Settings:
        return load_settings(index=directory, **options)

    settings = read_settings()
    _end_process(serve(settings, ports=[settings.port], read_again=read_settings))


@command("demo", examples="kashaf demo --port 0")
@click.option("--host", help="Where to listen.  [default: 127.0.0.1]")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="The first port to try, 0 for any free one.  [default: 8000]"
)
@access_log_option
@click.pass_context
def demo_command(context: click.Context, host: str | None, port: int | None, access_log: bool | None) -> None:
    """Index the bundled sample, serve it, forget it.

    The index lies in a temporary place and is removed at the end.
    """
    import corpus
    from search.settings import load_settings
    from search.storage.temporary_folders import temporary_folder

    with _stopped_by_sigterm(), temporary_folder() as folder:
        settings = load_settings(index=folder / "index", host=host, port=port, access_log=access_log)
        _index(context, corpus.ARTICLES, settings.index)
        first = settings.port
        finished = serve(settings, ports=range(first, min(first + PORTS_TRIED, 65536)) if first else [0])
    _end_process(finished)


def serve(settings: Settings, ports: Iterable[int], *, read_again: Callable[[], Settings] | None = None) -> bool:
    """Serves the index on the first of the ports that is free, until SIGTERM or SIGINT; a second one ends it at once.

    read_again: gives the settings when SIGHUP asks for them to be read anew.
    Returns whether all that was running then was finished. Raises KashafErrors before anything is served.
    """
    from search.index.following import Followed
    from search.service import SearchService
    from web.app import create_app
    from web.server.listening import address_of, ended_by, listen
    from web.server.logs import set_up_logging
    from web.server.serving import Server

    set_up_logging(access=settings.access_log)
    if settings.workers > 1:
        return _serve_by_workers(settings, ports, read_again or (lambda: settings))
    followed = Followed(settings.index, settings.names)
    service = SearchService(settings, followed)
    app = create_app(settings, service)
    listening = listen(settings.host, list(ports))
    server = Server(app, listening, threads=settings.threads)
    with ended_by(server.stop):
        _tell(address_of(settings.host, listening))
        followed.start(service.prepare)
        finished = server.run()
    return followed.stop(patience=PATIENCE_SECONDS) and finished


def _serve_by_workers(settings: Settings, ports: Iterable[int], read_again: Callable[[], Settings]) -> bool:
    if not hasattr(os, "fork"):
        raise KashafError(f"workers = {settings.workers}: this system cannot fork: give 1, and more --threads")
    from web.server.listening import address_of, listen

    workers = library("web.server.workers", extra="workers", purpose="serving by several processes")
    workers.check_service(settings)
    listening = listen(settings.host, list(ports))
    address = address_of(settings.host, listening)
    with _folder_of_figures() if settings.metrics else nullcontext():
        workers.serve_by_workers(settings, listening, read_again, lambda: _tell(address))
    return True


@contextmanager
def _folder_of_figures() -> Iterator[None]:
    """Gives the processes a folder in which their figures for /metrics add up, unless one is set."""
    if FIGURES in os.environ:
        yield
        return
    from search.storage.temporary_folders import temporary_folder

    with temporary_folder() as folder:
        os.environ[FIGURES] = str(folder)
        try:
            yield
        finally:
            del os.environ[FIGURES]


def _tell(address: str) -> None:
    click.echo(address)
    sys.stdout.flush()
    click.echo("kashaf: press Ctrl-C to stop", err=True)


def _end_process(finished: bool) -> None:
    """End the process at once unless all requests are finished.

    Python's own exit would stop a thread inside the engine and crash.
    """
    if not finished:
        logging.shutdown()
        sys.stdout.flush()
        os._exit(0)


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
