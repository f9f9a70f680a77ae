"""Joins the forms of words that the lexicon lacks, by counts alone: الحوثيين, للحوثيين and الحوثية to الحوثي.

In: each written word with its entry of the lemma table, and the counts of written words. Out: the entries, in which a
form whose key ends in /U has the key of its word: that of the listed word of which it is a form (الشراكات: شراكة), else
the shortest of its unlisted forms that is common enough. Called by `build_lemma_table.py`.

Particles, the article and endings come off, one of each at a time, when counts say that the rest is the word. How much
commoner the rest must be depends on what comes off: a single letter proves little, ية nearly everything. Some endings
need a witness besides, another form that only words of their kind have: ين that of ون or of الـ…ين, or it would part
ماكين from its end; ان that of ين; ي that of ية, or a family's name would be joined to another (الحبيشي, حبيش). The
endings are those of Ryding, A Reference Grammar of Modern Standard Arabic, chapters 7 and 12.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from search.analysis import letters as ar
from search.analysis.fold import fold
from search.analysis.function_words import FUNCTION_WORDS
from search.analysis.lexicon.layout import LemmaEntry
from search.analysis.lexicon.transliteration import PLAIN_ALEFS, to_buckwalter

UNLISTED: Final = "/U"
_VERB: Final = "/V"
_VOWELS: Final = re.compile("[aiuo~`FNK]")
_FAR_COMMONER, _COMMONER, _AS_COMMON, _NEARLY, _HARDLY = 3.0, 2.0, 1.0, 0.7, 0.2
_LEAST_SEEN: Final = 3  # times that the rest must be written
_LEAST_LETTERS: Final = 3
_LEAST_BEFORE_LETTER: Final = 4  # letters of the rest before an ending of one letter, which proves little
_ROUNDS: Final = 5  # وللحوثيين loses one particle and one ending at a time
_PREPOSED, _DEFINITE = 2, 3  # how far a word is stripped in front
_WITNESS: Final = 0.15  # of the form's count, that of the witness
_WITNESS_OF_CASE: Final = 0.05  # ون is rarer in news than ين
_WITNESS_OF_ARTICLE: Final = 0.3
_GOVERNED: Final = 0.01  # of the form's count, that of it behind ب or ل, as no accusative stands


class _Taken(NamedTuple):
    """What comes off: its letters, what stands there instead, and how many times as common the rest must be."""

    letters: str
    instead: str
    least: float


_PARTICLES: Final = (
    *(_Taken(letters, "", _FAR_COMMONER) for letters in ("و", "ف")),
    *(_Taken(letters, "", _COMMONER) for letters in ("ب", "ل", "ك", "وب", "ول", "فب", "فل")),
    *(_Taken(letters, "", _NEARLY) for letters in ("وال", "بال", "كال", "فال", "ولال", "لل", "ولل")),
)
_NOTHING: Final = _Taken("", "", 0.0)
_THE: Final = _Taken(ar.ARTICLE, "", 0.0)  # the article alone needs no proof
_ENDINGS: Final = (
    _Taken("ات", "ة", _HARDLY), _Taken("تين", "ة", _HARDLY), _Taken("تان", "ة", _HARDLY), _Taken("ه", "ة", _AS_COMMON),
    _Taken("ية", "ي", _HARDLY), _Taken("يين", "ي", _HARDLY), _Taken("يون", "ي", _HARDLY), _Taken("يات", "ي", _HARDLY),
    _Taken("يه", "ي", _HARDLY), _Taken("ات", "ا", _HARDLY), _Taken("ات", "", _NEARLY), _Taken("ين", "", _HARDLY),
    _Taken("ون", "", _HARDLY),
    _Taken("ها", "", _NEARLY), _Taken("هم", "", _NEARLY), _Taken("ان", "", _COMMONER), _Taken("ا", "", _COMMONER),
    _Taken("ة", "", _COMMONER), _Taken("ه", "", _COMMONER), _Taken("ي", "", _COMMONER),
)  # fmt: skip
_ARTICLES: Final = ("ال", "لل")
_PARTICLE_LETTERS: Final = ar.CONJUNCTIONS + ar.PREPOSITIONS
_NISBA: Final = ("ية", "يين", "يون", "يه")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words by their letters without the hamzas of alef: their counts, and the entries of the lemma table."""

    counts: Mapping[str, int]
    entries: Mapping[str, LemmaEntry]  # of the commonest spelling of each
    with_hamza: frozenset[str]  # of which most uses begin with أ إ آ: their ال is no article

    def seen(self, word: str) -> int:
        """How often the word is written, with the article too."""
        return self.counts.get(word, 0) + self.counts.get(ar.ARTICLE + word, 0)

    def is_listed(self, word: str) -> bool:
        entry = self.entries.get(word)
        return entry is not None and not entry.keys[0].endswith(UNLISTED)


