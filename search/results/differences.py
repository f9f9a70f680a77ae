"""Two texts → one, in which the words that only one of them has are told apart.

In: an older and a newer text. Out: runs of text in reading order. rapidfuzz counts the edits: on 20,000 words that have
nothing in common it takes 0.3 s, where difflib takes 1.5 s, and 43 s on those that share six words of seven. Called by
the web's comparison of copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz.distance import Levenshtein

MOST_WORDS: Final = 20_000
# A word keeps its harakat; a sign is a word of its own, so that a comma more does not make another word.
_WORD: Final = re.compile(r"[\w\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]+|[^\w\s]")

Kind = Literal["same", "older", "newer"]


@dataclass(frozen=True, slots=True)
class Run:
    """Text of both ("same") or of one of the two; white space that follows belongs to it."""

    kind: Kind
    text: str

    @property
    def words(self) -> str:
        """The text without the white space that follows."""
        return self.text.rstrip()

    @property
    def space(self) -> str:
        """The white space that follows; a space where the text ends, lest two runs become one word."""
        return self.text[len(self.words) :] or " "


@dataclass(frozen=True, slots=True)
class Differences:
    """The runs, how many words only one text has, and whether only the first `MOST_WORDS` words were compared."""

    runs: tuple[Run, ...]
    older: int
    newer: int
    cut: bool

    @property
    def same(self) -> bool:
        return not self.older and not self.newer


def differences(older: str, newer: str, *, most: int = MOST_WORDS) -> Differences:
    """What the two texts have in common and what not."""
    left, right = _Words(older, most), _Words(newer, most)
    runs = tuple(_joined(_runs(left, right)))
    counts = {kind: sum(_words(run.text) for run in runs if run.kind == kind) for kind in ("older", "newer")}
    return Differences(runs, counts["older"], counts["newer"], left.cut or right.cut)


class _Words:
    """The words of a text and where each begins; the last place is where the compared text ends."""

    def __init__(self, text: str, most: int) -> None:
        found: list[re.Match[str]] = []
        self.cut = False
        for match in _WORD.finditer(text):
            if len(found) == most:
                self.cut = True
                break
            found.append(match)
        self.text = text
        self.words = [match[0] for match in found]
        self.starts = [match.start() for match in found] + [found[-1].end() if found else 0]

    def slice(self, first: int, end: int) -> str:
        return self.text[self.starts[first] : self.starts[end]]


def _runs(left: _Words, right: _Words) -> Iterator[Run]:
    for step in Levenshtein.opcodes(left.words, right.words):
        if step.tag == "equal":
            yield Run("same", right.slice(step.dest_start, step.dest_end))
            continue
        if step.src_end > step.src_start:
            yield Run("older", left.slice(step.src_start, step.src_end))
        if step.dest_end > step.dest_start:
            yield Run("newer", right.slice(step.dest_start, step.dest_end))


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Edits that follow each other as one of each kind: what the older text says, then what the newer says."""
    waiting: dict[Kind, str] = {}
    for run in runs:
        if run.kind != "same":
            waiting[run.kind] = waiting.get(run.kind, "") + run.text
            continue
        yield from _told(waiting)
        waiting = {}
        yield run
    yield from _told(waiting)


def _told(waiting: dict[Kind, str]) -> Iterator[Run]:
    for kind in ("older", "newer"):
        if kind in waiting:
            yield Run(kind, waiting[kind])


def _words(text: str) -> int:
    return sum(match[0][0].isalnum() for match in _WORD.finditer(text))
