"""Rules that turn an imperfect verb into its perfect: يكتب, تكتب, نكتب and أكتب into كتب.

In: a folded word without particles, pronoun and plural endings. Out: the perfect (third person, masculine), or the word
itself where the word counts of news do not show that it is a verb. Called by `rule_stemmer.py`. The sound changes are
those of Ryding, A Reference Grammar of Modern Standard Arabic, chapters 21 to 32.
"""

from typing import Final

from search.analysis import letters as ar
from search.analysis.lexicon.frequencies import FrequencyTable

_WEAK: Final = ar.WAW + ar.YEH
# Prefix of a person → how many times as common the form with ي must be at least; nouns begin with these letters too.
_LEAST_WITH_YEH: Final = {ar.TEH: 0.1, ar.NOON: 0.5, ar.ALEF: 0.5}
_NOUN: Final = 0.03  # a word that has the article more often than this share of its uses is no verb
_PERFECT: Final = 0.05  # the perfect must occur at least this many times as often as the imperfect


class VerbRules:
    """Finds the perfect of an imperfect verb by a table of word counts."""

    def __init__(self, frequencies: FrequencyTable) -> None:
        self._frequencies = frequencies

    def perfect(self, word: str) -> str:
        """Return the perfect (third person) of an imperfect verb, or the word itself."""
        if len(word) < 3 or not self._is_imperfect(word):
            return word
        stem = word[1:]
        forms = self._weak_forms(stem) if len(stem) == 2 else self._forms(stem)
        best = max(forms, key=self._perfect_evidence)
        imperfect = self._frequencies.count(ar.YEH + stem) + self._frequencies.count(ar.TEH + stem)
        if len(stem) == 2:  # تصل: two letters are weak evidence
            sure = (
                self._frequencies.count(best + ar.TEH) > 0.02 * imperfect
                and self._frequencies.count(best) > 0.1 * imperfect
            )
            return best if sure else word
        return best if self._frequencies.count(best) > _PERFECT * imperfect else ar.YEH + stem

    def _is_imperfect(self, word: str) -> bool:
        count, person, stem = self._frequencies.count, word[0], word[1:]
        least = _LEAST_WITH_YEH.get(person)
        if person != ar.YEH and (least is None or (len(stem) == 2 and person == ar.ALEF)):
            return False
        whole = count(word)
        if count(ar.ARTICLE + word) > _NOUN * whole:
            return False
        if least is None:
            return count(ar.TEH + stem) + count(ar.NOON + stem) >= 0.02 * whole
        if len(stem) == 2:
            least = max(least, 0.3)
        if count(ar.YEH + stem) < least * whole:
            return False
        return person != ar.ALEF or count(ar.TEH + stem) >= 0.1 * whole

    def _perfect_evidence(self, word: str) -> int:
        """Return how often the word occurs as a perfect does: with the feminine ت too (قال, قالت), unlike nouns."""
        return self._frequencies.count(word) + 3 * self._frequencies.count(word + ar.TEH)

    def _forms(self, stem: str) -> list[str]:
        """Return the perfects an imperfect stem may belong to: يقدم → قدم, أقدم; يقول → قال; يضيف → أضاف; يدعو →
        دعا.
        """
        forms = [stem, ar.ALEF + stem]
        if stem[0] == ar.HAMZA:
            forms.append(ar.ALEF + stem[1:])
        if stem[-2] in _WEAK:
            hollow = stem[:-2] + ar.ALEF + stem[-1]
            forms += [hollow, ar.ALEF + hollow]
        if stem[-1] == ar.WAW:
            forms.append(stem[:-1] + ar.ALEF)
        return forms

    def _weak_forms(self, stem: str) -> list[str]:
        """Return the perfects that a stem of two letters may belong to: its first radical was و (يصل → وصل), or its
        second is weak (لم يقل → قال).
        """
        return [ar.WAW + stem, stem[0] + ar.ALEF + stem[1]]
