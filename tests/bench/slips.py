"""How many typing mistakes are answered with the word that was meant, over 86,668 articles.

Words of headlines are mistyped by a generator with a fixed seed: a letter left out, put in, replaced or exchanged with
the next, with what hands do (keys nearby, letters typed twice) more often than chance. They are made anew for each half
of the words, so that costs can be tried on one and judged by the other: KASHAF_HALF=0 or 1 measures one half alone.
`KASHAF_MISSES=1` prints the mistakes that are answered with another word.
"""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple
from zlib import crc32

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.analyzer import Analyzer
from search.repairs.corrections import is_correctable
from search.repairs.keyboard import ARABIC_ROWS
from search.repairs.slips import Slips
from search.service import SearchService
from search.settings import Settings
from tests.bench.figures import Figure
from tests.bench.places import NEWS, index_of, topics

_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ALIKE = ("تط", "دض", "ضظ", "ذز", "ثس", "صس", "دذ", "بتثن", "جحخ", "رز", "سش", "صض", "طظ", "عغ", "فق", "حه", "قك")
_MISTAKES = (("left out", 38), ("replaced", 27), ("put in", 20), ("exchanged", 15))  # per cent of each
_FIRST_SPARED = 0.67  # of the mistakes that would change the first letter, so many change another
_FEWEST_ARTICLES = 3  # of a right word that must not be corrected


class _Mistake(NamedTuple):
    typed: str
    meant: str


def measure(rows: int) -> Iterator[Figure]:
    """Shares of the mistakes that a page without hits, or one with few, answers with the word meant or another."""
    index = SearchService.open(Settings(index=index_of(NEWS, rows))).index
    slips, analyzer = Slips(index.engine, index.analyzer), index.analyzer
    words = list(islice(_words(analyzer), rows or None))
    counts, kept = Counter[tuple[str, str]](), 0
    for mistake in _mistakes(words):
        tokens = analyzer.tokens(mistake.typed)
        if len(tokens) == 1 and slips.is_rare(tokens[0]):
            found = "few hits" if any(index.engine.frequencies("body_stem", tokens[0].stems)) else "no hits"
            counts[found, _outcome(slips, analyzer, tokens[0], mistake, found)] += 1
    for found, right, wrong in (("no hits", 0.81, 0.15), ("few hits", 0.2, 0.13)):
        total = sum(count for (each, _), count in counts.items() if each == found)
        share = counts[found, "right"] / max(1, total)
        yield Figure(f"{found}: of {total:,} mistakes answered with the word meant", share, "", at_least=right)
        share = counts[found, "wrong"] / max(1, total)
        yield Figure(f"{found}: with another word", share, "", at_most=wrong)
    rare = [token for token in words if slips.is_rare(token) and slips.articles(token) >= _FEWEST_ARTICLES]
    kept = sum(bool(slips.offered(token)) for token in rare)
    yield Figure(
        f"of {len(rare):,} right words that few articles have, corrected", kept / max(1, len(rare)), "", at_most=0.01
    )


def _words(analyzer: Analyzer) -> Iterator[AnalyzedToken]:
    """Yield the different words of headlines that may be mistyped."""
    half, seen = os.environ.get("KASHAF_HALF"), set[str]()
    for topic in topics():
        for token in analyzer.tokens(topic.query):
            mine = half is None or crc32(token.exact.encode()) % 2 == int(half)
            is_word = not token.function and token.text.isalpha() and not token.text.isascii()
            if mine and is_word and is_correctable(token.exact) and token.exact not in seen:
                seen.add(token.exact)
                yield token


def _mistakes(words: list[AnalyzedToken]) -> Iterator[_Mistake]:
    chosen = random.Random(7)
    for token in words:
        typed = _mistyped(token.exact, chosen)
        if typed != token.exact and is_correctable(typed):
            yield _Mistake(typed, token.exact)


def _mistyped(word: str, chosen: random.Random) -> str:
    """Return the word with a mistake of one of the kinds."""
    kind = chosen.choices([name for name, _ in _MISTAKES], [share for _, share in _MISTAKES])[0]
    at = chosen.randrange(len(word) - (kind == "exchanged"))
    if not at and chosen.random() < _FIRST_SPARED:
        at = chosen.randrange(1, max(2, len(word) - (kind == "exchanged")))
    if kind == "left out":
        return word[:at] + word[at + 1 :]
    if kind == "exchanged":
        return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    if kind == "replaced":
        others = chosen.choices((_NEARBY, _LIKE, _ANY), (50, 35, 15))[0]
        return word[:at] + chosen.choice(others[word[at]] or _LETTERS) + word[at + 1 :]
    others = chosen.choices((_SAME, _NEARBY, _ANY), (35, 45, 20))[0]
    return word[:at] + chosen.choice(others[word[at]] or _LETTERS) + word[at:]


def _outcome(slips: Slips, analyzer: Analyzer, token: AnalyzedToken, mistake: _Mistake, found: str) -> str:
    """Say whether a mistake is answered with a form of the word meant ("right"), another word ("wrong") or none."""
    words = (slips.nearest(token) if found == "no hits" else ()) or slips.offered(token)
    answer = " ".join(map("".join, words))
    if not answer:
        return "none"
    right = answer == mistake.meant or bool(set(analyzer.keys(answer)) & set(analyzer.keys(mistake.meant)))
    if not right and os.environ.get("KASHAF_MISSES"):
        print(f"  {mistake.typed} for {mistake.meant}: {answer}")
    return "right" if right else "wrong"


def _others(groups: Iterator[str]) -> defaultdict[str, str]:
    """Return each letter → the letters that are in a group with it."""
    found = defaultdict[str, str](str)
    for group in groups:
        for letter in group:
            found[letter] += group.replace(letter, "")
    return found


_NEARBY = _others("".join(pair) for row in ARABIC_ROWS for pair in pairwise(row))
_LIKE = _others(iter(_ALIKE))
_ANY = defaultdict[str, str](str)
_SAME = defaultdict[str, str](str, {letter: letter for letter in _LETTERS})
