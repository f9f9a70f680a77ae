"""The command `kashaf`: gathers the three packages' subcommands in sections; nothing else.

Exit status: 0 done, 1 one clear line on stderr, 2 wrong usage, 130 interrupted by Ctrl-C, 141 the reader of the output
has closed the pipe.
"""

from __future__ import annotations

import os
import sys

import click

from search.console.help import Sections
from search.errors import KashafError

#: Heading of a section of the help → its commands, in order → the module that declares each; it is loaded when called.
SECTIONS = {
    "Find": {
        "search": "search.commands",
        "suggest": "search.commands",
        "related": "search.commands",
        "compare": "search.over_time_commands",
        "coverage": "search.over_time_commands",
        "batch": "search.list_commands",
        "export": "search.export_commands",
    },
    "Index": {
        "index": "indexer.commands",
        "reindex": "indexer.commands",
        "delete": "indexer.commands",
        "restore-article": "indexer.commands",
    },
    "Look after": {
        "info": "search.commands",
        "verify": "indexer.commands",
        "rollback": "indexer.commands",
    },
    "Serve": {
        "serve": "web.commands",
        "demo": "web.commands",
        "mcp": "web.assistants.commands",
    },
    "Examine": {
        "analyze": "search.commands",
        "evaluate": "search.commands",
    },
}
COMMANDS = {name: module for names in SECTIONS.values() for name, module in names.items()}
INTERRUPTED = 128 + 2  # as shells report a program that SIGINT ended


@click.group(
    cls=Sections,
    table=SECTIONS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="kashaf COMMAND --help shows the options of a command, with examples.",
)
@click.version_option(package_name="kashaf")
def kashaf() -> None:
    """Kashaf (كشّاف): full-text search for Arabic news."""


def main() -> None:
    """Runs the command; a KashafError becomes its one line and exit status 1."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy does no linear algebra here: threads would only wait
    try:
        status = kashaf.main(prog_name="kashaf", standalone_mode=False)
    except KashafError as error:
        click.echo(f"kashaf: {error}", err=True)
        status = 1
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except click.Abort:
        status = INTERRUPTED
    sys.exit(status)


if __name__ == "__main__":
    main()
