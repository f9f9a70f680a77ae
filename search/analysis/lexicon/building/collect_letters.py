"""Collect the letters that all words of each lemma key of a table have in common.

usage: python -m search.analysis.lexicon.building.collect_letters [--table PATH]

In: a lemma table. Out: `lemmas.letters` beside it, four bytes a key, by which snippets leave out what cannot be a form
of a word (`search/analysis/stem_letters.py`). Takes some seconds. To be run when the words or keys of the table
change; a new stamp changes neither.
"""

from __future__ import annotations

from pathlib import Path

import click

from search.analysis.fold import fold_letters
from search.analysis.lexicon.layout import NO_KEY, SET_MASK
from search.analysis.lexicon.lemma_letters import SUFFIX, mask_of, packed
from search.analysis.lexicon.lemmas import BUNDLED, LemmaTable


def collected(lemmas: LemmaTable) -> bytes:
    """Return the bytes of the file for this table."""
    sections = lemmas.sections
    words = [trie.restore_key(number) for trie in (sections.words, sections.folded) for number in range(len(trie))]
    masks = [mask_of("")] * len(sections.keys)
    seen = [False] * len(masks)
    for word, entry in zip(words, sections.entries, strict=True):
        mask, at = mask_of(fold_letters(word)), 2 * (entry & SET_MASK)
        for key in sections.sets[at : at + 2].tolist():
            if key != NO_KEY:
                masks[key] = masks[key] & mask if seen[key] else mask
                seen[key] = True
    return packed(lemmas.fingerprint, masks)


@click.command()
@click.option("--table", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=BUNDLED)
def main(table: Path) -> None:
    """Collect the letters anew."""
    table.with_suffix(SUFFIX).write_bytes(collected(LemmaTable.load(table)))


if __name__ == "__main__":
    main()
