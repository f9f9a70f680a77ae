"""The time of a request: what is allowed is what would end in time, by a clock that the test sets."""

from __future__ import annotations

import pytest

from search.budget import Budget


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> str:
        self.now += seconds
        return "done"


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_step_gives_what_it_found(clock: Clock) -> None:
    assert Budget(1.0, clock=clock).spend(lambda: clock.pass_by(0.1)) == "done"


def test_before_the_first_step_all_is_allowed_however_long_ago_the_request_came(clock: Clock) -> None:
    budget = Budget(1.0, clock=clock)
    clock.pass_by(60)
    assert budget.allows(100)


def test_steps_are_allowed_that_end_in_time_if_they_take_as_long_as_the_longest(clock: Clock) -> None:
    budget = Budget(1.0, clock=clock)
    budget.spend(lambda: clock.pass_by(0.25))
    budget.spend(lambda: clock.pass_by(0.125))
    assert budget.allows(2)
    assert not budget.allows(3)


def test_time_between_steps_counts(clock: Clock) -> None:
    budget = Budget(1.0, clock=clock)
    budget.spend(lambda: clock.pass_by(0.25))
    clock.pass_by(0.5)
    assert budget.allows(1)
    clock.pass_by(0.125)
    assert not budget.allows(1)


def test_a_step_that_takes_all_the_time_leaves_none(clock: Clock) -> None:
    budget = Budget(1.0, clock=clock)
    budget.spend(lambda: clock.pass_by(3))
    assert not budget.allows(0)
