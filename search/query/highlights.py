"""Which written words of an article a query highlights: data only.

Made by `rewrite.py`, used by `search/results/highlighter.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Highlights:
    """A written word is highlighted where any of these holds; a phrase is highlighted as one.

    stems      one of its stem-level terms is here: plain words of the query
    words      its word-level term is here: prefixes, other spellings of a name
    exact      its exact-level term is here: `=word`
    similar    its word-level term is within so many letters: (term, distance)
    vocalised  its exact-level term and harakat that do not contradict: (term, word as typed)
    phrases    its word-level terms in a row
    exact_phrases  its exact-level terms in a row
    """

    stems: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    similar: tuple[tuple[str, int], ...] = ()
    vocalised: tuple[tuple[str, str], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    exact_phrases: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class HighlightsBuilder:
    """Highlights while a tree is being walked."""

    stems: set[str] = field(default_factory=set)
    function_stems: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    exact: set[str] = field(default_factory=set)
    similar: list[tuple[str, int]] = field(default_factory=list)
    vocalised: list[tuple[str, str]] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    exact_phrases: list[tuple[str, ...]] = field(default_factory=list)

    def build(self) -> Highlights:
        """Function words are highlighted only where nothing else was asked for: «في» everywhere helps nobody."""
        others = (
            self.stems
            or self.words
            or self.exact
            or self.similar
            or self.vocalised
            or self.phrases
            or self.exact_phrases
        )
        return Highlights(
            frozenset(self.stems if others else self.function_stems),
            frozenset(self.words),
            frozenset(self.exact),
            tuple(self.similar),
            tuple(self.vocalised),
            tuple(self.phrases),
            tuple(self.exact_phrases),
        )
