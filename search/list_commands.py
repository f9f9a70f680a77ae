"""The subcommand batch of `kashaf`: a list of queries → tables of hits and counts, or topics → a TREC run.

`kashaf.py` makes one command of all subcommands. What the command needs is imported when it runs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from search.console.filters import FilterChoice, filter_options
from search.console.help import command
from search.console.options import index_option, json_option, names_option, profile_option
from search.console.output import language_of, language_option
from search.console.output_file import output_file
from search.errors import RequestError, SourceError

if TYPE_CHECKING:
    from search.lists.rows import QueryList
    from search.lists.running import RunFiles, RunReport, Told
    from search.settings import Settings

_TREC_LIMIT: Final = 100
_LIST_LIMIT: Final = 10
_SHOWN: Final = 20  # problems that the report names; all are in the table of counts
_USUAL_JOBS: Final = 4
_MANY_ROWS: Final = 200  # from which on further processes gain more than their start costs
_MOST_JOBS: Final = 16
_COUNTED: Final = ("source", "year", "section")  # search.value_counts.COUNTED, to which a test holds them


@dataclass(frozen=True, slots=True)
class _ListChoice:
    """The options of a list, as they were given."""

    column: str | None
    header: bool | None
    filter_columns: bool
    hits: Path | None
    counts: Path | None
    counts_by: str
    phrase: bool
    near: int | None
    no_names: bool
    no_collapse: bool
    jobs: int | None
    restart: bool
    lang: str | None
    bom: bool

    @property
    def result_options(self) -> tuple[object, ...]:
        """Those on which the results depend."""
        rows = (self.column, self.header, self.filter_columns, self.phrase, self.near, self.no_names, self.no_collapse)
        return (*rows, self.counts_by, self.bom)


@command(
    "batch",
    examples="""
    kashaf batch names.csv
    kashaf batch names.csv --column الاسم --phrase --since 2015 --counts-by year
    kashaf batch names.csv --hits found.csv --counts counts.csv --limit 50 --no-names
    kashaf batch topics.tsv --output run.txt --limit 100
    """,
)
@click.argument("list_", metavar="LIST", type=click.Path(path_type=Path))
@click.option("--hits", type=click.Path(path_type=Path), help="The table of hits to write.  [default: LIST.hits.csv]")
@click.option("--counts", type=click.Path(path_type=Path), help="The table of counts.  [default: LIST.counts.csv]")
@click.option(
    "--counts-by",
    type=click.Choice(_COUNTED),
    default="source",
    show_default=True,
    help="What the counts are parted by.",
)
@click.option("--limit", type=int, help="Hits a query.  [default: 10; of a TREC run 100]")
@click.option("--column", metavar="NAME", help="The column of the queries, by name or number.")
@click.option("--header/--no-header", default=None, help="Whether the first row names the columns.  [default: seen]")
@click.option("--filter-columns/--no-filter-columns", default=True, help="Whether columns named like filters narrow.")
@click.option("--phrase", is_flag=True, help="The words of a query have to follow one another.")
@click.option("--near", type=click.IntRange(0, 50), metavar="N", help="At most N other words between them, any order.")
@names_option
@click.option("--no-collapse", is_flag=True, help="List near-duplicates one by one.")
@filter_options
@click.option("--jobs", type=click.IntRange(1, _MOST_JOBS), metavar="N", help="Processes that search.")
@click.option("--restart", is_flag=True, help="Begin anew where an unfinished run would go on.")
@language_option
@click.option("--bom", is_flag=True, help="Begin tables with the mark by which Excel knows UTF-8.")
@click.option("--output", type=click.Path(path_type=Path), help="Take LIST as topics, and write this TREC run.")
@json_option
@index_option
@profile_option
def batch_command(
    list_: Path,
    output: Path | None,
    limit: int | None,
    chosen: FilterChoice,
    as_json: bool,
    directory: str | None,
    profile: str | None,
    **given: Any,
) -> None:
    """Search a list of queries and write tables of results.

    LIST is a CSV with a column of queries in the query language, such as names; further columns may narrow each to a
    source, section, author, or days. In a .txt each line is a query. An interrupted run goes on where it stopped.

    With --output, LIST has rows topic<TAB>words without operators, all words are optional, and a TREC run is written.
    """
    from search.settings import load_settings

    choice = _ListChoice(**given)
    if output is not None:
        _refuse_of_run(choice, chosen, as_json)
        _write_run(list_, output, _TREC_LIMIT if limit is None else limit, directory, profile)
        return
    if choice.phrase and choice.near is not None:
        raise click.UsageError("--phrase and --near: give one of them")
    settings = load_settings(index=directory, profile=profile)
    language = language_of(choice.lang, settings)
    report = _run(list_, choice, chosen, _LIST_LIMIT if limit is None else limit, settings, language)
    if as_json:
        click.echo(json.dumps(_report_object(report, language), ensure_ascii=False))


def _refuse_of_run(choice: _ListChoice, chosen: FilterChoice, as_json: bool) -> None:
    """Raise UsageError for options that a TREC run has not."""
    of_lists = (choice.hits, choice.counts, choice.column, choice.header, choice.near, choice.jobs)
    switches = (choice.phrase, choice.no_names, choice.no_collapse, choice.restart, choice.bom, as_json)
    if any(option is not None for option in of_lists) or any(switches) or chosen != FilterChoice():
        raise click.UsageError("--output writes a TREC run, which takes --limit, --index and --profile alone")


def _write_run(topics: Path, output: Path, limit: int, directory: str | None, profile: str | None) -> None:
    from search.evaluation.batch import read_topics, run_topics
    from search.opening import open_index_with_notice
    from search.ranking.profile import load_profile
    from search.settings import load_settings

    if limit < 1:
        raise RequestError(f"--limit {limit}: ask for at least one hit a topic")
    settings = load_settings(index=directory, profile=profile)
    index = open_index_with_notice(settings)
    rows = run_topics(index, read_topics(topics), limit=limit, profile=load_profile(settings.profile))
    with output_file(output) as file:
        file.writelines(f"{row}\n".encode() for row in rows)


def _run(
    path: Path, choice: _ListChoice, chosen: FilterChoice, limit: int, settings: Settings, language: str
) -> RunReport:
    from search.limits import MOST_LISTED
    from search.lists.made_of import made_of
    from search.lists.outputs import begun_on
    from search.lists.running import RunFiles, run_list
    from search.lists.searching import RowOptions
    from search.opening import open_service

    if not 0 <= limit <= MOST_LISTED:
        raise RequestError(f"--limit {limit}: ask for 0 to {MOST_LISTED:,} hits a query")
    raw = _bytes(path)
    service = open_service(settings).fixed()
    hits, counts = _outputs(path, choice)
    site = settings.public_address
    what = made_of(raw, service.index, (settings.profile, site, chosen, limit, language, choice.result_options))
    today = (None if choice.restart else begun_on(hits, counts, what)) or date.today()
    listed = _read(raw, path, choice, chosen, today)
    files = RunFiles(hits, counts, what, today, choice.restart, choice.bom)
    options = RowOptions(limit, choice.counts_by, language, site)
    jobs = choice.jobs or _usual_jobs(len(listed.rows))
    with _bar() as told:
        report = run_list(listed, service, settings, files, options, jobs=jobs, told=told)
    _tell(report, files, language)
    return report


def _bytes(path: Path) -> bytes:
    from search.limits import LARGEST_LIST

    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_LIST + 1)
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror or error}): name another file") from error
    if len(raw) > LARGEST_LIST:
        raise SourceError(f"{path} has over {LARGEST_LIST // 1_000_000} MB: part the list")
    return raw


def _outputs(path: Path, choice: _ListChoice) -> tuple[Path, Path]:
    named = choice.hits or path.with_suffix(".hits.csv"), choice.counts or path.with_suffix(".counts.csv")
    hits, counts = (each.resolve() if each.is_symlink() else each for each in named)
    if len({each.absolute() for each in (path, hits, counts)}) < 3:
        raise RequestError(f"--hits {hits} and --counts {counts}: name two files, neither of them the list")
    for each in (hits, counts):
        if not each.parent.is_dir():
            raise SourceError(f"{each} cannot be written (there is no folder {each.parent}): name another file")
        if each.exists() and not each.is_file():
            raise SourceError(f"{each} cannot be written (it is no file): name a file; --limit 0 gives counts alone")
    return hits, counts


def _read(raw: bytes, path: Path, choice: _ListChoice, chosen: FilterChoice, today: date) -> QueryList:
    from search.lists.rows import ListOptions, read_list

    filters, _ = chosen.read(today)
    options = ListOptions(today, filters, not choice.no_names, not choice.no_collapse, choice.phrase, choice.near)
    listed = read_list(
        raw, str(path), options, column=choice.column, header=choice.header, filtering=choice.filter_columns
    )
    for line in _columns(listed):
        click.echo(f"kashaf: {line}", err=True)
    return listed


def _columns(listed: QueryList) -> Iterator[str]:
    """Yield what the columns of the table were taken for."""
    if not listed.names:
        yield "the list has no header: its first row is searched too"
        return
    used = {listed.columns.query: "queries", **listed.columns.filters}
    taken = [f"{listed.names[n].strip()!r} ({use})" for n, use in sorted(used.items()) if n < len(listed.names)]
    left = [repr(name.strip()) for n, name in enumerate(listed.names) if n not in used and name.strip()]
    yield f"columns read: {', '.join(taken)}" + (f"; left out: {', '.join(left)}" if left else "")


def _usual_jobs(rows: int) -> int:
    from search.worker_processes import cores

    return min(cores(), _USUAL_JOBS) if rows >= _MANY_ROWS else 1


@contextmanager
def _bar() -> Iterator[Told]:
    """Show a bar of the rows on stderr, if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, rows: None
        return
    from tqdm import tqdm

    with tqdm(unit=" queries", file=sys.stderr, dynamic_ncols=True) as bar:

        def told(done: int, rows: int) -> None:
            bar.total = rows
            bar.initial = bar.initial or done
            bar.update(done - bar.n)

        yield told


