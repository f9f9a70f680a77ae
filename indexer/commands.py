"""The subcommands that write, and verify. A thin shell over the library, gathered by `kashaf.py`.

Reports go to stdout, progress to stderr; a KashafError propagates and becomes one line and exit status 1.
What a command needs is imported when it runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from search.console.help import command
from search.console.interruption import end, interruptible
from search.console.options import index_option, jobs_option, json_option, lexicon_option, memory_option, on_cluster
from search.console.output import print_result
from search.engines.registry import DEFAULT, NAMES
from search.errors import IndexDamaged

if TYPE_CHECKING:
    from indexer.build import Choices
    from indexer.fetching.report import FeedReport
    from indexer.first_steps import FirstSteps
    from indexer.generations.succession import RolledBack
    from indexer.report import Report
    from indexer.run_options import CommitEvery, RunOptions
    from indexer.sources import Sources
    from search.index.directory import IndexDirectory

    _Work = Callable[[IndexDirectory, Sources, Choices, RunOptions], Report]
_Command = TypeVar("_Command", bound=Callable[..., None])


def _commit_every(context: click.Context, option: click.Parameter, written: str | None) -> CommitEvery:
    """What the option says, else the usual."""
    from indexer.run_options import COMMIT_SECONDS, CommitEvery, read_commit_every

    if written is None:
        return CommitEvery(seconds=COMMIT_SECONDS)
    try:
        return read_commit_every(written)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _building(command: _Command) -> _Command:
    for option in (
        json_option,
        click.option(
            "--report",
            metavar="FILE.json",
            help="List every skipped, remarked, repaired, removed and vanished case there, with its place.",
        ),
        memory_option,
        jobs_option,
        click.option("--follow-links", is_flag=True, help="Read what links that leave PATH lead to; remembered."),
        lexicon_option,
        click.option(
            "--engine", type=click.Choice(NAMES), help=f"What stores the index.  [default: its own, else {DEFAULT}]"
        ),
        on_cluster,
        index_option,
    ):
        command = option(command)
    return command


@command(
    "index",
    examples="""
    kashaf index ~/archive
    kashaf index
    kashaf index ~/archive --prune --strict
    kashaf index ~/archive --report cases.json --commit-every 30s
    kashaf index --no-fetch
    """,
)
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH…]")
@_building
@click.option("--strict", is_flag=True, help="Exit with status 1 if anything was skipped; the rest is indexed.")
@click.option("--all", "read_all", is_flag=True, help="Read all files, also those that did not change.")
@click.option("--prune", is_flag=True, help="Remove articles of files that are gone, and of removed sources.")
@click.option("--allow-shrink", is_flag=True, help="Let more than a tenth of all articles be removed.")
@click.option(
    "--commit-every",
    metavar="N|TIME",
    callback=_commit_every,
    help="After so many articles (1,000 to 50,000) or so long (5s to 60m).  [default: 50,000 or 5m]",
)
@click.option("--fetch/--no-fetch", default=True, help="Ask the remembered feeds for what is new.  [default: fetch]")
@click.option("--fetch-now", is_flag=True, help="Ask feeds and hosts, too, that failed a short while ago.")
@interruptible()
def index_command(
    paths: tuple[str, ...],
    read_all: bool,
    strict: bool,
    prune: bool,
    allow_shrink: bool,
    commit_every: CommitEvery,
    fetch: bool,
    fetch_now: bool,
    **options: Any,
) -> None:
    """Add and update articles from files and folders.

    PATH… are remembered as sources; without PATH all remembered ones are brought up to date. Reads plain text, JSON,
    CSV, web pages, feeds, mail, PDF, DOCX and more, packed too (docs/formats.md has the list), and prints a report.
    """

    def work(directory: IndexDirectory, sources: Sources, choices: Choices, run: RunOptions) -> Report:
        from indexer.build import index
        from indexer.pruning import Pruning

        run = replace(run, commit_every=commit_every, read_all=read_all)
        return index(directory, sources, choices, pruning=Pruning(prune, allow_shrink), options=run)

    feeds: list[FeedReport] = []
    if fetch and not paths:
        from indexer.feed_updates import told_updates

        feeds = told_updates(options["directory"], now=fetch_now, as_json=options["as_json"])
    report = _build(work, "index", paths, feeds, everything=read_all, **options)
    if strict:
        from indexer.feed_updates import require_whole

        require_whole(report, feeds)


@command(
    "reindex",
    examples="""
    kashaf reindex
    kashaf reindex ~/archive --strict
    """,
)
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH…]")
@_building
@click.option("--strict", is_flag=True, help="Keep the old index if anything is skipped, and exit with status 1.")
@click.option("--allow-shrink", is_flag=True, help="Swap in an index that lost more than a tenth of its articles.")
@click.option("--discard-previous", is_flag=True, help="Keep no index to roll back to: needs less room.")
@interruptible()
def reindex_command(
    paths: tuple[str, ...], strict: bool, allow_shrink: bool, discard_previous: bool, **options: Any
) -> None:
    """Build the index anew and swap it in.

    From PATH…, or else from what it was made from. Searching goes on meanwhile. An index that lost more than a tenth
    of its articles is not swapped in.
    """

    def work(directory: IndexDirectory, sources: Sources, choices: Choices, run: RunOptions) -> Report:
        from indexer.build import Safeguards, reindex

        safeguards = Safeguards(strict, allow_shrink, keep_previous=not discard_previous)
        return reindex(directory, sources, choices, safeguards=safeguards, options=run)

    _build(work, "reindex", paths, everything=True, **options)


@command("rollback", examples="kashaf rollback")
@index_option
@json_option
@interruptible()
def rollback_command(directory: str | None, as_json: bool) -> None:
    """Serve the index before the last reindex again.

    It also writes a manifest again that was lost. A second rollback serves the newer index again.
    """
    from indexer.generations.succession import rollback
    from search.index.directory import IndexDirectory
    from search.settings import load_settings

    done = rollback(IndexDirectory(load_settings(index=directory).index))
    print_result(asdict(done), _rolled_back(done), as_json)


@command(
    "verify",
    examples="""
    kashaf verify
    kashaf verify --full --json
    """,
)
@click.option("--full", is_flag=True, help="Look up every article, not a thousand of them.")
@index_option
@json_option
@interruptible("nothing was found out, and nothing is changed")
def verify_command(full: bool, directory: str | None, as_json: bool) -> None:
    """Check that the index is as it was written.

    Every file by its checksum, and whether articles are found by their ids and their words. Status 1 if not.
    """
    from indexer.progress import counting_bar
    from indexer.verification.as_text import verdict, verification_lines, verification_object
    from indexer.verification.verify import verify
    from search.index.directory import IndexDirectory
    from search.settings import load_settings

    checked = IndexDirectory(load_settings(index=directory).index)
    with counting_bar("articles") as progress:
        found = verify(checked, full=full, progress=progress)
    print_result(verification_object(found), verification_lines(found), as_json)
    if not found.sound:
        raise IndexDamaged(verdict(found, checked.path))


def _build(
    work: _Work,
    name: str,
    paths: tuple[str, ...],
    feeds: Sequence[FeedReport] = (),
    *,
    everything: bool,
    directory: str | None,
    **options: Any,
) -> Report:
    from indexer.first_steps import first_steps
    from search.index.elsewhere import take_over
    from search.settings import chosen_settings, load_settings

    if options["cluster"]:  # the processes that help find it there too
        os.environ["KASHAF_CLUSTER"] = chosen_settings(cluster=options["cluster"])["cluster"]
    if options["take_over"]:
        take_over(load_settings(index=directory).index)
    known = {option: options[option] for option in ("lexicon", "jobs", "memory")}
    with first_steps(paths, everything=everything, index=directory, **known) as begun:
        return _built(work, name, paths, feeds, begun, **options)


def _built(
    work: _Work,
    name: str,
    paths: tuple[str, ...],
    feeds: Sequence[FeedReport],
    begun: FirstSteps,
    *,
    engine: str | None,
    lexicon: str | None,
    follow_links: bool,
    report: str | None,
    as_json: bool,
    **_: object,
) -> Report:
    from indexer.build import choices_of
    from indexer.case_list import ListedRun, case_list_if_named
    from indexer.interrupted import NOTHING_SWAPPED, what_is_left
    from indexer.progress import progress_bar
    from indexer.remembered_sources import registering
    from indexer.report import Refused
    from indexer.report_as_text import report_object, report_text
    from indexer.run_options import RunOptions
    from search.index.directory import IndexDirectory
    from search.settings import chosen_settings

    settings = begun.settings
    choices = choices_of(engine=engine, chosen=chosen_settings(lexicon=lexicon).get("lexicon"), usual=settings.lexicon)
    built = IndexDirectory(settings.index)
    before = built.fields()
    if paths:
        sources = registering.chosen_sources(built, paths, follow_links=follow_links)
    elif name == "index":
        sources = registering.roots_to_index(built, follow_links=follow_links)
    else:
        sources = registering.remembered_roots(built, all_there=True, follow_links=follow_links)
    fetched: dict[str, Any] = {}
    if feeds:
        from indexer.fetching.report import feed_objects

        fetched["feeds"] = feed_objects(feeds)
    remembered = registering.remembered_paths(built) if report is not None else ()
    listed_run = ListedRun(name, built.path, sources.paths, remembered)
    try:
        with (
            case_list_if_named(report, listed_run) as listed,
            progress_bar(lambda: sources.size) as progress,
        ):
            run = RunOptions(progress, listed.add if listed else None, shares=begun.shares, begun=begun.begun)
            done = work(built, sources, choices, run)
            if listed:
                listed.report = done
    except KeyboardInterrupt as interruption:
        end(interruption, what_is_left(built, before) if name == "index" else NOTHING_SWAPPED)
    except Refused as refused:
        print_result({**report_object(refused.report), **fetched}, [report_text(refused.report)], as_json)
        raise
    print_result({**report_object(done), **fetched}, [report_text(done)], as_json)
    return done


def _rolled_back(done: RolledBack) -> Iterator[str]:
    moment = f", of {done.updated}" if done.updated else ""
    again = "is in the manifest again" if done.recovered else "is served again"
    yield f"generation {done.generation} {again}: {done.articles:,} articles{moment}"
    if done.before:
        yield f"generation {done.before} is kept: another kashaf rollback brings it back"
