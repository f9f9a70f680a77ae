"""The terms and phrases of a query whose words are highlighted in an article.

`rewrite.py` collects them while it rewrites the query's tree; `search/results/highlighter.py` looks them up in texts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.vocalisation import INNER_MARKS


@dataclass(frozen=True, slots=True)
class Highlights:
    """A word of a text is highlighted if it matches any of these; the words of a phrase are highlighted together.

    stems      terms at the level stem: the plain words of the query, in all their readings
    words      terms at the level word: expansions of prefixes
    forms      terms at the level word that are their letters folded: other spellings of names, readings as one form
    exact      terms at the level exact: words with the operator `=`
    particles  terms at the levels exact and word of words of which particles were taken off: والأم, and not وآلام
    similar    terms at the level word, each with the largest edit distance: words with `~`
    vocalised  terms at the level exact, each with the word as typed, whose harakat must not be contradicted
    phrases    phrases of terms at the level word, one after another
    exact_phrases  phrases of terms at the level exact, one after another
    """

    stems: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    particles: frozenset[tuple[str, str]] = frozenset()
    similar: tuple[tuple[str, int], ...] = ()
    vocalised: tuple[tuple[str, str], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    exact_phrases: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class HighlightsBuilder:
    """Collects the terms of `Highlights` while the query's tree is rewritten; function words are kept apart."""

    stems: set[str] = field(default_factory=set)
    function_stems: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    exact: set[str] = field(default_factory=set)
    particles: set[tuple[str, str]] = field(default_factory=set)
    similar: list[tuple[str, int]] = field(default_factory=list)
    vocalised: list[tuple[str, str]] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    exact_phrases: list[tuple[str, ...]] = field(default_factory=list)

    def add_word(self, token: AnalyzedToken, *, exact: bool) -> None:
        """Add a plain word in all its readings, or with `exact` a word with the operator `=`."""
        if exact and INNER_MARKS.search(token.text):
            self.vocalised.append((token.exact, token.text))
        elif exact:
            self.exact.add(token.exact)
        else:
            (self.function_stems if token.function else self.stems).update(token.stems)
            for reading in token.readings:
                if reading.level == "particles":
                    self.particles.add((reading.term, token.word))
                else:
                    at_level = {"word": self.forms, "exact": self.exact}
                    at_level.get(reading.level, self.stems).add(reading.term)

    def build(self) -> Highlights:
        """Return the highlights. Function words such as «في» are among them only if the query has nothing else."""
        others = (
            self.stems
            or self.words
            or self.forms
            or self.exact
            or self.particles
            or self.similar
            or self.vocalised
            or self.phrases
            or self.exact_phrases
        )
        return Highlights(
            frozenset(self.stems if others else self.function_stems),
            frozenset(self.words),
            frozenset(self.forms),
            frozenset(self.exact),
            frozenset(self.particles),
            tuple(self.similar),
            tuple(self.vocalised),
            tuple(self.phrases),
            tuple(self.exact_phrases),
        )
