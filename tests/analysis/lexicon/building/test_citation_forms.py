"""A lemma that has many forms keeps its citation form, whichever reading of it is likelier."""

import numpy as np
import pytest

pytest.importorskip("scipy", reason="rebuilding the lemma table needs the extra `evaluate`")

from search.analysis.lexicon.building.build_lemma_table import decide
from search.analysis.lexicon.building.candidates import Candidates
from search.analysis.lexicon.building.citation_forms import lost_citation_forms

IMPRISONMENT, PRISON, JAIL = "sajon/N", "sijon/N", "sajan/V"


def candidates(*rows: tuple[str, str], **counts: int) -> Candidates:
    words, lemmas = tuple(counts), tuple(dict.fromkeys(lemma for _, lemma in rows))
    zeros = np.zeros(len(rows), dtype=np.int32)
    return Candidates(
        words=words,
        counts=np.array(list(counts.values()), dtype=np.float64),
        lemmas=lemmas,
        word=np.array([words.index(word) for word, _ in rows], dtype=np.int32),
        lemma=np.array([lemmas.index(lemma) for _, lemma in rows], dtype=np.int32),
        category=zeros,
        prefix=zeros,
        suffix=zeros,
        stem=zeros,
        mismatch=zeros,
        slot=zeros,
        name=np.zeros(len(rows), dtype=np.bool_),
        support=np.ones(len(rows)),
    )


ROWS = (("سجن", IMPRISONMENT), ("سجن", PRISON), ("سجون", PRISON))


def test_a_noun_with_many_other_forms_is_a_second_key_of_its_citation_form() -> None:
    found = candidates(*ROWS, سجن=1800, سجون=1100)
    probability = np.array([0.9, 0.1, 1.0])
    assert lost_citation_forms(found, probability) == {"سجن": PRISON}
    assert {word: entry.keys for word, entry in decide(found, probability)} == {
        "سجن": (IMPRISONMENT, PRISON),
        "سجون": (PRISON,),
    }


def test_a_noun_whose_other_forms_are_rare_is_not() -> None:
    assert lost_citation_forms(candidates(*ROWS, سجن=1800, سجون=100), np.array([0.9, 0.1, 1.0])) == {}


def test_an_improbable_reading_is_not() -> None:
    assert lost_citation_forms(candidates(*ROWS, سجن=1800, سجون=1100), np.array([0.999, 0.001, 1.0])) == {}


def test_a_verb_keeps_its_form() -> None:
    rows = (("سجن", JAIL), ("سجن", PRISON), ("سجون", PRISON))
    assert lost_citation_forms(candidates(*rows, سجن=1800, سجون=1100), np.array([0.9, 0.1, 1.0])) == {}


def test_two_nouns_or_verbs_that_are_as_likely_are_not_both_keys() -> None:
    rows = (("رفض", "rafaD/V"), ("رفض", "rafoD/N"), ("هبوط", "hubuwT/N"), ("هبوط", "habuwT/N"))
    found = dict(decide(candidates(*rows, رفض=10, هبوط=10), np.array([0.5, 0.5, 0.51, 0.49])))
    assert len(found["رفض"].keys) == 2
    assert found["هبوط"].keys == ("hubuwT/N",)
