"""Putting trees together: flat, each part once."""

from operator import ne

from hypothesis import given
from hypothesis import strategies as st

from search.query.tree import And, Not, Or, Role, Tree, Word, all_of, any_of, not_

A, B, C = Word("أ"), Word("ب"), Word("ج")
_LEAVES = st.sampled_from([A, B, C, Not(A)])


def test_nothing_makes_no_tree() -> None:
    assert all_of([]) is None
    assert any_of([]) is None


def test_a_single_part_is_not_wrapped_in_a_group() -> None:
    assert all_of([A]) == any_of([A]) == A


def test_and_within_and_is_flat() -> None:
    assert all_of([A, And((B, C))]) == And((A, B, C))
    assert any_of([Or((A, B)), C]) == Or((A, B, C))


def test_or_within_and_stays() -> None:
    assert all_of([A, Or((B, C))]) == And((A, Or((B, C))))


def test_a_part_counts_once_where_it_came_first() -> None:
    assert all_of([B, A, And((B, C))]) == And((B, A, C))
    assert any_of([A, A]) == A


def test_a_word_that_stands_twice_in_a_row_is_one_part_marked_as_repeated() -> None:
    once, twice = all_of([A, B]), all_of([A, A, B])
    assert once == twice
    assert isinstance(twice, And)
    assert [part.repeated for part in twice.parts if isinstance(part, Word)] == [True, False]


def test_without_without_is_with() -> None:
    assert not_(A) == Not(A)
    assert not_(Not(A)) == A


@given(st.lists(_LEAVES, min_size=1, max_size=5), st.lists(_LEAVES, min_size=1, max_size=5))
def test_how_parts_are_gathered_does_not_matter(first: list[Tree], second: list[Tree]) -> None:
    left, right = all_of(first), all_of(second)
    assert left is not None
    assert right is not None
    assert all_of([left, right]) == all_of(first + second)


def test_words_are_equal_whatever_their_role() -> None:
    noun = Word("أ", role=Role.NOUN, repeated=True)
    assert (noun == A, ne(noun, A), hash(noun) == hash(A)) == (True, False, True)
    for other in (B, Word("أ", exact=True), Word("أ", "title"), "أ"):
        assert (noun == other, ne(noun, other)) == (False, True)
