"""The judge of a fault: what readers were told, when, and how often they asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bench.faulting.archive import Ended
from tests.bench.faulting.course import Course
from tests.bench.faulting.readers import Answer

FAULT = 5.0
REFUSED = Answer(at=0.0, seconds=0.1, status=503, told="the cluster does not answer")


def course(*others: Answer) -> Course:
    """Two searches a second from 0 to 20 s, each answered in a tenth of one, and others beside them."""
    answers = [Answer(at=number / 2, seconds=0.1, status=200, found=True) for number in range(41)]
    return Course("a fault", at=FAULT, answers=sorted((*answers, *others), key=lambda each: each.at))


def wrong(judged: Course) -> list[str]:
    judged.judge(rate=2)
    return judged.wrong


def test_errors_behind_a_fault_are_counted_and_their_last_moment_told() -> None:
    judged = course(replace(REFUSED, at=FAULT + 1), replace(REFUSED, at=FAULT + 3))
    assert wrong(judged) == []
    assert (len(judged.failed), judged.last_failure) == (2, 3.0)
    assert judged.share == 2 / 43


def test_a_search_that_began_before_a_fault_and_failed_behind_it_is_no_early_error() -> None:
    assert wrong(course(replace(REFUSED, at=FAULT - 1, seconds=3))) == []


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (replace(REFUSED, at=FAULT - 1), "failed before the fault"),
        (Answer(at=9, seconds=0.1, status=503, traceback=True), "have a traceback"),
        (Answer(at=9, seconds=0.1, status=200, traceback=True), "have a traceback"),
        (Answer(at=9, seconds=0.1, status=500), "the fault is ours"),
    ],
)
def test_an_answer_that_should_not_be_is_told(answer: Answer, sentence: str) -> None:
    (told,) = wrong(course(answer))
    assert sentence in told


def test_too_few_searches_none_behind_the_fault_and_none_that_finds_anything_are_told() -> None:
    seldom, before, empty = course(), course(), course()
    seldom.answers = seldom.answers[::2]
    before.at = 100.0
    empty.answers = [replace(each, found=False) for each in empty.answers]
    assert "less than 2 a second" in wrong(seldom)[0]
    assert "less than 2 a second" in wrong(before)[0]
    assert wrong(empty) == ["no search found anything"]


def test_a_row_has_the_errors_and_what_became_of_the_run() -> None:
    judged = course(replace(REFUSED, at=FAULT + 1))
    judged.met, judged.ended, judged.green, judged.lost = 0.4, Ended(1, "the disk is full"), 12.0, ["made-7"]
    row = "| a fault | 42 | 1 | 0 | 100 | 0.1 | 1.0 | 12 | ended with one line, 40% done at the fault | 1 |"
    assert str(judged) == row
    assert judged.told() == ["  1 × 503: the cluster does not answer", "  the run said: the disk is full"]
