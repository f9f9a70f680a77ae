"""Particles attached in front of a word: و ف ب ل ك س ال.

In: a folded word. Out: its particles and the rest. A frequency list decides: a particle goes only if the rest is a word
and, for single letters, a much commoner one than the whole (ARABIC.md's experiment). Called by the analyser.
"""

from dataclasses import dataclass
from typing import Final

from search.analysis.lexicon.frequencies import HAMZA_FIRST, FrequencyTable

PREFIXES: Final = ("وبال", "وكال", "فبال", "ولل", "وال", "بال", "كال", "فال", "فلل", "لل", "ال", "وب", "ول", "وس", "فس",
                   "و", "ف", "ب", "ل", "ك", "س")


@dataclass(frozen=True, slots=True)
class Split:
    """A word as its leading particles and the rest; prefix + rest need not be the word (للوزير)."""

    prefix: str
    rest: str


def split(word: str, frequencies: FrequencyTable) -> Split:
    """Return the particles in front of a folded word; rough."""
    count = frequencies.count
    whole = count(word)
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            rest = word[len(prefix):]
            evidence = count(rest) + count("ال" + rest)
            if prefix.endswith(("ال", "لل")):
                if evidence > max(1, 0.2 * whole) and not frequencies.spelling(word) & HAMZA_FIRST:
                    return Split(prefix, rest)
            elif evidence > 3 * whole:
                return Split(prefix, rest)
    return Split("", word)
