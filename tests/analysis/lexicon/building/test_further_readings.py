"""Which further readings are kept of estimated probabilities, under words, folded forms and lemmas."""

from collections.abc import Mapping

import numpy as np
import pytest

pytest.importorskip("scipy", reason="rebuilding the tables needs the extra `evaluate`")

from search.analysis.lexicon.building.candidates import Candidates
from search.analysis.lexicon.building.further_readings import further_readings
from search.analysis.lexicon.layout import LemmaEntry
from search.analysis.lexicon.reading_layout import FOLDED, FORMS

Shares = Mapping[str, Mapping[str, float]]  # word → lemma → probability


def found(shares: Shares, counts: Mapping[str, int]) -> dict[str, list[tuple[str, float]]]:
    """The further readings where the likeliest lemma of each word is its key."""
    lemmas = sorted({lemma for of_word in shares.values() for lemma in of_word})
    words = sorted(shares, key=lambda word: -counts[word])
    rows = [(words.index(w), lemmas.index(k), p) for w in words for k, p in shares[w].items()]
    word, lemma = (np.array([row[at] for row in rows], dtype=np.int32) for at in (0, 1))
    nothing = np.zeros(len(rows), dtype=np.int32)
    columns = dict.fromkeys(("category", "prefix", "suffix", "stem", "mismatch", "slot"), nothing)
    candidates = Candidates(
        words=tuple(words),
        counts=np.array([counts[w] for w in words], dtype=np.float64),
        lemmas=tuple(lemmas),
        word=word,
        lemma=lemma,
        name=nothing.astype(bool),
        support=np.ones(len(rows)),
        **columns,
    )
    entries = {w: LemmaEntry((max(shares[w], key=lambda key: shares[w][key]),), common=True) for w in words}
    made = further_readings(candidates, np.array([row[2] for row in rows]), entries)
    return {name: [(term, round(share, 2)) for term, share in rows] for name, rows in made.items()}


AKD = {"عقد": {"Eaqad/V": 0.65, "Eaqod/N": 0.33, "Eiqod/N": 0.02}, "عقود": {"Eaqod/N": 1.0}, "يعقد": {"Eaqad/V": 1.0}}
COUNTS = {"عقد": 500, "عقود": 200, "يعقد": 100}


def test_a_word_has_the_plausible_lemmas_that_are_not_its_key() -> None:
    assert found(AKD, COUNTS)["عقد"] == [("Eaqod/N", 0.33)]
    assert "عقود" not in found(AKD, COUNTS)


def test_a_lemma_that_is_no_key_in_the_index_is_left_out() -> None:
    assert found({"عقد": {"Eaqad/V": 0.6, "Eiqod/N": 0.4}}, COUNTS) == {}


def test_a_lemma_has_the_forms_that_the_index_has_under_another() -> None:
    assert found(AKD, COUNTS)[FORMS + "Eaqod/N"] == [("عقد", 0.33)]


def test_a_form_that_would_bring_mostly_other_words_is_left_out() -> None:
    many = found({"عالم": {"EAlam/N": 0.9, "EAlim/N": 0.1}, "علماء": {"EAlim/N": 1.0}}, {"عالم": 9_000, "علماء": 200})
    assert FORMS + "EAlim/N" not in many


def test_a_folded_form_has_the_readings_of_all_words_that_fold_to_it_by_their_counts() -> None:
    shares = {"آثار": {">avar/N": 1.0}, "أثار": {">avAr/V": 1.0}, "آثارهم": {">avar/N": 1.0}}
    assert found(shares, {"آثار": 700, "أثار": 300, "آثارهم": 5})[FOLDED + "اثار"] == [(">avAr/V", 0.3)]


def test_a_listed_verb_is_also_the_unlisted_noun_of_its_letters() -> None:
    shares = {"رابط": {"rAbaT/V": 1.0}, "الرابط": {"rAbT/U": 1.0}}
    made = found(shares, {"رابط": 300, "الرابط": 100})
    assert made["رابط"] == [("rAbT/U", 0.25)]
    assert made["الرابط"] == [("rAbaT/V", 0.5)]
