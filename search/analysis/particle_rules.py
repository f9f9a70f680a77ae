"""Rules that take the particles off in front of a word: و ف (and), ب ل ك (in, for, as), س (will), ال (the).

In: a word, folded and as written. Out: its particles and the rest, which is the term of the level `word`. Spelling
alone cannot tell وزير (minister) from وقال (and said), so word counts of news decide: a letter is taken off if the rest
is a word of the news and nothing shows that the letter belongs to the root. Called by `word_rules.py` and by the
programs that build the tables. Which particles precede which: Ryding, A Reference Grammar of Modern Standard Arabic,
chapters 7 (article), 16 (prepositions), 18 (conjunctions) and 21 (future).
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

from search.analysis import letters as ar
from search.analysis.function_words import CERTAIN_WRITTEN, FUNCTION_WORDS
from search.analysis.letters import ARTICLE, CONJUNCTIONS, FUTURE, PREPOSITIONS
from search.analysis.lexicon.frequencies import HAMZA_FIRST, FrequencyTable
from search.analysis.particle_stacking import has_first_letter_of_its_own

_IMPERFECT: Final = ar.YEH + ar.TEH + ar.NOON  # what the future س stands before: سيقول, ستقول, سنقول
PARTICLE_LETTERS: Final = frozenset(CONJUNCTIONS + PREPOSITIONS + FUTURE + ar.ALEF)
_ALLAH: Final = "الله"
_NO_ARTICLE: Final = frozenset((_ALLAH, "اللهم", "الان"))
# Last letter → the endings that it may belong to. Without its ending a word may show that its first letter is of the
# root: فتحت is no ف + تحت, since فتح has يفتح.
_ENDINGS: Final = {
    ar.TEH: ("ات", "ت"),
    ar.NOON: ("ون", "ين", "ان"),
    ar.ALEF: ("ها", "نا", "وا", "ا"),
    ar.MEEM: ("هم",),
    ar.HEH: ("ه",),
    ar.YEH: ("ي",),
}


@dataclass(frozen=True, slots=True)
class Odds:
    """The bounds within which a first letter is a particle, fitted to the readings of an Arabic lexicon over news.

    most      how many times as common as its rest the whole word may be: بشكل is five times as common as شكل and has
              a particle, واشنطن is a thousand times as common as اشنطن and has none
    outweigh  how many times as common the rest must be as the words that show that the letter belongs to the root
    """

    most: float
    outweigh: float


_ODDS: Final = {
    ar.WAW: Odds(12, 8),
    ar.FEH: Odds(6, 40),
    ar.BEH: Odds(12, 8),
    ar.LAM: Odds(20, 8),
    ar.KAF: Odds(0.4, 60),
    FUTURE: Odds(1, 2),
}
# Factors of `most` and of the evidence for a particle.
_ROOTLESS: Final = 2.0  # nothing shows that the letter belongs to the root: the whole may be twice as common
_BEFORE_ARTICLE: Final = 4.0  # والكتاب: the whole is always rarer than الكتاب
_BEFORE_SHORT_ARTICLE: Final = 0.5  # والاس, والدي: two letters behind ال are weak evidence
_NAME: Final = 0.1  # a rest that never has ال is a name, and names stand behind prepositions less often than nouns
_HAMZA_LEFT_OUT: Final = 0.2  # واصل is seldom و + أصل, since most writers would write the hamza
_HAMZA_WRITTEN: Final = 4.0  # وأصل nearly always is
_INSIDE: Final = 0.05  # the rest does not occur in the counts, only what is inside it does


class Split(NamedTuple):
    """A word as its leading particles and the rest, folded and as written: للوزير gives ل, ال and وزير."""

    particles: tuple[str, ...]
    rest: str
    written: str


_ORDER: Final = (CONJUNCTIONS, PREPOSITIONS + FUTURE)


def possible_splits(word: str, written: str) -> list[Split]:
    """Return every split of a folded word that grammar allows, the whole word first, without asking the counts."""
    splits = [Split((), word, written)]
    for letters in _ORDER:
        for particles, rest, bare in splits[:]:
            if rest[0] in letters and len(rest) > 2:
                splits.append(Split((*particles, rest[0]), rest[1:], bare[1:]))
    for particles, rest, bare in splits[:]:
        merged = particles[-1:] == (ar.LAM,) and rest[0] == ar.LAM
        length = 1 if merged else 2
        if (merged or rest.startswith(ARTICLE)) and FUTURE not in particles and len(rest) > length + 1:
            splits.append(Split((*particles, ARTICLE), rest[length:], bare[length:]))
    return splits


def _decisions() -> list[tuple[tuple[str, ...], int]]:
    """Return every possible split as (particles, how many letters they take up), in the order of the numbers under
    which the table of word counts keeps them.
    """
    articles: tuple[tuple[tuple[str, ...], int], ...] = (((), 0), ((ARTICLE,), 2))
    found: list[tuple[tuple[str, ...], int]] = []
    for conjunction in ("", *CONJUNCTIONS):
        for preposition in ("", *PREPOSITIONS, FUTURE):
            before = tuple(filter(None, (conjunction, preposition)))
            if preposition == FUTURE:  # before verbs only
                found.append((before, len(before)))
                continue
            found += [((*before, *article), len(before) + letters) for article, letters in articles]
            if (
                preposition == ar.LAM
            ):  # ال is written as the second ل of لل, and not at all before a ل: للغة is ل + ال + لغة
                found[-1] = ((*before, ARTICLE), len(before) + 1)
                found.append(((*before, ARTICLE), len(before)))
    return found


_DECISIONS: Final = _decisions()


def decision_number(word: str, split: Split) -> int:
    """Return the number under which the table of word counts keeps this split; 0 if it cannot be kept (لله)."""
    letters = len(word) - len(split.rest)
    kept = word[letters:] == split.rest and (split.particles, letters) in _DECISIONS
    return _DECISIONS.index((split.particles, letters)) + 1 if kept else 0


class ParticleRules:
    """Takes particles off words by a table of word counts."""

    def __init__(self, frequencies: FrequencyTable) -> None:
        self._frequencies = frequencies

    def split(self, word: str, written: str) -> Split:
        """Return the split of a folded word; `written` is the same word with its hamzas, ة and ى as typed."""
        if word[0] not in PARTICLE_LETTERS or len(word) < 3 or word in FUNCTION_WORDS:
            return Split((), word, written)
        if word[0] == ar.ALEF and (word[1] != ar.LAM or written[0] != ar.ALEF):
            return Split((), word, written)  # no article: nearly all words in أ, and those in ا without ل
        number = self._frequencies.decision(word)
        if number and (written[:4] == word[:4] or not _hamza_matters(word, written)):
            particles, letters = _DECISIONS[number - 1]
            return Split(particles, word[letters:], written[letters:])
        return self._decide(word, written)

    def _decide(self, word: str, written: str) -> Split:
        first = word[0]
        conjunction: tuple[str, ...] = ()
        if first in CONJUNCTIONS and self._is_particle(word, written):
            conjunction, word, written, first = (first,), word[1:], written[1:], word[1]
            if word in FUNCTION_WORDS:
                return Split(conjunction, word, written)
        if first in PREPOSITIONS:
            if first == ar.LAM and word[1:2] == ar.LAM:
                return self._split_two_lams(conjunction, word, written)
            if self._is_particle(word, written):
                conjunction, word, written, first = (*conjunction, first), word[1:], written[1:], word[1]
        elif first == FUTURE and self._is_future(word, written):
            return Split((*conjunction, first), word[1:], written[1:])
        if word.startswith(ARTICLE) and self._is_article(word, written):
            return Split((*conjunction, ARTICLE), word[2:], written[2:])
        return Split(conjunction, word, written)

    def _is_future(self, word: str, written: str) -> bool:
        before_verb = word[1:2] in _IMPERFECT or written[1:2] == ar.ALEF_HAMZA_ABOVE  # سأقول
        return before_verb and self._is_particle(word, written)

    def _is_particle(self, word: str, written: str) -> bool:
        """Return whether the first letter of the word is a particle, and not a letter of its root."""
        letter, rest, hamza = word[0], word[1:], written[1:2]
        if hamza == ar.ALEF_HAMZA_BELOW or written[1:] in CERTAIN_WRITTEN:  # إ begins words only
            return True
        whole = self._frequencies.count(word)
        if has_first_letter_of_its_own(word, written, self._frequencies.count):
            return False
        if rest in FUNCTION_WORDS and letter != ar.KAF:
            return self._root_evidence(word, written) < 2 * whole
        if len(rest) < 3:
            return False
        if not whole and _has_article(letter, rest):
            return True
        evidence = self._word_evidence(letter, rest) or self._inner_evidence(rest)
        if hamza == ar.ALEF_HAMZA_ABOVE:
            evidence *= _HAMZA_WRITTEN
        elif hamza == ar.ALEF and self._frequencies.spelling(rest) & HAMZA_FIRST:
            evidence *= _HAMZA_LEFT_OUT
        odds = _ODDS[letter]
        if rest.startswith(ARTICLE):
            most = _BEFORE_ARTICLE if len(rest) > 4 else _BEFORE_SHORT_ARTICLE
        else:
            most = odds.most * _ROOTLESS
        if evidence * most <= whole:  # also where the rest is no word at all: nothing more to ask
            return False
        root = self._root_evidence(word, written)
        return evidence > odds.outweigh * root and (not root or evidence * odds.most > whole)

    def _word_evidence(self, letter: str, rest: str) -> float:
        """Return how often the rest occurs as a word before which this particle can stand."""
        count = self._frequencies.count
        if rest.startswith(ARTICLE):
            return count(rest) + (count(rest[2:]) if len(rest) > 4 else 0)
        if letter == FUTURE:
            return count(rest)
        definite = count(ARTICLE + rest)
        if definite or letter in CONJUNCTIONS:
            return count(rest) + definite
        if rest[0] in _IMPERFECT:
            if letter == ar.LAM:
                return count(rest)  # ليكون
            if count(FUTURE + rest):
                return 0  # ب and ك stand before nouns: بيري is no ب + يرى
        if rest[0] == ar.WAW and count(rest[1:]) > count(rest):
            return 0  # و stands before prepositions, not behind them: بوروسيا is no ب + و + روسيا
        return _NAME * count(rest) / _ROOTLESS

    def _inner_evidence(self, rest: str) -> float:
        """Return how often a rest that the counts lack occurs without a particle or an ending of its own."""
        count = self._frequencies.count
        if rest[1:3] == ARTICLE and rest[0] in PREPOSITIONS:
            return count(rest[3:]) + count(rest[1:])
        if rest.startswith(ar.LAM + ar.LAM):
            return count(rest[2:]) + count(ARTICLE + rest[2:])
        inside = count(rest[1:]) if rest[0] in PREPOSITIONS or rest[0] == FUTURE else 0
        return _INSIDE * (inside + sum(count(base) for base in _bases(rest)))

    def _root_evidence(self, word: str, written: str) -> float:
        """Return how often the word, with or without an ending, occurs behind ال, or behind ي as verbs do.

        It then begins with a letter of its root: الوزير shows the و of وزير, while neither الوقال nor يوقال occurs.
        """
        count = self._frequencies.count
        found = count(ARTICLE + word) + count(ar.YEH + word)
        if written[-1] != ar.TEH_MARBUTA:
            for base in _bases(word):
                found += count(ARTICLE + base) + count(ar.YEH + base)
        return found

    def _is_article(self, word: str, written: str) -> bool:
        """Return whether the ال in front of the word is the article, and not the beginning of its root."""
        rest = word[2:]
        if len(rest) < 2 or written[0] != ar.ALEF or word in FUNCTION_WORDS or word in _NO_ARTICLE:
            return False
        count = self._frequencies.count
        whole, inner = count(word), count(rest)
        if self._frequencies.spelling(word) & HAMZA_FIRST:
            return inner > whole
        twice = count(ARTICLE + word)
        if inner < 0.1 * whole:
            twice += sum(count(ARTICLE + base) for base in _bases(word) if word[-1] != ar.YEH)
        if twice > (0.02 if inner < 0.1 * whole else 0.5) * whole:
            return False  # التزام: الالتزام occurs, and a word with the article cannot take another
        if rest[0] == ar.TEH and inner < 0.4 * whole and self._is_eighth_form(word):
            return False
        # A name keeps its ال behind ل (لالكسندر); the article becomes a second ل (للوزير).
        return inner > 0.05 * whole or not count(ar.LAM + word) or count(ar.LAM + ar.LAM + rest) > 0

    def _is_eighth_form(self, word: str) -> bool:
        """Return whether الت... is the eighth verb form of a root that begins with ل: التقى has يلتقي."""
        count, stem = self._frequencies.count, ar.YEH + word[1:]
        return max(count(stem), count(stem[:-1]), count(stem[:-1] + ar.YEH)) > 0.05 * count(word)

    def _split_two_lams(self, conjunction: tuple[str, ...], word: str, written: str) -> Split:
        """Split لل: ل and the article (للوزير), or ل before a word whose own ل merged with the article's (للغة)."""
        count = self._frequencies.count
        noun, own = word[2:], word[1:]
        if own == _ALLAH[2:]:
            return Split((*conjunction, ar.LAM), _ALLAH, _ALLAH)
        if count(own) + count(ARTICLE + own) > count(noun) + count(ARTICLE + noun):
            return Split((*conjunction, ar.LAM, ARTICLE), own, written[1:])
        if len(noun) < 2:
            return Split(conjunction, word, written)
        return Split((*conjunction, ar.LAM, ARTICLE), noun, written[2:])


def _hamza_matters(word: str, written: str) -> bool:
    """Return whether the first hamza as typed may change the split that the table keeps: that of وأصل may, that of
    الأصل and للأصل not.
    """
    first = next((at for at, letter in enumerate(written) if letter != word[at]), 0)
    return written[max(first - 2, 0) : first] not in (ARTICLE, ar.LAM + ar.LAM)


def _has_article(letter: str, rest: str) -> bool:
    """Return whether ال stands behind the letter, or behind one more particle, and three letters or more behind ال.

    In a word that the counts lack that is evidence enough: وبالوزيرتين.
    """
    if rest.startswith(ARTICLE):
        return letter != ar.LAM and len(rest) > 4
    return letter in CONJUNCTIONS and rest[0] in PREPOSITIONS and rest[1:3] == ARTICLE and len(rest) > 5


def _bases(word: str) -> list[str]:
    """Return the word without each of the endings it may have, three letters at least."""
    endings = _ENDINGS.get(word[-1])
    if not endings:
        return []
    return [word[: -len(end)] for end in endings if len(word) - len(end) > 2 and word.endswith(end)]
