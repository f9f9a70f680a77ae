"""The lemma table: gives a written word the keys of its lemmas, read in place from a memory-mapped file.

In: words without harakat, or folded forms. Out: keys such as ``waziyr/N``: the lemma in Buckwalter's transliteration,
and N (noun, adjective, name or particle), V (verb) or U (a word that is in no lexicon: mostly a foreign name). Called
by `word_rules.py`, `levels.py`, the filter of foreign names, and `kashaf analyze`. The bundled table is data under a
licence of its own (aramorph/README.md); another can take its place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from search.analysis.lexicon.equal_words import equal_words, joined_keys
from search.analysis.lexicon.layout import COMMON, NO_KEY, SET_MASK, Sections, open_sections
from search.analysis.lexicon.transliteration import to_arabic
from search.errors import LexiconError

__all__ = ["BUNDLED", "LemmaTable", "LexiconError"]

BUNDLED: Final = Path(__file__).parent / "aramorph" / "lemmas.table"

_PARTS_OF_SPEECH: Final = {"N": "noun", "V": "verb", "U": "not in the lexicon"}


class LemmaTable:
    """A mapped lemma table. Loading touches a few pages; a look-up is a trie search and two array reads."""

    __slots__ = (
        "_entries",
        "_folded",
        "_joined",
        "_joined_to",
        "_key_of",
        "_offset",
        "_sections",
        "_sets",
        "_words",
        "fingerprint",
        "path",
        "rules",
    )

    def __init__(self, sections: Sections, *, path: Path) -> None:
        self.path = path
        self.fingerprint = sections.fingerprint
        self.rules = sections.rules
        self._sections = sections  # keeps the mapping alive
        self._words = sections.words
        self._folded = sections.folded
        self._key_of = sections.keys.restore_key
        self._entries = sections.entries
        self._sets = sections.sets
        self._offset = len(sections.words)
        self._joined: dict[str, str] = {}
        self._joined = joined_keys(equal_words(), self.lookup)
        self._joined_to: dict[str, tuple[str, ...]] = {}
        for key, joined in sorted(self._joined.items()):
            self._joined_to[joined] = (*self.joined_to(joined), key)

    @classmethod
    def load(cls, path: Path | None = None) -> LemmaTable:
        """Map the table at `path` (None: the bundled one). Raises LexiconError."""
        path = BUNDLED if path is None else path
        try:
            return cls(open_sections(path), path=path)
        except (OSError, ValueError, RuntimeError) as error:
            raise LexiconError(
                f"cannot read the lemma table {path}: {error}; reinstall Kashaf, rebuild the table with "
                "python -m search.analysis.lexicon.building.build_lemma_table, or go without it (--lexicon none)"
            ) from error

    def __len__(self) -> int:
        return self._offset

    def __contains__(self, bare: str) -> bool:
        return bare in self._words

    @property
    def sections(self) -> Sections:
        """The sections of the file, for what reads the whole table."""
        return self._sections

    def arrays(self) -> tuple[memoryview, memoryview]:
        """Return the hashes of all written words (64-bit integers) and their entries (32-bit integers), in the same
        order; both are empty if the table was never stamped.
        """
        hashes = self._sections.hashes
        return hashes, self._entries[: len(hashes)]

    @property
    def sets(self) -> int:
        """The number of reading sets; a reading set is the one or two keys that many words share."""
        return len(self._sets) // 2

    def lookup(self, bare: str) -> tuple[str, ...]:
        """Return the keys of a written word (marks stripped, hamzas as written), best first; () if unknown."""
        number = self._words.get(bare)
        return () if number is None else self.keys(self._entries[number])

    def entry(self, bare: str) -> int | None:
        """Return the entry of a written word: the number of its reading set, its stamp and a flag (layout.py); None if
        the table lacks it.
        """
        number = self._words.get(bare)
        return None if number is None else self._entries[number]

    def lookup_folded(self, folded: str) -> tuple[str, ...]:
        """Return the keys of the commonest written word that folds to `folded`; () if there is none."""
        number = self._folded.get(folded)
        return self.lookup(folded) if number is None else self.keys(self._entries[self._offset + number])

    def has_common_reading(self, bare: str) -> bool:
        """Return whether the lexicon has a plausible reading of the word that is not a proper noun."""
        number = self._words.get(bare)
        return number is not None and bool(self._entries[number] & COMMON)

    def has_common_reading_folded(self, folded: str) -> bool:
        """Return `has_common_reading` of the commonest word that folds to `folded`."""
        number = self._folded.get(folded)
        if number is None:
            return self.has_common_reading(folded)
        return bool(self._entries[self._offset + number] & COMMON)

    def describe(self, key: str) -> str:
        """Return a key's lemma, vocalised in Arabic letters, and its part of speech."""
        lemma, _, part = key.rpartition("/")
        return f"{to_arabic(lemma)} ({_PARTS_OF_SPEECH.get(part, part)})"

    def keys(self, entry: int) -> tuple[str, ...]:
        """Return the keys of an entry's reading set, best first; a key that equal_words.py joins to another is that."""
        keys = self.own_keys(entry)
        if len(keys) == 1 and keys[0] not in self._joined:  # mostly
            return keys
        return tuple(dict.fromkeys(self._joined.get(key, key) for key in keys))

    def joined(self, key: str) -> str:
        """Return the key that equal_words.py joins this one to; the key itself if it joins it to none."""
        return self._joined.get(key, key)

    def joined_to(self, key: str) -> tuple[str, ...]:
        """Return the keys that equal_words.py joins to this one, sorted."""
        return self._joined_to.get(key, ())

    def own_keys(self, entry: int) -> tuple[str, ...]:
        """Return the keys of an entry's reading set as the table has them, best first."""
        number = 2 * (entry & SET_MASK)
        first, second = self._sets[number], self._sets[number + 1]
        return (self._key_of(first),) if second == NO_KEY else (self._key_of(first), self._key_of(second))
