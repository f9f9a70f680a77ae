"""A word that stands behind particles which never stand before its first letter, were that a particle too."""

import pytest

from search.analysis.analyzer import Analyzer
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.particle_rules import ParticleRules
from search.analysis.particle_stacking import behind_particles, has_first_letter_of_its_own

COUNTS = {"بابل": 130, "ببابل": 12, "لبابل": 1, "وبابل": 14, "بنسبة": 30000, "ببنسبة": 3, "فلها": 120, "كفلها": 60}
PARTICLES = ParticleRules(FrequencyTable.load())


def count(word: str) -> int:
    return COUNTS.get(word, 0)


def test_prepositions_before_the_word_show_that_its_first_letter_is_none() -> None:
    assert behind_particles("بابل", count) == 13  # و stands before ب as before any word
    assert has_first_letter_of_its_own("بابل", "بابل", count)


def test_a_slip_of_typing_shows_nothing() -> None:
    assert behind_particles("بنسبة", count) == 3
    assert not has_first_letter_of_its_own("بنسبة", "بنسبة", count)


def test_waw_shows_it_of_feh_alone() -> None:
    counts = {"فراس": 127, "وفراس": 15, "كراس": 127, "وكراس": 15}
    assert has_first_letter_of_its_own("فراس", "فراس", lambda word: counts.get(word, 0))
    assert not has_first_letter_of_its_own("كراس", "كراس", lambda word: counts.get(word, 0))


def test_a_commoner_word_with_one_more_letter_is_another_word() -> None:
    counts = {"فيات": 59, "وفيات": 226}
    assert behind_particles("فيات", lambda word: counts.get(word, 0)) == 0


def test_a_hamza_over_alef_leaves_it_to_other_rules() -> None:
    assert not has_first_letter_of_its_own("بابل", "بآبل", count)


def test_a_country_behind_the_letter_leaves_it_to_other_rules() -> None:
    counts = {"بروسيا": 145, "لبروسيا": 5}
    assert behind_particles("بروسيا", lambda word: counts.get(word, 0)) == 5
    assert not has_first_letter_of_its_own("بروسيا", "بروسيا", lambda word: counts.get(word, 0))


def test_before_a_function_word_it_takes_more() -> None:
    counts = {"فلها": 127, "وفلها": 8, "فهم": 127, "وفهم": 23}
    assert has_first_letter_of_its_own("فهم", "فهم", lambda word: counts.get(word, 0))
    assert not has_first_letter_of_its_own("فلها", "فلها", lambda word: counts.get(word, 0))


def test_a_letter_that_is_no_particle_has_no_evidence() -> None:
    assert behind_particles("مدينة", lambda word: 10) == 0


@pytest.mark.parametrize("word", ["فهم", "بطاقة", "بابل", "فراس", "بريدة", "فوزية", "برقة"])
def test_words_of_the_news_keep_their_first_letter(word: str) -> None:
    assert PARTICLES.split(word.replace("ة", "ه"), word).particles == ()


@pytest.mark.parametrize(
    ("word", "rest"),
    [
        ("بأسهم", "اسهم"),
        ("بآلة", "اله"),
        ("فلها", "لها"),
        ("بعيد", "عيد"),
        ("بنسبة", "نسبه"),
        ("فقال", "قال"),
        ("كبديل", "بديل"),
    ],
)
def test_particles_are_taken_off_still(word: str, rest: str) -> None:
    assert Analyzer.default().tokens(word)[0].word == rest
