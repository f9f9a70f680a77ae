"""Host evidence: a reading that takes particles or pronouns off needs the rest to be common by itself."""

import pytest

pytest.importorskip("scipy", reason="rebuilding the lemma table needs the extra `evaluate`")

from search.analysis.lexicon.building.aramorph_dictionary import Affix, Analysis, Stem
from search.analysis.lexicon.building.hosts import HostCounts, particle_letters, pronoun_letters

NOTHING = Affix("", "", "")
STEM = Stem("", "", "N", "x_1", "NOUN", frozenset(), 0)
WITH_WA = Affix("w", "Pref-Wa", "wa/CONJ+")
WITH_LI = Affix("l", "NPref-Li", "li/PREP+")
WITH_AL = Affix("Al", "NPref-Al", "Al/DET+")
HIS = Affix("h", "NSuff-h", "+hu/POSS_PRON_3MS")
MY = Affix("y", "NSuff-h", "+iy/POSS_PRON_1S")
THEY_YOU = Affix("wk", "PVSuff-uwh", "+uw/PVSUFF_SUBJ:3MP+ka/PVSUFF_DO:2MS")


def reading(prefix: Affix = NOTHING, suffix: Affix = NOTHING) -> Analysis:
    return Analysis(prefix, STEM, suffix, respelled=False)


def test_the_person_of_a_verb_is_no_particle() -> None:
    assert particle_letters(Affix("fsy", "IVPref-hw-ya", "fa/CONJ+sa/FUT+ya/IV3MS+")) == 2
    assert particle_letters(WITH_AL) == 2


def test_the_subject_of_a_verb_is_no_pronoun() -> None:
    assert pronoun_letters(THEY_YOU) == 1
    assert pronoun_letters(Affix("hmA", "PVSuff-0ah", "+(null)/PVSUFF_SUBJ:3MS+humA/PVSUFF_DO:3D")) == 3
    assert pronoun_letters(Affix("At", "NSuff-At", "+At/NSUFF_FEM_PL")) == 0


def test_a_word_from_which_nothing_is_taken_is_supported() -> None:
    counts = HostCounts({"وزير": 10, "الوزير": 90})
    assert counts.support("وزير", reading()) == counts.support("الوزير", reading(WITH_AL)) == 1.0


def test_a_particle_needs_a_common_rest() -> None:
    counts = HostCounts({"ووزير": 5, "وزير": 100, "وتساب": 70, "تساب": 0})
    assert counts.support("ووزير", reading(WITH_WA)) == 1.0
    assert counts.support("وتساب", reading(WITH_WA)) < 0.001


def test_the_rest_may_stand_with_the_article_only() -> None:
    assert HostCounts({"لكونغرس": 5, "الكونغرس": 100}).support("لكونغرس", reading(WITH_LI)) == 1.0


def test_a_pronoun_needs_a_common_host_in_the_spelling_of_a_words_end() -> None:
    counts = HostCounts({"مدرسته": 20, "مدرسة": 50, "معناه": 20, "معنى": 50, "فيسبوك": 900, "فيسبو": 1, "فيسبوا": 0})
    assert counts.support("مدرسته", reading(suffix=HIS)) == 1.0
    assert counts.support("معناه", reading(suffix=HIS)) == 1.0
    assert counts.support("فيسبوك", reading(suffix=THEY_YOU)) < 0.01


def test_a_host_that_stands_only_before_pronouns_is_supported_by_the_others() -> None:
    assert HostCounts({"وحده": 1000, "وحدها": 300, "وحدهم": 100}).support("وحده", reading(suffix=HIS)) == 1.0


def test_my_is_hardly_written_so_the_other_pronouns_must_be_commoner() -> None:
    counts = HostCounts({"فتحي": 300, "فتح": 4000, "فتحه": 10, "صديقي": 20, "صديقه": 60, "صديقها": 40})
    assert counts.support("صديقي", reading(suffix=MY)) == 1.0
    assert counts.support("فتحي", reading(suffix=MY)) < 0.01


def test_alefs_are_counted_as_one() -> None:
    assert HostCounts({"واهل": 5, "أهل": 100}).support("واهل", reading(WITH_WA)) == 1.0
