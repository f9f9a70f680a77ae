"""Stamp the lemma table by the rules for particles and the word counts in force.

usage: python -m search.analysis.lexicon.building.stamp_lemma_table [--table PATH]

In: a lemma table. Out: the same table, with the number of letters that particles take up in each of its words, and the
words' hashes, so that indexing finds the terms of a word with one look-up. Takes a few seconds. To be run when those
rules, the word counts, the compounds or the hashes change; until then the analyser passes the table's old stamps over.
`build_lemma_table.py` stamps a new table itself.
"""

from collections.abc import Sequence
from pathlib import Path

import click

from search.analysis.batch.hashing import hash_lines
from search.analysis.compounds import Compounds
from search.analysis.fold import fold, fold_letters
from search.analysis.letters import ARTICLE
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.layout import stamp
from search.analysis.lexicon.lemmas import BUNDLED
from search.analysis.particle_rules import ParticleRules
from search.analysis.word_rules import CONJOINED, NEVER_FROM_TABLE, stamping_rules


def stamped(table: bytes, frequencies: FrequencyTable) -> bytes:
    """Return the table's bytes with a stamp for each word."""
    particles, compounds = ParticleRules(frequencies), Compounds(frequencies)

    def letters(bare: str) -> int | None:
        """Return how many letters the particles take up; None if the terms are not the letters (لله, مائة, تموز), or
        those of two words (عبدالله), or if a list has the word.
        """
        word = fold(bare)
        split = particles.split(word, bare)
        rest = split.rest
        behind = word[1:] if split.particles[:1] in CONJOINED else word
        simple = (
            not compounds.cut(bare, known=True)[0]
            and word == fold_letters(bare)
            and word.endswith(rest)
            and NEVER_FROM_TABLE.isdisjoint((word, behind, rest))
            and (ARTICLE not in split.particles or ARTICLE + rest not in NEVER_FROM_TABLE)
        )
        return len(word) - len(rest) if simple else None

    return stamp(table, letters, _hash_section, rules=stamping_rules(frequencies))


def _hash_section(words: Sequence[str]) -> bytes:
    return hash_lines(words).astype("<u8").tobytes()


@click.command()
@click.option("--table", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=BUNDLED)
def main(table: Path) -> None:
    """Stamp the lemma table anew."""
    table.write_bytes(stamped(table.read_bytes(), FrequencyTable.load()))


if __name__ == "__main__":
    main()
