"""The command `kashaf`: gathers the three packages' subcommands; nothing else.

Exit status: 0 done, 1 one clear line on stderr, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from search.errors import KashafError

COMMANDS = {
    "index": "indexer.commands",
    "reindex": "indexer.commands",
    "delete": "indexer.commands",
    "restore-article": "indexer.commands",
    "rollback": "indexer.commands",
    "verify": "indexer.commands",
    "search": "search.commands",
    "suggest": "search.commands",
    "related": "search.commands",
    "compare": "search.over_time_commands",
    "coverage": "search.over_time_commands",
    "batch": "search.commands",
    "evaluate": "search.commands",
    "analyze": "search.commands",
    "info": "search.commands",
    "serve": "web.commands",
    "demo": "web.commands",
}


class Gathered(click.Group):
    """Loads a subcommand's package only when it is called, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), f"{cmd_name.replace('-', '_')}_command")
        return command


@click.group(cls=Gathered, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kashaf")
def kashaf() -> None:
    """Kashaf (كشّاف): full-text search for Arabic news."""


def main() -> None:
    """Runs the command; a KashafError becomes its one line and exit status 1."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy does no linear algebra here: threads would only wait
    try:
        kashaf()
    except KashafError as error:
        click.echo(f"kashaf: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
