"""What to try when a query finds nothing: each step another reading of the same keys.

In: the query, its tree and the index's document frequencies. Out: `Repair`s in the order they are tried; the service
takes the first that finds something, says so, and offers the way back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from search.analysis.analyzer import AnalyzedToken
from search.index.open_index import OpenIndex
from search.query.tree import And, Not, Or, Tree, Word
from search.repairs.corrections import Frequencies, corrections, far_commoner, parted
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
_MOST_WORDS = 8  # words of a query that are repaired; longer ones are relaxed instead


@dataclass(frozen=True, slots=True)
class Repair:
    """Another query to try. kind: "keyboard", "spelling" or "particles"."""

    kind: str
    query: str


def repairs(index: OpenIndex, query: str, tree: Tree) -> Iterator[Repair]:
    """The readings worth trying, likeliest first."""
    keyboard = _keyboard(index, query)
    if keyboard is not None:
        yield Repair("keyboard", keyboard)
    words = [word for word in _plain_words(tree) if _missing(index, word)][:_MOST_WORDS]
    for kind, mend in (("spelling", _spelled), ("particles", _split)):
        mended = _replaced(index, query, words, mend)
        if mended is not None:
            yield Repair(kind, mended)


def suggestion(index: OpenIndex, query: str, tree: Tree) -> str | None:
    """ "Did you mean": the query with each rare word replaced by a far commoner one a letter away; None for none."""
    return _replaced(index, query, _plain_words(tree)[:_MOST_WORDS], _far_commoner)


def _keyboard(index: OpenIndex, query: str) -> str | None:
    """The query as the other keyboard would have typed it, if all of that stands in the index."""
    for convert in (as_arabic, as_latin):
        other = convert(query)
        tokens = index.analyzer.tokens(other) if other else []
        if other and tokens and all(_frequency(index, token) for token in tokens):
            return other
    return None


def _spelled(index: OpenIndex, token: AnalyzedToken) -> str | None:
    found = corrections(token.word, _frequencies(index), most=1)
    if found:
        return _as_written(index, token, found[0].word)
    parts = parted(token.exact, _frequencies(index))
    return " ".join(map(index.written, parts)) if parts else None


def _split(index: OpenIndex, token: AnalyzedToken) -> str | None:
    """The word without a particle that analysis left on it: the rest that stands in most articles."""
    rests = [token.exact[len(p) :] for p in _PARTICLES if token.exact.startswith(p) and len(token.exact) - len(p) > 1]
    counts = _frequencies(index)(rests)
    best = max(zip(counts, rests, strict=True), default=(0, ""))
    return index.written(best[1]) if best[0] else None


def _far_commoner(index: OpenIndex, token: AnalyzedToken) -> str | None:
    typed = _frequency(index, token)
    if token.function or typed > 3:
        return None
    found = corrections(token.word, _frequencies(index), least=10, most=1)
    if not found or not far_commoner(typed, found[0].frequency):
        return None
    meant = index.analyzer.keys(found[0].word)
    return None if set(meant) & set(token.stems) else _as_written(index, token, found[0].word)


def _as_written(index: OpenIndex, token: AnalyzedToken, word: str) -> str:
    """The word as articles write it, behind the particles that were typed."""
    particles = token.exact.removesuffix(token.word) if token.exact.endswith(token.word) else ""
    return particles + index.written(word)


def _replaced(
    index: OpenIndex, query: str, words: list[Word], mend: Callable[[OpenIndex, AnalyzedToken], str | None]
) -> str | None:
    """The query with every word that can be mended replaced wherever it stands; None where none can."""
    mended: dict[str, str] = {}
    for word in words:
        tokens = index.analyzer.tokens(word.text)
        other = mend(index, tokens[0]) if len(tokens) == 1 else None
        if other is not None:
            mended[tokens[0].text] = other
    parts, place = [], 0
    for token in index.analyzer.tokens(query):
        parts += [query[place : token.start], mended.get(token.text, token.text)]
        place = token.end
    return "".join(parts) + query[place:] if mended else None


def _plain_words(tree: Tree) -> list[Word]:
    """The words of a tree that are neither exact nor unwanted."""
    match tree:
        case Word():
            return [] if tree.exact or tree.field not in (None, "title", "body") else [tree]
        case And(parts) | Or(parts):
            return [word for part in parts if not isinstance(part, Not) for word in _plain_words(part)]
        case _:
            return []


def _missing(index: OpenIndex, word: Word) -> bool:
    return any(not _frequency(index, token) for token in index.analyzer.tokens(word.text))


def _frequency(index: OpenIndex, token: AnalyzedToken) -> int:
    """In how many bodies or headlines the word stands in any form (the larger of the two)."""
    names = ("body_stem", "title_stem")
    return max(n for name in names for n in index.engine.frequencies(name, token.stems))


def _frequencies(index: OpenIndex) -> Frequencies:
    def count(words: Sequence[str]) -> list[int]:
        bodies = index.engine.frequencies("body_word", words)
        return [max(a, b) for a, b in zip(bodies, index.engine.frequencies("title_word", words), strict=True)]

    return count
