"""The subcommands `delete` and `restore-article`: a thin shell over `withdrawal.py`, gathered by `kashaf.py`.

What was done goes to stdout. What a command needs is imported when it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from search.console.help import command
from search.console.interruption import interruptible
from search.console.options import index_option, json_option
from search.console.output import print_result
from search.errors import RequestError, shown

if TYPE_CHECKING:
    from search.index.directory import IndexDirectory

_NAMED = 20  # ids that an error names


@command("delete", examples='kashaf delete sample-011 --reason "withdrawn by its publisher"')
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option("--reason", help="Why: remembered with the day.")
@click.option("--purge", is_flag=True, help="Leave no byte of them: writes the index anew, keeps none before it.")
@index_option
@json_option
@interruptible()
def delete_command(ids: tuple[str, ...], reason: str | None, purge: bool, directory: str | None, as_json: bool) -> None:
    """Remove articles for good.

    No index, reindex or rollback brings them back, until restore-article lifts that. An unknown ID gives exit status 1;
    the others are removed all the same.
    """
    from indexer.withdrawal import delete
    from search.index.directory import IndexDirectory
    from search.settings import load_settings

    index = IndexDirectory(load_settings(index=directory).index)
    if purge:
        _purge(index, ids, reason, as_json)
        return
    removed = delete(index, ids, reason=reason)
    before = (f"deleted before: {id}" for id in removed.withdrawn)
    print_result(asdict(removed), (f"deleted {len(removed.deleted):,}", *before), as_json)
    _require_none(removed.missing, "not in the index", "kashaf search shows the ids")


@command("restore-article", examples="kashaf restore-article sample-011")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@index_option
@json_option
@interruptible()
def restore_article_command(ids: tuple[str, ...], directory: str | None, as_json: bool) -> None:
    """Let deleted articles come back.

    The next run that reads their sources takes them in again.
    """
    from indexer.withdrawal import restore
    from search.index.directory import IndexDirectory
    from search.settings import load_settings

    done = restore(IndexDirectory(load_settings(index=directory).index), ids)
    next_run = ": kashaf index takes them in again" if done.restored else ""
    print_result(asdict(done), (f"restored {len(done.restored):,}{next_run}",), as_json)
    _require_none(done.missing, "not withdrawn", "only what kashaf delete has removed can come back")


def _purge(index: IndexDirectory, ids: tuple[str, ...], reason: str | None, as_json: bool) -> None:
    from indexer.purging.purge import purge

    done = purge(index, ids, reason=reason)
    anew = f"purged {len(done.purged):,}: the index was written anew with {done.articles:,} articles"
    kept = "no index before it is kept; backups that were made before still hold them"
    print_result(asdict(done), (anew, kept) if done.purged else ("purged 0",), as_json)
    _require_none(done.missing, "not in the index", "kashaf search shows the ids")


def _require_none(ids: Sequence[str], what: str, remedy: str) -> None:
    """Raise RequestError if there are ids with which nothing could be done; the others are done by then."""
    if ids:
        more = f" and {len(ids) - _NAMED:,} more" if len(ids) > _NAMED else ""
        raise RequestError(f"{what}: {', '.join(map(shown, ids[:_NAMED]))}{more}: {remedy}")
