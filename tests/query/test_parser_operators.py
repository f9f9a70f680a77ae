"""Each operator between, before and after words, and what tree it gives."""

import pytest

from search.query.tree import And, Fuzzy, Not, Or, Phrase, Prefix, Tree, Word
from tests.query.reading import quiet, words


def test_exact_word_and_phrase() -> None:
    assert quiet('=كتاب ="زيت الزيتون"') == And((Word("كتاب", exact=True), Phrase("زيت الزيتون", exact=True)))


def test_exact_holds_for_a_group() -> None:
    assert quiet("=(كتاب أو قلم)") == Or((Word("كتاب", exact=True), Word("قلم", exact=True)))


@pytest.mark.parametrize(
    "query",
    [
        "قهوة أو شاي",
        "قهوة او شاي",
        "قهوة أَوْ شاي",
        "قهوة OR شاي",
        "قهوة | شاي",
        "قهوة|شاي",
        "قهوة || شاي",
        "قهوة ｜ شاي",
    ],
)
def test_or(query: str) -> None:
    assert quiet(query) == Or((Word("قهوة"), Word("شاي")))


def test_or_binds_its_two_neighbours() -> None:
    assert quiet("أسعار النفط أو الغاز اليوم") == And(
        (Word("أسعار"), Or((Word("النفط"), Word("الغاز"))), Word("اليوم"))
    )


def test_several_bars_are_one() -> None:
    assert quiet("قهوة || شاي") == Or((Word("قهوة"), Word("شاي")))


def test_or_binds_a_whole_group_in_parentheses() -> None:
    assert quiet("(أسعار النفط) أو الغاز") == Or((And((Word("أسعار"), Word("النفط"))), Word("الغاز")))


def test_or_within_a_word_or_in_small_letters_is_no_operator() -> None:
    assert words("أوروبا to or not أوه") == ["أوروبا", "to", "or", "not", "أوه"]


@pytest.mark.parametrize("query", ["أو", "أو؟"])
def test_or_alone_is_a_word(query: str) -> None:
    assert words(query) == ["أو"]


def test_or_at_an_end_is_nothing() -> None:
    assert words("أو قهوة أو") == ["قهوة"]


def test_and_is_what_words_are_anyway() -> None:
    assert words("قهوة AND شاي") == ["قهوة", "شاي"]


@pytest.mark.parametrize("query", ["مصر -سوريا", "مصر NOT سوريا", "مصر −سوريا", "مصر －سوريا", "مصر --سوريا"])
def test_without_a_word(query: str) -> None:
    assert quiet(query) == And((Word("مصر"), Not(Word("سوريا"))))


@pytest.mark.parametrize(
    ("negated", "part"),
    [
        ('-"صندوق النقد"', Phrase("صندوق النقد")),
        ("-عنوان:غزة", Word("غزة", "title")),
        ("عنوان:-غزة", Word("غزة", "title")),
        ("-(غزة القدس)", And((Word("غزة"), Word("القدس")))),
        ("-=غزة", Word("غزة", exact=True)),
        ("-غز*", Prefix("غز")),
        ("NOT غزة~", Fuzzy("غزة")),
    ],
)
def test_without_anything(negated: str, part: Tree) -> None:
    assert quiet("مصر " + negated) == And((Word("مصر"), Not(part)))


def test_a_hyphen_within_or_after_a_word_is_no_operator() -> None:
    assert words("سوريا-مصر مصر- غزة") == ["سوريا-مصر", "مصر", "غزة"]


@pytest.mark.parametrize(("query", "prefix"), [("مخطوط*", "مخطوط"), ("Arte*", "Arte"), ("بد٭", "بد"), ("بد*،", "بد")])
def test_prefix(query: str, prefix: str) -> None:
    assert quiet(query) == Prefix(prefix)


@pytest.mark.parametrize(
    ("query", "distance"), [("غوتيرس~", 1), ("غوتيرس~1", 1), ("غوتيرس~2", 2), ("غوتيرس~٢", 2), ("غوتيرس～", 1)]
)
def test_fuzzy(query: str, distance: int) -> None:
    assert quiet(query) == Fuzzy("غوتيرس", distance)


def test_the_last_token_is_what_a_star_extends() -> None:
    assert quiet("COVID-20*") == And((Word("COVID-"), Prefix("20")))
