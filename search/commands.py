"""The subcommands search, suggest, related, batch, evaluate, analyze and info of `kashaf`.

Each reads its options, calls the library and prints: data on stdout, everything else on stderr. `kashaf.py` makes one
command of these subcommands and those of the other modules.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from math import inf
from pathlib import Path

import click

from search.analysis.analyzer import Analyzer
from search.analysis.names import keys_among
from search.budget import Budget
from search.engines.base import Order
from search.errors import RequestError, SourceError
from search.evaluation.batch import MEASURES, read_judgments, read_topics, run_topics, score
from search.evaluation.compare import compare, compared_lines
from search.index.open_index import OpenIndex
from search.opening import open_index_with_notice, open_service
from search.pages.as_json import article_object, page_object
from search.pages.as_text import analysis_lines, facts_lines, page_lines
from search.pages.display_title import display_title
from search.pages.records import Filters, SearchRequest
from search.pages.sentences import LANGUAGES
from search.query.dates.asked_days import FROM, TO, AskedDays, read_days
from search.ranking import load_profile
from search.settings import Settings, load_settings

index_option = click.option(
    "--index",
    "directory",
    metavar="DIR",  # as text: an empty one is refused and not the folder one is in
    help="The index directory (default: KASHAF_INDEX).",
)
profile_option = click.option("--profile", help="Ranking profile: news, or a TOML file with weights.")
lexicon_option = click.option("--lexicon", help='Lemma table: bundled, "none" for rules alone, or a path.')


@click.command("search")
@click.argument("query")
@index_option
@profile_option
@click.option("--limit", default=10, show_default=True, help="Hits on a page.")
@click.option("--page", default=1, show_default=True, help="Which page, from 1.")
@click.option("--sort", type=click.Choice([order.value for order in Order]), default="relevance", show_default=True)
@click.option("--source", multiple=True, help="Only from this source (several: any of them).")
@click.option("--section", multiple=True, help="Only in this section.")
@click.option("--author", multiple=True, help="Only by this author.")
@click.option("--agency", multiple=True, help="Only of this agency.")
@click.option("--place", multiple=True, help="Only from this place, as the dateline has it.")
@click.option("--from", "first", help="Only from this date on: 2017-07-15, يوليو 2017, أمس …")
@click.option("--to", "last", help="Only up to this date.")
@click.option("--no-names", is_flag=True, help="Do not search other spellings of foreign names.")
@click.option("--no-collapse", is_flag=True, help="Show near-duplicates one by one.")
@click.option("--no-repair", is_flag=True, help="Answer a query without hits as it stands.")
@click.option("--explain", is_flag=True, help="Say per hit why it matched.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="ar", show_default=True, help="Language of the notes.")
@click.option("--json", "as_json", is_flag=True, help="Print the page as one JSON object.")
def search_command(directory: str | None, profile: str | None, lang: str, as_json: bool, **options: object) -> None:
    """Prints ranked hits with highlighted snippets."""
    service = open_service(load_settings(index=directory, profile=profile))
    unhurried = Budget(inf)  # nobody else waits for this process, and on a cold machine each step is slow
    page = service.search(_request(**options), unhurried)  # type: ignore[arg-type]
    if as_json:
        click.echo(json.dumps(page_object(page), ensure_ascii=False))
    else:
        click.echo("\n".join(page_lines(page, color=sys.stdout.isatty(), language=lang)))


@click.command("suggest")
@click.argument("typed")
@click.option("--limit", default=8, show_default=True, help="Completions.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@index_option
def suggest_command(typed: str, limit: int, as_json: bool, directory: str | None) -> None:
    """Completes what is being typed: words as headlines write them, then headlines."""
    found = open_service(load_settings(index=directory)).suggest(typed, limit=limit)
    _print_rows(found, as_json=as_json)


@click.command("related")
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@index_option
def related_command(id: str, as_json: bool, directory: str | None) -> None:
    """Shows articles about the same things as the article ID."""
    page = open_service(load_settings(index=directory)).read(id)
    if page is None:
        raise RequestError(f"no article {id!r} in the index: kashaf search --json shows the ids")
    if as_json:
        click.echo(json.dumps([article_object(article) for article in page.related], ensure_ascii=False))
    else:
        _print_rows((f"{article.id}\t{display_title(article)}" for article in page.related), as_json=False)


@click.command("batch")
@click.argument("topics", type=click.Path(path_type=Path))
@click.option("--output", required=True, type=click.Path(path_type=Path), help="The TREC run to write.")
@click.option("--limit", default=100, show_default=True, help="Hits a topic.")
@index_option
@profile_option
def batch_command(topics: Path, output: Path, limit: int, directory: str | None, profile: str | None) -> None:
    """Searches each row topic<TAB>words of TOPICS (all words optional, no operators) and writes a TREC run."""
    if limit < 1:
        raise RequestError(f"--limit {limit}: ask for at least one hit a topic")
    index, settings = _open(directory, profile)
    rows = run_topics(index, read_topics(topics), limit=limit, profile=load_profile(settings.profile))
    try:
        with output.open("w", encoding="utf-8") as file:
            file.writelines(f"{row}\n" for row in rows)
    except OSError as error:
        raise SourceError(f"{output} cannot be written ({error.strerror}): name another file with --output") from error


@click.command("evaluate")
@click.option("--topics", required=True, type=click.Path(path_type=Path), help="Rows topic<TAB>words.")
@click.option("--qrels", required=True, type=click.Path(path_type=Path), help="TREC judgments.")
@click.option("--compare", "other", help="A second profile: print both side by side, topic by topic.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@index_option
@profile_option
def evaluate_command(
    topics: Path, qrels: Path, other: str | None, as_json: bool, directory: str | None, profile: str | None
) -> None:
    """Scores the ranking on topics with known answers: nDCG@10, RR@10 and R@100."""
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


@click.command("analyze")
@click.argument("text", required=False)
@click.option("--keys", is_flag=True, help="Read one word a line from stdin, print word<TAB>key…")
@click.option("--name-keys", is_flag=True, help="The same for the keys of foreign names.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a token.")
@lexicon_option
@click.option("--index", "directory", metavar="DIR", help="Name the readings that this index adds to a query, too.")
def analyze_command(
    text: str | None, keys: bool, name_keys: bool, as_json: bool, lexicon: str | None, directory: str | None
) -> None:
    """Shows each token of TEXT with its terms at every level and why."""
    if (text is None) is not (keys or name_keys):
        raise click.UsageError("give TEXT, or --keys or --name-keys with words on stdin")
    index = open_index_with_notice(load_settings(index=directory)) if directory is not None else None
    analyzer = index.analyzer if index else Analyzer.default(lexicon)
    if text is None:
        _print_keys(analyzer, names=name_keys)
        return
    explained = analyzer.explain(text, index.reading_sources if index else ())
    if as_json:
        for found in explained:
            click.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        click.echo("\n".join(analysis_lines(explained)))


@click.command("info")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@index_option
def info_command(directory: str | None, as_json: bool) -> None:
    """Shows what is in the index: articles, sources, dates, size, engine, analyser version."""
    facts = open_index_with_notice(load_settings(index=directory)).facts
    if as_json:
        click.echo(json.dumps(asdict(facts), ensure_ascii=False, default=date.isoformat))
    else:
        click.echo("\n".join(facts_lines(facts)))


def _short(profile: str) -> str:
    return Path(profile).stem[:12]


def _print_rows(rows: Iterable[str], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(list(rows), ensure_ascii=False))
        return
    for row in rows:
        click.echo(row)


def _open(directory: str | None, profile: str | None) -> tuple[OpenIndex, Settings]:
    settings = load_settings(index=directory, profile=profile)
    return open_index_with_notice(settings), settings


def _request(
    query: str,
    limit: int,
    page: int,
    sort: str,
    source: tuple[str, ...],
    section: tuple[str, ...],
    author: tuple[str, ...],
    agency: tuple[str, ...],
    place: tuple[str, ...],
    first: str | None,
    last: str | None,
    no_names: bool,
    no_collapse: bool,
    no_repair: bool,
    explain: bool,
) -> SearchRequest:
    days = _days(first or "", last or "")
    filters = Filters(source, section, author, days.first, days.last, agencies=agency, places=place)
    return SearchRequest(
        query,
        page=page,
        limit=limit,
        order=Order(sort),
        filters=filters,
        names=not no_names,
        collapse=not no_collapse,
        repair=not no_repair,
        explain=explain,
        swapped=days.swapped,
    )


def _days(first: str, last: str) -> AskedDays:
    days = read_days(first, last, today=date.today())
    for name in days.unread:
        value = first if name == FROM else last
        if name in days.endless:
            end, other = ("first", TO) if name == FROM else ("last", FROM)
            raise RequestError(f"--{name} {value!r} has no {end} day: give it as --{other}")
        raise RequestError(f"--{name} {value!r} is no date: write 2017-07-15, 2017, يوليو 2017 or أمس")
    return days


def _print_keys(analyzer: Analyzer, *, names: bool) -> None:
    words = [word for line in sys.stdin if (word := line.rstrip("\n").split("\t")[0])]
    rows = keys_among(words) if names else ((word, analyzer.keys(word)) for word in words)
    for word, keys in rows:
        click.echo("\t".join((word, *keys)))
