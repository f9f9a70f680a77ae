"""Progress where there is no terminal: a line each half minute, with share, time and what is left."""

from __future__ import annotations

from collections.abc import Callable

from indexer.progress import ProgressLines


class Pauses:
    """An end of the work that comes after some pauses; `during` happens in each."""

    def __init__(self, pauses: int, during: Callable[[], None]) -> None:
        self._left = pauses
        self._during = during

    def wait(self, timeout: float) -> bool:
        self._left -= 1
        self._during()
        return self._left < 0


def test_a_line_after_each_pause_says_how_far_the_work_is() -> None:
    lines = ProgressLines(lambda count: f"{count} MB", lambda: 400)
    said, now = list[str](), 0.0

    def go_on() -> None:
        nonlocal now
        now, lines.done = now + 30, lines.done + 100

    lines.tell(Pauses(4, go_on), lambda: now, said.append)
    assert said == [
        "kashaf: 100 MB of 400 MB, 25%, after 0:30, about 1:30 left",
        "kashaf: 200 MB of 400 MB, 50%, after 1:00, about 1:00 left",
        "kashaf: 300 MB of 400 MB, 75%, after 1:30, about 0:30 left",
        "kashaf: all 400 MB after 2:00; finishing",
    ]


def test_work_that_has_not_begun_or_has_nothing_to_do_is_told_without_a_guess() -> None:
    assert ProgressLines(str, lambda: 9).line(3_700) == "kashaf: 0 of 9, 0%, after 1:01:40"
    assert ProgressLines(str, lambda: 0).line(30) == "kashaf: all 0 after 0:30; finishing"


def test_work_of_less_than_a_pause_says_nothing() -> None:
    said = list[str]()
    ProgressLines(str, lambda: 9).tell(Pauses(0, lambda: None), lambda: 0.0, said.append)
    assert said == []
