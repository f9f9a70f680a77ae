"""Help of the command line: commands in sections, and examples under each command.

In: a table of sections and the command modules. Out: click's classes with that help. `kashaf.py` makes the group; the
command modules of the three packages declare each command by `command`. A command module imports nothing that it needs
only when it runs, so help and completion load neither an engine nor numpy; a test holds all of them to that.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from search.errors import KashafError

INTERRUPTED = 128 + 2  # exit status, as shells report a program that SIGINT ended
PIPE_CLOSED = 128 + 13  # the same for SIGPIPE
_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF, errno.EFBIG)
_WHOLE = 200  # characters of a summary: all of it


class Command(click.Command):
    """A command with examples, which stand at the end of its help. examples: lines that work when pasted."""

    def __init__(self, *args: Any, examples: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(line for line in map(str.strip, examples.splitlines()) if line)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the examples as they are, however long."""
        with formatter.section("Examples"):
            for line in self.examples:
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")
        super().format_epilog(ctx, formatter)


class CommandGroup(Command, click.Group):
    """A command that has commands of its own, such as `kashaf source add`; they are declared by `command` too."""


def command(name: str, *, examples: str) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command. Its docstring is its help, of which the first sentence stands in the list of commands."""
    return click.command(name, cls=Command, examples=examples)


class Sections(click.Group):
    """Commands that are loaded when they are called, and listed in sections.

    table: heading of a section → name of each of its commands, in order → the module that declares it as
    `NAME_command`, where `-` in the name is `_`.
    """

    def __init__(self, *args: Any, table: Mapping[str, Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self._modules = {name: module for names in table.values() for name, module in names.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._modules:
            return None
        module = import_module(self._modules[cmd_name])
        found: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the command; of an unknown one the sentence names the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], self._modules, n=1)
            if not near or near[0] in error.message:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]}?", ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes each section with the first sentence of each of its commands."""
        widest = max(map(len, self._modules))
        for heading, names in self.table.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(widest), self._summary(ctx, name)) for name in names])

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command. Where nobody reads its output any more it ends without a word, like other programs."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _write_nothing_more()
            raise click.exceptions.Exit(PIPE_CLOSED) from None
        except OSError as error:
            if error.filename is not None or error.errno not in _UNWRITABLE:
                raise
            _write_nothing_more()
            raise KashafError(f"the output cannot be written ({error.strerror}): write it elsewhere") from error

    def _summary(self, ctx: click.Context, name: str) -> str:
        found = self.get_command(ctx, name)
        return found.get_short_help_str(_WHOLE) if found else ""


def _write_nothing_more() -> None:
    """Sends to nowhere what is still buffered for standard output, and would be written when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
