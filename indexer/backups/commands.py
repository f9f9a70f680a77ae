"""The subcommands `backup` and `restore`: a thin shell over the library, gathered by `kashaf.py`.

What was done goes to stdout, progress to stderr. What a command needs is imported when it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search.console.help import command
from search.console.interruption import interruptible
from search.console.options import index_option, json_option
from search.console.output import print_result
from search.errors import IndexStateError

if TYPE_CHECKING:
    from indexer.backups.backing_up import BackedUp
    from indexer.backups.restoring import RestoredIndex

_MEGABYTE = 1_000_000


@command("backup", examples="kashaf backup ~/kashaf-backup")
@click.argument("folder", metavar="DIR")
@index_option
@json_option
@interruptible("no backup was made")
def backup_command(folder: str, directory: str | None, as_json: bool) -> None:
    """Copy the index to DIR as it was last committed.

    Searching and indexing go on. Each file is compared with its checksum, and DIR appears when all of it is on the
    disk. DIR is an index directory: search it with --index, or bring it back with kashaf restore.
    """
    from indexer.backups.backing_up import back_up
    from search.index.directory import IndexDirectory
    from search.settings import load_settings

    index = IndexDirectory(load_settings(index=directory).index)
    with _progress() as progress:
        done = back_up(index, _named(folder), progress=progress)
    print_result(asdict(done), _backed_up(done), as_json)


@command("restore", examples="kashaf restore ~/kashaf-backup --replace")
@click.argument("folder", metavar="DIR")
@click.option("--replace", is_flag=True, help="In place of the index that is there, which is kept for rollback.")
@index_option
@json_option
@interruptible()
def restore_command(folder: str, replace: bool, directory: str | None, as_json: bool) -> None:
    """Make the index what was backed up to DIR.

    Each file is compared with its checksum before the copy is served. A site that is running follows. What was deleted
    for good since the backup stays deleted.
    """
    from indexer.backups.restoring import restore_backup
    from search.index.directory import IndexDirectory
    from search.settings import load_settings

    index = IndexDirectory(load_settings(index=directory).index)
    with _progress() as progress:
        done = restore_backup(IndexDirectory(_named(folder)), index, replace=replace, progress=progress)
    print_result(asdict(done), _restored(done), as_json)


def _named(folder: str) -> Path:
    if not folder or "\0" in folder:
        raise IndexStateError(f"{folder!r} names no folder: is a variable unset?")
    return Path(folder)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show how many megabytes are copied."""
    from indexer.progress import counting_bar

    with counting_bar("MB") as shown:
        yield lambda done, total: shown(done // _MEGABYTE, total // _MEGABYTE)


def _backed_up(done: BackedUp) -> Iterator[str]:
    moment = f", of {done.updated}" if done.updated else ""
    yield f"{done.articles:,} articles are backed up to {done.path}{moment}"
    yield f"{done.files:,} files, {done.bytes / _MEGABYTE:,.1f} MB, each compared; {done.seconds:.1f} s"


def _restored(done: RestoredIndex) -> Iterator[str]:
    moment = f", of {done.updated}" if done.updated else ""
    yield f"generation {done.generation} is served, from the backup: {done.articles:,} articles{moment}"
    if done.withdrawn:
        yield f"{done.withdrawn:,} articles were left out, for they were deleted for good since the backup"
    if done.unknown:
        yield "withdrawn.json was damaged: what was deleted for good since the backup is not known and may be back"
    if done.before:
        yield f"generation {done.before} is kept: kashaf rollback brings it back"
