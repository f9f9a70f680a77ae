"""The terms of one word at the levels exact, word and stem.

In: a bare word (a written word without harakat). Out: its three terms (`WordLevels.levels`), or every decision that led
to them (`WordLevels.decisions`, for `kashaf analyze`). A word that the lemma table has stamped gets its terms from the
stamp; every other word is first cut into the words that it consists of (`compounds.py`), mostly itself alone, and each
of these runs through the rules of `word_rules.py`. Called by the analyser for words it has not met.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from search.analysis.amounts import RIYAL_LETTERS, THE_HUNDREDS
from search.analysis.compounds import Compounds
from search.analysis.context import in_doubt
from search.analysis.fold import fold
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.layout import SET_MASK, STAMP_MASK, STAMP_SHIFT
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.memo import Memo
from search.analysis.months import UNSURE_MONTH
from search.analysis.particle_rules import Split
from search.analysis.rule_stemmer import Step
from search.analysis.rule_tables import Tables, Word
from search.analysis.word_rules import (
    COUNTRY,
    CURRENCY,
    FIRST_ARABIC,
    LAST_ARABIC,
    MONTH,
    NUMBER,
    OTHER_SCRIPT,
    PER_CENT,
    SIGN,
    TEN,
    decide,
    stamping_rules,
)

Levels = tuple[str, str, str]  # exact, word, stems joined by spaces; a plain tuple, for half a million of them are kept
NOTHING: Final[Levels] = ("", "", "")
_SHARED: Final = 2**16  # terms, and as many of the generation before, of which equal ones are one string
_NEVER_STEMMED: Final = frozenset((SIGN, NUMBER, CURRENCY, OTHER_SCRIPT, PER_CENT, TEN, MONTH, COUNTRY))
_IN_DOUBT: Final = THE_HUNDREDS | {RIYAL_LETTERS[0]}  # words at the level exact, beside the months


class Stems(NamedTuple):
    """The stem-level keys of a word, the name of the rule that decided them, and the form under which it found them."""

    keys: tuple[str, ...]
    source: str
    form: str


@dataclass(frozen=True, slots=True)
class WordDecisions:
    """Every decision about one bare word by itself. steps: what the stemmer makes of `split.rest`, even where the
    lemma table decided.
    """

    bare: str
    exact: str
    split: Split
    word: str
    steps: tuple[Step, ...]
    stems: Stems


class WordLevels:
    """Computes the terms of words by the analyser's tables."""

    def __init__(self, frequencies: FrequencyTable, lemmas: LemmaTable | None) -> None:
        self.frequencies = frequencies
        self.lemmas = lemmas
        self._compounds = Compounds(frequencies)
        self._tables = Tables.over(frequencies, lemmas)
        self._entry = lemmas.entry if lemmas else _no_entry
        self._stamps = STAMP_MASK if lemmas and lemmas.rules == stamping_rules(frequencies) else 0
        self._stems_of_set: dict[int, str] = {}  # at most as many as the table has sets
        # Not sys.intern: since Python 3.12 what that is given is never freed (PEP 683).
        self._shared: Memo[str] = Memo(str, limit=_SHARED)

    def cut(self, bare: str) -> tuple[int, str]:
        """Return how many letters the first of the words takes up that a bare word consists of, and why; 0 and "" if it
        is one word.
        """
        if not FIRST_ARABIC <= bare[:1] <= LAST_ARABIC:
            return 0, ""
        entry = self._entry(bare)
        if entry is not None and entry & self._stamps:
            return 0, ""
        return self._compounds.cut(bare, known=entry is not None)

    def parts(self, bare: str) -> tuple[str, ...]:
        """Return the words that a bare word consists of: عبد and الله for عبدالله, mostly the word itself alone."""
        cut, _ = self.cut(bare)
        return (*self.parts(bare[:cut]), *self.parts(bare[cut:])) if cut else (bare,)

    def levels(self, bare: str) -> Levels:
        """Return the terms of a bare word; of one that consists of several those of each, joined by spaces. Where only
        the neighbouring words can tell what it is, its terms at the levels word and stem begin with
        `context.IN_DOUBT`.

        Equal terms are mostly one string in memory, which makes joining them faster and the analyser's memo smaller.
        """
        shared = self._shared
        if FIRST_ARABIC <= bare[0] <= LAST_ARABIC:
            entry = self._entry(bare)
            if entry is not None and entry & self._stamps:
                return self._stamped(bare, entry)
            cut, _ = self._compounds.cut(bare, known=entry is not None)
            if cut:
                exact, term, stem = map(" ".join, zip(self.levels(bare[:cut]), self.levels(bare[cut:]), strict=True))
                return exact, term, stem
        word = Word(bare)
        decide(word, self._tables)
        exact, term = word.exact, word.word
        if term in UNSURE_MONTH or exact in _IN_DOUBT:
            return exact, in_doubt((term,)), in_doubt(word.keys)
        return exact, exact if term == exact else shared[term], shared[" ".join(word.keys)]

    def stamped(self, bare: str) -> Levels | None:
        """Return the `levels` of a bare word that the lemma table has stamped, which is one word; None of any other."""
        entry = self._entry(bare)
        return self._stamped(bare, entry) if entry is not None and entry & self._stamps else None

    def _stamped(self, bare: str, entry: int) -> Levels:
        exact = fold(bare)
        term = exact[((entry & self._stamps) >> STAMP_SHIFT) - 1 :]
        return exact, exact if term == exact else self._shared[term], self.stems_of_set(entry & SET_MASK)

    def begun_names(self, bare: str) -> list[tuple[str, str]]:
        """Return the names in two folded words of which a word that may go on is the beginning: أبو ظبي for أبوظ."""
        return self._compounds.begun_names(bare)

    def stems(self, bare: str) -> str:
        """Return the third of a word's `levels`, for stamped words in a third of the time."""
        entry = self._entry(bare)
        if entry is not None and entry & self._stamps:
            return self.stems_of_set(entry & SET_MASK)
        return self.levels(bare)[2]

    def stems_of_set(self, number: int) -> str:
        """Return the keys of a reading set of the lemma table, joined by spaces."""
        stem = self._stems_of_set.get(number)
        if stem is None:
            assert self.lemmas is not None
            stem = self._stems_of_set[number] = " ".join(self.lemmas.keys(number))
        return stem

    def stems_of_sets(self, numbers: Sequence[int]) -> list[str]:
        """Return the keys of several reading sets, those of each joined by spaces, without remembering them."""
        assert self.lemmas is not None
        return [" ".join(keys) for keys in map(self.lemmas.keys, numbers)]

    @property
    def stamped_lemmas(self) -> LemmaTable | None:
        """The lemma table, if it was stamped by the rules and word counts in force."""
        return self.lemmas if self._stamps else None

    def stems_of_term(self, term: str) -> tuple[str, ...]:
        """Return the stem-level keys of a term that a table gives: a month, per cent, a currency."""
        return self._tables.stems_of_term(term)

    def decisions(self, bare: str) -> WordDecisions:
        """Return every decision about a bare word."""
        word = Word(bare)
        source = decide(word, self._tables)
        steps = () if source in _NEVER_STEMMED else tuple(self._tables.steps(word.split))
        return WordDecisions(bare, word.exact, word.split, word.word, steps, Stems(word.keys, source, word.form))


def _no_entry(bare: str) -> None:
    return None
