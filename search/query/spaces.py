"""The tree of a query → the same tree, with the spaces that a reader lost or typed too many put right.

In: a tree, the analyser and the `Joined` of an index. Out: the tree. A word between whose words a space was lost
(وزارةالصحة) is its words, as if they had been typed apart; a name in one word (عبدالله) stays one. Two words that the
archive writes as one far more often (نيو يورك, حضر موت) are that one, or a phrase. Called by `rewrite.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from msgspec.structs import replace

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.fold import PLAIN_ARABIC, fold, strip_marks
from search.analysis.lexicon.compound_table import bundled_compounds
from search.query.clauses import Clause
from search.query.field_clauses import DocumentFrequencies, word_phrase
from search.query.tree import And, Not, Or, Phrase, Tree, Word, all_of, and_again, any_of
from search.whole_answers import AskedTogether, remembered

_LEAST_LETTERS: Final = 6  # of two words as one
_LEAST_OF_PART: Final = 2
_LEAST_ARTICLES: Final = 5  # that have them as one,
_COMMONER: Final = 3  # so many times as many as have them beside each other
_MOST_PAIRS: Final = 12  # of one query
_MOST_READ: Final = 20_000  # articles with the rarer word of a pair that is looked for; it takes 2 ms at most
_REMEMBERED: Final = 2**14  # pairs of an open index


class Joined:
    """Finds two words of queries that one index has as one. Safe to share between threads.

    count, frequencies: how many articles match a clause, and have a term
    """

    def __init__(self, count: Callable[[Clause], int], frequencies: DocumentFrequencies) -> None:
        self._count, self._frequencies = count, frequencies
        self._remembered = remembered(self._is_one, most=_REMEMBERED)
        self._articles = AskedTogether(self._articles_with, most=_REMEMBERED)

    def may_be_one(self, pairs: Sequence[tuple[str, str]]) -> list[bool]:
        """Return for each pair of folded words whether some articles have them as one; of most pairs none has, and
        `are_one` need not be asked about these. All are looked up in one question."""
        together = ["" if _is_short(*pair) else "".join(pair) for pair in pairs]
        asked = [one for one in together if one]
        articles = dict(zip(asked, self._articles.of(asked), strict=True))
        return [articles.get(one, 0) >= _LEAST_ARTICLES for one in together]

    def are_one(self, first: str, second: str) -> bool:
        """Return whether articles mostly write two folded words as one."""
        return not _is_short(first, second) and self._remembered(first, second)

    def _articles_with(self, words: Sequence[str]) -> list[int]:
        return self._frequencies("body_word", tuple(words))

    def _is_one(self, first: str, second: str) -> bool:
        one, *apart = self._frequencies("body_word", (first + second, first, second))
        if one < _LEAST_ARTICLES or min(apart) > _MOST_READ:
            return False
        return one >= _COMMONER * self._count(word_phrase("body", (first, second)))


def _is_short(first: str, second: str) -> bool:
    return min(len(first), len(second)) < _LEAST_OF_PART or len(first) + len(second) < _LEAST_LETTERS


def with_spaces(tree: Tree, analyzer: Analyzer, joined: Joined | None) -> Tree:
    """Return the tree with lost spaces and with words that the index has as one."""
    match tree:
        case And(parts):
            return and_again(tree, list(_parts(parts, analyzer, joined)))
        case Or(parts):
            return any_of(with_spaces(part, analyzer, joined) for part in parts) or tree
        case Not(part):
            return Not(with_spaces(part, analyzer, joined))
        case Word() if _plain(tree):
            return all_of(_apart(tree, analyzer)) or tree
    return tree


def _parts(parts: Sequence[Tree], analyzer: Analyzer, joined: Joined | None) -> Iterator[Tree]:
    for plain, run in groupby(parts, key=_plain):
        if plain:
            words = [word for part in run if isinstance(part, Word) for word in _apart(part, analyzer)]
            yield from _with_joined(words, joined) if joined else words
        else:
            yield from (with_spaces(part, analyzer, joined) for part in run)


def _apart(word: Word, analyzer: Analyzer) -> list[Word]:
    """Return the words between which a space was lost; the word alone if there was none."""
    if len(analyzer.tokens(word.text)) < 2 or not _is_arabic(fold(strip_marks(word.text))):
        return [word]
    tokens = analyzer.tokens(strip_marks(word.text))
    if any(_name(*pair) for pair in pairwise(tokens)):
        return [word]
    return [replace(word, text=token.text) for token in tokens]


def _is_arabic(folded: str) -> bool:
    return PLAIN_ARABIC.fullmatch(folded) is not None


def _name(first: AnalyzedToken, second: AnalyzedToken) -> bool:
    return bundled_compounds().is_name(first.text, second.text)


def _with_joined(words: Sequence[Word], joined: Joined) -> Iterator[Tree]:
    folded = [fold(word.text) for word in words] if len(words) > 1 else []
    arabic = list(map(_is_arabic, folded))
    pairs = [at for at in range(len(folded) - 1) if arabic[at] and arabic[at + 1]]
    asked = pairs[: 2 * _MOST_PAIRS]  # more than can be looked at: behind two words as one a pair is passed over
    likely = dict(zip(asked, joined.may_be_one([(folded[at], folded[at + 1]) for at in asked]), strict=True))
    at, left = 0, _MOST_PAIRS
    while at < len(words):
        one = False
        if left and at in likely:
            left -= 1
            one = likely[at] and joined.are_one(folded[at], folded[at + 1])
        if one:
            first, second = words[at].text, words[at + 1].text
            yield Or((replace(words[at], text=first + second), Phrase(f"{first} {second}")))
        else:
            yield words[at]
        at += 2 if one else 1


def _plain(part: Tree) -> bool:
    return isinstance(part, Word) and not part.exact and part.field is None and not part.repeated
