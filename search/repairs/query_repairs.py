"""Finds other queries that the reader may have meant by a query that finds nothing or little.

In: the query, its tree, and the words of one index. Out: `Repair`s, the likeliest first: the query on the other
keyboard layout, with corrected spelling, without particles. `search/service.py` searches them in this order, shows the
first that finds something with a note, and proposes the query with commoner words as "did you mean".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.lexicon.compound_table import bundled_compounds
from search.engines.base import Engine
from search.query.field_clauses import word_phrase
from search.query.tree import And, Not, Or, Tree, Word
from search.repairs.corrections import corrections, far_commoner, split_in_two
from search.repairs.keyboard import as_arabic, as_latin

_PARTICLES = (
    "وبال",
    "وكال",
    "فبال",
    "ولل",
    "وال",
    "بال",
    "كال",
    "فال",
    "لل",
    "ال",
    "وب",
    "ول",
    "و",
    "ف",
    "ب",
    "ل",
    "ك",
    "س",
)
_LETTERS_AND_DIGITS = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")
_MOST_WORDS = 8  # words of a query that are repaired, the first


@dataclass(frozen=True, slots=True)
class Repair:
    """Another query to try. kind: "keyboard", "spelling" or "particles"."""

    kind: str
    query: str


class QueryRepairs:
    """Finds the other readings of queries over one index.

    written: gives a folded word of the index as its articles write it (`search/results/written_forms.py`)
    """

    def __init__(self, engine: Engine, analyzer: Analyzer, written: Callable[[str], str]) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._written = written

    def likeliest_first(self, query: str, tree: Tree) -> Iterator[Repair]:
        """Yield the other readings of a query that finds nothing, the likeliest first."""
        keyboard = self._keyboard(query)
        if keyboard is not None:
            yield Repair("keyboard", keyboard)
        words = [word for word in _plain_words(tree) if self._missing(word)][:_MOST_WORDS]
        for kind, repair in (("spelling", self._corrected), ("particles", self._without_particle)):
            repaired = self._replaced(query, words, repair)
            if repaired is not None:
                yield Repair(kind, repaired)

    def commoner_words(self, query: str, tree: Tree) -> str | None:
        """Return the query with each rare word replaced by a far commoner one, one edit away; None if none has one."""
        return self._replaced(query, _plain_words(tree)[:_MOST_WORDS], self._far_commoner)

    def _keyboard(self, query: str) -> str | None:
        """Return the query as the other keyboard layout gives it, if the index has all words of that.

        Words of letters and digits (7alab) are Arabic typed in Latin letters, or codes, and never of the other layout.
        """
        if _LETTERS_AND_DIGITS.search(query):
            return None
        for convert in (as_arabic, as_latin):
            other = convert(query)
            tokens = self._analyzer.tokens(other) if other else []
            if other and tokens and all(map(self._frequency, tokens)):
                return other
        return None

    def _corrected(self, token: AnalyzedToken) -> str | None:
        """Return the word with its spelling corrected, or split in two if it lacks a space; None without either."""
        found = corrections(token.word, self._frequencies, most=1)
        if found:
            return self._as_written(token, found[0].word)
        parts = split_in_two(token.exact, self._frequencies)
        return " ".join(map(self._written, parts)) if parts else None

    def _without_particle(self, token: AnalyzedToken) -> str | None:
        """Return the word without a particle that analysis has not removed: of several the rest in most articles."""
        rests = [
            token.exact[len(p) :] for p in _PARTICLES if token.exact.startswith(p) and len(token.exact) - len(p) > 1
        ]
        best = max(zip(self._frequencies(rests), rests, strict=True), default=(0, ""))
        return self._written(best[1]) if best[0] else None

    def _far_commoner(self, token: AnalyzedToken) -> str | None:
        typed = self._frequency(token)
        if token.function or typed > 3:
            return None
        found = corrections(token.word, self._frequencies, least=10, most=1)
        if not found or not far_commoner(typed, found[0].frequency):
            return None
        meant = self._analyzer.keys(found[0].word)
        return None if set(meant) & set(token.stems) else self._as_written(token, found[0].word)

    def _as_written(self, token: AnalyzedToken, word: str) -> str:
        """Return the word as articles write it, with the particles that the reader typed before it."""
        particles = token.exact.removesuffix(token.word) if token.exact.endswith(token.word) else ""
        return particles + "".join(map(self._written, bundled_compounds().parts_of_name(word) or (word,)))

    def _replaced(self, query: str, words: list[Word], repair: Callable[[AnalyzedToken], str | None]) -> str | None:
        """Return the query with each word that `repair` can repair replaced wherever it occurs; None without any."""
        repaired: dict[str, str] = {}
        for word in words:
            tokens = self._analyzer.tokens(word.text)
            for token in tokens if len(tokens) == 1 or _is_name(word.text, tokens) else ():
                other = repair(token) if len(tokens) == 1 or not self._frequency(token) else None
                if other is not None:
                    repaired[token.text] = other
        parts, offset = [], 0
        for token in self._analyzer.tokens(query):
            parts += [query[offset : token.start], repaired.get(token.text, token.text)]
            offset = token.end
        return "".join(parts) + query[offset:] if repaired else None

    def _missing(self, word: Word) -> bool:
        return any(not self._frequency(token) for token in self._analyzer.tokens(word.text))

    def _frequency(self, token: AnalyzedToken) -> int:
        """Return the document frequency of the word in any form, in bodies or in headlines, whichever is larger."""
        fields = ("body_stem", "title_stem")
        return max(count for name in fields for count in self._engine.frequencies(name, token.stems))

    def _frequencies(self, words: Sequence[str]) -> list[int]:
        """Return the document frequency of each word at level word, in bodies or in headlines, whichever is larger.

        Of a name that is written in one word it is that of its two words one after another.
        """
        bodies = self._engine.frequencies("body_word", words)
        titles = self._engine.frequencies("title_word", words)
        counts = [max(body, title) for body, title in zip(bodies, titles, strict=True)]
        return [max(count, self._frequency_of_name(word)) for count, word in zip(counts, words, strict=True)]

    def _frequency_of_name(self, word: str) -> int:
        terms = tuple(
            token.word for part in bundled_compounds().parts_of_name(word) for token in self._analyzer.tokens(part)
        )
        if not terms:
            return 0
        found = (self._engine.search(word_phrase(name, terms), limit=1).total for name in ("body", "title"))
        return max(found)


def _is_name(text: str, tokens: Sequence[AnalyzedToken]) -> bool:
    """Return whether the tokens of a word stand one after another as those of a name do: عبدالفتاح, عبد الفتاح."""
    gaps = (text[one.end : other.start] for one, other in pairwise(tokens))
    return all(not gap or gap.isspace() for gap in gaps)


def _plain_words(tree: Tree) -> list[Word]:
    """Return the words of a tree that may be repaired: not those that are exact, excluded, or in a field of names."""
    match tree:
        case Word():
            return [] if tree.exact or tree.field not in (None, "title", "body") else [tree]
        case And(parts) | Or(parts):
            return [word for part in parts if not isinstance(part, Not) for word in _plain_words(part)]
        case _:
            return []
