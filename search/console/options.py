"""Options that several commands have, each declared once.

Out: click's decorators. The command modules of the three packages use them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from search.engines.order import Order

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _path(kind: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Return what has the shell complete paths: of a kind "dir" or "file"."""
    return lambda ctx, param, incomplete: [CompletionItem(incomplete, type=kind)]


index_option = click.option(
    "--index",
    "directory",
    shell_complete=_path("dir"),
    metavar="DIR",  # as text: an empty one is refused and not the folder one is in
    help="The index directory.  [default: KASHAF_INDEX, else kashaf-index]",
)
profile_option = click.option(
    "--profile",
    metavar="NAME",
    shell_complete=_path("file"),
    help='Ranking profile: "news", or a TOML file with weights.  [default: news]',
)
lexicon_option = click.option(
    "--lexicon",
    metavar="NAME",
    shell_complete=_path("file"),
    help='Lemma table: "bundled", "none" for rules alone, or a path.  [default: bundled]',
)
# Of commands that index:
jobs_option = click.option(
    "--jobs", type=int, metavar="N", help="Processes that read and analyse.  [default: one a core]"
)
memory_option = click.option(
    "--memory", metavar="SIZE", help="What they may hold in all, such as 500M or 2G.  [default: any]"
)


def on_cluster(command: _Command) -> _Command:
    """Where an archive on a cluster is, and who writes it."""
    cluster = click.option(
        "--cluster",
        metavar="URL[,URL…]",
        help="Where the engine opensearch finds its cluster; remembered.  [default: KASHAF_CLUSTER]",
    )
    take_over = click.option(
        "--take-over", is_flag=True, help="Write the archive on the cluster from here, no longer from where it was."
    )
    return cluster(take_over(command))


sort_option = click.option(
    "--sort", type=click.Choice([order.value for order in Order]), default="relevance", show_default=True, help="Order."
)
names_option = click.option("--no-names", is_flag=True, help="Do not search other spellings of foreign names.")
repair_option = click.option("--no-repair", is_flag=True, help="Answer a query without hits as it stands.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
