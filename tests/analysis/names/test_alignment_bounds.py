"""Bounds of many alignments at once: what they leave out, no alignment finds near."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.letters import FOLDED_ALPHABET
from search.analysis.names.alignment import MOST_COST
from search.analysis.names.alignment_bounds import AlignmentBounds
from search.analysis.names.edits import EditWeights
from search.analysis.names.name_words import NameWords, lines
from search.analysis.names.skeletons import skeleton
from search.analysis.names.spelling_index import SpellingIndex
from tests.analysis.names.test_spelling_index import ONE_NAME, TWO_NAMES
from tests.examples import examples

WEIGHTS = EditWeights.load()
BOUNDS = AlignmentBounds(WEIGHTS, most_cost=MOST_COST)
PAIRS = [*ONE_NAME, *TWO_NAMES, ("الباما", "اوباما"), ("كزافييه", "دجوكوفيتش")]
NAMES = sorted({name for pair in PAIRS for name in pair})
words = st.text(alphabet=FOLDED_ALPHABET, min_size=3, max_size=12)


@st.composite
def changed(draw: st.DrawFn) -> str:
    """A name in which up to three letters are other ones, are gone or are added."""
    name = draw(st.sampled_from(NAMES))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(name)))
        name = name[:at] + draw(st.text(alphabet=FOLDED_ALPHABET, max_size=1)) + name[at + draw(st.integers(0, 1)) :]
    return name


def likely(word: str, others: Sequence[str], *, least: int = 1, apart: int = 12) -> list[str]:
    line = "\t".join(f"{other}\t1" for other in others)
    return BOUNDS.likely(word, filter(None, [line]), least=least, apart=apart)


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_spellings_of_one_name_are_likely(one: str, other: str) -> None:
    assert likely(one, [other, *NAMES]) and likely(other, ["زعزع", one]) == [one]


def test_most_other_names_are_not() -> None:
    assert likely("نتنياهو", NAMES) == ["نتانياهو", "نتنياهو"]


@given(st.one_of(words, changed()), st.lists(st.one_of(words, changed()), max_size=12))
@examples(300)
def test_what_an_alignment_finds_near_is_likely(word: str, others: list[str]) -> None:
    near = {other for other in others if WEIGHTS.edits(word, other) is not None}
    found = likely(word, others)
    assert near <= set(found) <= set(others) and len(found) == len([other for other in others if other in found])


def test_words_that_are_too_long_too_short_or_of_too_many_other_letters_are_left_out() -> None:
    assert likely("نتنياهو", ["نتنياهو", "نت", "نتنياهوهووا"], least=3, apart=2) == ["نتنياهو"]
    assert likely("سوسو", ["سوسو", "يايا"], apart=1) == ["سوسو"]


@pytest.mark.parametrize("odd", ["غوتيريﭺ", "غوتيري5", "غوتيري-", "غوتيري\U0001f600"])
def test_of_words_with_other_characters_than_letters_nothing_is_said(odd: str) -> None:
    assert likely(odd, ["زعزعزعز"]) == ["زعزعزعز"]
    assert likely("غوتيريش", [odd]) == [odd]


def test_of_no_words_none_is_likely() -> None:
    assert likely("غوتيريش", []) == []


def test_an_index_finds_the_same_spellings_by_arrays_as_word_by_word() -> None:
    archive = NameWords((name, 1) for name in NAMES)
    asked = SpellingIndex(archive, weights=WEIGHTS)
    by_turns = [(name, asked.spellings(name)) for name in NAMES]  # arrays after the first few
    assert by_turns == [(name, SpellingIndex(archive, weights=WEIGHTS).spellings(name)) for name in NAMES]
    asked.warm()
    assert by_turns == [(name, asked.spellings(name)) for name in NAMES]


def test_a_line_is_what_is_kept_of_its_skeleton() -> None:
    key = skeleton("غوتيريش")
    assert lines([("غوتيريش", 7), ("جوتيريس", 2)]) == f"{key}\t{NameWords([('غوتيريش', 7), ('جوتيريس', 2)]).line(key)}"
    assert NameWords().line(key) == ""
