"""Forms whose keys a list decides beside the lemma table: plurals of two words, names that look like inflected words.

In: the lists `equal_words.tsv`, `names.tsv` and `camel_morph/names.tsv`, and the look-up of a lemma table. Out: for a
folded form without particles the keys that it gets, and whether it gets them instead of the lemma table's. Called by
`word_rules.py`, whose rules for listed forms run before the lemma table is asked, and by the program that stamps the
table: listed forms are not stamped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from search.analysis import letters as ar
from search.analysis.fold import fold
from search.analysis.lexicon.equal_words import INSTEAD, ONE, LookUp, equal_words, own_key
from search.analysis.lexicon.frequencies import TEH_MARBUTA_LAST, FrequencyTable
from search.analysis.lexicon.transliteration import to_buckwalter
from search.errors import LexiconError

NAMES: Final = (Path(__file__).with_name("names.tsv"), Path(__file__).parent / "camel_morph" / "names.tsv")
ALONE: Final = "alone"
BESIDE: Final = "beside"
_PRONOUNS: Final = ("ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم", "ي")
_HAMZAS: Final = frozenset(ar.ALEFS_WITH_HAMZA)
_ACCUSATIVE: Final = "ا"
_BEFORE_PRONOUN: Final = {"ة": "ت", "ى": "ا", "ء": "ئ"}


class ListedForm(NamedTuple):
    """What a list says of a form.

    form   the form itself, folded
    written  likewise, as the list writes it
    keys   lemma keys that it gets
    alone  whether it gets these alone; if not, the lemma table's too: before them for plurals, after them for names
    name   whether it is a name
    """

    form: str
    written: str
    keys: tuple[str, ...]
    alone: bool
    name: bool

    def may_be(self, bare: str, frequencies: FrequencyTable) -> bool:
        """Return whether a word as typed, with or without particles before it, may be the form.

        ه may stand for ة and ي for ى, not the reverse. ه stands for ة only where these letters are mostly written with
        ة: قفصه is the town قفصة, but أهله (his people) is a hundred times as common as أهلة (crescents). A hamza may be
        left out, and none is written where the form has ا: بآبل is no بابل. frequencies: counts of folded words
        """
        if any(typed in _HAMZAS and own == ar.ALEF for typed, own in zip(bare[::-1], self.written[::-1], strict=False)):
            return False
        last, own_last = bare[-1], self.written[-1]
        if last == ar.HEH and own_last == ar.TEH_MARBUTA:
            return not frequencies.count(self.form) or bool(frequencies.spelling(self.form) & TEH_MARBUTA_LAST)
        return last not in (ar.TEH_MARBUTA, ar.ALEF_MAKSURA) or last == own_last


@cache
def listed_names(paths: tuple[Path, ...] = NAMES) -> dict[str, str]:
    """Return name as written → ALONE or BESIDE. Raises LexiconError if a list cannot be read."""
    return {name: how for path in paths for name, how in _rows(path)}


def _rows(path: Path) -> list[tuple[str, str]]:
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
        return [(line.split("\t")[0], line.split("\t")[1]) for line in lines]
    except (OSError, ValueError, IndexError) as error:
        raise LexiconError(f"The list of names {path} cannot be read ({error}): reinstall Kashaf.") from error


@cache
def listed() -> frozenset[str]:
    """Return every folded form that a list decides, with any lemma table."""
    plurals = (fold(form) for row in equal_words() if row.how != ONE for form in _inflected(row.word))
    return frozenset((*plurals, *map(fold, listed_names())))


@cache
def lists_fingerprint() -> str:
    """Return eight characters that change when a list does."""
    rows = repr((equal_words(), sorted(listed_names().items())))
    return hashlib.blake2b(rows.encode(), digest_size=4).hexdigest()


def listed_forms(look_up: LookUp) -> dict[str, ListedForm]:
    """Return folded form → what the lists say of it, with the keys of the lemma table behind this look-up."""
    plurals = {
        fold(form): ListedForm(fold(form), form, (key,), alone=how == INSTEAD, name=False)
        for word, other, how in equal_words()
        if how != ONE and (key := own_key(other, look_up))
        for form in _inflected(word)
    }
    names = {
        fold(name): ListedForm(fold(name), name, (name_key(name),), alone=how == ALONE, name=True)
        for name, how in listed_names().items()
    }
    return plurals | names


def name_key(name: str) -> str:
    """Return the key of a name of its own."""
    return f"{to_buckwalter(fold(name))}/U"


def _inflected(plural: str) -> Iterator[str]:
    """Yield the forms of a plural: itself, in the accusative, which ends in alef unless it would stand behind ة or ى
    (W. Wright, A Grammar of the Arabic Language, I § 8), and before each pronoun.
    """
    yield plural
    if plural[-1] not in (ar.TEH_MARBUTA, ar.ALEF_MAKSURA):
        yield plural + _ACCUSATIVE
    stem = plural[:-1] + _BEFORE_PRONOUN.get(plural[-1], plural[-1])
    yield from (stem + pronoun for pronoun in _PRONOUNS)
