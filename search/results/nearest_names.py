"""Sources, sections and authors that an index has, nearest to a name that it has not.

In: an open index, a field and a name as typed. Out: the value that is spelled most like it, as articles show it, or
None. The values are read once for an index; then a search among 60,000 takes a few milliseconds. Called by
`search/unknown_names.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

from rapidfuzz import fuzz, process

from search.analysis import letters
from search.analysis.fold import fold, strip_marks
from search.engines.base import Engine
from search.naming.names import Names
from search.query.clauses import Everything
from search.query.tree import NAME_FIELDS

_ALIKE: Final = 72.0  # of 100: a letter of four may differ
_SHORTEST: Final = 3  # letters of a name for which one is sought
_LONGEST: Final = 100
_ARTICLE: Final = letters.ALEF + letters.LAM


@dataclass(frozen=True, slots=True)
class _FieldNames:
    """The names of a field, the commonest first: what they are shown as, and folded; and the places of each word."""

    shown: Sequence[str]
    folded: Sequence[str]
    places: dict[str, list[int]]
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
        """Reads the names of all fields, so that no reader waits for it."""
        for field in NAME_FIELDS:
            self._listed(field)

    def nearest(self, field: str, text: str) -> str | None:
        """The value of a field that is spelled most like the text, the commonest of several; None where none is."""
        typed = _folded(text[:_LONGEST])
        return self._known(field, typed) if len(typed) >= _SHORTEST else None

    def _found(self, field: str, typed: str) -> str | None:
        listed = self._listed(field)
        whole = process.extractOne(typed, listed.folded, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if whole is not None:
            return listed.shown[whole[2]]
        meant = [
            process.extractOne(word, listed.words, scorer=fuzz.ratio, score_cutoff=_ALIKE) for word in typed.split()
        ]
        if not meant or None in meant:
            return None
        places = [set(listed.places[found[0]]) for found in meant if found]
        common = set.intersection(*places)
        return listed.shown[min(common)] if common else None

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
        places: dict[str, list[int]] = {}
        for at, folded in enumerate(order):
            for word in folded.split():
                if len(word) >= _SHORTEST:
                    places.setdefault(word, []).append(at)
        return _FieldNames([rows[folded] for folded in order], order, places, list(places))


def _folded(text: str) -> str:
    """The words without marks and articles, as the field is searched."""
    return " ".join(map(_folded_word, text.split()))


@lru_cache(maxsize=16_384)  # the words of names repeat
def _folded_word(word: str) -> str:
    bare = fold(strip_marks(word))
    return bare.removeprefix(_ARTICLE) or bare
