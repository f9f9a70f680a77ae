"""Rules that take suffixes off a noun or verb: pronouns, endings of number, gender and case, of the relative ي.

In: a folded word without particles. Out: the form that a dictionary lists, or the word itself. An ending is taken off
only if the word counts of news have what is left. Called by `rule_stemmer.py`.
The endings are those of Ryding, A Reference Grammar of Modern Standard Arabic, chapters 7, 12 and 22.
"""

from typing import Final

from search.analysis import letters as ar
from search.analysis.lexicon.frequencies import TEH_MARBUTA_LAST, FrequencyTable

_PRONOUNS: Final = ("هما", "كما", "هم", "هن", "ها", "كم", "ني", "نا", "ه", "ك")
_AFTER_TWO_LETTERS: Final = ("ها", "هم", "نا", "ه", "ك")
_RELATIVE: Final = ("يتين", "يتان", "يات", "يون", "يين", "يان", "يه")  # مصريين, مصرية: the stem is مصري
_FEMININE: Final = ("تين", "تان", "ات")
_MASCULINE: Final = ("ون", "ين", "ان")
_VERBAL: Final = ("وا", "تا", "تم", "نا", "ا", "ت", "و")  # and the accusative ا of nouns
_OF_NUMBER: Final = (*_RELATIVE, *_FEMININE, *_MASCULINE, *_VERBAL, ar.HEH, ar.YEH)
_KNOWN: Final = 0.3  # what is left must occur at least this many times as often as the whole


