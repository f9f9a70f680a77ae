"""Pieces of a text are equal wherever they stand in it."""

from __future__ import annotations

from operator import ne

from search.pages.records import Segment


def test_pieces_are_equal_whatever_their_offsets() -> None:
    one, other = Segment("القمح", True, 7), Segment("القمح", True, 94)
    assert (one == other, ne(one, other), hash(one) == hash(other)) == (True, False, True)
    for another in (Segment("القمح"), Segment("النفط", True, 7), "القمح"):
        assert (one == another, ne(one, another)) == (False, True)
