"""Puts hits that write a word of the query with the hamza typed before others: إب, the city, before آب, a month.

The index folds hamzas, and its lemma table knows most words by their spelling. A word that the table lacks is taken for
the one that it has in another spelling. If the two begin with different hamzas (إب is taken for آب), or if a word has
two letters only, what articles write decides. In: the words of a query and its first matches. Out: the matches, those
that write a word as it is typed first. Called by `search/answering.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from search.analysis import letters
from search.analysis.analyzer import AnalyzedToken
from search.analysis.lexicon.lemmas import LemmaTable
from search.article import decode_article
from search.engines.base import Engine, Match

# The hamzas at the beginning of words, and how lemma keys (Buckwalter's transliteration) write them.
_HAMZAS: Final = {letters.ALEF_MADDA: "|", letters.ALEF_HAMZA_ABOVE: ">", letters.ALEF_HAMZA_BELOW: "<"}
_SHORTEST: Final = 2  # letters of a word
_LETTER: Final = "[\u0621-\u064a\u0671-\u06d3]"
_PARTICLES: Final = f"[{letters.WAW}{letters.FEH}]?[{letters.BEH}{letters.LAM}{letters.KAF}]?"


def doubtful_spellings(tokens: Sequence[AnalyzedToken], lemmas: LemmaTable | None) -> tuple[str, ...]:
    """Return the words, without particles, that may stand for words with another hamza at the beginning."""
    if lemmas is None:
        return ()
    found = ((token.without_particles, token.stems[0]) for token in tokens if not token.function)
    return tuple(dict.fromkeys(written for written, key in found if _doubtful(written, key, lemmas)))


def as_typed(engine: Engine, matches: Sequence[Match], spellings: Sequence[str]) -> tuple[Match, ...]:
    """Return the matches, those first whose headline or body has one of these words, with a score above the others."""
    if not matches or not spellings:
        return tuple(matches)
    typed = re.compile(f"(?<!{_LETTER}){_PARTICLES}(?:{'|'.join(map(re.escape, spellings))})(?!{_LETTER})")
    best = max(match.score for match in matches)
    first, others = list[Match](), list[Match]()
    for match, kept in zip(matches, engine.load([match.ref for match in matches]), strict=True):
        article = decode_article(kept.raw)
        # Looking for the letters is far faster than for the pattern, and most texts have neither.
        texts = (text for text in (article.title, article.body) if any(word in text for word in spellings))
        if any(map(typed.search, texts)):
            first.append(replace(match, score=best + match.score))
        else:
            others.append(match)
    return (*first, *others)


def _doubtful(written: str, key: str, lemmas: LemmaTable) -> bool:
    """Return whether a word of this lemma key, as it is typed, may stand for one with another hamza."""
    hamza = _HAMZAS.get(written[:1])
    if hamza is None or len(written) == _SHORTEST:
        return hamza is not None
    return key[0] in _HAMZAS.values() and key[0] != hamza and written not in lemmas
