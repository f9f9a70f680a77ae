"""The table of compounds: names that news writes in one word or in two, and words between which a space was lost.

In: `compounds.txt`, written by `building/collect_compounds.py`. Out: where a written word is cut in two, and whether
two words are one name. Called by `search/analysis/compounds.py` for the words of texts, and by
`search/query/joined_names.py` for the words that a reader typed.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from functools import lru_cache
from itertools import chain, islice, product
from pathlib import Path
from typing import Final

from search.analysis import letters as ar
from search.analysis.fold import fold_letters
from search.analysis.letters import CONJUNCTIONS, PREPOSITIONS
from search.errors import LexiconError

BUNDLED: Final = Path(__file__).with_name("compounds.txt")
LOST_SPACE: Final = "-"  # before the first word of a row of lost spaces

_ABD_AL: Final = "عبدال"
_ABD: Final = 3  # letters of عبد
_LEAST_ABD: Final = 7  # letters of a name with عبد before the article: not of العبدلي's other spelling عبدالي
_CASES: Final = {"ابو": ("ابو", "ابي", "ابا")}  # أبو ظبي, أبي ظبي, أبا ظبي
_MAY_BE_PARTICLES: Final = frozenset(CONJUNCTIONS + PREPOSITIONS)
_START: Final = 3
_SPELLINGS: Final = {ar.ALEF: "اأإآٱ", ar.YEH: "يى", ar.HEH: "هة", ar.HAMZA: "ءؤئ"}  # a folded letter as it is written
_PARTICLES: Final = tuple(a + b for a in ("", *CONJUNCTIONS) for b in ("", *PREPOSITIONS))


class CompoundTable:
    """The names, by their folded letters, and the lost spaces, by the letters as written.

    fingerprint  changes with the table
    names        folded joined name → how many letters its first word takes up
    lost         two words as they were written in one → how many letters the first takes up
    beginnings   the folded first words of names, also with particles
    starts       the first three letters of names, with particles, as they are written: a look at them is cheap
    """

    def __init__(self, rows: str) -> None:
        self.fingerprint = hashlib.blake2b(rows.encode(), digest_size=4).hexdigest()
        self.names: dict[str, int] = {}
        self.lost: dict[str, int] = {}
        for row in rows.splitlines():
            if row[:1] != "#":
                first, _, seconds = row.removeprefix(LOST_SPACE).partition("\t")
                cuts = self.lost if row.startswith(LOST_SPACE) else self.names
                for case in _CASES.get(first, (first,)):
                    cuts.update((case + second, len(case)) for second in seconds.split())
        self._sorted = sorted(self.names)
        firsts = {name[:cut] for name, cut in self.names.items()}
        begun = {_ABD_AL[:_START], *(name[:_START] for name in self.names)}
        folded = {(particles + start)[:_START] for particles in _PARTICLES for start in begun}
        spelt = (product(*(_SPELLINGS.get(letter, letter) for letter in start)) for start in folded)
        self.starts = frozenset("".join(letters) for letters in chain.from_iterable(spelt))
        self.beginnings = frozenset(particles + first for particles in _PARTICLES for first in firsts)

    def cut_of_name(self, folded: str) -> int:
        """Return how many letters the first word of a joined name takes up, with particles before it (لعبدالله).

        0 if the folded word is no such name. Every عبد before a word with the article is one, whether the news has it
        or not: عبدالله, عبدالعزيز.
        """
        for letters in range(particles_before(folded) + 1):
            name = folded[letters:]
            if name.startswith(_ABD_AL) and len(name) >= _LEAST_ABD:
                return letters + _ABD
            if name in self.names:
                return letters + self.names[name]
        return 0

    def begins_like_a_name(self, word: str) -> bool:
        """Return whether the first letters are those of a name or of particles before one: a cheap look beforehand."""
        return word[:_START] in self.starts

    def parts_of_name(self, folded: str) -> tuple[str, ...]:
        """Return the two words of a joined name, the first with its particles; () if the folded word is none."""
        cut = self.cut_of_name(folded)
        return (folded[:cut], folded[cut:]) if cut else ()

    def cut_of_lost_space(self, bare: str) -> int:
        """Return how many letters the first of two words takes up that the bare word consists of, with particles before
        it; 0 if the table has no space in it.
        """
        lost = self.lost
        if bare in lost:
            return lost[bare]
        if bare[0] in _MAY_BE_PARTICLES:
            for letters in range(1, particles_before(bare) + 1):
                if cut := lost.get(bare[letters:], 0):
                    return letters + cut
        return 0

    def names_beginning(self, folded: str) -> list[tuple[str, str]]:
        """Return the names, each as its two folded words, whose second word is begun by a folded word that goes on:
        ابو ظبي for ابوظ. Particles before the name stay before its first word.
        """
        found = []
        for letters in range(particles_before(folded) + 1):
            begun = folded[letters:]
            for name in islice(self._sorted, bisect_left(self._sorted, begun), None):
                if not name.startswith(begun):
                    break
                if (cut := self.names[name]) < len(begun):
                    found.append((folded[:letters] + name[:cut], name[cut:]))
        return found

    def is_name(self, first: str, second: str) -> bool:
        """Return whether two bare words are one name in two words: عبد الله, أبو ظبي, لعبد الله."""
        return self.cut_of_name(fold_letters(first + second)) == len(first)


def particles_before(folded: str) -> int:
    """Return how many letters at the beginning of a folded word may be particles before a name: و ف, then ب ل ك."""
    letters = int(folded[:1] != "" and folded[0] in CONJUNCTIONS)
    return letters + (folded[letters : letters + 1] in PREPOSITIONS)


def read_compound_table(path: Path = BUNDLED) -> CompoundTable:
    """Return the table of a file. Raises LexiconError if it cannot be read."""
    try:
        return CompoundTable(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LexiconError(f"The compounds {path} cannot be read ({error}): reinstall Kashaf.") from error


@lru_cache(maxsize=1)
def bundled_compounds() -> CompoundTable:
    """Return the bundled table, read once. Raises LexiconError."""
    return read_compound_table()
