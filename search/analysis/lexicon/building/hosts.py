"""Asks the counts of the news whether a reading's particles and pronouns were taken off a word that stands by itself.

In: an analysis of AraMorph, and the counts of written words. Out: its support, from 0 to 1, by which the estimate
multiplies the reading's likelihood. Called by `candidates.py`.

Particles and pronouns attach freely: what is left without them, the host, is then common by itself. فيسبوك (Facebook)
is no ف + يسبو + ك, for nobody writes يسبو; وتبوك is و + تبوك. So a reading is held against the count of its host, in
the spellings that a host has before a pronoun (مدرست for مدرسة, معنا for معنى, قالو for قالوا), with and without ال.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from search.analysis import letters as ar
from search.analysis.lexicon.building.aramorph_dictionary import Affix, Analysis
from search.analysis.lexicon.transliteration import PLAIN_ALEFS, to_arabic

# Of the form's count: a host at least this common supports the reading fully.
SHARE: Final = 0.15
SHARE_OF_CONJUNCTION: Final = 0.5  # و and ف stand before any word, and before most of them seldom
SHARE_OF_SELDOM: Final = 3.0  # of the host with other pronouns, beside ي and ك, which newspapers hardly write
SELDOM_SUBJECT: Final = 0.1
UNSEEN: Final = 0.3  # what a host that the news never has counts for
_VOWELS: Final = re.compile("[aiuoFNK~]")
_PRONOUN: Final = re.compile(r"POSS_PRON|SUFF_DO")
_SELDOM_WRITTEN: Final = re.compile(r"POSS_PRON_1S$|(?:POSS_PRON_|_DO:)2")  # my, your, you
# The verb of several women, of two women, and of those spoken to: half of all verb forms, and hardly any in news.
_SELDOM_SUBJECT: Final = re.compile(r"SUBJ:(?:[23]F[DP]|FP|2)|/IV(?:2|3F[DP])")
_PRONOUNS: Final = ("ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم", "ني", "ي")
_PERSON: Final = re.compile(r"/IV")
_CONJUNCTION: Final = re.compile(r"[wf]a/CONJ\+")
# last letters of a host before a pronoun → as they are written at the end of a word
_AT_THE_END: Final = (("ت", "ة"), ("ا", "ى"), ("و", "وا"), ("ؤ", "ء"), ("ئ", "ء"), ("اؤ", "اء"), ("ائ", "اء"))


class HostCounts:
    """The counts of written words, whatever alef they begin with."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts: Counter[str] = Counter()
        for word, count in counts.items():
            self._counts[_folded(word)] += count

    def support(self, word: str, analysis: Analysis) -> float:
        """Return how far the counts support this reading of the word: 1 if nothing was taken off but ال."""
        front, behind = particle_letters(analysis.prefix), pronoun_letters(analysis.suffix)
        rest, host = word[front:], word[front : len(word) - behind]
        form, support = self._counts[_folded(word)], 1.0
        if front and word[:front] != ar.ARTICLE:
            share = SHARE_OF_CONJUNCTION if _only_conjunction(analysis.prefix) else SHARE
            support = self._ratio(self._with_article(rest), share * form)
        if behind:
            whole = max(form, self._counts[_folded(rest)])
            support = min(support, self._pronoun_support(host, rest[len(host) :], whole, analysis.suffix.parts))
        seldom = _SELDOM_SUBJECT.search(analysis.suffix.parts) or _SELDOM_SUBJECT.search(analysis.prefix.parts)
        return support * support * (SELDOM_SUBJECT if seldom else 1.0)

    def _pronoun_support(self, host: str, pronoun: str, whole: int, parts: str) -> float:
        with_others = sum(self._counts[_folded(host + other)] for other in _PRONOUNS if other != pronoun)
        if _SELDOM_WRITTEN.search(parts):  # mostly another word, a name above all (حلمي, لطفي, سابك)
            return self._ratio(with_others, SHARE_OF_SELDOM * whole)
        alone = sum(map(self._with_article, {_folded(form) for form in (host, *_spellings_at_the_end(host))}))
        return self._ratio(alone + with_others, SHARE * whole)

    def _with_article(self, word: str) -> int:
        folded = _folded(word)
        return self._counts[folded] + self._counts[ar.ARTICLE + folded]

    @staticmethod
    def _ratio(found: int, needed: float) -> float:
        return min(1.0, (found + UNSEEN) / max(needed, UNSEEN))


def _folded(word: str) -> str:
    return word.translate(PLAIN_ALEFS)


def _only_conjunction(prefix: Affix) -> bool:
    return "/" not in re.sub(r"[^+]*/IV[^+]*", "", _CONJUNCTION.sub("", prefix.parts, count=1))


def particle_letters(prefix: Affix) -> int:
    """Return how many letters of a prefix are particles, not the person of an imperfect."""
    return len(prefix.letters) - (1 if _PERSON.search(prefix.parts) else 0)


def pronoun_letters(suffix: Affix) -> int:
    """Return how many letters of a suffix are a pronoun."""
    last = suffix.parts.rpartition("+")[2]
    letters, _, tag = last.partition("/")
    return len(to_arabic(_VOWELS.sub("", letters))) if _PRONOUN.search(tag) else 0


def _spellings_at_the_end(host: str) -> Iterator[str]:
    for inside, at_the_end in _AT_THE_END:
        if host.endswith(inside):
            yield host.removesuffix(inside) + at_the_end
