"""The subcommand `watch`. A thin shell over the library, gathered by `kashaf.py`.

Its lines go to stdout, one an update. What it needs is imported when it runs.
"""

from __future__ import annotations

import re
import signal
import time
from contextlib import suppress
from typing import Final

import click

from search.console.help import command
from search.console.options import index_option, jobs_option, lexicon_option, memory_option

_TIME: Final = re.compile(r"([0-9]{1,6})(s|m|h)")
_SECONDS: Final = {"s": 1.0, "m": 60.0, "h": 3600.0}
_EVERY: Final = (60.0, 86_400.0)


def _seconds(context: click.Context, option: click.Parameter, written: str) -> float:
    found = _TIME.fullmatch(written.strip())
    seconds = float(found[1]) * _SECONDS[found[2]] if found else 0.0
    if not _EVERY[0] <= seconds <= _EVERY[1]:
        raise click.BadParameter(f"{written!r} is no time from 1m to 24h, such as 15m")
    return seconds


@command(
    "watch",
    examples="""
    kashaf watch
    kashaf watch ~/archive --every 30m
    """,
)
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH…]")
@index_option
@lexicon_option
@jobs_option
@memory_option
@click.option(
    "--every", metavar="TIME", default="15m", show_default=True, callback=_seconds, help="How often feeds are asked."
)
@click.option("--no-fetch", is_flag=True, help="Ask no feeds.")
@click.option("--poll", is_flag=True, help="Look at all files now and then: for disks of other machines.")
@click.option(
    "--prune",
    is_flag=True,
    help="Remove articles of files that are gone, up to a tenth of a source in a day since this was started.",
)
def watch_command(
    paths: tuple[str, ...],
    directory: str | None,
    lexicon: str | None,
    jobs: int | None,
    memory: str | None,
    every: float,
    no_fetch: bool,
    poll: bool,
    prune: bool,
) -> None:
    """Follow folders and feeds, and index what comes.

    PATH… are remembered as sources and followed alone; without PATH all sources are, and feeds asked every so often.
    Runs until Ctrl-C or SIGTERM, and prints a line for each update.
    """
    from indexer.build import choices_of
    from indexer.memory import shared_out
    from indexer.watching.following import Wishes, follow
    from search.index.directory import IndexDirectory
    from search.settings import chosen_settings, load_settings

    settings = load_settings(index=directory, lexicon=lexicon, jobs=jobs, memory=memory)
    choices = choices_of(chosen=chosen_settings(lexicon=lexicon).get("lexicon"), usual=settings.lexicon)
    wishes = Wishes(
        paths,
        every=every,
        fetch=not (no_fetch or paths),
        poll=poll,
        prune=prune,
        contact=settings.contact,
        shares=shared_out(settings.jobs, settings.memory),
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # systemd's way to say Ctrl-C
    with suppress(KeyboardInterrupt):
        follow(IndexDirectory(settings.index), choices, wishes, _say)
    click.echo("kashaf: the watch has ended: the index is as it was at its last commit", err=True)


def _say(line: str) -> None:
    click.echo(f"{time.strftime('%H:%M:%S')} {line}")
