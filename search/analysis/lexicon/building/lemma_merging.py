"""Gives a stem of AraMorph its lemma key, in which lemmas are joined that a reader takes for one word.

In: a stem. Out: its key, `lemma/N` or `lemma/V`. Called by `candidates.py`.

AraMorph numbers homographs and lists as lemmas of their own what a reader takes for forms of one word: adverbial
accusatives (حالياً), plurals (معلومات), feminine elatives (كبرى), passives (قُتل). Those are joined to their origin; and
so are two vocalisations of the same letters that share an English sense (شمَل and شمِل, include; وَكالة and وِكالة), and
two relative adjectives of the same letters, which no reader tells apart (قَطَريّ and قُطريّ, شِعريّ and شَعريّ). Tens are listed
as forms of their units; they get a lemma of their own (خمسون is no form of خمسة).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from search.analysis.lexicon.building.aramorph_dictionary import Stem
from search.analysis.lexicon.transliteration import PLAIN_ALEFS

_NUMBERING: Final = re.compile(r"(-[aui]+)?_\d+$")
_MARKS: Final = re.compile("[aiuo~`FNK]")
_TENS: Final = "Numb"  # the category of stems that are a ten with ون and ين behind them, and of no others
_RELATIVE: Final = "iy~/N"  # the end of the key of a relative adjective
_ELATIVE: Final = re.compile(r"(\S)u(\S)o(\S)aY")
_IRREGULAR: Final = {">uxoraY": "|xar", ">uwlaY": ">aw~al"}
_PASSIVES: Final = tuple(
    (re.compile(passive), actives)
    for passive, actives in (
        (r"(\S)u(\S)~i(\S)", ("{}a{}~a{}",)),
        (r"(\S)u(\S)i(\S)", ("{}a{}a{}", "{}a{}i{}")),
        (r">u(\S)o(\S)i(\S)", (">a{}o{}a{}",)),
        (r"\{u(\S)~u(\S)i(\S)", ("{{i{}~a{}a{}",)),
        (r"\{u(\S)ot?u(\S)i(\S)", ("{{i{}ota{}a{}",)),
        (r"\{usotu(\S)o(\S)i(\S)", ("{{isota{}o{}a{}",)),
    )
)


class Merger:
    """Gives stems their keys. It needs all stems at once, because a lemma is joined only to one that exists."""

    def __init__(self, stems: Sequence[Stem]) -> None:
        self._nouns = frozenset(_plain(stem.lemma) for stem in stems if stem.category.startswith("N"))
        self._verbs = frozenset(_plain(stem.lemma) for stem in stems if stem.category.startswith(("PV", "IV")))
        own = {(stem.lemma, stem.part): self._name(_plain(stem.lemma), stem.part) for stem in stems}
        joined = _join_vocalisations(stems, own)
        self._keys = {lemma: joined.get(key, key) for lemma, key in own.items()}

    def key(self, stem: Stem) -> str:
        """Return the lemma key of a stem."""
        return f"{stem.vocalised}uwn/N" if stem.category == _TENS else self._keys[stem.lemma, stem.part]

    def _name(self, lemma: str, part: str) -> str:
        if part == "VERB":
            return f"{self._active(lemma)}/V"
        return f"{self._noun(lemma, adjective=part.startswith('ADJ'))}/N"

    def _noun(self, lemma: str, *, adjective: bool) -> str:
        if lemma in _IRREGULAR:
            return _IRREGULAR[lemma]
        if lemma.startswith(("Al", "biAl")) and (bare := lemma.removeprefix("bi").removeprefix("Al")) in self._nouns:
            return bare  # الاثنين, بالتأكيد
        if lemma.endswith("AF"):
            return self._first(self._nouns, lemma[:-2], lemma[:-2].rstrip("~") + "~") or lemma[:-2]
        if lemma.endswith("At") and len(lemma) > 4:
            return self._first(self._nouns, lemma[:-2], lemma[:-2] + "ap") or lemma
        return self._masculine(lemma) if adjective and lemma.endswith("Y") else lemma

    def _active(self, lemma: str) -> str:
        for passive, actives in _PASSIVES:
            match = passive.fullmatch(lemma)
            if match:
                return self._first(self._verbs, *(active.format(*match.groups()) for active in actives)) or lemma
        return lemma

    def _masculine(self, lemma: str) -> str:
        match = _ELATIVE.fullmatch(lemma)
        elative = ">a{}o{}a{}".format(*match.groups()) if match else lemma
        return elative if elative in self._nouns else lemma

    @staticmethod
    def _first(known: frozenset[str], *lemmas: str) -> str | None:
        return next((lemma for lemma in lemmas if lemma in known), None)


def _join_vocalisations(stems: Sequence[Stem], keys: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Return key → the key of the same letters that is the same word and has the most stems, where there is one."""
    sizes = Counter(keys[stem.lemma, stem.part] for stem in stems)
    senses: defaultdict[str, set[str]] = defaultdict(set)
    for stem in stems:
        senses[keys[stem.lemma, stem.part]] |= stem.senses
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(senses, key=lambda key: (-sizes[key], key)):
        groups[_letters(key)].append(key)
    joined: dict[str, str] = {}
    for group in groups.values():
        for number, key in enumerate(group):
            model = next((other for other in group[:number] if _are_one(key, other, senses)), None)
            if model:
                joined[key] = joined.get(model, model)
    return joined


def _are_one(key: str, other: str, senses: Mapping[str, set[str]]) -> bool:
    """Return whether two keys of the same letters share a sense, or are both of relative adjectives."""
    return bool(senses[key] & senses[other]) or (key.endswith(_RELATIVE) and other.endswith(_RELATIVE))


def _letters(key: str) -> str:
    """Return a key without its vowels and hamzas; alef with madda becomes an alef."""
    return _MARKS.sub("", key).translate(PLAIN_ALEFS)


def _plain(lemma: str) -> str:
    """Return a lemma of AraMorph without the number of its homograph and the vowel of its imperfect."""
    return _NUMBERING.sub("", lemma)
