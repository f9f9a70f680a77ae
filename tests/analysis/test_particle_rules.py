"""The rules for particles: which letters in front of a word they take off, and which belong to the word."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.fold import PLAIN_ARABIC, fold, strip_marks
from search.analysis.lexicon.frequencies import BUNDLED, HAMZA_FIRST, FrequencyTable
from search.analysis.particle_rules import ParticleRules, decision_number, possible_splits
from tests.examples import examples

PARTICLES = ParticleRules(FrequencyTable.load())
MADE = ParticleRules(
    FrequencyTable.of(
        [
            ("وزير", 500, 0),
            ("الوزير", 800, 0),
            ("قال", 9000, 0),
            ("وقال", 4000, 0),
            ("اصل", 90, HAMZA_FIRST),
            ("الاصل", 60, 0),
            ("واصل", 50, 0),
            ("التزام", 300, 0),
            ("الالتزام", 200, 0),
        ]
    )
)


WITH_PARTICLES = "وزير الوزير والوزير لوزير وللوزير بالوزير فالوزير كالوزير وبالوزير فللوزير للوزير بوزير ووزير"
WHOLE = (
    "بوتين فلسطين واشنطن لبنان بايدن كوريا فرنسا ليبيا والا البانيا ألمانيا المانيا الماس التهاب التزام بطاطس وكالة "
    "ولاية كتاب بنك لجنة سيارة فريق باريس برلين وهران كندا بغداد لندن والاس الله الذي الى"
)
WITH_HAMZAS = "والمسؤولون وبالإنابة فالتفت وللإعلام كأس ولأنه بأس سأكتب"


def rest(word: str) -> str:
    return PARTICLES.split(fold(word), word).rest


@pytest.mark.parametrize("word", WITH_PARTICLES.split())
def test_a_word_is_one_term_whatever_particles_it_has(word: str) -> None:
    assert rest(word) == "وزير"


@pytest.mark.parametrize("word", WHOLE.split())
def test_words_that_only_look_as_if_they_had_a_particle_stay_whole(word: str) -> None:
    expected = "الا" if word == "والا" else fold(word)  # و + إلا; the name is written والاس
    assert rest(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("وقال", "قال"),
        ("وأضاف", "اضاف"),
        ("فقال", "قال"),
        ("وفي", "في"),
        ("ولكن", "لكن"),
        ("وهو", "هو"),
        ("سيكون", "يكون"),
        ("وسيكون", "يكون"),
        ("سأقول", "اقول"),
        ("ليكون", "يكون"),
        ("بشكل", "شكل"),
        ("لواشنطن", "واشنطن"),
        ("ببغداد", "بغداد"),
        ("وبوتين", "بوتين"),
        ("فلبنان", "لبنان"),
        ("للغة", "لغه"),
        ("للاعبين", "لاعبين"),
        ("لليبيا", "ليبيا"),
        ("لله", "الله"),
        ("والله", "الله"),
        ("والكتاب", "كتاب"),
        ("والرئيس", "رءيس"),
        ("الحق", "حق"),
        ("وبالدراجات", "دراجات"),
        ("بإذن", "اذن"),
        ("الالتزام", "التزام"),
        ("والالتزام", "التزام"),
    ],
)
def test_particles_are_taken_off(word: str, expected: str) -> None:
    assert rest(word) == expected


@pytest.mark.parametrize("word", WITH_HAMZAS.split())
def test_the_written_rest_is_the_folded_one_with_its_hamzas(word: str) -> None:
    split = PARTICLES.split(fold(word), word)
    assert fold(split.written) == split.rest


def test_a_written_hamza_distinguishes_the_article_from_letters_of_the_root() -> None:
    assert PARTICLES.split("البان", "ألبان").rest == "البان"
    assert PARTICLES.split("العاب", "ألعاب").rest == "العاب"


def test_a_letter_goes_only_where_nothing_shows_that_it_belongs_to_the_root() -> None:
    assert MADE.split("وزير", "وزير").rest == "وزير"  # الوزير shows it
    assert MADE.split("وقال", "وقال").rest == "قال"
    assert MADE.split("وقيل", "وقيل").rest == "وقيل"  # the rest is no word


def test_a_hamza_that_was_left_out_counts_against_the_particle() -> None:
    assert MADE.split("واصل", "وأصل").rest == "اصل"
    assert MADE.split("التزام", "التزام").rest == "التزام"


def test_the_possible_splits_start_with_the_whole_word() -> None:
    splits = possible_splits("وللوزير", "وللوزير")
    assert splits[0].particles == () and splits[0].rest == "وللوزير"
    assert (("و", "ل", "ال"), "وزير") in [(split.particles, split.rest) for split in splits]


def test_the_bundled_table_holds_what_the_rules_decide_today() -> None:
    table = FrequencyTable.load()
    without_decisions = ParticleRules(_Undecided.load())
    for word in random.Random(1).sample(table.words(), 3000):
        split = without_decisions.split(word, word)
        kept = table.decision(word)
        assert not kept or word.endswith("ه") or kept == decision_number(word, split), f"{word}: rebuild {BUNDLED.name}"


class _Undecided(FrequencyTable):
    """A table without the decisions it keeps."""

    def decision(self, folded: str) -> int:
        return 0


@examples(150)
@given(st.text(alphabet="والبلفكستةىيأإآءئؤنم", min_size=1, max_size=9))
def test_any_letters_split_into_particles_and_an_end_of_the_word(word: str) -> None:
    bare = strip_marks(word)
    assert PLAIN_ARABIC.fullmatch(bare)
    split = PARTICLES.split(fold(bare), bare)
    assert split.rest
    assert fold(bare).endswith(split.rest) or split.rest == "الله"
    assert fold(split.written) == split.rest
