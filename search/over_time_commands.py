"""The subcommands compare and coverage of `kashaf`: queries side by side over time, and what the index holds when.

Each reads its options, calls the service and prints lines, JSON or CSV on stdout. `kashaf.py` makes one command of all
subcommands. What a command needs is imported when it runs.
"""

from __future__ import annotations

import json
from math import inf

import click

from search.console.completion import names_of
from search.console.filters import FilterChoice, filter_options
from search.console.formats import CSV, JSON, format_option
from search.console.help import command
from search.console.options import index_option
from search.console.output import OutputChoice, output_options


@command(
    "compare",
    examples="""
    kashaf compare "القمح" "النفط"
    kashaf compare "القمح" "النفط" --source "جريدة ضفاف" --since 2024 --share --format csv
    """,
)
@click.argument("queries", nargs=-1, required=True, metavar="QUERY…")
@click.option("--share", is_flag=True, help="Shares of all articles of each period in place of counts.")
@filter_options
@format_option(JSON, CSV)
@output_options
@index_option
def compare_command(
    queries: tuple[str, ...],
    share: bool,
    chosen: FilterChoice,
    form: str,
    printed: OutputChoice,
    directory: str | None,
) -> None:
    """Set up to four queries side by side over time.

    A line for each day, month or year says how many articles match each query, and how many there are.

    A query that begins with - goes behind --.
    """
    from search.budget import Budget
    from search.opening import open_service
    from search.over_time.as_json import comparison_csv, comparison_object
    from search.over_time.as_text import comparison_lines
    from search.over_time.records import CompareRequest
    from search.settings import load_settings

    filters, swapped = chosen.read()
    settings = load_settings(index=directory)
    page = open_service(settings).compare(CompareRequest(queries, filters, swapped=swapped), Budget(inf))
    if form == JSON:
        click.echo(json.dumps(comparison_object(page), ensure_ascii=False))
    elif form == CSV:
        click.echo(comparison_csv(page, share=share), nl=False)
    else:
        output = printed.output(settings)
        output.show(comparison_lines(page, output.style, share=share))


@command(
    "coverage",
    examples="""
    kashaf coverage
    kashaf coverage --source "جريدة ضفاف" --csv
    """,
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    shell_complete=names_of("source"),
    help="Only this source; several: each.  [default: the commonest]",
)
@format_option(JSON, CSV)
@output_options
@index_option
def coverage_command(sources: tuple[str, ...], form: str, printed: OutputChoice, directory: str | None) -> None:
    """Show of which source the index holds what, and when.

    Articles by source and month or year, first and last days, and months without any.
    """
    from search.opening import open_service
    from search.over_time.as_json import coverage_csv, coverage_object
    from search.over_time.as_text import coverage_lines
    from search.settings import load_settings

    settings = load_settings(index=directory)
    page = open_service(settings).coverage(sources)
    if form == JSON:
        click.echo(json.dumps(coverage_object(page), ensure_ascii=False))
    elif form == CSV:
        click.echo(coverage_csv(page), nl=False)
    else:
        output = printed.output(settings)
        output.show(coverage_lines(page, output.style))
