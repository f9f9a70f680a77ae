"""The further readings of a query's word that the estimation of the lemma table found plausible.

In: a token of a query, and the table of further readings beside the lemma table (`lexicon/reading_layout.py`). Out:
`Reading`s: عقد, which an index has as a verb, is also the noun, so that it finds عقود; and عقود finds what is written
عقد. The analyser asks it for queries only (`readings.py`); an index knows nothing of it, so another table needs no
indexing anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from search.analysis.analyzed_token import AnalyzedToken, Reading
from search.analysis.fold import strip_marks
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.lexicon.listed_forms import listed
from search.analysis.lexicon.reading_layout import FOLDED, FORMS, ReadingTries, open_readings, readings_path
from search.analysis.word_rules import NEVER_FROM_TABLE
from search.errors import LexiconError

SOURCE: Final = "lexicon"
_REMEMBERED: Final = 4_096  # words of queries whose readings are remembered
LEAST_OF_FORM: Final = 0.1  # probability from which a form that an index has under another lemma is worth looking for


class TableReadings:
    """A mapped table of further readings; a `ReadingSource`."""

    def __init__(self, tries: ReadingTries, lemmas: LemmaTable | None = None) -> None:
        self._tries = tries
        self._lemmas = lemmas  # its list of equal words joins keys of this table too
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._find)

    @classmethod
    def beside(cls, table: Path, lemmas: LemmaTable | None = None) -> TableReadings | None:
        """Map the table that belongs to the lemma table in this file; None if it has none. Raises LexiconError."""
        path = readings_path(table)
        try:
            return cls(open_readings(path), lemmas) if path.exists() else None
        except (OSError, ValueError, RuntimeError) as error:
            raise LexiconError(
                f"cannot read the further readings {path}: {error}; reinstall Kashaf, or remove the file to search "
                "each word by its likeliest reading only"
            ) from error

    def __call__(self, token: AnalyzedToken) -> tuple[Reading, ...]:
        """Return the readings of the word as typed, and the written forms that may be its likeliest lemma."""
        return self._remembered(strip_marks(token.text), token.exact, token.word, token.stems[0])

    def _find(self, bare: str, exact: str, word: str, first: str) -> tuple[Reading, ...]:
        """Return what a call does for the bare word as typed, its terms and its first stem."""
        tries, lemmas = self._tries, self._lemmas
        decided = word in NEVER_FROM_TABLE or exact in listed()
        if decided and word not in listed():  # a month or a country, whatever else its letters could be
            return ()
        found = () if decided else next(filter(None, map(tries.readings, _spellings(bare, exact))), ())
        keys = (first, *lemmas.joined_to(first)) if lemmas else (first,)
        forms = [form for key in keys for form in tries.readings(FORMS + key)]
        return (
            *(Reading(lemmas.joined(key) if lemmas else key, probability, SOURCE) for key, probability in found),
            *(Reading(form, share, SOURCE, level="word") for form, share in forms if share >= LEAST_OF_FORM),
        )


def _spellings(bare: str, exact: str) -> Iterator[str]:
    """Yield what the table is asked for; typed without hamza, ة and ى a word may be any that folds to it."""
    if bare == exact:
        yield FOLDED + exact
    yield bare
