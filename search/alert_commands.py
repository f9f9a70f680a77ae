"""The subcommand alerts of `kashaf`: prints what has come into the index for saved searches since its last run.

`kashaf.py` makes one command of all subcommands. What the command needs is imported when it runs.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from search.console.help import command
from search.console.options import index_option, profile_option
from search.console.output_file import output_file
from search.errors import SourceError

if TYPE_CHECKING:
    from search.alerts.alert import Alert
    from search.alerts.news import News
    from search.alerts.state import AlertState
    from search.index.open_index import OpenIndex
    from search.settings import Settings

_TEXT, _JSONL, _ATOM = "text", "jsonl", "atom"
_NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class _Way:
    """How the news is given. output: the file; None: standard output. dry: whether nothing is remembered."""

    format: str
    output: Path | None
    dry: bool


@command(
    "alerts",
    examples="""
    kashaf alerts
    kashaf alerts --first all --dry-run
    kashaf alerts --output news.txt
    kashaf alerts --format atom --output alerts.xml --state feed.state
    """,
)
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option(
    "--alerts", "file", type=click.Path(path_type=Path), default="alerts.toml", show_default=True, help="The searches."
)
@click.option("--state", type=click.Path(path_type=Path), help="What is remembered.  [default: as --alerts, .state]")
@click.option(
    "--format", "format_", type=click.Choice((_TEXT, _JSONL, _ATOM)), default=_TEXT, show_default=True, help="Form."
)
@click.option("--output", type=click.Path(path_type=Path), help="Add to this file in place of printing.")
@click.option(
    "--first",
    type=click.Choice((_NONE, "all")),
    default=_NONE,
    show_default=True,
    help="What a new or changed alert tells of the articles that are there already.",
)
@click.option("--dry-run", is_flag=True, help="Print, and remember nothing.")
@index_option
@profile_option
def alerts_command(
    names: tuple[str, ...],
    file: Path,
    state: Path | None,
    format_: str,
    output: Path | None,
    first: str,
    dry_run: bool,
    directory: str | None,
    profile: str | None,
) -> None:
    """Print what has come for saved searches.

    The searches stand in alerts.toml, a table [[alert]] with a name and a query for each; without NAME all are run. An
    article is told once, whatever its date: when it has come into the index. Copies are one. It is remembered as told
    only after it was written. Made for cron: without news nothing is printed.
    """
    from search.alerts.alerts_file import chosen, read_alerts
    from search.alerts.state import locked, read_state, write_state
    from search.opening import open_index_with_notice
    from search.settings import load_settings

    settings = load_settings(index=directory, profile=profile)
    alerts = chosen(read_alerts(file), names)
    kept = state or file.with_suffix(".state")
    way = _Way(format_, output, dry_run)
    index = open_index_with_notice(settings)
    place = os.path.abspath(settings.index)
    if dry_run:
        _run(index, settings, alerts, read_state(kept, place), way, first)
        return
    with locked(kept):
        after = _run(index, settings, alerts, read_state(kept, place), way, first)
        if after is not None:
            write_state(kept, after)


def _run(
    index: OpenIndex, settings: Settings, alerts: Sequence[Alert], state: AlertState, way: _Way, first: str
) -> AlertState | None:
    """Give the news and return the state to remember; None if it is the same as before."""
    from search.alerts.news import News, articles_of, news_of
    from search.alerts.state import Told
    from search.ranking.profile import load_profile

    told = {alert.name: _told(alert, state, first) for alert in alerts}
    if state.commit == index.commit and all(each is not None and each >= state.run for each in told.values()):
        return None
    seen = articles_of(index)
    after = state.with_seen(seen.every, index.commit)
    profile, today = load_profile(settings.profile), date.today()
    found = [
        News(alert) if since is None else news_of(index, alert, seen, after, since, profile=profile, today=today)
        for alert, since in zip(alerts, told.values(), strict=True)
    ]
    _give(found, settings, way)
    return after.with_told({alert.name: Told(alert.searched, after.run) for alert in alerts})


def _told(alert: Alert, state: AlertState, first: str) -> int | None:
    """Return the last run whose articles the alert has told; None for one that begins now, 0 for one that tells all."""
    before = state.told.get(alert.name)
    if before is not None and before.searched == alert.searched:
        return before.run
    if before is not None:
        click.echo(f"kashaf: alert {alert.name!r} searches for something else now: it begins anew", err=True)
    return None if first == _NONE else 0


def _give(found: Sequence[News], settings: Settings, way: _Way) -> None:
    """Write the news to where it is wanted, to the last byte; of no news nothing."""
    from search.pages.sentences import note_text

    for news in found if way.dry else ():
        for note in news.notes:
            click.echo(f"kashaf: alert {news.alert.name!r}: {note_text(note, news.alert.language)}", err=True)
    if not any(news.total for news in found):
        return
    if way.output is None or way.dry:
        _print(_content(found, settings, way.format, b""))
    else:
        _add(found, settings, way.format, way.output)


def _print(content: bytes) -> None:
    """Write to standard output. A reader that has closed the pipe raises BrokenPipeError: then nothing was told."""
    try:
        click.echo(content, nl=False)  # and flushes
    except BrokenPipeError:
        raise
    except OSError as error:
        raise SourceError(f"standard output cannot be written ({error.strerror}): nothing is taken for told") from error


def _add(found: Sequence[News], settings: Settings, format_: str, output: Path) -> None:
    """Replace the file by one that has the news too, in one step; what is no file gets the news alone."""
    with output_file(output) as file:
        former = output.read_bytes() if output.is_file() else b""
        file.write(_content(found, settings, format_, former))


def _content(found: Sequence[News], settings: Settings, format_: str, former: bytes) -> bytes:
    """Return the news behind what the file has had before; a feed has it in front."""
    from search.alerts.as_data import feed_of, lines_of
    from search.alerts.as_text import text_of
    from search.pages.permalinks import permalinks

    address = permalinks(settings.public_address)
    if format_ == _ATOM:
        archive = settings.public_address.rstrip("/") or os.path.abspath(settings.index)
        return feed_of(found, address, archive=archive, title=settings.title, now=datetime.now(UTC), former=former)
    if format_ == _JSONL:
        return former + lines_of(found, address)
    return former + text_of(found, address).encode("utf-8", "replace")
