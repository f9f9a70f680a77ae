"""Tells names apart by how often articles write them with the article ال.

In: an engine, and folded words of the field `body_word` without particles. Out: the words that may be the same name as
one of them. Called by `spelling_variants.py`.

A name has the article always or never, however it is spelt: السنغال and السينغال, لندن. So a word that nearly always
has it and one that hardly ever has are no spellings of one name: أنقرة and العنقري, كاتالونيا and الكاتالونية. Proper
names are definite by themselves, with or without the article: K. C. Ryding, A Reference Grammar of Modern Standard
Arabic (2005), chapter 7, on definiteness.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search.analysis import letters as ar
from search.analysis.token_pairs import other_form
from search.engines.base import Engine

_LEAST: Final = 3  # articles; of fewer the share says little
_RARELY: Final = 0.15  # shares of the articles with a word: from this down it is written without ال,
_MOSTLY: Final = 0.7  # and from this up with it


def equally_definite(engine: Engine, word: str, others: Sequence[str]) -> list[str]:
    """Return those of the other words that are not definite where this word is indefinite, nor the reverse.

    A word that is the other one with the article (الكسندرا and كسندرا) may be the same name.
    """
    if not others:
        return []
    shares = _definite_shares(engine, [word, *others])
    share = shares[word]
    return [other for other in others if _is_part(word, other) or not _are_apart(share, shares[other])]


def _definite_shares(engine: Engine, words: Sequence[str]) -> dict[str, float | None]:
    """Return each word → how many of the articles that have it write it with the article, about; None for a few.

    It may be more than 1, since an article may have several particles before the word.
    """
    forms = [(word, *(other_form(begin + word) for begin in ar.WITH_ARTICLE)) for word in words]
    counts = iter(engine.frequencies("body_word", [form for row in forms for form in row]))
    shares = dict[str, float | None]()
    for word, *definite in forms:
        articles, with_article = next(counts), sum(next(counts) for _ in definite)
        shares[word] = with_article / articles if articles >= _LEAST else None
    return shares


def _are_apart(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and min(one, other) <= _RARELY and max(one, other) >= _MOSTLY


def _is_part(word: str, other: str) -> bool:
    return ar.ARTICLE + word == other or ar.ARTICLE + other == word
