"""Options that several commands have, each declared once.

Out: click's decorators. The command modules of the three packages use them.
"""

from __future__ import annotations

import click

index_option = click.option(
    "--index",
    "directory",
    metavar="DIR",  # as text: an empty one is refused and not the folder one is in
    help="The index directory.  [default: KASHAF_INDEX, else kashaf-index]",
)
profile_option = click.option(
    "--profile", metavar="NAME", help='Ranking profile: "news", or a TOML file with weights.  [default: news]'
)
lexicon_option = click.option(
    "--lexicon", metavar="NAME", help='Lemma table: "bundled", "none" for rules alone, or a path.  [default: bundled]'
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