class SuffixRules:
    """Takes suffixes off words by a table of word counts."""

    def __init__(self, frequencies: FrequencyTable) -> None:
        self._frequencies = frequencies

    def noun(self, word: str) -> int:
        """Return how often the word occurs, with or without the article; 0 if it does not occur without."""
        alone = self._frequencies.count(word)
        return alone + self._frequencies.count(ar.ARTICLE + word) if alone else 0

    def feminine(self, base: str) -> int:
        """Return how often the base occurs with ة, with or without the article."""
        word = base + ar.HEH
        written = self._frequencies.count(word) if self._frequencies.spelling(word) & TEH_MARBUTA_LAST else 0
        return written + self._frequencies.count(ar.ARTICLE + word)

    def strip_pronoun(self, word: str) -> str:
        """Return the word without its pronoun: وزيرها → وزير, حكومته → حكومه, وزرائها → وزراء, قدموه → قدموا."""
        if not word.endswith(_PRONOUNS):
            return word
        for pronoun in _PRONOUNS:
            rest = word[: -len(pronoun)]
            if len(rest) > 2 and word.endswith(pronoun):
                likelihood, host = max(self._hosts(rest))
                if likelihood > 0.1 * self._frequencies.count(word) and likelihood > 2:
                    return host
        if len(word) in (3, 4):  # يده, حقها: two letters are weak evidence, so they must be far commoner than the whole
            rest, pronoun = word[:2], word[2:]
            if pronoun in _AFTER_TWO_LETTERS and self.noun(rest) > 5 * self._frequencies.count(word):
                return rest
        return word

    def _hosts(self, rest: str) -> list[tuple[int, str]]:
        """Return what may stand before a pronoun as `rest`, each with how often it occurs alone."""
        noun, last, before = self.noun, rest[-1], rest[:-1]
        hosts = [(noun(rest), rest)]
        if last == ar.TEH:
            hosts.append((self.feminine(before), before + ar.HEH))  # حكومتها: ة turns to ت
        elif last == ar.WAW:
            hosts += [(noun(rest + ar.NOON), rest + ar.NOON), (noun(rest + ar.ALEF), rest + ar.ALEF)]  # لاعبوه, قدموه
        elif last == ar.YEH:
            hosts.append((noun(rest + ar.NOON), rest + ar.NOON))  # لاعبيه
        elif last == ar.ALEF:
            hosts.append((self._frequencies.count(before + ar.YEH), before + ar.YEH))  # أجراها: ى turns to ا
        return hosts

    def strip_number(self, word: str, *, feminine: bool, definite: bool) -> str:
        """Return the word without endings of number, gender and case: لاعبين → لاعب, حكومات → حكومه, كتابا → كتاب.

        feminine: whether the word ends with ة. definite: whether the article was taken off, which no verb takes.
        """
        if not word.endswith(_OF_NUMBER):
            return word
        least = _KNOWN * self._frequencies.count(word)
        return (
            self._relative(word, least, feminine=feminine)
            or self._feminine_plural(word, least)
            or self._masculine_plural(word, least)
            or (self._gender(word) if feminine else None)
            or (self._construct(word, least) if word[-1] == ar.YEH else None)
            or self._verbal(word, least, definite=definite)
            or word
        )

    def _relative(self, word: str, least: float, *, feminine: bool) -> str | None:
        """Return a relative adjective without endings behind its ي, which it keeps: مصري is another word than مصر."""
        if not word.endswith(_RELATIVE):
            return None
        for ending in _RELATIVE:
            if not word.endswith(ending):
                continue
            base = word[: -len(ending)]
            if ending == "يات" and self.feminine(base + ar.ALEF) > _KNOWN * self._frequencies.count(word):
                return base + ar.ALEF + ar.HEH  # مباريات: مباراة
            if ending == "يه" and (not feminine or len(base) < 2):
                continue
            if ending != "يه" and len(base) < 3:
                continue
            if self.noun(base + ar.YEH) + self.feminine(base + ar.YEH) > least:
                return base + ar.YEH
        return None

    def _feminine_plural(self, word: str, least: float) -> str | None:
        if len(word) > 4 and word.endswith("وات"):  # سنوات: سنة, قنوات: قناة
            stem = word[:-3]
            long, short = self.feminine(stem + ar.ALEF), self.feminine(stem)
            if max(long, short) > least:
                return stem + ar.ALEF + ar.HEH if long > short else self._gender(stem + ar.HEH)
        for ending in _FEMININE:
            base = word[: -len(ending)]
            if len(base) > 1 and word.endswith(ending):
                masculine, feminine = self.noun(base) if len(base) > 2 else 0, self.feminine(base)
                if max(masculine, feminine) > least:
                    return self._gender(base + ar.HEH) if feminine > masculine or len(base) < 3 else base
        return None

    def _masculine_plural(self, word: str, least: float) -> str | None:
        for ending in _MASCULINE:
            base = word[: -len(ending)]
            if len(base) > 2 and word.endswith(ending) and self.noun(base) > least:
                return base if ending != "ان" or self._is_dual(base) else None
        return None

    def _is_dual(self, base: str) -> bool:
        """Return whether the dual also occurs with ين, as behind every preposition: اليابان has no اليابين."""
        return self._frequencies.count(base + "ين") + self._frequencies.count(ar.ARTICLE + base + "ين") > 0

    def _gender(self, word: str) -> str:
        """Return the word without its ة where the masculine is the same word: جديدة is جديد, but دورة is not دور.

        A masculine of three letters must have a sound plural, which shows an adjective or a person; a longer one must
        only occur.
        """
        base = word[:-1]
        if len(base) < 3:
            return word
        masculine = self.noun(base)
        if len(base) == 3 and self.noun(base + "ين") + self.noun(base + "ون") <= 0.1 * self._frequencies.count(word):
            return word
        return base if masculine > (0.1 if len(base) == 3 else _KNOWN) * self.noun(word) else word

    def _construct(self, word: str, least: float) -> str:
        """Return the word without a final ي that is a plural before a genitive (مسؤولي الشركة); a relative ي stays."""
        base = word[:-1]
        if len(base) < 3:
            return word
        relative = self.feminine(word) + self._frequencies.count(word + "ين")
        plural = self.noun(base + "ين") + self.noun(base + "ون")
        return base if plural > relative and self.noun(base) > least else word

    def _verbal(self, word: str, least: float, *, definite: bool) -> str | None:
        for ending in (ar.ALEF,) if definite else _VERBAL:
            base = word[: -len(ending)]
            if len(base) > 2 and word.endswith(ending) and self.noun(base) > least:
                return word if ending == ar.ALEF and self._is_governed(word) else base
        return None

    def _is_governed(self, word: str) -> bool:
        """Return whether the word occurs behind ب or ل, as no accusative does: ليبيا is no ليبي + ا."""
        return self._frequencies.count(ar.BEH + word) + self._frequencies.count(
            ar.LAM + word
        ) > 0.01 * self._frequencies.count(word)
