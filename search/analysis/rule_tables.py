"""What the rules for words ask, and the word that they work on.

In: word counts and a lemma table, or none. Out: `Tables`, made once for an analyser, and a `Word` for each word whose
terms are asked for. Called by `word_rules.py`, whose rules take both, and by `levels.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from search.analysis.amounts import PERCENT
from search.analysis.letters import ARTICLE, CONJUNCTIONS
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.lexicon.listed_forms import ListedForm, listed_forms
from search.analysis.particle_rules import ParticleRules, Split
from search.analysis.rule_stemmer import RuleStemmer, Step


@dataclass(frozen=True, slots=True)
class Tables:
    """What the rules ask: word counts, the lemma table (None: run without), the rules over the counts, listed forms."""

    frequencies: FrequencyTable
    lemmas: LemmaTable | None
    particles: ParticleRules
    stemmer: RuleStemmer
    listed: Mapping[str, ListedForm]

    @classmethod
    def over(cls, frequencies: FrequencyTable, lemmas: LemmaTable | None) -> Tables:
        """Return the tables with the rules for particles and for stems over these counts."""
        listed = listed_forms(lemmas.lookup) if lemmas else {}
        return cls(frequencies, lemmas, ParticleRules(frequencies), RuleStemmer(frequencies), listed)

    def stems_of_term(self, term: str) -> tuple[str, ...]:
        """Return the stem-level keys of a term that a table gives: a month, per cent, a currency."""
        lemmas = self.lemmas if term != PERCENT else None
        return (lemmas.lookup_folded(term) if lemmas else ()) or (term,)

    def unsplit_name(self, exact: str, bare: str) -> Split | None:
        """Return the split of a folded word that is a name alone, or و or ف before one, whose first letter no rule
        takes for a particle: كروس, وكروس; None of any other word. bare: the same word as written.
        """
        for letters in (0, 1):
            name = self.listed.get(exact[letters:])
            if (
                name
                and name.name
                and name.alone
                and not name.written.startswith(ARTICLE)
                and name.may_be(bare, self.frequencies)
            ):
                return Split(tuple(exact[:letters]), exact[letters:], bare[letters:])
            if exact[0] not in CONJUNCTIONS:
                break
        return None

    def steps(self, split: Split) -> list[Step]:
        """Return what the stemmer makes of the particle-free rest of a word, step by step."""
        return self.stemmer.steps(split.rest, split.written, definite=ARTICLE in split.particles)


class Word:
    """One word while the rules run: each rule reads what the rules before it found out, and adds to it.

    bare   the word as typed, without harakat
    exact  its term at the level exact
    split  its leading particles and the rest
    word   its term at the level word
    listed  what a list says of it; None if no list has it
    steps  what the stemmer made of `word`
    keys   its stem-level keys, best first; set by the rule that decides
    form   the form of the word under which that rule found the keys
    """

    __slots__ = ("bare", "exact", "form", "keys", "listed", "split", "steps", "word")
    bare: str
    exact: str
    split: Split
    word: str
    listed: ListedForm | None
    steps: list[Step]
    keys: tuple[str, ...]
    form: str

    def __init__(self, bare: str) -> None:
        self.bare = bare  # and nothing more, for speed: a rule sets what the rules after it read

    def is_decided(self, keys: tuple[str, ...], form: str) -> bool:
        """Take the keys found under this form of the word; return whether there are any."""
        self.keys, self.form = keys, form
        return keys != ()