def own_key(word: str) -> str:
    """Return the key of a written word as a word of its own, which no lexicon has."""
    return to_buckwalter(word.translate(PLAIN_ALEFS)) + UNLISTED


def join_unlisted(entries: Mapping[str, LemmaEntry], counts: Mapping[str, int]) -> dict[str, LemmaEntry]:
    """Return the entries, those of unlisted forms with the keys of their words; in the same order.

    counts: written word → how often, the commonest first.
    """
    words = _words(entries, counts)
    roots: dict[str, LemmaEntry | None] = {}
    joined: dict[str, LemmaEntry] = {}
    for word, entry in entries.items():
        letters = word.translate(PLAIN_ALEFS)
        if entry.keys[0].endswith(UNLISTED) and letters not in roots:
            roots[letters] = _entry_of_root(letters, words)
        joined[word] = (roots.get(letters) if entry.keys[0].endswith(UNLISTED) else None) or entry
    return joined


def _words(entries: Mapping[str, LemmaEntry], counts: Mapping[str, int]) -> _Words:
    folded, hamza = Counter[str](), Counter[str]()
    commonest: dict[str, LemmaEntry] = {}
    for word, count in counts.items():
        letters = word.translate(PLAIN_ALEFS)
        folded[letters] += count
        if word[0] != letters[0]:
            hamza[letters] += count
        if word in entries:
            commonest.setdefault(letters, entries[word])
    return _Words(folded, commonest, frozenset(w for w, count in hamza.items() if 2 * count > folded[w]))


def _entry_of_root(letters: str, words: _Words) -> LemmaEntry | None:
    """Return the entry of the word of which an unlisted form is a form; None if counts show none."""
    seen, stage = [letters], 0
    for _ in range(_ROUNDS):
        shorter, stage = _shorter(seen[-1], words, stage)
        if shorter in seen:
            break
        seen.append(shorter)
        if words.is_listed(shorter):
            entry = words.entries[shorter]
            if stage == _PREPOSED and entry.keys[0].endswith(_VERB):
                continue  # no verb stands behind a preposition: where أبها is read as one, بأبها is another word
            if _is_uninflected(shorter, entry) if stage == _DEFINITE else not stage or _begins_alike(shorter, entry):
                return entry
    return LemmaEntry((own_key(seen[-1]),), common=False) if len(seen) > 1 else None


def _is_uninflected(word: str, entry: LemmaEntry) -> bool:
    """Return whether the word may have the article: it is the noun of its likeliest lemma with no particle or pronoun.

    Where the lexicon reads فلوجة as ف + ل + وجة, or سعيدي as سعيد + my, الفلوجة and السعيدي are other words.
    """
    lemma, _, part = entry.keys[0].rpartition("/")
    bare = _VOWELS.sub("", lemma).translate(PLAIN_ALEFS).removesuffix("p")
    return part == "N" and bare == to_buckwalter(word).removesuffix("p")


def _begins_alike(word: str, entry: LemmaEntry) -> bool:
    """Return whether the word begins as its likeliest lemma does, or with an alef, as broken plurals do.

    Where the lexicon reads ينبع as a verb and لاي as ل + أي, the word behind ب, which neither can be, is another.
    """
    lemma = _VOWELS.sub("", entry.keys[0]).translate(PLAIN_ALEFS)
    return word[0] == ar.ALEF or lemma[0] == to_buckwalter(word[0])


