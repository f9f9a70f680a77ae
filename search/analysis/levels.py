"""One written word → its terms at the levels exact, word and stem.

In: a bare word. Out: its terms (`levels`), or every decision on the way (`reading`). This is where particles,
months, the lemma table and the rules meet. Called by the analyser for words it has not seen before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from search.analysis.countries import COUNTRIES
from search.analysis.fold import fold
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.layout import SET_MASK, STAMP_MASK, STAMP_SHIFT
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.memo import Memo
from search.analysis.month_context import maybe_month
from search.analysis.months import CANONICAL_MONTH, UNSURE_MONTH
from search.analysis.numbers import number_term
from search.analysis.particle_rules import ARTICLE, ParticleRules, Split
from search.analysis.rule_stemmer import RuleStemmer, Step

RULES_VERSION: Final = 3  # raise when a rule changes what any word becomes or hashes change, then stamp the lemma table
Levels = tuple[str, str, str]  # exact, word, stems joined by spaces; a plain tuple, for half a million of them are kept
NOTHING: Final[Levels] = ("", "", "")
_SHARED: Final = 2**16  # terms, and as many of the generation before, of which equal ones are one string

# What decided the stems of a word.
NUMBER: Final = "number"
OTHER_SCRIPT: Final = "other script"
MONTH: Final = "month"
COUNTRY: Final = "place"
LEXICON: Final = "lexicon"
LEXICON_SPELLING: Final = "lexicon: another spelling"
LEXICON_PARTICLE: Final = "lexicon: without particles"
LEXICON_RULE: Final = "lexicon: after rules"
RULE: Final = "rule"

_FIRST_ARABIC: Final = "\u0620"
_LAST_ARABIC: Final = "\u06d5"
_MONTHS: Final = dict(CANONICAL_MONTH)
OF_THEIR_OWN: Final = frozenset((*_MONTHS, *COUNTRIES, *UNSURE_MONTH))  # words whose stems no table decides


def stamping_rules(frequencies: FrequencyTable) -> str:
    """Return the name of the rules and counts that particles are taken off by: that of a lemma table's stamps."""
    return f"{RULES_VERSION} {frequencies.fingerprint}"


class Stems(NamedTuple):
    """The stem-level keys of a word, what decided them, and the form under which they were found."""

    keys: tuple[str, ...]
    source: str
    form: str


@dataclass(frozen=True, slots=True)
class WordDecisions:
    """Every decision about one bare word by itself. steps: what the rules for endings make of `split.rest`."""

    bare: str
    exact: str
    split: Split
    word: str
    steps: tuple[Step, ...]
    stems: Stems


class WordLevels:
    """Computes the levels of words over the analyser's tables."""

    def __init__(self, frequencies: FrequencyTable, lemmas: LemmaTable | None) -> None:
        self.frequencies = frequencies
        self.lemmas = lemmas
        self._clitics = ParticleRules(frequencies)
        self._stemmer = RuleStemmer(frequencies)
        self._entry = lemmas.entry if lemmas else _no_entry
        self._stamps = STAMP_MASK if lemmas and lemmas.rules == stamping_rules(frequencies) else 0
        self._stems_of_set: dict[int, str] = {}  # at most as many as the table has sets
        # Not sys.intern: since Python 3.12 what that is given is never freed (PEP 683).
        self._shared: Memo[str] = Memo(str, limit=_SHARED)

    def levels(self, bare: str) -> Levels:
        """Return the terms of a bare word; word and stem bear `month_pairs.SIGN` where neighbours will have to
        decide.

        Equal terms are mostly one string in memory: joins are faster, the memo is smaller.
        """
        shared = self._shared
        if not _FIRST_ARABIC <= bare[0] <= _LAST_ARABIC:
            term = shared[_foreign_term(bare)]
            return term, term, term
        exact = fold(bare)
        entry = self._entry(bare)
        stamp = entry & self._stamps if entry is not None else 0
        split = None if stamp else self._clitics.split(exact, bare)
        word = split.rest if split else exact[(stamp >> STAMP_SHIFT) - 1 :]
        if word in _MONTHS:
            word = _MONTHS[word]
            stem = shared[" ".join(self.month_stems(word))]
        elif word in COUNTRIES:
            stem = shared[word]
        else:
            if entry is not None:
                stem = self.stems_of_set(entry & SET_MASK)
            else:
                assert split is not None  # a stamp is part of an entry
                stem = shared[" ".join(self._stems(bare, exact, split).keys)]
            if word in UNSURE_MONTH:
                return exact, maybe_month((word,)), maybe_month(stem.split())
        return exact, exact if word == exact else shared[word], stem

    def stems(self, bare: str) -> str:
        """Return what `levels` says of the level stem; of words whose stamp says it is in the table, at a third of the
        price.
        """
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
        """Return what `stems_of_set` says of each, without remembering it."""
        assert self.lemmas is not None
        return [" ".join(keys) for keys in map(self.lemmas.keys, numbers)]

    @property
    def stamped_lemmas(self) -> LemmaTable | None:
        """The lemma table, if its stamps are of these rules."""
        return self.lemmas if self._stamps else None

    def month_stems(self, month: str) -> tuple[str, ...]:
        """Return the stem-level keys of the one term of a month."""
        return (self.lemmas.lookup_folded(month) if self.lemmas else ()) or (month,)

    def decisions(self, bare: str) -> WordDecisions:
        """Return every decision about a bare word."""
        if not _FIRST_ARABIC <= bare[0] <= _LAST_ARABIC:
            term = _foreign_term(bare)
            source = NUMBER if bare[0].isdecimal() else OTHER_SCRIPT
            return WordDecisions(bare, term, Split((), term, bare), term, (), Stems((term,), source, term))
        exact = fold(bare)
        split = self._clitics.split(exact, bare)
        if month := _MONTHS.get(split.rest):
            return WordDecisions(bare, exact, split, month, (), Stems(self.month_stems(month), MONTH, month))
        if split.rest in COUNTRIES:
            return WordDecisions(bare, exact, split, split.rest, (), Stems((split.rest,), COUNTRY, split.rest))
        steps = tuple(self._steps(split))
        return WordDecisions(bare, exact, split, split.rest, steps, self._stems(bare, exact, split))

    def _steps(self, split: Split) -> list[Step]:
        return self._stemmer.steps(split.rest, split.written, definite=ARTICLE in split.particles)

    def _stems(self, bare: str, exact: str, split: Split) -> Stems:
        """Ask the lemma table for the word as written, in another spelling, without particles, without endings; or
        rules.

        So a rare form meets its lemma, and what the table has never seen keeps the stem that the rules give it.
        """
        word, lemmas = split.rest, self.lemmas
        if lemmas:
            if found := lemmas.lookup(bare):
                return Stems(found, LEXICON, bare)
            if found := lemmas.lookup_folded(exact):
                return Stems(found, LEXICON_SPELLING, exact)
            if word != exact and (found := lemmas.lookup(split.written) or lemmas.lookup_folded(word)):
                return Stems(found, LEXICON_PARTICLE, word)
        for step in self._steps(split):
            word = step.form
            if lemmas and (found := lemmas.lookup_folded(word)):
                return Stems(found, LEXICON_RULE, word)
        return Stems((word,), RULE, word)


def _no_entry(bare: str) -> None:
    return None


def _foreign_term(bare: str) -> str:
    is_number = bare[0].isdecimal() and not bare[-1].isalpha()
    return number_term(bare) if is_number else fold(bare)
