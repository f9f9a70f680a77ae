"""Imperfect verbs meet their perfect: يكتب, تكتب, نكتب and أكتب are forms of كتب.

In: a particle-free folded word without pronoun and plural endings. Out: the perfect, or the word itself where counts
of news do not show a verb. Called by the rule stemmer. The sound changes are those of Ryding, chapters 21 to 32.
"""

from typing import Final

from search.analysis import letters as ar
from search.analysis.lexicon.frequencies import FrequencyTable

_WEAK: Final = ar.WAW + ar.YEH
# The prefix of each person, and the least share that the form with ي must have beside it: nouns begin with these too.
_LEAST_WITH_YEH: Final = {ar.TEH: 0.1, ar.NOON: 0.5, ar.ALEF: 0.5}
_NOUN: Final = 0.03  # a verb never takes the article
_PERFECT: Final = 0.05  # the perfect must be this much as common as the imperfect


class VerbRules:
    """Finds the perfect of an imperfect verb, asking a table of counts."""

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
        if len(stem) == 2:  # تصل: two letters prove little
            sure = (
                self._frequencies.count(best + ar.TEH) > 0.02 * imperfect
                and self._frequencies.count(best) > 0.1 * imperfect
            )
            return best if sure else word
        return best if self._frequencies.count(best) > _PERFECT * imperfect else ar.YEH + stem

    def _is_imperfect(self, word: str) -> bool:
        count, person, stem = self._frequencies.count, word[0], word[1:]
        whole = count(word)
        if count(ar.ARTICLE + word) > _NOUN * whole:
            return False
        if person == ar.YEH:
            return count(ar.TEH + stem) + count(ar.NOON + stem) >= 0.02 * whole
        least = _LEAST_WITH_YEH.get(person)
        if least is None or (len(stem) == 2 and person == ar.ALEF):
            return False
        if len(stem) == 2:
            least = max(least, 0.3)
        if count(ar.YEH + stem) < least * whole:
            return False
        return person != ar.ALEF or count(ar.TEH + stem) >= 0.1 * whole

    def _perfect_evidence(self, word: str) -> int:
        """The perfect also occurs with the feminine ت: قال and قالت; nouns of the same letters do not."""
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
        """Two letters left: the first radical was و (يصل → وصل), or the second is weak (لم يقل → قال)."""
        return [ar.WAW + stem, stem[0] + ar.ALEF + stem[1]]
