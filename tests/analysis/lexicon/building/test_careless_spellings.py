"""Short words written without care get the key of the commoner word that they stand for."""

import pytest

pytest.importorskip("scipy", reason="rebuilding the lemma table needs the extra `evaluate`")

from search.analysis.lexicon.building.careless_spellings import (
    LEFT_OUT,
    NAME,
    OTHER,
    times_as_common,
    with_careful_keys,
)
from search.analysis.lexicon.layout import LemmaEntry

TO_HIM, I_FOLLOW_HIM = LemmaEntry(("<ilaY/N",), True), LemmaEntry(("waliy/V",), True)


def test_a_hamza_left_out_of_a_short_word_is_found() -> None:
    entries = {"إليه": TO_HIM, "اليه": I_FOLLOW_HIM}
    changed = with_careful_keys(entries, {"إليه": 10_000, "اليه": 700})
    assert changed == {"إليه": TO_HIM, "اليه": LemmaEntry(("<ilaY/N", "waliy/V"), True)}


def test_where_the_careful_word_is_not_much_commoner_each_is_itself() -> None:
    entries = {"إليه": TO_HIM, "اليه": I_FOLLOW_HIM}
    assert with_careful_keys(entries, {"إليه": 1000, "اليه": 700}) == entries


@pytest.mark.parametrize(
    ("word", "careful", "name", "times"),
    [
        ("اهم", "أهم", False, LEFT_OUT),
        ("اثار", "آثار", False, LEFT_OUT),
        ("لإنها", "لأنها", False, OTHER),
        ("بريده", "بريدة", True, NAME),
        ("خطه", "خطة", False, None),  # his line
        ("علي", "على", False, None),
        ("أهم", "اهم", False, OTHER),
        ("قران", "قرآنا", False, None),
    ],
)
def test_how_much_commoner_the_careful_word_must_be(word: str, careful: str, name: bool, times: float | None) -> None:
    assert times_as_common(word, careful, name=name) == times
