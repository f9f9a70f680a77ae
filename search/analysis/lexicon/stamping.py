"""Stamp the lemma table: ``python -m search.analysis.lexicon.stamping``, a few seconds.

In: the lemma table, the rules for particles and the counts they ask. Out: the table with the letters that particles
take up in each of its words, so that indexing finds word and lemma with one look-up. To be run when those rules or
counts change; until then stamps made by others are passed over. build.py calls it for a new table.
"""

from pathlib import Path

import click

from search.analysis.clitics import Clitics
from search.analysis.fold import fold
from search.analysis.levels import stamping_rules
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.layout import stamp
from search.analysis.lexicon.lemmas import BUNDLED


def stamped(table: bytes, frequencies: FrequencyTable) -> bytes:
    """Return the table's bytes with a stamp for each word."""
    clitics = Clitics(frequencies)

    def letters(bare: str) -> int | None:
        """Count the letters of the particles; None where the rest is no part of the word (لله)."""
        word = fold(bare)
        rest = clitics.split(word, bare).rest
        return len(word) - len(rest) if word.endswith(rest) else None

    return stamp(table, letters, rules=stamping_rules(frequencies))


@click.command()
@click.option("--table", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=BUNDLED)
def main(table: Path) -> None:
    """Stamp the lemma table anew."""
    table.write_bytes(stamped(table.read_bytes(), FrequencyTable.load()))


if __name__ == "__main__":
    main()
