"""Compares the words around a word with those around the other forms of each lemma that it may be a form of.

In: candidates with first probabilities, and running text as word numbers. Out: for each candidate a factor of its
likelihood, above 1 where the word occurs among the same words as the other forms of the lemma. Called by
`build_lemma_table.py` between the rounds of estimation.

Each word gets a vector: how much likelier than by chance each common word is within five words of it (positive
pointwise mutual information, Levy and Goldberg 2014), reduced by a randomised singular value decomposition. A lemma's
vector is the mean of its forms' vectors, without the word in question: above all of the forms that no other lemma has,
since those of a homograph would only confirm what was guessed before. So أدوار tells دور (role) from دار (house).
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

_WINDOW: Final = 5  # words on either side
_TOO_COMMON: Final = 40  # words: the commonest are beside every word
_COMPANIONS: Final = 6000  # the words whose occurrences around a word are counted
_DIMENSIONS: Final = 200
_EXTRA: Final = 20  # directions more than needed, for precision
_POWER_STEPS: Final = 4
_ROWS: Final = 100_000  # compared at once

_STRENGTH: Final = 6.0  # exponent of the factor
_INDIFFERENT: Final = 0.1  # cosine that speaks neither for nor against
_TRUSTED_USES: Final = 100.0  # uses at which a word's vector is half trusted
_TRUSTED_FORMS: Final = 5.0  # weight of other forms at which a lemma's vector is half trusted
_ENOUGH_USES: Final = 400  # a form's weight in its lemma's vector grows no more


@dataclass(frozen=True, slots=True)
class Vectors:
    """Unit vectors, shape (words, dimensions), and how many words around each word went into its vector."""

    unit: Matrix
    uses: Floats


def word_vectors(text: Integers, words: int) -> Vectors:
    """Return a vector for each word number below `words`."""
    counts = _companions(text, words)
    vectors = _reduced(_information(counts))
    uses = np.asarray(counts.sum(1)).ravel().astype(np.float64)
    trusted = vectors[uses > _TRUSTED_USES / 5]
    mean: Matrix = (trusted.sum(0) / max(len(trusted), 1)).astype(np.float32, copy=False)
    return Vectors(_unit(vectors - mean), uses)


def cooccurrence_factors(candidates: Candidates, probability: Floats, vectors: Vectors) -> Floats:
    """Return for each row the factor of the row's lemma, shape (rows,); 1 where nothing is known."""
    weight = np.sqrt(np.minimum(vectors.uses, _ENOUGH_USES)) * _evidence(candidates)
    shape = (len(candidates.lemmas), len(candidates.words))
    share = sparse.csr_matrix((probability * weight[candidates.word], (candidates.lemma, candidates.word)), shape=shape)
    sums = share @ vectors.unit
    own = np.asarray(share[candidates.lemma, candidates.word]).ravel()
    others = np.maximum(np.asarray(share.sum(1)).ravel()[candidates.lemma] - own, 0)
    likeness = _likeness(candidates, vectors.unit, sums, own)
    trust = vectors.uses[candidates.word]
    trust = trust / (trust + _TRUSTED_USES) * (others / (others + _TRUSTED_FORMS))
    factors: Floats = np.exp(np.where(others < 0.5, 0, _STRENGTH * trust * (likeness - _INDIFFERENT)))
    return factors


def _evidence(candidates: Candidates) -> Floats:
    """Return the weight of each word in the vectors of its lemmas: 1 if it has one lemma, 1/8 if it has two, 1/27 …"""
    pairs = np.unique(candidates.word.astype(np.int64) * len(candidates.lemmas) + candidates.lemma)
    lemmas = np.bincount(pairs // len(candidates.lemmas), minlength=len(candidates.words))
    evidence: Floats = 1.0 / np.maximum(lemmas, 1) ** 3
    return evidence


def _likeness(candidates: Candidates, unit: Matrix, sums: Matrix, own: Floats) -> Floats:
    """Return for each row the cosine between its word's vector and the sum of those of its lemma's other forms."""
    likeness = np.zeros(len(own))
    for start in range(0, len(own), _ROWS):
        rows = slice(start, start + _ROWS)
        word = unit[candidates.word[rows]]
        others = _unit(sums[candidates.lemma[rows]] - own[rows, None].astype(np.float32) * word)
        likeness[rows] = (others * word).sum(1)
    return likeness


def _companions(text: Integers, words: int) -> Any:
    """Return how often each word stands within the window of each companion, as a sparse matrix (words, companions)."""
    commonest = np.argsort(-np.bincount(text, minlength=words)[:words], kind="stable")
    chosen = commonest[_TOO_COMMON : _TOO_COMMON + _COMPANIONS]
    companion = np.full(max(int(text.max()) + 1, words), -1, dtype=np.int32)
    companion[chosen] = np.arange(len(chosen))
    counts = sparse.csr_matrix((words, len(chosen)), dtype=np.float32)
    for distance in range(1, _WINDOW + 1):
        for word, other in ((text[:-distance], text[distance:]), (text[distance:], text[:-distance])):
            use = (word < words) & (companion[other] >= 0)
            ones = np.ones(int(use.sum()), np.float32)
            counts += sparse.csr_matrix((ones, (word[use], companion[other[use]])), shape=counts.shape)
    return counts


def _information(counts: Any) -> Any:
    """Return the positive pointwise mutual information of the counts, with companions smoothed by the power 0.75 and
    counts of one halved.
    """
    uses, rates = np.asarray(counts.sum(1)).ravel(), np.asarray(counts.sum(0)).ravel() ** 0.75
    rates /= rates.sum()
    cells = counts.tocoo()
    information = np.log(cells.data / (uses[cells.row] * rates[cells.col])) * cells.data / (cells.data + 1)
    kept = information > 0
    data = information[kept].astype(np.float32)
    return sparse.csr_matrix((data, (cells.row[kept], cells.col[kept])), shape=counts.shape)


def _reduced(information: Any) -> Matrix:
    """Return the rows along the strongest singular directions, each weighted by the root of its singular value (Halko,
    Martinsson, Tropp 2011).
    """
    width = min(_DIMENSIONS + _EXTRA, *information.shape)
    basis = np.random.default_rng(0).standard_normal((information.shape[1], width)).astype(np.float32)
    for _ in range(_POWER_STEPS):
        basis, _triangle = np.linalg.qr(information.T @ (information @ basis))
    image = information @ basis
    directions, squares, _ = np.linalg.svd(image.T @ image)
    kept = min(_DIMENSIONS, width)
    reduced: Matrix = image @ directions[:, :kept] / np.maximum(squares[:kept] ** 0.25, 1e-9)
    return reduced


def _unit(rows: Matrix) -> Matrix:
    lengths: Matrix = np.linalg.norm(rows, axis=1, keepdims=True).astype(np.float32, copy=False)
    unit: Matrix = np.divide(rows, np.maximum(lengths, 1e-9), dtype=np.float32)
    return unit
