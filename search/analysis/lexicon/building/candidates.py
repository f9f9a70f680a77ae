"""Lists every reading that every word may have, as parallel arrays for the estimation.

In: words with counts, and AraMorph's dictionary. Out: `Candidates`, with one row for each reading. Called by
`build_lemma_table.py`. A word of which AraMorph has no reading, mostly a foreign name, gets readings whose lemma keys
end in /U, unless it was written only once: the word itself, and each shorter word of the news of which it is a form,
with a particle before it or an ending behind it. With endings of the relative ي and pronouns that AraMorph does not
list for a stem (مصرفيون, ثانيها), it may be a form of the shorter word's lemma.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from search.analysis import letters as ar
from search.analysis.lexicon.building.aramorph_dictionary import Analysis, Dictionary
from search.analysis.lexicon.building.hosts import HostCounts
from search.analysis.lexicon.building.lemma_merging import Merger
from search.analysis.lexicon.building.respelling import spellings
from search.analysis.lexicon.building.slots import slot_of
from search.analysis.lexicon.transliteration import PLAIN_ALEFS, to_buckwalter

Integers = npt.NDArray[np.int32]

_PROCLITICS: Final = ("", *ar.CONJUNCTIONS, *ar.PREPOSITIONS, *ar.WITH_ARTICLE, "ولل", "وب", "ول")
# ending written → what replaces it in the shorter word
_ENDINGS: Final = (
    ("", ""), ("ية", "ي"), ("يين", "ي"), ("يون", "ي"), ("يا", "ي"), ("يات", "ي"), ("ين", ""), ("ون", ""), ("ات", ""),
    ("ات", "ة"), ("تين", "ة"), ("ا", ""), ("ه", ""), ("ها", ""), ("هم", ""), ("ان", ""), ("ته", "ة"), ("تها", "ة"),
)  # fmt: skip
_LEAST_LETTERS: Final = 3
_LEAST_COUNT: Final = 3
_OWN_LEAST_COUNT: Final = 2  # a word written once that the lexicon does not know is mostly an error
_SAFE_ENDINGS: Final = frozenset({"ية", "يين", "يون", "يا", "يات", "ها", "هم"})
_LEAST_KNOWN_LETTERS: Final = 4
_UNSUPPORTED: Final = 0.3  # the support of its best reading below which a listed word may be a word of its own
_OWN_BESIDE_LISTED: Final = 0.03  # what that reading is worth
_BESIDE_LISTED_LEAST_COUNT: Final = 5
_UNKNOWN: Final = "UNKNOWN"  # the category of words that AraMorph does not know
_HAMZA_ON_ALEF: Final = re.compile("^[><|]")

NO_MISMATCH, HAMZA_LEFT_OUT, RESPELLED = 0, 1, 2  # values of the column `mismatch`, whose bits may be combined


@dataclass(frozen=True, slots=True)
class Candidates:
    """The readings: `words`, `counts` and `lemmas` by number, all other columns with one item for each reading.

    The integers of a column are the numbers of the outcomes of a part of the model (estimation.py).
    """

    words: tuple[str, ...]
    counts: npt.NDArray[np.float64]
    lemmas: tuple[str, ...]  # lemma number → key
    word: Integers
    lemma: Integers
    category: Integers
    prefix: Integers
    suffix: Integers
    stem: Integers
    mismatch: Integers
    slot: Integers
    name: npt.NDArray[np.bool_]  # whether the reading is a proper noun, or of a word in no lexicon
    support: npt.NDArray[np.float64]  # how far the counts support what the reading takes off (hosts.py), 0 to 1


@dataclass(frozen=True, slots=True)
class _Row:
    word: int
    lemma: str
    category: str
    prefix: tuple[str, str, str]
    suffix: tuple[str, str, str]
    stem: tuple[str, str, int]
    mismatch: int
    slot: str
    name: bool
    support: float = 1.0


def collect(counts: Mapping[str, int], dictionary: Dictionary) -> Candidates:
    """Return the readings of all words of `counts`, in the order of its words."""
    merger = Merger(dictionary.stems)

    def known(base: str) -> Iterable[str]:
        uninflected = (a for a in dictionary.analyse(base) if not a.prefix.letters and not a.suffix.letters)
        return dict.fromkeys(merger.key(a.stem) for a in uninflected if a.stem.part not in ("VERB", "NOUN_PROP"))

    hosts = HostCounts(counts)
    rows: dict[_Row, None] = {}
    for number, word in enumerate(counts):
        spelling, readings = _first_readings(word, dictionary)
        listed = [_row(number, analysis, merger, hosts.support(spelling, analysis)) for analysis in readings]
        rows.update(dict.fromkeys(listed))
        if not listed and counts[word] >= _OWN_LEAST_COUNT:
            rows.update(dict.fromkeys(_own_readings(number, word, counts, known)))
        elif listed and max(row.support for row in listed) < _UNSUPPORTED and _may_be_own(word, counts):
            rows.update(dict.fromkeys(_own_beside_listed(number, word, counts)))
    return _columns(counts, tuple(rows))


def _first_readings(word: str, dictionary: Dictionary) -> tuple[str, list[Analysis]]:
    """Return the first spelling of the word that has readings, and those; the word itself and [] if none has."""
    for spelling in spellings(word):
        if readings := dictionary.analyse(spelling) + dictionary.analyse_respelled(spelling):
            return spelling, readings
    return word, []


def _may_be_own(word: str, counts: Mapping[str, int]) -> bool:
    return len(word) >= _LEAST_KNOWN_LETTERS and counts[word] >= _BESIDE_LISTED_LEAST_COUNT


def _own_beside_listed(number: int, word: str, counts: Mapping[str, int]) -> Iterator[_Row]:
    """Yield the word itself, and with particles taken off the commoner word that it may be, as words of no lexicon."""
    for row in _own_readings(number, word, counts, lambda base: ()):
        (_, proclitic, _), (_, ending, _) = row.prefix, row.suffix
        rest = word.removeprefix(proclitic)
        if ending == ">" and (not proclitic or counts.get(rest, 0) >= counts[word]):
            yield replace(row, support=_OWN_BESIDE_LISTED)


def _row(number: int, analysis: Analysis, merger: Merger, support: float) -> _Row:
    stem, prefix, suffix = analysis.stem, analysis.prefix, analysis.suffix
    lemma = merger.key(stem)
    return _Row(
        number,
        lemma,
        stem.category,
        (stem.category, prefix.letters, prefix.parts),
        (stem.category, suffix.letters, suffix.parts),
        (lemma, stem.category, stem.number),
        _mismatch(analysis),
        slot_of(analysis),
        stem.part == "NOUN_PROP",
        support,
    )


def _mismatch(analysis: Analysis) -> int:
    letters, vocalised = analysis.stem.letters, analysis.stem.vocalised
    left_out = (letters.startswith("A") and _HAMZA_ON_ALEF.match(vocalised)) or (
        ">" in vocalised and ">" not in letters and "A" in letters
    )
    return (HAMZA_LEFT_OUT if left_out else NO_MISMATCH) | (RESPELLED if analysis.respelled else NO_MISMATCH)


def _own_readings(
    number: int, word: str, counts: Mapping[str, int], known: Callable[[str], Iterable[str]]
) -> Iterator[_Row]:
    for proclitic in _PROCLITICS:
        if not word.startswith(proclitic):
            continue
        rest = word.removeprefix(proclitic)
        slot = "UD" if proclitic.endswith(ar.WITH_ARTICLE) else "U"
        for ending, instead in _ENDINGS:
            base = rest.removesuffix(ending) + instead if rest.endswith(ending) else ""
            if len(base) - len(instead) < _LEAST_LETTERS or not _is_a_word(base, word, counts):
                continue
            own = f"{to_buckwalter(base.translate(PLAIN_ALEFS))}/U"
            in_lexicon = known(base) if ending in _SAFE_ENDINGS and len(base) >= _LEAST_KNOWN_LETTERS else ()
            for lemma in (own, *in_lexicon):
                yield _Row(
                    number, lemma, _UNKNOWN, (_UNKNOWN, proclitic, ""), (_UNKNOWN, f"{ending}>{instead}", ""),
                    (lemma, _UNKNOWN, 0), NO_MISMATCH, slot, lemma == own,
                )  # fmt: skip


def _is_a_word(base: str, word: str, counts: Mapping[str, int]) -> bool:
    return base == word or max(counts.get(base, 0), counts.get(ar.ARTICLE + base, 0)) >= _LEAST_COUNT


def _columns(counts: Mapping[str, int], rows: tuple[_Row, ...]) -> Candidates:
    lemma, lemmas = _numbered([row.lemma for row in rows])
    return Candidates(
        words=tuple(counts),
        counts=np.array(list(counts.values()), dtype=np.float64),
        lemmas=tuple(str(key) for key in lemmas),
        word=np.array([row.word for row in rows], dtype=np.int32),
        lemma=lemma,
        category=_numbered([row.category for row in rows])[0],
        prefix=_numbered([row.prefix for row in rows])[0],
        suffix=_numbered([row.suffix for row in rows])[0],
        stem=_numbered([row.stem for row in rows])[0],
        mismatch=np.array([row.mismatch for row in rows], dtype=np.int32),
        slot=_numbered([row.slot for row in rows])[0],
        name=np.array([row.name for row in rows], dtype=np.bool_),
        support=np.array([row.support for row in rows], dtype=np.float64),
    )


def _numbered(values: Sequence[Hashable]) -> tuple[Integers, list[Hashable]]:
    """Return the number of each value, and the distinct values in the order in which they first appear."""
    numbers: dict[Hashable, int] = {}
    column = np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int32)
    return column, list(numbers)
