"""What was met is always said to be; what was not, hardly ever."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.index.met_numbers import MetNumbers
from tests.examples import examples

NUMBERS = st.lists(st.integers(0, 2**64 - 1), max_size=50)


@given(runs=st.lists(NUMBERS, max_size=5))
@examples(30)
def test_each_number_that_was_met_is_said_to_be(runs: list[list[int]]) -> None:
    met = MetNumbers(2**6)
    for numbers in runs:
        met.add(np.array(numbers, np.uint64))
    assert met.may_have(np.array([number for run in runs for number in run], np.uint64)).all()


def test_of_others_one_in_four_hundred_seems_to_have_been_met_at_most() -> None:
    numbers = np.random.default_rng(1).integers(0, 2**48, 2**17, np.uint64)
    met = MetNumbers(2**16)
    met.add(numbers[: 2**16])
    assert not met.is_full
    assert np.count_nonzero(met.may_have(numbers[2**16 :])) <= 2**16 / 400


def test_numbers_in_a_row_are_told_apart_as_well() -> None:
    met = MetNumbers(2**12)
    met.add(np.arange(2**12, dtype=np.uint64))
    assert np.count_nonzero(met.may_have(np.arange(2**12, 2**13, dtype=np.uint64))) <= 2**12 / 100


def test_nothing_was_met_at_first_and_more_than_the_most_make_it_full() -> None:
    met = MetNumbers(4)
    numbers = np.arange(5, dtype=np.uint64)
    assert not met.may_have(numbers).any()
    met.add(numbers[:4])
    assert not met.is_full
    met.add(numbers[4:])
    assert met.is_full
    assert met.may_have(numbers[:0]).tolist() == []
