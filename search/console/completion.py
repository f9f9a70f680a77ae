"""Completion in the shell: its script, and the names of an index as values of the options that filter.

In: what is typed so far. Out: click's items. `kashaf completion` prints the script of a shell, which asks the program
at each press of the key; commands, options and their choices load no engine, only names out of an index do.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class, get_completion_class

from search.console.help import command
from search.errors import KashafError

_MOST = 50  # names that are offered, the commonest
_SHELLS = ("bash", "zsh", "fish")
_SPECIAL = re.compile(r"([^\w@%+=:,./-])")
VARIABLE = "_KASHAF_COMPLETE"  # in which click finds what a shell asks

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def names_of(field: str) -> Complete:
    """Return what completes an option with the names that a facet has in the index, the commonest first."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            found = _names(ctx.params.get("directory"), field, incomplete)
        except (KashafError, OSError):  # without an index there is nothing to offer, and nobody to tell
            return []
        taken = ctx.params.get(param.name or "") or ()
        return [CompletionItem(name, help=str(count)) for name, count in found if name not in taken]

    return complete


def _names(directory: str | None, field: str, prefix: str) -> list[tuple[str, int]]:
    from search.index.directory import IndexDirectory
    from search.naming.named_engine import NamedEngine
    from search.naming.names import read_names
    from search.query.clauses import Everything
    from search.settings import load_settings

    settings = load_settings(index=directory)
    names = read_names(settings.names)
    engine = IndexDirectory(settings.index).open_engine()[1]
    if not names.renames:
        return engine.terms(field, prefix, limit=_MOST)
    counts = NamedEngine(engine, names).counts(Everything(), (field,))[field].items()
    return [(str(name), count) for name, count in counts if str(name).startswith(prefix)][:_MOST]


@add_completion_class
class QuotingBash(BashComplete):
    """Click's completion for bash, which lets names with spaces fall apart: here what bash would read is quoted."""

    def format_completion(self, item: CompletionItem) -> str:
        words = os.environ["COMP_WORDS"].split("\n")
        at = int(os.environ["COMP_CWORD"])
        begun = words[at][:1] if at < len(words) else ""
        if item.type != "plain" or begun in ("'", '"'):  # within quotes a name is what it says
            return super().format_completion(item)
        quoted = _SPECIAL.sub(r"\\\\\1", item.value)  # two, of which the script's `read` takes one
        return f"{item.type},{quoted}"


@command(
    "completion",
    examples="""
    kashaf completion bash > ~/.local/share/bash-completion/completions/kashaf
    kashaf completion zsh > ~/.zfunc/_kashaf
    kashaf completion fish > ~/.config/fish/completions/kashaf.fish
    """,
)
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print the script that completes kashaf in a shell.

    Commands, options and their values, and for --source, --section, --author, --agency and --place the names that the
    index has. New shells use what stands where the examples put it; zsh needs ~/.zfunc in its fpath.
    """
    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(ctx.find_root().command, {}, "kashaf", VARIABLE).source())
