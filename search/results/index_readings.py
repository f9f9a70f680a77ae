"""Other forms of a word that no lexicon knows, found among the terms of one index: for كزبلاني also بكزبلاني.

In: an open engine and a token of a query. Out: `Reading`s, a source of `OpenIndex.reading_sources`. New archives bring
new names, whose particles and endings no table of counts could take off when they were indexed. Here the counts of the
index itself decide, as those of the news do in `analysis/lexicon/building/unlisted.py`: what is left of a word is its
base if it stands in enough articles beside those of the whole; another word is a form of the base if the base stands in
enough articles beside its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Final, NamedTuple

from search.analysis import letters as ar
from search.analysis.analyzed_token import AnalyzedToken, Reading, is_listed
from search.analysis.analyzer import Analyzer
from search.analysis.fold import PLAIN_ARABIC
from search.analysis.function_words import FUNCTION_WORDS
from search.engines.base import Engine
from search.whole_answers import remembered

SOURCE: Final = "index"
_FIELDS: Final = ("body_word", "title_word")  # of words as written, folded and without the particles that were sure
_LEAST_LETTERS: Final = 4  # of a base; three letters are one letter away from too many words
_LEAST_ARTICLES: Final = 2  # that have a base beside the form from which it is taken
_MOST: Final = 12  # forms of a word, the commonest
_REMEMBERED: Final = 4_096  # words of queries whose forms are remembered
_WEIGHT: Final = 0.7  # of another form: the form as typed stays first
_PERSONS: Final = ar.YEH + ar.TEH + ar.NOON + ar.ALEF  # first letters of imperfect verbs (verb_rules.py)
_SAME: Final = 0.05  # of the word itself, which its stem has scored already
_WITNESS: Final = 0.15  # of the articles with the relative ي, those with يه or يين, without which it is a family's name

# Particles that may still stand in front, and how many times as common as the whole the rest must be.
_PARTICLES: Final = (("", 0.0), ("و", 3.0), ("ف", 3.0), ("ب", 2.0), ("ل", 2.0), ("ك", 2.0), ("وب", 2.0), ("ول", 2.0))
# Endings (ة is folded to ه), what stands there instead in the base, and how many times as common that must be.
_ENDINGS: Final = (
    ("", "", 0.0), ("ات", "ه", 0.2), ("تين", "ه", 0.2), ("يه", "ي", 0.2), ("يين", "ي", 0.2), ("يون", "ي", 0.2),
    ("يات", "ي", 0.2), ("ات", "", 0.7), ("ين", "", 0.7), ("ون", "", 0.7), ("ها", "", 0.7), ("هم", "", 0.7),
    ("يه", "", 1.0), ("يين", "", 1.0), ("يون", "", 1.0), ("يات", "", 1.0),
    ("ان", "", 2.0), ("ا", "", 2.0), ("ه", "", 2.0), ("ي", "", 2.0),
)  # fmt: skip

_WEAK: Final = ("ا", "ان")  # endings that show too little where a particle is taken off too


class _Dress(NamedTuple):
    """A form of a base: the letters in front, those at the end and those that stand there in the base.

    least: how many times as common as the form the base must be.
    """

    front: str
    end: str
    instead: str
    least: float

    def of(self, base: str) -> str | None:
        """Return this form of the base; None if the base has no such form."""
        return self.front + base.removesuffix(self.instead) + self.end if base.endswith(self.instead) else None

    def base(self, form: str) -> str | None:
        """Return the base of which this is the form; None if it is none."""
        if not (form.startswith(self.front) and form.endswith(self.end)):
            return None
        rest = form[len(self.front) : len(form) - len(self.end)] + self.instead
        return rest if len(rest) >= _LEAST_LETTERS and rest not in FUNCTION_WORDS else None


_DRESSES: Final = tuple(
    _Dress(front, end, instead, max(in_front, at_end))
    for front, in_front in _PARTICLES
    for end, instead, at_end in _ENDINGS
    if (front or end) and not (front and end in _WEAK)
)


class IndexReadings:
    """The forms of unlisted words in one index; a `ReadingSource`. Safe to share between threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._remembered = remembered(self._forms, most=_REMEMBERED)

    def __call__(self, token: AnalyzedToken) -> tuple[Reading, ...]:
        """Return the other forms of the word in the index, the commonest first; () if the lexicon knows the word."""
        if is_listed(token.stems[0]) or len(token.word) < _LEAST_LETTERS or not PLAIN_ARABIC.fullmatch(token.word):
            return ()
        others = self._remembered(token.word)
        forms = [form for form in others if not set(token.stems) & set(self._analyzer.keys(form))]
        readings = [Reading(form, _WEIGHT, SOURCE, level="word") for form in forms]
        if "/" not in token.stems[0] and token.word[0] in _PERSONS:  # one word, two stems: verbs do not have ال
            readings.append(Reading(token.word, _SAME, SOURCE, level="word"))
        return tuple(readings)

    def _forms(self, word: str) -> tuple[str, ...]:
        base = self._base(word)
        found = {form: dress for dress in _DRESSES if (form := dress.of(base)) and form != word}
        counts = self._counts((base, *found, *_witnesses(base)))
        enough = counts.get(base, 0)
        kept = [
            form
            for form, dress in found.items()
            if form in counts
            and (not enough or enough >= dress.least * counts[form])
            and _is_form(dress, base, counts)
            and not is_listed(self._analyzer.keys(form)[0])
        ]
        kept += [base] if enough and base != word else []
        return tuple(sorted(kept, key=lambda form: (-counts[form], form))[:_MOST])

    def _base(self, word: str) -> str:
        """Return the commonest word of the index of which this one is a form; the word itself if there is none."""
        found = {base: dress for dress in reversed(_DRESSES) if (base := dress.base(word))}
        counts = self._counts((word, *found, *chain.from_iterable(map(_witnesses, found))))
        least = max(1, counts.get(word, 0))
        bases = [
            base
            for base, dress in found.items()
            if counts.get(base, 0) >= max(_LEAST_ARTICLES, dress.least * least)
            and _is_form(dress, base, counts)
            and not is_listed(self._analyzer.keys(base)[0])
        ]
        return max(bases, key=lambda base: (counts[base], -len(base)), default=word)

    def _counts(self, terms: Iterable[str]) -> dict[str, int]:
        """Return how many articles have each of the terms that any has: in bodies, or where none is, in headlines."""
        asked = list(dict.fromkeys(terms))
        for field in _FIELDS:
            found = zip(asked, self._engine.frequencies(field, asked), strict=True)
            if counts := {term: count for term, count in found if count}:
                return counts
        return {}


def _witnesses(base: str) -> tuple[str, str]:
    """Return the forms that show that a ي behind the base is the relative ending."""
    return base + "يه", base + "يين"


def _is_form(dress: _Dress, base: str, counts: dict[str, int]) -> bool:
    """Return whether a relative ي at the end is shown to be one by other endings behind it."""
    if (dress.end, dress.instead) != ("ي", ""):
        return True
    witness = sum(counts.get(other, 0) for other in _witnesses(base))
    return witness >= _WITNESS * counts.get(dress.front + base + ar.YEH, 0)
