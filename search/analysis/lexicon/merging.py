"""Which of AraMorph's lemmas a search engine treats as one: the lemma key of a stem.

In: a stem; out: its key, `lemma/N` or `lemma/V`. Called by candidates.py.

AraMorph numbers homographs and lists as lemmas of their own what a reader takes for forms of one word: adverbial
accusatives (حالياً), plurals (معلومات), feminine elatives (كبرى), passives (قُتل). Those are joined to their origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from search.analysis.lexicon.aramorph import Stem

_NUMBERING: Final = re.compile(r"(-[aui]+)?_\d+$")
_ELATIVE: Final = re.compile(r"(\S)u(\S)o(\S)aY")
_IRREGULAR_ELATIVES: Final = {">uxoraY": "|xar", ">uwlaY": ">aw~al"}
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
    """Names the key of a stem; knows all lemmas, since one is joined only to another that exists."""

    def __init__(self, stems: Iterable[Stem]) -> None:
        nouns, verbs = set(), set()
        for stem in stems:
            if stem.category.startswith("N"):
                nouns.add(_plain(stem.lemma))
            elif stem.category.startswith(("PV", "IV")):
                verbs.add(_plain(stem.lemma))
        self._nouns, self._verbs = frozenset(nouns), frozenset(verbs)
        self._keys: dict[tuple[str, str], str] = {}

    def key(self, stem: Stem) -> str:
        """Return the lemma key of a stem."""
        known = self._keys.get((stem.lemma, stem.part))
        if known is None:
            known = self._keys[stem.lemma, stem.part] = self._name(_plain(stem.lemma), stem.part)
        return known

    def _name(self, lemma: str, part: str) -> str:
        if part == "VERB":
            return f"{self._active(lemma)}/V"
        if lemma.endswith("AF"):
            return f"{self._first(self._nouns, lemma[:-2], lemma[:-2].rstrip('~') + '~') or lemma[:-2]}/N"
        if lemma.endswith("At") and len(lemma) > 4:
            return f"{self._first(self._nouns, lemma[:-2], lemma[:-2] + 'ap') or lemma}/N"
        if lemma.endswith("Y") and part.startswith("ADJ"):
            return f"{self._masculine(lemma)}/N"
        return f"{lemma}/N"

    def _active(self, lemma: str) -> str:
        for passive, actives in _PASSIVES:
            match = passive.fullmatch(lemma)
            if match:
                return self._first(self._verbs, *(active.format(*match.groups()) for active in actives)) or lemma
        return lemma

    def _masculine(self, lemma: str) -> str:
        match = _ELATIVE.fullmatch(lemma)
        elative = match and ">a{}o{}a{}".format(*match.groups())
        return _IRREGULAR_ELATIVES.get(lemma) or (elative if elative in self._nouns else lemma) or lemma

    @staticmethod
    def _first(known: frozenset[str], *lemmas: str) -> str | None:
        return next((lemma for lemma in lemmas if lemma in known), None)


def _plain(lemma: str) -> str:
    """Drop what belongs to the lemma's name, not to the word: its number and a verb's vowel of the imperfect."""
    return _NUMBERING.sub("", lemma)
