"""Finds the source, section or author of an index whose name is most similar to a typed one that the index lacks.

In: an open index, a field and a name as typed. Out: the most similar value, as articles write it, or None. Similarity
is rapidfuzz's ratio. The values are read once for an index; a search among 60,000 then takes a few milliseconds. A
source or section written in the other script is found by what its Latin letters may say: عكاظ for okaz, okaz for عكاظ.
Called by `search/unknown_names.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from threading import Lock
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from search.analysis.fold import fold, strip_marks
from search.analysis.letters import ARTICLE
from search.analysis.names.latin_spellings import ARABIZI_WORD, LATIN_NAME, bundled
from search.engines.base import Engine
from search.naming.names import Names
from search.query.clauses import Everything
from search.query.tree import NAME_FIELDS
from search.whole_answers import answered, remembered

_LEAST_RATIO: Final = 72.0  # of 100: about one letter of four may differ
_SHORTEST: Final = 3  # letters of a name for which a similar one is looked for
_LONGEST: Final = 100  # characters of a name that are compared
_IN_TWO_SCRIPTS: Final = ("source", "section")  # fields of few values, which publishers name in either script
_LEAST_IN_SCRIPTS: Final = 85.0  # of 100: about one letter of seven may differ
_LONG: Final = 7  # letters of a name that is told by most of them, however unlikely the reading
_LIKELY: Final = 20  # readings of a Latin name, the likeliest, to which a shorter one is compared
_DOUBLED: Final = re.compile(r"(.)\1")
_MOST_LATIN: Final = 100  # Latin values of a field, the commonest, that are read in Arabic letters


class _Read(NamedTuple):
    """A reading of a Latin name in Arabic letters: the number of the name, and how many readings are likelier."""

    number: int
    rank: int


@dataclass(frozen=True, slots=True)
class _FieldNames:
    """The names of a field, the commonest first.

    shown      each name as articles or the owner write it
    folded     the same names folded
    with_word  folded word → the numbers of the names that have it, ascending
    words      the keys of `with_word`, in a sequence for rapidfuzz
    in_arabic  what Latin values of one word may be in Arabic letters, folded
    """

    shown: Sequence[str]
    folded: Sequence[str]
    with_word: dict[str, list[int]]
    words: Sequence[str]
    in_arabic: dict[str, _Read]


class NearestNames:
    """Finds names of one open index. Safe to share between threads."""

    def __init__(self, engine: Engine, names: Names) -> None:
        self._engine = engine
        self._names = names
        self._lock = Lock()
        self._fields: dict[str, _FieldNames] = {}
        self._known = remembered(self._found, most=1024)

    def warm(self) -> None:
        """Read the names of all fields now, so that no request waits for it."""
        for field in NAME_FIELDS:
            self._listed(field)

    def nearest(self, field: str, text: str) -> str | None:
        """Return the value of the field that is most similar to the text, the commonest of several; None if none is."""
        typed = _folded(text[:_LONGEST])
        return self._known(field, typed) if len(typed) >= _SHORTEST else None

    def _found(self, field: str, typed: str) -> str | None:
        listed = self._listed(field)
        whole = process.extractOne(typed, listed.folded, scorer=fuzz.ratio, score_cutoff=_LEAST_RATIO)
        if whole is not None:
            return listed.shown[whole[2]]
        if field in _IN_TWO_SCRIPTS and (same := _in_other_script(typed, listed)):
            return same
        meant = [
            process.extractOne(word, listed.words, scorer=fuzz.ratio, score_cutoff=_LEAST_RATIO)
            for word in typed.split()
        ]
        if not meant or None in meant:
            return None
        with_words = [set(listed.with_word[found[0]]) for found in meant if found]
        with_all = set.intersection(*with_words)
        return listed.shown[min(with_all)] if with_all else None

    def _listed(self, field: str) -> _FieldNames:
        with self._lock:
            if field not in self._fields:
                read, is_whole = answered(lambda: self._read(field))
                if not is_whole:
                    return read
                self._fields[field] = read
            return self._fields[field]

    def _read(self, field: str) -> _FieldNames:
        counts = self._engine.counts(Everything(), (field,))[field]
        ranked = sorted(counts, key=lambda value: (-counts[value], str(value)))
        rows = {_folded(str(value)[:_LONGEST]): str(value) for value in reversed(ranked)}
        for name, values in self._names.groups.get(field, {}).items():
            if name in counts:
                rows |= {_folded(value): name for value in values}
        order = sorted(rows, key=lambda folded: (-counts.get(rows[folded], 0), folded))
        with_word: dict[str, list[int]] = {}
        for number, folded in enumerate(order):
            for word in folded.split():
                if len(word) >= _SHORTEST:
                    with_word.setdefault(word, []).append(number)
        in_arabic = _in_arabic(order) if field in _IN_TWO_SCRIPTS else {}
        return _FieldNames([rows[folded] for folded in order], order, with_word, list(with_word), in_arabic)


def _in_arabic(folded: Sequence[str]) -> dict[str, _Read]:
    """Return the readings in Arabic letters of the Latin names of one word, each with its likeliest name."""
    found: dict[str, _Read] = {}
    for number in [number for number, name in enumerate(folded) if _is_latin(name)][:_MOST_LATIN]:
        for rank, word in enumerate(_readings(folded[number])):
            if word not in found or rank < found[word].rank:
                found[word] = _Read(number, rank)
    return found


def _in_other_script(typed: str, listed: _FieldNames) -> str | None:
    """Return the name that says the same in the other script."""
    if not _is_latin(typed):
        number = _likeliest(typed, listed.in_arabic)
        return None if number is None else listed.shown[number]
    readings = {word: _Read(rank, rank) for rank, word in enumerate(_readings(typed))}
    ranks = ((_likeliest(name, readings), number) for number, name in enumerate(listed.folded))
    found = min(((rank, number) for rank, number in ranks if rank is not None), default=None)
    return listed.shown[found[1]] if found else None


def _likeliest(word: str, readings: Mapping[str, _Read]) -> int | None:
    """Return the number of the reading that is the word; else of one that hardly differs, if both are long or it is one
    of the likeliest readings of its name."""
    if word in readings:
        return readings[word].number
    similar = process.extract(word, readings.keys(), scorer=fuzz.ratio, score_cutoff=_LEAST_IN_SCRIPTS, limit=None)
    likely = [
        (-ratio, readings[other].rank, readings[other].number)
        for other, ratio, _ in similar
        if len(word) >= _LONG or readings[other].rank < _LIKELY
    ]
    return min(likely)[2] if likely else None


def _is_latin(name: str) -> bool:
    return bool(LATIN_NAME.fullmatch(name) or ARABIZI_WORD.fullmatch(name))


def _readings(name: str) -> list[str]:
    """Return the readings of a Latin word in Arabic letters, the likeliest first, folded as names are.

    A doubled letter is also read as one, since Arabic writes it once: alittihad for الاتحاد.
    """
    found = bundled().readings(name)
    if (single := _DOUBLED.sub(r"\1", name)) != name:
        found = [reading for pair in zip_longest(bundled().readings(single), found) for reading in pair if reading]
    return list(dict.fromkeys(_folded_word(reading.word) for reading in found))


def _folded(text: str) -> str:
    """Return the words folded, without harakat and the article ال, as names are indexed."""
    return " ".join(map(_folded_word, text.split()))


@lru_cache(maxsize=16_384)  # the words of names repeat
def _folded_word(word: str) -> str:
    bare = fold(strip_marks(word))
    return bare.removeprefix(ARTICLE) or bare
