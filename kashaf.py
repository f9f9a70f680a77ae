"""The command `kashaf`: gathers the three packages' subcommands in sections; nothing else.

Exit status: 0 done, 1 one clear line on stderr, 2 wrong usage, 130 interrupted by Ctrl-C, 141 the reader of the output
has closed the pipe, 143 ended by SIGTERM.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module

import click

from search.console.help import INTERRUPTED, Sections
from search.errors import KashafError

#: Heading of a section of the help → its commands, in order → the module that declares each; it is loaded when called.
SECTIONS = {
    "Find": {
        "search": "search.commands",
        "suggest": "search.commands",
        "read": "search.article_commands",
        "related": "search.article_commands",
        "compare": "search.over_time_commands",
        "coverage": "search.over_time_commands",
    },
    "Take along": {
        "export": "search.export_commands",
        "batch": "search.list_commands",
        "alerts": "search.alert_commands",
    },
    "Index": {
        "index": "indexer.commands",
        "reindex": "indexer.commands",
        "source": "indexer.remembered_sources.commands",
        "watch": "indexer.watching.commands",
        "delete": "indexer.withdrawal_commands",
        "restore-article": "indexer.withdrawal_commands",
    },
    "Look after": {
        "info": "search.commands",
        "verify": "indexer.commands",
        "rollback": "indexer.commands",
        "backup": "indexer.backups.commands",
        "restore": "indexer.backups.commands",
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
    "Shell": {
        "completion": "search.console.completion",
    },
}
COMMANDS = {name: module for names in SECTIONS.values() for name, module in names.items()}


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
    if "_KASHAF_COMPLETE" in os.environ:
        import_module("search.console.completion")  # which quotes names for bash
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # what the locale's letters or UTF-8 cannot say
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy does no linear algebra here: threads would only wait
    try:
        status = kashaf.main(prog_name="kashaf", standalone_mode=False)
    except KashafError as error:
        click.echo(f"kashaf: {error}", err=True)
        status = 1
    except click.ClickException as error:
        status = _told(error)
    except click.Abort:
        status = INTERRUPTED
    sys.exit(status)


def _told(error: click.ClickException) -> int:
    """Says in one line what is wrong with the usage; without any command, shows the help. Returns the exit status."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "kashaf"
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        error.show()
        return error.exit_code
    remedy = "; what begins with - and is no option goes behind --" if isinstance(error, click.NoSuchOption) else ""
    click.echo(f"{command}: {error.format_message()} ({command} --help shows the usage{remedy})", err=True)
    return error.exit_code


if __name__ == "__main__":
    main()
