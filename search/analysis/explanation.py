"""What `kashaf analyze` shows: every decision about a word, as data. Filled by the analyser, printed by the command
line.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the word that was weighed: its stem-level term and why it could have been."""

    key: str
    description: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One token, level by level.

    particles: what was taken off in front, in order; ending: what was taken off behind ("" if nothing).
    source: "lexicon", "lexicon: folded", "lexicon: stem", "rule", "number" or "other script": what decided the stem
    level. reason: one sentence on that decision. lemmas: the stems in a reader's words, in their order.
    """

    start: int
    end: int
    text: str
    bare: str
    exact: str
    word: str
    stems: tuple[str, ...]
    function: bool
    particles: tuple[str, ...]
    ending: str
    source: str
    reason: str
    lemmas: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