def _shorter(word: str, words: _Words, stage: int) -> tuple[str, int]:
    """Return what is left of the word without a particle or without an ending, or the word itself; and how far it is
    stripped in front. After an ending behind the relative ي, which only nouns have, nothing comes off in front.
    """
    for taken in (_THE, *_PARTICLES):
        if word.startswith(taken.letters) and word not in words.with_hamza and _stage(taken) > stage:
            rest = word[len(taken.letters) :]
            if _is_rest(word, rest, taken, words):
                return rest, _stage(taken)
    found = [(taken, base) for taken in _ENDINGS if (base := _without(word, taken, words))]
    if not found:
        return word, stage
    best, shorter = max(found, key=lambda row: (row[0].instead == ar.TEH_MARBUTA, words.seen(row[1])))
    return shorter, _DEFINITE if best.instead == ar.YEH else stage


def _stage(taken: _Taken) -> int:
    """Return how far a word is stripped without these particles: the order of particles is و ف, then ب ل ك, then ال."""
    return _DEFINITE if taken.letters.endswith(_ARTICLES) else _PREPOSED if taken.letters[-1] in ar.PREPOSITIONS else 1


def _is_rest(word: str, rest: str, taken: _Taken, words: _Words) -> bool:
    if len(rest) < _LEAST_LETTERS or fold(rest) in FUNCTION_WORDS:
        return False
    if taken is _THE:
        return True
    if rest[0] in _PARTICLE_LETTERS and words.is_listed(rest) and not _begins_alike(rest, words.entries[rest]):
        return False
    long = len(rest) > _LEAST_LETTERS or taken.letters.endswith(_ARTICLES)
    seen = words.seen(rest) if long else words.counts.get(rest, 0)
    return seen >= max(_LEAST_SEEN, taken.least * words.seen(word))


def _without(word: str, taken: _Taken, words: _Words) -> str | None:
    if not word.endswith(taken.letters):
        return None
    stem = word.removesuffix(taken.letters)
    rest = stem + taken.instead
    least = _LEAST_BEFORE_LETTER if len(taken.letters) == 1 and not taken.instead else _LEAST_LETTERS
    if len(stem) < _LEAST_LETTERS or len(rest) < least or fold(rest) in FUNCTION_WORDS:
        return None
    if taken.letters == "ات" and not taken.instead and (one := _singular(stem, words)):
        return one
    if words.seen(rest) < max(_LEAST_SEEN, taken.least * words.seen(word)):
        return None
    return rest if _has_witness(stem, taken, words) else None


def _singular(plural: str, words: _Words) -> str | None:
    """Return the listed noun of three letters whose plural like فعول has a plural of its own: حجز, حجوزات."""
    one = plural[:2] + plural[3:]
    is_noun = (
        len(plural) == 4 and plural[2] == ar.WAW and words.is_listed(one) and words.entries[one].keys[0][-1] == "N"
    )
    return one if is_noun and words.seen(one) >= words.seen(plural + "ات") else None


def _has_witness(stem: str, taken: _Taken, words: _Words) -> bool:
    """Return whether another form shows that these letters are that ending, where the letters alone show too little."""
    letters, seen = taken.letters, words.seen
    whole = seen(stem + letters)
    if taken.instead:
        return True
    if letters in ("ين", "ون"):
        other = "ون" if letters == "ين" else "ين"
        definite = words.counts.get(ar.ARTICLE + stem + letters, 0)
        return seen(stem + other) >= _WITNESS_OF_CASE * whole or definite >= _WITNESS_OF_ARTICLE * whole
    if letters == "ان":
        return seen(stem + "ين") >= _WITNESS * whole
    if letters == "ي":
        return not words.is_listed(stem) and sum(seen(stem + ending) for ending in _NISBA) >= _WITNESS * whole
    if letters == "ة":
        return not words.is_listed(stem) or seen(stem + "ين") + seen(stem + "ون") >= _WITNESS * whole
    if letters == "ا":
        governed = sum(words.counts.get(particle + stem + letters, 0) for particle in (ar.BEH, ar.LAM))
        return stem[-1] != ar.YEH and governed <= _GOVERNED * whole
    return True
