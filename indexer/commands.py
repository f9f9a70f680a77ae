"""The subcommands that write, and verify. A thin shell over the library, gathered by `kashaf.py`.

Reports go to stdout, progress to stderr; a KashafError propagates and becomes one line and exit status 1.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from indexer.build import Choices, Safeguards, index, reindex
from indexer.generations.succession import RolledBack, remembered, remembered_sources, rollback
from indexer.progress import Progress, counting_bar, progress_bar
from indexer.pruning import Pruning
from indexer.report import Refused, Report, report_object, report_text
from indexer.sources import Sources
from indexer.verification.as_text import verdict, verification_lines, verification_object
from indexer.verification.verify import verify
from indexer.withdrawal import delete, restore
from search.analysis.analyzer import Analyzer
from search.engines.registry import NAMES
from search.errors import IndexDamaged, SourceError
from search.index.directory import IndexDirectory
from search.settings import chosen_settings, load_settings

_Command = TypeVar("_Command", bound=Callable[..., None])
_Work = Callable[[IndexDirectory, Sources, Choices, Progress], Report]

index_option = click.option("--index", "place", metavar="DIR", help="The index directory.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")


def _building(command: _Command) -> _Command:
    for option in (
        json_option,
        click.option("--follow-links", is_flag=True, help="Read what links that leave PATH lead to; remembered."),
        click.option("--lexicon", help='Lemma table: "bundled", "none" for rules alone, or a path.'),
        click.option("--engine", type=click.Choice(NAMES), help="What stores the index."),
        index_option,
    ):
        command = option(command)
    return command


@click.command("index")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@_building
@click.option("--strict", is_flag=True, help="Exit with status 1 if anything was skipped; the rest is indexed.")
@click.option("--prune", is_flag=True, help="Remove articles that are no longer in the files below PATH….")
@click.option("--allow-shrink", is_flag=True, help="Let --prune remove more than a tenth of all articles.")
def index_command(paths: tuple[str, ...], strict: bool, prune: bool, allow_shrink: bool, **options: Any) -> None:
    """Add and update articles from files and folders."""
    pruning = Pruning(prune, allow_shrink)
    report = _build(lambda *known: index(*known[:3], pruning=pruning, progress=known[3]), paths, **options)
    if strict and report.skipped:
        raise SourceError(f"{report.skipped:,} skipped, and --strict was given: the report says which")


@click.command("reindex")
@click.argument("paths", nargs=-1, metavar="[PATH…]")
@_building
@click.option("--strict", is_flag=True, help="Keep the old index if anything is skipped, and exit with status 1.")
@click.option("--allow-shrink", is_flag=True, help="Swap in an index that lost more than a tenth of its articles.")
@click.option("--discard-previous", is_flag=True, help="Keep no index to roll back to: needs less room.")
def reindex_command(
    paths: tuple[str, ...], strict: bool, allow_shrink: bool, discard_previous: bool, **options: Any
) -> None:
    """Build the index anew, from PATH… or what it was made from, and swap it in."""
    safeguards = Safeguards(strict, allow_shrink, keep_previous=not discard_previous)
    _build(lambda *known: reindex(*known[:3], safeguards=safeguards, progress=known[3]), paths, **options)


@click.command("rollback")
@index_option
@json_option
def rollback_command(place: str | None, as_json: bool) -> None:
    """Serve again the index before the last reindex, or write a lost manifest again.

    A second rollback serves the newer index again.
    """
    done = rollback(IndexDirectory(load_settings(index=place).index))
    _print(asdict(done), _rolled_back(done), as_json)


@click.command("verify")
@click.option("--full", is_flag=True, help="Look up every article, not a thousand of them.")
@index_option
@json_option
def verify_command(full: bool, place: str | None, as_json: bool) -> None:
    """Check every file by its checksum, and that articles are found by their ids and their words."""
    directory = IndexDirectory(load_settings(index=place).index)
    with counting_bar("articles") as progress:
        found = verify(directory, full=full, progress=progress)
    _print(verification_object(found), verification_lines(found), as_json)
    if not found.sound:
        raise IndexDamaged(verdict(found, directory.path))


@click.command("delete")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option("--reason", help="Why: remembered with the day.")
@index_option
@json_option
def delete_command(ids: tuple[str, ...], reason: str | None, place: str | None, as_json: bool) -> None:
    """Remove articles for good: no index, reindex or rollback brings them back; restore-article lifts that."""
    removed = delete(IndexDirectory(load_settings(index=place).index), ids, reason=reason)
    missing = (f"not in the index: {id}" for id in removed.missing)
    _print(asdict(removed), (f"deleted {len(removed.deleted):,}", *missing), as_json)


@click.command("restore-article")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@index_option
@json_option
def restore_article_command(ids: tuple[str, ...], place: str | None, as_json: bool) -> None:
    """Let articles that were deleted come back with the next run that reads their sources."""
    done = restore(IndexDirectory(load_settings(index=place).index), ids)
    missing = (f"not withdrawn: {id}" for id in done.missing)
    _print(asdict(done), (f"restored {len(done.restored):,}: kashaf index takes them in again", *missing), as_json)


def _build(
    work: _Work,
    paths: tuple[str, ...],
    *,
    place: str | None,
    engine: str | None,
    lexicon: str | None,
    follow_links: bool,
    as_json: bool,
) -> Report:
    settings = load_settings(index=place, lexicon=lexicon)
    Analyzer.default(_absolute(settings.lexicon))  # raises LexiconError before anything is written
    directory = IndexDirectory(settings.index)
    followed = follow_links or (not paths and remembered(directory).follow_links)
    sources = Sources(paths or remembered_sources(directory), follow_links=followed)
    chosen = chosen_settings(lexicon=lexicon).get("lexicon")
    choices = Choices(engine, _absolute(chosen), usual_lexicon=_absolute(settings.lexicon) or "bundled")
    try:
        with progress_bar(lambda: sources.size) as progress:
            report = work(directory, sources, choices, progress)
    except KeyboardInterrupt:
        click.echo("kashaf: interrupted: the index is as it was at its last commit", err=True)
        raise SystemExit(1) from None
    except Refused as refused:
        _print(report_object(refused.report), [report_text(refused.report)], as_json)
        raise
    _print(report_object(report), [report_text(report)], as_json)
    return report


def _print(value: object, lines: Iterable[str], as_json: bool) -> None:
    """Print what a command did as JSON, or as lines for a person."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=1) if as_json else "\n".join(lines))


def _rolled_back(done: RolledBack) -> Iterator[str]:
    moment = f", of {done.updated}" if done.updated else ""
    again = "is in the manifest again" if done.recovered else "is served again"
    yield f"generation {done.generation} {again}: {done.articles:,} articles{moment}"
    if done.before:
        yield f"generation {done.before} is kept: another kashaf rollback brings it back"


def _absolute(lexicon: str | None) -> str | None:
    """A table's path as the index can remember it."""
    return lexicon if lexicon in (None, "bundled", "none") else os.path.abspath(Path(lexicon))
