"""Finds the source, section or author of an index whose name is most similar to a typed one that the index lacks.

In: an open index, a field and a name as typed. Out: the most similar value, as articles write it, or None. Similarity
is rapidfuzz's ratio. The values are read once for an index; a search among 60,000 then takes a few milliseconds. Called
by `search/unknown_names.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

from rapidfuzz import fuzz, process

from search.analysis.fold import fold, strip_marks
from search.analysis.letters import ARTICLE
from search.engines.base import Engine
from search.naming.names import Names
from search.query.clauses import Everything
from search.query.tree import NAME_FIELDS

_LEAST_RATIO: Final = 72.0  # of 100: about one letter of four may differ
_SHORTEST: Final = 3  # letters of a name for which a similar one is looked for
_LONGEST: Final = 100  # characters of a name that are compared


@dataclass(frozen=True, slots=True)
class _FieldNames:
    """The names of a field, the commonest first.

    shown      each name as articles or the owner write it
    folded     the same names folded
    with_word  folded word → the numbers of the names that have it, ascending
    words      the keys of `with_word`, in a sequence for rapidfuzz
    """

    shown: Sequence[str]
    folded: Sequence[str]
    with_word: dict[str, list[int]]
    words: Sequence[str]


class NearestNames:
    """Finds names of one open index. Safe to share between threads."""

    def __init__(self, engine: Engine, names: Names) -> None:
        self._engine = engine
        self._names = names
        self._lock = Lock()
        self._fields: dict[str, _FieldNames] = {}
        self._known = lru_cache(maxsize=1024)(self._found)

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
                self._fields[field] = self._read(field)
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
        return _FieldNames([rows[folded] for folded in order], order, with_word, list(with_word))


def _folded(text: str) -> str:
    """Return the words folded, without harakat and the article ال, as names are indexed."""
    return " ".join(map(_folded_word, text.split()))


@lru_cache(maxsize=16_384)  # the words of names repeat
def _folded_word(word: str) -> str:
    bare = fold(strip_marks(word))
    return bare.removeprefix(ARTICLE) or bare
