"""Finds other queries that the reader may have meant by a query that finds nothing or little.

In: the query, its tree, and the words of one index. Out: `Repair`s, the likeliest first: the query in its right
encoding, on the other keyboard layout, with corrected spelling, without particles. `search/answering.py` searches them
in this order and answers with the first that finds something; `search/results_page.py` proposes the query with commoner
words as "did you mean".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice, pairwise, starmap

from msgspec import structs

from search.analysis.amounts import PERCENT, SIGNS
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.fold import strip_marks
from search.analysis.letters import FEH, FUTURE, PREPOSITIONS
from search.analysis.lexicon.compound_table import bundled_compounds
from search.encodings.double_encoding import with_right_encoding
from search.engines.base import Engine
from search.query.tree import And, Or, Phrase, Tree, Word, words_as_typed
from search.repairs.keyboard import as_arabic, as_latin
from search.repairs.slips import Slips, Words

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
_MOST_WORDS = 8  # rare words of a query that are repaired, the first


@dataclass(frozen=True, slots=True)
class Repair:
    """Another query to try. kind: "encoding", "keyboard", "spelling" or "particles"."""

    kind: str
    query: str


@dataclass(frozen=True, slots=True)
class Offer:
    """The query of "did you mean", and the words of the query as typed that it replaces."""

    query: str
    replaced: frozenset[str]


class QueryRepairs:
    """Finds the other readings of queries over one index.

    written: gives a folded word of the index as its articles write it (`search/results/written_forms.py`)
    """

    def __init__(self, engine: Engine, analyzer: Analyzer, written: Callable[[str], str]) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._written = written
        self._slips = Slips(engine, analyzer)

    def likeliest_first(self, query: str, tree: Tree) -> Iterator[Repair]:
        """Yield the other readings of a query that finds nothing, the likeliest first."""
        mended = with_right_encoding(query)
        if mended != query:
            yield Repair("encoding", mended)
        keyboard = self._keyboard(query)
        if keyboard is not None:
            yield Repair("keyboard", keyboard)
        missing = [token for token in self._tokens(tree) if not self._frequency(token)][:_MOST_WORDS]
        rare = self.rare_words(tree)
        nearest = self._meant(missing, self._slips.nearest)
        offered = self._meant(rare, self._slips.offered)
        bare = self._meant(missing, self._without_particle)
        for kind, meant in (("spelling", offered | nearest), ("particles", bare)):
            if meant:
                yield Repair(kind, self._replaced(query, meant))

    def rare_words(self, tree: Tree) -> list[AnalyzedToken]:
        """Return the first words of a query whose form as typed is rare in the index."""
        return list(islice(filter(self._slips.is_rare, self._tokens(tree)), _MOST_WORDS))

    def commoner_words(self, query: str, rare: Sequence[AnalyzedToken]) -> Offer | None:
        """Return the query with each rare form replaced by the far commoner word that it may be a slip of; None
        without any."""
        meant = self._meant(rare, self._slips.offered)
        return Offer(self._replaced(query, meant), frozenset(meant)) if meant else None

    def read_otherwise(self, rare: Sequence[AnalyzedToken]) -> list[tuple[str, str]]:
        """Return those of the rare words that no article has as typed, but without the letter before them that was
        taken for a particle, each with what was found instead: برشا with رشا."""
        found = [token for token in rare if _is_behind_a_letter(token) and not self._slips.articles(token)]
        return [(token.text, self._written(token.word)) for token in found if self._frequency(token)]

    def _keyboard(self, query: str) -> str | None:
        """Return the query as the other keyboard layout gives it, if the index has all words of that.

        Words of letters and digits (7alab) are Arabic typed in Latin letters, or codes, and never of the other layout.
        """
        if _LETTERS_AND_DIGITS.search(query):
            return None
        for convert in (as_arabic, as_latin):
            other = convert(query)
            tokens = self._analyzer.tokens(other) if other else []
            if other and tokens and _has_words(other) and all(map(self._frequency, tokens)):
                return other
        return None

    def _without_particle(self, token: AnalyzedToken) -> Words:
        """Return the word without a particle that analysis has not removed: of several the rest in most articles."""
        rests = [
            token.exact[len(p) :] for p in _PARTICLES if token.exact.startswith(p) and len(token.exact) - len(p) > 1
        ]
        best = max(zip(self._frequencies(rests), rests, strict=True), default=(0, ""))
        return (("", best[1]),) if best[0] else ()

    def _meant(self, tokens: Iterable[AnalyzedToken], meant: Callable[[AnalyzedToken], Words]) -> dict[str, str]:
        """Return what is meant by each of the words, as typed → as articles write it, without those that are right; of
        words without the spaces between them those that were typed, for علي would be على."""
        found = ((token, meant(token)) for token in tokens)
        return {
            token.text: " ".join(_parts_typed(token, words) or starmap(self._as_written, words))
            for token, words in found
            if words
        }

    def _as_written(self, particles: str, form: str) -> str:
        """Return a word as articles write it, with particles before it; a name in one word where it is typed in one."""
        return particles + "".join(map(self._written, bundled_compounds().parts_of_name(form) or (form,)))

    def _replaced(self, query: str, meant: Mapping[str, str]) -> str:
        """Return the query with each of these words replaced wherever it occurs."""
        parts, offset = [], 0
        for token in self._analyzer.tokens(query):
            parts += [query[offset : token.start], meant.get(token.text, token.text)]
            offset = token.end
        return "".join(parts) + query[offset:]

    def _tokens(self, tree: Tree) -> Iterator[AnalyzedToken]:
        """Yield the tokens of the words that may be repaired; of a name in one word those of both of its parts.

        Signs such as $ have terms of words but no letters to correct, and per cent belongs to a number.
        """
        texts = (text for typed in words_as_typed(tree) for text in typed.text.split())
        for text in dict.fromkeys(texts):
            tokens = self._analyzer.tokens(text)
            if sum(len(token.text) for token in tokens) == len(text):
                yield from (token for token in tokens if token.word != PERCENT and token.text not in SIGNS)

    def _frequency(self, token: AnalyzedToken) -> int:
        """Return the document frequency of the word in any form, in bodies or in headlines, whichever is larger."""
        fields = ("body_stem", "title_stem")
        return max(count for name in fields for count in self._engine.frequencies(name, token.stems))

    def _frequencies(self, words: Sequence[str]) -> list[int]:
        """Return the document frequency of each word at level word, in bodies or in headlines, whichever is larger."""
        bodies = self._engine.frequencies("body_word", words)
        titles = self._engine.frequencies("title_word", words)
        return [max(body, title) for body, title in zip(bodies, titles, strict=True)]


def _parts_typed(token: AnalyzedToken, words: Words) -> list[str]:
    """Return the words between which a space was lost as they are typed, without harakat; [] if letters differ too."""
    forms, typed = [form for _, form in words], strip_marks(token.text)
    if len(forms) < 2 or "".join(forms) != token.exact or len(typed) != len(token.exact):
        return []
    starts = [0, *accumulate(map(len, forms))]
    return [typed[start:end] for start, end in pairwise(starts)]


def _has_words(text: str) -> bool:
    """Return whether a text is nothing but words of two letters or more: «.v,m», زروة on the US keyboard, is none."""
    return all(chunk.isalnum() and len(chunk) > 1 for chunk in text.split())


def as_typed(tree: Tree, words: Container[str]) -> Tree:
    """Return the tree with these words, and the phrases with one of them, searched exactly as they are typed."""
    match tree:
        case Word() if tree.text in words:
            return structs.replace(tree, exact=True)
        case Phrase() if any(word in words for word in tree.text.split()):
            return replace(tree, exact=True)
        case And(parts):
            return And(tuple(as_typed(part, words) for part in parts))
        case Or(parts):
            return Or(tuple(as_typed(part, words) for part in parts))
        case _:
            return tree


def _is_behind_a_letter(token: AnalyzedToken) -> bool:
    """Return whether one letter was taken off the word that may well be its own; و seldom is, and the article never."""
    return token.exact[1:] == token.word and token.exact[0] in PREPOSITIONS + FEH + FUTURE
