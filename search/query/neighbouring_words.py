"""The tree of a query → the same tree, with the words that their neighbours decide read as an article's would be.

In: a tree and the analyser. Out: a tree in which جوان of جوان 2016 is the word يونيو, as it is in the index, and a
number with per cent beside it (50%, 50 في المئة, خمسون بالمئة) is a phrase. Only plain words that stand beside each
other in one And are neighbours, for the same field. Called by `rewrite.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from search.analysis.amounts import PERCENT, SIGNS, is_number
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.context import IN_DOUBT
from search.analysis.fold import PLAIN_ARABIC
from search.query.tree import NAME_FIELDS, And, Not, Or, Phrase, Tree, Word, all_of, and_again, any_of

_NO_FIELD: Final = "-"  # what groups the parts that are no plain words: no field has this name


@dataclass(slots=True)
class _Beside:
    """Words of a query that are read together: one, or several of which a token has parts (في المئة)."""

    words: list[Word]
    tokens: list[AnalyzedToken]

    @property
    def term(self) -> str:
        """The word-level term of the one token; "" if there are several."""
        return self.tokens[0].word if len(self.tokens) == 1 else ""


def in_context(tree: Tree, analyzer: Analyzer) -> Tree:
    """Return the tree with the words replaced that their neighbours give another term."""
    match tree:
        case And(parts):
            return and_again(tree, list(_in_context(parts, analyzer)))
        case Or(parts):
            return any_of(in_context(part, analyzer) for part in parts) or tree
        case Not(part):
            return Not(in_context(part, analyzer))
        case Word() if _run(tree) != _NO_FIELD:
            return all_of(_words_in_context([tree], analyzer)) or tree
    return tree


def _in_context(parts: Sequence[Tree], analyzer: Analyzer) -> Iterator[Tree]:
    for field, run in groupby(parts, key=_run):
        if field == _NO_FIELD:
            yield from (in_context(part, analyzer) for part in run)
        else:
            yield from _words_in_context([part for part in run if isinstance(part, Word)], analyzer)


def _run(part: Tree) -> str | None:
    """Return the field of a plain word, _NO_FIELD for everything else."""
    plain = isinstance(part, Word) and not part.exact and part.field not in NAME_FIELDS
    return part.field if plain and isinstance(part, Word) else _NO_FIELD


def _words_in_context(words: Sequence[Word], analyzer: Analyzer) -> Iterator[Tree]:
    texts = [word.text for word in words]
    if all(map(PLAIN_ARABIC.fullmatch, texts)):  # as most are: a look at their terms says that they need no neighbours
        terms = [term for _, term, _ in analyzer.levels(texts)]
        if PERCENT not in terms and not any(IN_DOUBT in term for term in terms):
            yield from words
            return
    groups = _groups(words, analyzer.tokens(" ".join(texts)))
    at = 0
    while at < len(groups):
        group, after = groups[at], groups[at + 1] if at + 1 < len(groups) else None
        if after is not None and after.term == PERCENT and is_number(group.term):
            yield Phrase(f"{group.tokens[0].text} {after.tokens[0].text}", words[0].field)
            at += 1
        else:
            yield from _read(group, analyzer)
        at += 1


def _groups(words: Sequence[Word], tokens: Sequence[AnalyzedToken]) -> list[_Beside]:
    """Return the words with their tokens; `tokens` are those of the words joined by spaces."""
    groups: list[_Beside] = []
    start = 0
    for word in words:
        end = start + len(word.text)
        begun = [token for token in tokens if start <= token.start < end]
        if groups and groups[-1].tokens and groups[-1].tokens[-1].end > start:
            groups[-1].words.append(word)
            groups[-1].tokens += begun
        else:
            groups.append(_Beside([word], begun))
        start = end + 1
    return groups


def _read(group: _Beside, analyzer: Analyzer) -> Iterator[Tree]:
    word, tokens, several = group.words[0], group.tokens, len(group.words) > 1
    if several and len(tokens) > 1:  # 50-في المئة: what is joined to a word is sought beside it
        yield Phrase(" ".join(each.text for each in group.words), word.field)
    elif several or (len(tokens) == 1 and _differs(word, tokens[0], analyzer)):
        yield Word(group.term, word.field)
    elif _is_price(tokens):
        yield from (Word(token.text, word.field) for token in tokens)
    else:
        yield word


def _differs(word: Word, beside: AnalyzedToken, analyzer: Analyzer) -> bool:
    """Whether a word of one token has another term beside its neighbours than by itself."""
    alone = analyzer.tokens(word.text)
    return len(alone) == 1 and alone[0].word != beside.word


def _is_price(tokens: Sequence[AnalyzedToken]) -> bool:
    """Whether a word is a number with the sign of a currency: $100 are the words دولار and 100."""
    signs = [token for token in tokens if token.text in SIGNS and token.word != PERCENT]
    return len(tokens) == 2 and len(signs) == 1 and any(is_number(token.word) for token in tokens)
