"""The subcommand export of `kashaf`: all hits of a search as a file, however many there are.

The file is on stdout or in --output, everything else on stderr. `kashaf.py` makes one command of this and the others.
What the command needs is imported when it runs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search.console.filters import FilterChoice, filter_options
from search.console.help import command
from search.console.options import index_option, names_option, profile_option, repair_option, sort_option
from search.console.output import language_of, language_option
from search.console.output_file import output_file
from search.engines.order import Order
from search.errors import RequestError
from search.limits import MOST_LISTED

if TYPE_CHECKING:
    from search.all_hits import AllHits
    from search.pages.records import Hit

_FORMATS = ("csv", "jsonl", "ris", "bibtex")  # the keys of search.export.formats.FORMATS, to which a test holds them
_STDOUT = "-"


@command(
    "export",
    examples="""
    kashaf export "أسعار القمح" --output wheat.csv --bom
    kashaf export "قمة المياه" --date 2024 --format bibtex
    kashaf export "" --source "صحيفة الميناء" --format jsonl --body
    """,
)
@click.argument("query")
@filter_options
@sort_option
@click.option("--limit", default=MOST_LISTED, show_default=True, help="Hits at most.")
@click.option("--format", "format", type=click.Choice(_FORMATS), help="[default: as --output ends, else csv]")
@click.option("--output", default=_STDOUT, metavar="FILE", help="The file to write.  [default: - for stdout]")
@click.option("--bom", is_flag=True, help="Begin CSV with the mark by which Excel knows UTF-8.")
@click.option("--snippets", is_flag=True, help="Add the passages that match, to CSV and JSONL.")
@click.option("--body", is_flag=True, help="Add the whole text, to CSV and JSONL.")
@names_option
@click.option("--no-collapse", is_flag=True, help="Export near-duplicates one by one.")
@repair_option
@language_option
@profile_option
@index_option
def export_command(
    query: str,
    chosen: FilterChoice,
    sort: str,
    limit: int,
    format: str | None,
    output: str,
    bom: bool,
    snippets: bool,
    body: bool,
    no_names: bool,
    no_collapse: bool,
    no_repair: bool,
    lang: str | None,
    profile: str | None,
    directory: str | None,
) -> None:
    """Write all hits of a search as CSV, JSONL, RIS or BibTeX.

    The hits are those of kashaf search in its order, up to 100,000. A spreadsheet runs no formula of the CSV: a cell
    that would be one begins with an apostrophe. RIS and BibTeX are for Zotero, EndNote, JabRef and LaTeX.
    """
    from search.budget import Budget
    from search.export.formats import Export, exported
    from search.opening import open_service
    from search.pages.permalinks import permalinks
    from search.pages.plurals import counted
    from search.pages.records import SearchRequest
    from search.pages.sentences import note_text
    from search.settings import load_settings

    if not 1 <= limit <= MOST_LISTED:
        raise RequestError(f"--limit {limit}: ask for 1 to {MOST_LISTED} hits")
    settings = load_settings(index=directory, profile=profile)
    wanted = Export(
        format or _format_of(output),
        settings.title,
        date.today(),
        permalink=permalinks(settings.public_address),
        bom=bom,
        snippets=snippets,
        body=body,
    )
    filters, swapped = chosen.read()
    request = SearchRequest(
        query,
        order=Order(sort),
        filters=filters,
        names=not no_names,
        collapse=not no_collapse,
        repair=not no_repair,
        swapped=swapped,
    )
    unhurried = Budget(inf)  # nobody else waits for this process
    found = open_service(settings).all_hits(request, limit=limit, snippets=snippets, budget=unhurried)
    spoken = language_of(lang, settings)
    for note in found.notes:
        click.echo(f"kashaf: {note_text(note, spoken)}", err=True)
    _write(exported(_with_progress(found), wanted), output)
    if output != _STDOUT:
        click.echo(f"kashaf: {counted(len(found), 'result', spoken)}: {output}", err=True)


def _format_of(output: str) -> str:
    """Return the format that the name of the file means; "csv" for stdout and for other names."""
    from search.export.formats import FORMATS

    suffix = Path(output).suffix.lower().removeprefix(".")
    return next((name for name, each in FORMATS.items() if each.suffix == suffix), "csv")


def _with_progress(found: AllHits) -> Iterator[Hit]:
    """Yield the hits, and show a bar on stderr while they are taken, if that is a terminal."""
    from tqdm import tqdm

    quiet = not sys.stderr.isatty()
    for listed in tqdm(found, disable=quiet, unit=" hits", file=sys.stderr, dynamic_ncols=True):
        yield listed.hit


def _write(parts: Iterable[bytes], output: str) -> None:
    """Write the parts to stdout, or to the file, which appears when it is whole and stays as it was until then."""
    if output == _STDOUT:
        sys.stdout.buffer.writelines(parts)
        sys.stdout.buffer.flush()
        return
    with output_file(Path(output)) as file:
        file.writelines(parts)
