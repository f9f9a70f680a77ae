"""Lists what written words may stand for besides the keys that the lemma table has for them, with probabilities.

In: the candidates and their estimated probabilities, and the entries of the lemma table. Out: word → readings, for the
table of further readings that queries ask (`../reading_layout.py`). Called by `build_lemma_table.py`.

A folded form has the readings of all words that fold to it, by their counts: who types اثار may mean آثار. A word that
the lexicon takes for a verb although the news writes it with the article (رابط) is also the noun of that spelling.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import numpy as np

from search.analysis.fold import fold
from search.analysis.function_words import FUNCTION_WORDS
from search.analysis.lexicon.building.candidates import Candidates
from search.analysis.lexicon.building.estimation import Floats
from search.analysis.lexicon.building.unlisted import UNLISTED, own_key
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.layout import LemmaEntry
from search.analysis.lexicon.reading_layout import FOLDED, FORMS
from search.analysis.particle_rules import ParticleRules

LEAST: Final = 0.04  # probability from which a reading is kept
_MOSTLY: Final = 0.3  # share of a lemma's uses that the word has, from which its unlisted namesake may be it

_LEAST_OF_LEMMA: Final = 0.02  # share of a lemma's uses that a form must make up to be one of its forms
_MOST_OF_OTHERS: Final = 2.0  # times the uses of the lemma, uses of other lemmas that a form may bring
_MOST_FORMS: Final = 4

Shares = dict[str, float]  # lemma key → its probability


def further_readings(
    candidates: Candidates, probability: Floats, entries: Mapping[str, LemmaEntry]
) -> dict[str, list[tuple[str, float]]]:
    """Return word, or FOLDED and a folded form → its readings of probability LEAST or more that its entry has not.

    The likeliest reading stands first. probability: one for each row of the candidates.
    """
    counts = {word: float(count) for word, count in zip(candidates.words, candidates.counts, strict=True)}
    shares = _with_namesakes(_shares(candidates, probability, entries), entries, counts)
    found = {word: _ranked(of_word, entries[word].keys) for word, of_word in shares.items()}
    found |= dict(_of_folded(shares, entries, counts))
    found |= dict(_forms(shares, entries, counts))
    return {word: readings for word, readings in found.items() if readings}


def _shares(candidates: Candidates, probability: Floats, entries: Mapping[str, LemmaEntry]) -> dict[str, Shares]:
    """Return the probability of each key of each word, of those keys that some entry has."""
    known = {key for entry in entries.values() for key in entry.keys}
    joined = {own_key(word): entry.keys[0] for word, entry in reversed(list(entries.items()))}
    keys = [
        lemma if lemma in known or lemma[-2:] != UNLISTED else joined.get(lemma, lemma) for lemma in candidates.lemmas
    ]
    shares: dict[str, Shares] = {word: {} for word in entries}
    plausible = np.flatnonzero(probability >= LEAST / 10)
    columns = (candidates.word[plausible], candidates.lemma[plausible], probability[plausible])
    for word, lemma, share in zip(*(column.tolist() for column in columns), strict=True):
        of_word, key = shares.get(candidates.words[word]), keys[lemma]
        if of_word is not None and key in known:
            of_word[key] = of_word.get(key, 0.0) + share
    return shares


def _with_namesakes(
    shares: dict[str, Shares], entries: Mapping[str, LemmaEntry], counts: Mapping[str, float]
) -> dict[str, Shares]:
    """Add to a listed word the unlisted word of its letters, if other forms show that there is one, and the reverse."""
    uses, spelled = Counter[str](), defaultdict[str, list[str]](list)
    for word, entry in entries.items():
        uses[entry.keys[0]] += round(counts[word])
        if entry.keys[0].endswith(UNLISTED):
            spelled[entry.keys[0]].append(word)
    for word, entry in entries.items():
        key, namesake = entry.keys[0], own_key(word)
        if key.endswith(UNLISTED) or namesake not in spelled:
            continue
        share = uses[namesake] / (uses[namesake] + counts[word])
        shares[word][namesake] = max(share, shares[word].get(namesake, 0.0))
        if counts[word] >= _MOSTLY * uses[key]:
            for form in spelled[namesake]:
                shares[form][key] = max(min(0.5, 1 - share), shares[form].get(key, 0.0))
    return shares


def _of_folded(
    shares: Mapping[str, Shares], entries: Mapping[str, LemmaEntry], counts: Mapping[str, float]
) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """Yield each folded form of several words with the readings of all of them, but for that of the commonest word."""
    spelled: defaultdict[str, list[str]] = defaultdict(list)
    for word in shares:  # the commonest first
        spelled[fold(word)].append(word)
    for form, words in spelled.items():
        if len(words) > 1:
            yield FOLDED + form, _ranked(_mixed(words, shares, counts), entries[words[0]].keys[:1])


def _forms(
    shares: Mapping[str, Shares], entries: Mapping[str, LemmaEntry], counts: Mapping[str, float]
) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """Yield FORMS and a lemma key with the terms at the level word that an index has under other keys and that may be
    the lemma, each with the probability that one of them is.

    A form is left out where it would bring many times more articles of other lemmas than the lemma has.
    """
    particles = ParticleRules(FrequencyTable.load())
    terms = {word: particles.split(fold(word), word).rest for word in shares}
    uses: Counter[str] = Counter()
    under, meant = defaultdict[str, Counter[str]](Counter), defaultdict[str, Counter[str]](Counter)
    for word, term in terms.items():
        uses[term] += round(counts[word])
        for key in entries[word].keys:  # the index has these uses of the term under this key
            under[key][term] += round(counts[word])
        for key, share in shares[word].items():
            if share >= LEAST and key not in entries[word].keys and term not in FUNCTION_WORDS:
                meant[key][term] += round(share * counts[word])
    for key, likely in meant.items():
        whole = sum(under[key].values()) + sum(likely.values())
        others = {term: uses[term] - under[key][term] for term in likely}
        kept = {
            term: count / others[term]
            for term, count in likely.items()
            if count >= _LEAST_OF_LEMMA * whole and others[term] - count <= _MOST_OF_OTHERS * whole
        }
        yield FORMS + key, _ranked(kept, ())[:_MOST_FORMS]


def _mixed(words: Iterable[str], shares: Mapping[str, Shares], counts: Mapping[str, float]) -> Shares:
    whole = sum(counts[word] for word in words)
    mixed: Shares = {}
    for word in words:
        for key, share in shares[word].items():
            mixed[key] = mixed.get(key, 0.0) + share * counts[word] / whole
    return mixed


def _ranked(shares: Shares, but: tuple[str, ...]) -> list[tuple[str, float]]:
    likely = ((key, min(share, 1.0)) for key, share in shares.items() if share >= LEAST and key not in but)
    return sorted(likely, key=lambda reading: (-round(reading[1], 6), reading[0]))
