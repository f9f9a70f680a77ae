"""Estimates how probable each reading of each word is, by expectation maximisation over word counts.

In: candidates. Out: one probability for each row; those of a word sum to 1. Called by `build_lemma_table.py`.

The model: P(reading) = P(lemma) · P(stem | lemma) · P(prefix | category) · P(suffix | category) · P(mismatch).
Counts are damped by a power, so that a lemma seen in many forms beats one that has a single frequent homograph. Stems
are smoothed towards the rate of their category: a lemma is not expected in forms that its category seldom takes.
P(lemma) is raised to a power a little above 1: of two lemmas that explain the same forms, one should take them all.
With `slots` (slot_context.py), a word's probability is first shared among slots, then within each slot; with `factors`
(cooccurrence.py), the likelihood of each row is multiplied by its factor.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.analysis.lexicon.building.candidates import Candidates, Integers

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that were found best for news; `../aramorph/README.md` says what each step is worth."""

    damping: float = 0.3  # power of a word's count
    concentration: float = 1.1  # power of a lemma's probability
    rounds: int = 20
    lemma_prior: float = 0.1
    stem_prior: float = 30.0  # pseudo-counts shared out by the category's rate
    affix_prior: float = 0.1


@dataclass(frozen=True, slots=True)
class _Structure:
    """The lemma and category of each outcome, by its number; fixed while the probabilities are re-estimated."""

    stem_lemma: Integers
    stem_category: Integers
    prefix_category: Integers
    suffix_category: Integers
    offered_lemma: Integers  # pairs of a lemma and a category that it has stems in
    offered_category: Integers


def estimate(
    candidates: Candidates,
    settings: Settings,
    *,
    slots: npt.NDArray[np.float32] | None = None,
    factors: Floats | None = None,
) -> Floats:
    """Return the probability of each reading.

    slots: the share of each slot in a word's uses, shape (words, slots). factors: one for each row, 1 where nothing is
    known.
    """
    structure = _structure(candidates)
    group, mass = _groups(candidates, slots)
    weight = np.maximum(candidates.counts, 0.5)[candidates.word] ** settings.damping
    known = np.ones(len(candidates.word)) if factors is None else factors
    likelihood = known
    for _ in range(settings.rounds):
        share = _normalised(likelihood, group) * mass
        likelihood = _likelihood(candidates, structure, share * weight, settings) * known
    return _normalised(likelihood, group) * mass


def _groups(candidates: Candidates, slots: npt.NDArray[np.float32] | None) -> tuple[Integers, Floats]:
    if slots is None:
        return candidates.word, np.ones(len(candidates.word))
    pairs = candidates.word.astype(np.int64) * slots.shape[1] + candidates.slot
    _, group = np.unique(pairs, return_inverse=True)
    return group.astype(np.int32), slots[candidates.word, candidates.slot].astype(np.float64)


def _counted(column: Integers, share: Floats) -> Floats:
    counts: Floats = np.bincount(column, weights=share).astype(np.float64)
    return counts


def _normalised(values: Floats, group: Integers | None = None) -> Floats:
    """Return values divided by their sum, or by the sum of their group."""
    if group is None:
        return values / float(values.sum())
    shares: Floats = values / np.bincount(group, weights=values)[group]
    return shares


def _likelihood(candidates: Candidates, structure: _Structure, share: Floats, settings: Settings) -> Floats:
    """Return the likelihood of each row: the product of the probabilities of its outcomes, re-estimated from shares."""
    lemmas = _counted(candidates.lemma, share)
    expected = _expected_stems(candidates, structure, share, lemmas)
    stems = _counted(candidates.stem, share) + settings.stem_prior * expected
    prefixes = _counted(candidates.prefix, share) + settings.affix_prior
    suffixes = _counted(candidates.suffix, share) + settings.affix_prior
    mismatches = _counted(candidates.mismatch, share) + settings.affix_prior
    product: Floats = (
        _normalised((lemmas + settings.lemma_prior) ** settings.concentration)[candidates.lemma]
        * _normalised(stems, structure.stem_lemma)[candidates.stem]
        * _normalised(prefixes, structure.prefix_category)[candidates.prefix]
        * _normalised(suffixes, structure.suffix_category)[candidates.suffix]
        * _normalised(mismatches)[candidates.mismatch]
    )
    return product + 1e-300


def _expected_stems(candidates: Candidates, structure: _Structure, share: Floats, lemmas: Floats) -> Floats:
    """Return the share of each stem in its lemma's uses that it would have if it were as common as its category is."""
    uses = _counted(candidates.category, share)
    chances = np.bincount(
        structure.offered_category, weights=lemmas[structure.offered_lemma] + 1e-3, minlength=len(uses)
    )
    rate = ((uses + 0.5) / (chances + 1))[structure.stem_category]
    return _normalised(rate, structure.stem_lemma)


def _structure(candidates: Candidates) -> _Structure:
    def parents(child: Integers, parent: Integers) -> Integers:
        column = np.zeros(int(child.max()) + 1, dtype=np.int32)
        column[child] = parent
        return column

    stem_lemma = parents(candidates.stem, candidates.lemma)
    stem_category = parents(candidates.stem, candidates.category)
    offered = np.unique(np.stack([stem_lemma, stem_category]), axis=1)
    return _Structure(
        stem_lemma=stem_lemma,
        stem_category=stem_category,
        prefix_category=parents(candidates.prefix, candidates.category),
        suffix_category=parents(candidates.suffix, candidates.category),
        offered_lemma=offered[0],
        offered_category=offered[1],
    )
