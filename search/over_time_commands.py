"""The subcommands compare and coverage of `kashaf`: queries side by side over time, and what the index holds when.

Each reads its options, calls the service and prints lines, JSON or CSV on stdout. `kashaf.py` makes one command of all
subcommands. What a command needs is imported when it runs.
"""

from __future__ import annotations

import json
from math import inf

import click

from search.console.help import command
from search.console.options import index_option, json_option

csv_option = click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")


@command(
    "compare",
    examples="""
    kashaf compare "القمح" "النفط"
    kashaf compare "القمح" "النفط" --share --csv
    """,
)
@click.argument("queries", nargs=-1, required=True, metavar="QUERY…")
@click.option("--share", is_flag=True, help="Shares of all articles of each period in place of counts.")
@json_option
@csv_option
@index_option
def compare_command(queries: tuple[str, ...], share: bool, as_json: bool, as_csv: bool, directory: str | None) -> None:
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

    _only_one(as_json, as_csv)
    page = open_service(load_settings(index=directory)).compare(CompareRequest(queries), Budget(inf))
    if as_json:
        click.echo(json.dumps(comparison_object(page), ensure_ascii=False))
    elif as_csv:
        click.echo(comparison_csv(page, share=share), nl=False)
    else:
        click.echo("\n".join(comparison_lines(page, share=share)))


@command(
    "coverage",
    examples="""
    kashaf coverage
    kashaf coverage --source "جريدة ضفاف" --csv
    """,
)
@click.option("--source", "sources", multiple=True, help="Only this source (several: each); else the commonest.")
@json_option
@csv_option
@index_option
def coverage_command(sources: tuple[str, ...], as_json: bool, as_csv: bool, directory: str | None) -> None:
    """Show of which source the index holds what, and when.

    Articles by source and month or year, first and last days, and months without any.
    """
    from search.opening import open_service
    from search.over_time.as_json import coverage_csv, coverage_object
    from search.over_time.as_text import coverage_lines
    from search.settings import load_settings

    _only_one(as_json, as_csv)
    page = open_service(load_settings(index=directory)).coverage(sources)
    if as_json:
        click.echo(json.dumps(coverage_object(page), ensure_ascii=False))
    elif as_csv:
        click.echo(coverage_csv(page), nl=False)
    else:
        click.echo("\n".join(coverage_lines(page)))


def _only_one(as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise click.UsageError("--json and --csv: give one of them")
