"""Finds the words that a lexicon lists as the citation form of a lemma, but whose likeliest reading is another lemma.

In: candidates with their probabilities. Out: word → the lemma whose citation form it is and which has lost it. Called
by `build_lemma_table.py`, which makes that lemma a second key of the word.

A lemma that has many forms must have its citation form too: سجون (prisons) is the plural of سجن, though سجن alone is
likelier imprisonment; الأسر (the families) is that of أسرة, though AraMorph reads أسرة as a plural of another word as
well; مختلفة belongs to مختلف, whichever of two vocalisations مختلف has. Without its citation form such a lemma is not
found by the word that a dictionary has it under.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

import numpy as np

from search.analysis.lexicon.building.candidates import Candidates
from search.analysis.lexicon.building.estimation import Floats
from search.analysis.lexicon.transliteration import to_arabic

OTHER_FORMS: Final = 0.5  # of the citation form's count: how often a lemma's other forms must occur
LEAST_PROBABILITY: Final = 0.005
_NOUN: Final = "/N"
_VOWELS: Final = re.compile("[aiuo~`FNK]")


def lost_citation_forms(candidates: Candidates, probability: Floats) -> dict[str, str]:
    """Return word → the noun that it is the citation form of, where another noun is the word's likeliest reading."""
    words_of = _citations(candidates)
    numbers = {word: number for number, word in enumerate(candidates.words)}
    uses = np.bincount(candidates.lemma, weights=probability * candidates.counts[candidates.word])
    by_word = _probabilities(candidates, probability, {numbers[word] for word in words_of if word in numbers})
    lost: dict[str, str] = {}
    for word, lemmas in words_of.items():
        shares = by_word.get(numbers.get(word, -1), {})
        if not shares:
            continue
        count = float(candidates.counts[numbers[word]])
        likeliest = max(sorted(shares), key=lambda lemma: shares[lemma])
        if not candidates.lemmas[likeliest].endswith(_NOUN):
            continue
        others = {
            lemma: float(uses[lemma]) - share * count
            for lemma in lemmas
            if lemma != likeliest and (share := shares.get(lemma, 0.0)) >= LEAST_PROBABILITY
        }
        best = max(sorted(others), key=lambda lemma: others[lemma], default=None)
        if best is not None and others[best] >= OTHER_FORMS * count:
            lost[word] = candidates.lemmas[best]
    return lost


def _citations(candidates: Candidates) -> dict[str, list[int]]:
    """Return the letters of each noun's lemma → the numbers of the nouns of these letters."""
    words: defaultdict[str, list[int]] = defaultdict(list)
    for number, lemma in enumerate(candidates.lemmas):
        if lemma.endswith(_NOUN):
            words[to_arabic(_VOWELS.sub("", lemma.removesuffix(_NOUN)))].append(number)
    return dict(words)


def _probabilities(candidates: Candidates, probability: Floats, words: set[int]) -> dict[int, dict[int, float]]:
    """Return for each of the words the probability of each of its lemmas."""
    found: defaultdict[int, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    rows = np.flatnonzero(np.isin(candidates.word, np.fromiter(words, dtype=np.int64)))
    for row in rows:
        found[int(candidates.word[row])][int(candidates.lemma[row])] += float(probability[row])
    return {word: dict(shares) for word, shares in found.items()}