def _tell(report: RunReport, files: RunFiles, language: str) -> None:
    """Say on stderr how the run ended, and what was wrong with rows."""
    from search.pages.sentences import note_text

    for row in report.problems[:_SHOWN]:
        assert row.problem is not None
        click.echo(f"kashaf: line {row.line}: {note_text(row.problem, language)}", err=True)
    if len(report.problems) > _SHOWN:
        click.echo(f"kashaf: and {len(report.problems) - _SHOWN:,} more, see {files.counts}", err=True)
    resumed = f", {report.resumed:,} of them by the run before" if report.resumed else ""
    click.echo(
        f"kashaf: {report.searched:,} queries searched{resumed}; {report.found:,} found articles, "
        f"{report.searched - report.found:,} found none, rows not searched: {len(report.problems):,}; "
        f"{files.hits} has the hits, {files.counts} the counts",
        err=True,
    )


def _report_object(report: RunReport, language: str) -> dict[str, Any]:
    from search.pages.sentences import note_text

    problems = [
        {"line": row.line, "query": row.query, "kind": row.problem.kind, "problem": note_text(row.problem, language)}
        for row in report.problems
        if row.problem
    ]
    return {
        "rows": report.rows,
        "searched": report.searched,
        "found": report.found,
        "resumed": report.resumed,
        "problems": problems,
    }
