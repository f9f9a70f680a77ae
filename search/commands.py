"""The subcommands search, suggest, evaluate, analyze and info of `kashaf`.

Each reads its options, calls the library and prints: data on stdout, everything else on stderr. `kashaf.py` makes one
command of these subcommands and those of the other modules. What a command needs is imported when it runs.
"""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from dataclasses import asdict
from datetime import date
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search.console.filters import FilterChoice, filter_options
from search.console.formats import CSV, JSON, JSONL, TEXT, format_option
from search.console.help import command
from search.console.options import (
    index_option,
    json_option,
    lexicon_option,
    names_option,
    profile_option,
    repair_option,
    sort_option,
)
from search.console.output import OutputChoice, output_options, print_rows
from search.engines.order import Order
from search.errors import RequestError
from search.limits import HITS_A_PAGE

if TYPE_CHECKING:
    from search.analysis.analyzer import Analyzer
    from search.index.open_index import OpenIndex
    from search.pages.records import SearchPage
    from search.settings import Settings


@command(
    "search",
    examples="""
    kashaf search "أسعار القمح"
    kashaf search '"صندوق النقد" -النفط' --source "صحيفة الميناء" --since "أكتوبر 2024" --limit 5
    kashaf search "قمة المياه" --date 2023..2024 --sort newest --format jsonl
    """,
)
@click.argument("query")
@filter_options
@sort_option
@click.option("--limit", default=HITS_A_PAGE, show_default=True, help="Hits on a page.")
@click.option("--page", default=1, show_default=True, help="Which page, from 1.")
@names_option
@click.option("--no-collapse", is_flag=True, help="Show near-duplicates one by one.")
@repair_option
@click.option("--explain", is_flag=True, help="Say per hit why it matched.")
@format_option(JSON, JSONL, CSV)
@output_options
@profile_option
@index_option
def search_command(
    query: str,
    chosen: FilterChoice,
    sort: str,
    limit: int,
    page: int,
    no_names: bool,
    no_collapse: bool,
    no_repair: bool,
    explain: bool,
    form: str,
    printed: OutputChoice,
    profile: str | None,
    directory: str | None,
) -> None:
    """Find articles and show passages with the words found.

    QUERY is in the query language of the site: plain words find all their forms, "a phrase", =as-written, -without,
    أو, عنوان:, مصدر:, تاريخ: and more. kashaf export writes all hits, not one page of them.
    """
    from search import unanswered
    from search.budget import Budget
    from search.opening import open_service
    from search.pages.as_text import page_lines
    from search.pages.records import SearchRequest
    from search.settings import load_settings

    filters, swapped = chosen.read()
    request = SearchRequest(
        query,
        page=page,
        limit=limit,
        order=Order(sort),
        filters=filters,
        names=not no_names,
        collapse=not no_collapse,
        repair=not no_repair,
        facets=form == JSON,  # no other form shows them
        explain=explain,
        swapped=swapped,
    )
    settings = load_settings(index=directory, profile=profile)
    # Other forms have no place for a notice.
    with unanswered.tolerated(once=True) if form in (TEXT, JSON) else nullcontext():
        service = open_service(settings)
        found = service.search(request, Budget(inf))  # nobody else waits for this process; a cold machine is slow
    if form == TEXT:
        output = printed.output(settings)
        output.show(page_lines(found, output.style))
    else:
        _print_page(found, form, settings)


@command("suggest", examples='kashaf suggest "أسعار ال"')
@click.argument("typed")
@click.option("--limit", default=8, show_default=True, help="Completions.")
@format_option(JSON)
@output_options
@index_option
def suggest_command(typed: str, limit: int, form: str, printed: OutputChoice, directory: str | None) -> None:
    """Complete what is being typed.

    Words as headlines write them come first, then headlines.
    """
    from search.opening import open_service
    from search.settings import load_settings

    if limit < 1:
        raise RequestError(f"--limit {limit}: ask for at least one completion")
    settings = load_settings(index=directory)
    found = open_service(settings).suggest(typed, limit=limit)
    if form == JSON:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        printed.output(settings).show(found, otherwise="no-completions")


