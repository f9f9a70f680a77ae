"""Estimates from the words before and behind a word how often it fills each slot of a sentence (slots.py).

In: candidates with first probabilities, and running text as word numbers. Out: the share of each slot in the uses of
each word, an array of shape (words, slots). Called by `build_lemma_table.py`, which estimates once more with it.

The model of a use: P(slot | word) · P(word before | slot) / P(word before) · the same for the word after. The commonest
words stand for themselves as neighbours, the others for their likeliest slot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from search.analysis.lexicon.building.candidates import Candidates, Integers
from search.analysis.lexicon.building.estimation import Floats

Matrix = npt.NDArray[np.float32]

NEIGHBOURS: Final = 4000  # words that stand for themselves
_PRIOR: Final = 2.0  # uses that the first estimate counts for
_SMOOTHING: Final = 20.0
_USES: Final = 200_000  # at once


@dataclass(frozen=True, slots=True)
class _Uses:
    """Every use of a known word in the text: its number, and the numbers of the contexts before and behind it."""

    word: Integers
    before: Integers
    after: Integers
    contexts: int


def slot_shares(candidates: Candidates, probability: Floats, text: Integers, *, rounds: int = 1) -> Matrix:
    """Return the share of each slot in the uses of each word, shape (words, slots), given its neighbours."""
    words, slots = len(candidates.words), int(candidates.slot.max()) + 1
    first: Matrix = (
        sparse.coo_matrix((probability, (candidates.word, candidates.slot)), shape=(words, slots))
        .toarray()
        .astype(np.float32)
    )
    uses = _uses(text, first)
    shares, before, after = (
        first,
        np.ones((uses.contexts, slots), np.float32),
        np.ones((uses.contexts, slots), np.float32),
    )
    for round_ in range(rounds + 1):
        by_word, by_before, by_after = _expected(uses, shares, before, after)
        shares = (by_word + _PRIOR * first) / (by_word.sum(1, keepdims=True) + _PRIOR)
        shares[first.sum(1) == 0] = 0
        if round_ < rounds:
            before, after = _association(by_before), _association(by_after)
    return shares


def _uses(text: Integers, first: Matrix) -> _Uses:
    words, slots = first.shape
    known = first.sum(1) > 0
    context = np.zeros(words + 3, dtype=np.int32)
    context[:words] = np.where(known, first.argmax(1), slots)
    context[words:] = (slots, slots + 1, slots + 2)  # unknown word, punctuation, number
    commonest = np.argsort(-np.bincount(text, minlength=words + 3)[:words], kind="stable")[:NEIGHBOURS]
    context[commonest] = slots + 3 + np.arange(len(commonest))
    seen = context[text]
    before, after = np.roll(seen, 1), np.roll(seen, -1)
    before[:1] = after[-1:] = slots + 1
    use = np.flatnonzero(text < words)
    use = use[known[text[use]]]
    return _Uses(text[use], before[use], after[use], slots + 3 + len(commonest))


def _expected(uses: _Uses, shares: Matrix, before: Matrix, after: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Share out each use among the slots of its word; return the sums by word and by either context."""
    sums = [np.zeros((rows, shares.shape[1]), np.float32) for rows in (len(shares), uses.contexts, uses.contexts)]
    for start in range(0, len(uses.word), _USES):
        chunk = slice(start, start + _USES)
        columns = (uses.word[chunk], uses.before[chunk], uses.after[chunk])
        posterior = shares[columns[0]] * before[columns[1]] * after[columns[2]]
        posterior /= posterior.sum(1, keepdims=True) + 1e-30
        for total, column in zip(sums, columns, strict=True):
            total += _sum_by(column, len(total)) @ posterior
    return sums[0], sums[1], sums[2]


def _sum_by(column: Integers, rows: int) -> Any:
    ones = np.ones(len(column), np.float32)
    return sparse.csr_matrix((ones, (column, np.arange(len(column)))), shape=(rows, len(column)))


def _association(together: Matrix) -> Matrix:
    """Return P(context | slot) / P(context), smoothed: how much likelier a context is beside a slot than anywhere."""
    anywhere = together.sum(1, keepdims=True) / together.sum()
    beside = (together + _SMOOTHING * anywhere) / (together.sum(0, keepdims=True) + _SMOOTHING)
    ratio: Matrix = beside / (anywhere + 1e-9)
    return ratio
