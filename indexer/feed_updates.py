"""The feeds that an index remembers, fetched before a run reads them.

Called by `commands.py` and `watching`. A feed that fails ends no run: what was fetched before is read all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from indexer.fetching.fetching import FetchOptions, fetch_feeds
from indexer.fetching.report import FeedReport, feed_lines
from indexer.progress import counting_bar
from indexer.remembered_sources.registering import registry_of
from indexer.report import Report
from search.console.interruption import end
from search.errors import IndexBusy, SourceError
from search.index.directory import IndexDirectory
from search.index.source_registry import Source
from search.settings import load_settings

_NAMED = 5  # feeds that an error names
_UNREAD = ("failed", "forbidden", "gone")


def remembered_feeds(directory: IndexDirectory) -> list[Source]:
    """Return the feeds among the sources of an index. Raises IndexDamaged and IndexForbidden."""
    return [source for source in registry_of(directory).read if source.kind == "feed"]


def update_feeds(directory: IndexDirectory, options: FetchOptions) -> list[FeedReport]:
    """Fetch the feeds that the index remembers. Raises IndexStateErrors, StorageFull and KeyboardInterrupt.

    Where another process fetches them just now, nothing is done, and said on stderr.
    """
    feeds = remembered_feeds(directory)
    if not feeds:
        return []
    try:
        with counting_bar("feeds") as progress:
            return fetch_feeds(directory.path, feeds, options, done=lambda _, done, total: progress(done, total))
    except IndexBusy as busy:
        click.echo(f"kashaf: {busy}; this run reads what was fetched before", err=True)
        return []


def told_updates(index: str | None, *, now: bool, as_json: bool) -> list[FeedReport]:
    """Fetch the remembered feeds of the index that a command names, and say what became of each.

    On stdout, or on stderr where that is kept for JSON. Ctrl-C ends the process; what was fetched is kept.
    """
    settings = load_settings(index=index)
    try:
        reports = update_feeds(IndexDirectory(settings.index), FetchOptions(ask_now=now, contact=settings.contact))
    except KeyboardInterrupt as interruption:
        end(interruption, "the next run goes on from what was fetched")
    for line in feed_lines(reports):
        click.echo(line, err=as_json)
    return reports


def require_whole(report: Report, feeds: Sequence[FeedReport]) -> None:
    """Raise SourceError where something was skipped or a feed could not be read, for runs that are to fail then."""
    if report.skipped:
        raise SourceError(f"{report.skipped:,} skipped, and --strict was given: the report says which")
    unread = [feed for feed in feeds if feed.outcome in _UNREAD]
    if unread:
        named = ", ".join(f"{feed.address} ({feed.reason})" for feed in unread[:_NAMED])
        raise SourceError(f"{len(unread):,} feeds were not read, and --strict was given: {named}")