@command("evaluate", examples="kashaf evaluate --topics topics.tsv --qrels qrels.txt")
@click.option("--topics", required=True, type=click.Path(path_type=Path), help="Rows topic<TAB>words.")
@click.option("--qrels", required=True, type=click.Path(path_type=Path), help="TREC judgments.")
@click.option("--compare", "other", metavar="NAME", help="A second profile: print both, topic by topic.")
@json_option
@index_option
@profile_option
def evaluate_command(
    topics: Path, qrels: Path, other: str | None, as_json: bool, directory: str | None, profile: str | None
) -> None:
    """Score the ranking on topics with known answers.

    The measures are nDCG@10, RR@10 and R@100.
    """
    from search.evaluation.batch import MEASURES, read_judgments, read_topics, run_topics, score
    from search.evaluation.compare import compare, compared_lines
    from search.ranking.profile import load_profile

    index, settings = _open(directory, profile)
    judgments, wanted = read_judgments(qrels), read_topics(topics)
    rows = run_topics(index, wanted, limit=100, profile=load_profile(settings.profile))
    if other is not None:
        second = run_topics(index, wanted, limit=100, profile=load_profile(other))
        both = compare(rows, second, judgments, wanted)
        lines = compared_lines(both, (_short(settings.profile), _short(other)))
        click.echo(json.dumps(asdict(both), ensure_ascii=False) if as_json else "\n".join(lines))
        return
    found = score(rows, judgments)
    if as_json:
        click.echo(json.dumps(dict(found)))
    else:
        click.echo("\n".join(f"{name}\t{found[name]:.4f}" for name in MEASURES))


@command("analyze", examples='kashaf analyze "وللوزراء"')
@click.argument("text", required=False)
@click.option("--keys", is_flag=True, help="Read one word a line from stdin, print word<TAB>key…")
@click.option("--name-keys", is_flag=True, help="The same for the keys of foreign names.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a token.")
@lexicon_option
@click.option("--index", "directory", metavar="DIR", help="Name the readings that this index adds to a query, too.")
def analyze_command(
    text: str | None, keys: bool, name_keys: bool, as_json: bool, lexicon: str | None, directory: str | None
) -> None:
    """Show the terms of each token of TEXT, and why."""
    from search.analysis.analyzer import Analyzer
    from search.opening import open_index_with_notice
    from search.pages.as_text import analysis_lines
    from search.settings import load_settings

    if (text is None) is not (keys or name_keys):
        raise click.UsageError("give TEXT, or --keys or --name-keys with words on stdin")
    settings = load_settings(index=directory, lexicon=lexicon)
    index = open_index_with_notice(settings) if directory is not None else None
    analyzer = index.analyzer if index else Analyzer.default(settings.lexicon)
    if text is None:
        _print_keys(analyzer, names=name_keys)
        return
    explained = analyzer.explain(text, index.reading_sources if index else ())
    if as_json:
        for found in explained:
            click.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        output = OutputChoice().output(settings)
        output.show(analysis_lines(explained, output.style))


@command("info", examples="kashaf info")
@format_option(JSON)
@output_options
@index_option
def info_command(directory: str | None, form: str, printed: OutputChoice) -> None:
    """Show what is in the index.

    Articles, sources, dates, size, engine and version of the analyser.
    """
    from search.opening import open_index_with_notice
    from search.pages.as_text import facts_lines
    from search.settings import load_settings

    settings = load_settings(index=directory)
    facts = open_index_with_notice(settings).facts
    if form == JSON:
        click.echo(json.dumps(asdict(facts), ensure_ascii=False, default=date.isoformat))
    else:
        output = printed.output(settings)
        output.show(facts_lines(facts, output.style))


def _print_page(page: SearchPage, form: str, settings: Settings) -> None:
    """Print a page of results for programs: as JSON, a hit on each line, or CSV."""
    from search.export.formats import Export, exported
    from search.pages.as_json import hit_object, page_object

    if form == JSON:
        click.echo(json.dumps(page_object(page), ensure_ascii=False))
    elif form == JSONL:
        print_rows(json.dumps(hit_object(hit, explain=page.request.explain), ensure_ascii=False) for hit in page.hits)
    else:
        for part in exported(page.hits, Export(CSV, settings.title, date.today(), snippets=True)):
            click.echo(part, nl=False)


def _short(profile: str) -> str:
    return Path(profile).stem[:12]


def _open(directory: str | None, profile: str | None) -> tuple[OpenIndex, Settings]:
    from search.opening import open_index_with_notice
    from search.settings import load_settings

    settings = load_settings(index=directory, profile=profile)
    return open_index_with_notice(settings), settings


def _print_keys(analyzer: Analyzer, *, names: bool) -> None:
    from search.analysis.names import keys_among

    words = [word for line in sys.stdin if (word := line.rstrip("\n").split("\t")[0])]
    rows = keys_among(words) if names else ((word, analyzer.keys(word)) for word in words)
    for word, keys in rows:
        click.echo("\t".join((word, *keys)))
