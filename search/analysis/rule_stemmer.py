"""The rule stemmer: takes a word without particles to the form that a dictionary lists, by rules and word counts.

In: the word, folded and as written. Out: the rules that changed it, in the order in which they run (function word,
pronoun, number and gender, then imperfect verb or broken plural), each with the form that it left, so that every form
can be looked up in the lemma table. Called by `word_rules.py` for words that the table does not have as written.
"""

from typing import Final, NamedTuple

from search.analysis import letters as ar
from search.analysis.broken_plurals import singular
from search.analysis.function_words import FUNCTION_STEMS
from search.analysis.lexicon.frequencies import (
    ALEF_MAKSURA_LAST,
    HAMZA_BELOW_FIRST,
    HAMZA_FIRST,
    TEH_MARBUTA_LAST,
    FrequencyTable,
)
from search.analysis.suffix_rules import SuffixRules
from search.analysis.verb_rules import VerbRules


class Step(NamedTuple):
    """A rule that changed a word: its name, and the form that it left."""

    rule: str
    form: str


_FUNCTION: Final = "function word"
_PRONOUN: Final = "pronoun"
_NUMBER: Final = "number and gender"
_VERB: Final = "imperfect verb"
_PLURAL: Final = "broken plural"


class RuleStemmer:
    """Stems words by rules over a table of word counts."""

    def __init__(self, frequencies: FrequencyTable) -> None:
        self._frequencies = frequencies
        self._endings = SuffixRules(frequencies)
        self._conjugation = VerbRules(frequencies)

    def stem(self, word: str, written: str, *, definite: bool) -> str:
        """Return the stem of a folded word without particles; `written` is the same word with its hamzas, ة and ى as
        typed. definite: whether the article was taken off.
        """
        steps = self.steps(word, written, definite=definite)
        return steps[-1].form if steps else word

    def steps(self, word: str, written: str, *, definite: bool) -> list[Step]:
        """Return the rules that change the word, in order; the last form, or if none the word itself, is the stem."""
        if not definite and written[-1] != ar.ALEF_MAKSURA and word in FUNCTION_STEMS:
            return [Step(_FUNCTION, FUNCTION_STEMS[word])]
        shape = self._shape(word, written)
        if len(word) < 3 or (len(word) == 3 and definite):
            return []
        found: list[Step] = []
        if not definite and shape[-1] not in (ar.TEH_MARBUTA, ar.ALEF_MAKSURA):
            host = self._endings.strip_pronoun(word)
            if host != word:
                found.append(Step(_PRONOUN, host))
                word, shape = host, self._shape(host, written[0] + host[1:])
        return [*found, *self._inflection(word, shape, definite=definite)]

    def _inflection(self, word: str, shape: str, *, definite: bool) -> list[Step]:
        found: list[Step] = []
        feminine, base = shape[-1] == ar.TEH_MARBUTA, word
        if shape[-1] != ar.ALEF_MAKSURA and (len(word) > 3 or feminine):
            base = self._endings.strip_number(word, feminine=feminine, definite=definite)
        if base != word:
            found.append(Step(_NUMBER, base))
            shape = shape[0] + base[1:]
        if not (definite or feminine or shape[0] == ar.ALEF_HAMZA_BELOW or (base != word and word.endswith("ات"))):
            verb = self._conjugation.perfect(base)
            if verb != base:
                return [*found, Step(_VERB, verb)]
        if one := singular(shape, self._endings.noun):
            found.append(Step(_PLURAL, one))
        return found

    def _shape(self, word: str, written: str) -> str:
        """Return the folded word with إ at its front and ة or ى at its end told apart: as written, or, where the
        writing leaves it open (ا, ه, ي), as most writers spell the word."""
        first, last = word[0], written[-1]
        if last in (ar.HEH, ar.YEH) or written[0] == ar.ALEF:
            flags = self._frequencies.spelling(word)
            if last == ar.HEH and flags & TEH_MARBUTA_LAST:
                last = ar.TEH_MARBUTA
            elif last == ar.YEH and flags & ALEF_MAKSURA_LAST:
                last = ar.ALEF_MAKSURA
            if flags & HAMZA_BELOW_FIRST:
                first = ar.ALEF_HAMZA_BELOW
            elif written[0] == ar.ALEF and self._frequencies.count(word) and not flags & HAMZA_FIRST:
                first = ar.ALEF_WASLA
        if written[0] == ar.ALEF_HAMZA_BELOW:
            first = written[0]
        end = last if last in (ar.TEH_MARBUTA, ar.ALEF_MAKSURA) else word[-1]
        return first + word[1:-1] + end if len(word) > 1 else word
