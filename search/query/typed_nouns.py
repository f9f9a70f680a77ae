"""Words with the letters of function words that are nouns, names or verbs as a reader typed them: منى, فلك, الأم, ولي.

In: a token of a query whose term at the level word is that of a function word. Out: whether it is another word as it is
typed, and the token as that is searched. Folding and particles make it look like a function word: منى (Mina) is folded
like مني (from me), فلك (an orbit) is ف and لك, الأم (the mother) has the letters of أم (or). The lexicon has
lemmas of their own for the first two; only nouns and names take the article (Ryding, A Reference Grammar of Modern
Standard Arabic, chapter 7); ولي (guardian) is a noun besides و and لي. What an index has under the function word's stem
is searched in its form. Called by `query_words.py`, and by `name_parts.py`, which asks the index where this is not
sure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from msgspec.structs import replace

from search.analysis import letters
from search.analysis.analyzed_token import AnalyzedToken, Reading, is_listed
from search.analysis.analyzer import Analyzer
from search.analysis.fold import fold, strip_marks
from search.analysis.function_words import FUNCTION_FORMS, FUNCTION_WORDS
from search.analysis.weak_methods import weakly

SOURCE: Final = "as typed"
_REMEMBERED: Final = 4_096  # words of queries
_LONGEST_REST: Final = 3  # letters of a function word before which a particle may be another word's first letter
_LEAST: Final = 0.1  # probability of a noun that begins with the letter of a particle
_OTHER_FORMS: Final = 0.7  # weight of the noun's other forms: the one that was typed stays first
# Pronouns of quantity and time words that are function words with the article too, and the dialects' relative pronoun.
_WITH_ARTICLE: Final = frozenset(("كل", "بعض", "غير", "حين", "لي"))
# More forms whose lemmas are function words: without, when, whoever, that not, yes, that we, and if.
_MORE_FORMS: Final = "بلا فلما بمن ألا فحين حينه بلى بأنا لأنا لكنا لكأن وان فنحو فكم الأنا أحيان"
_BEFORE_ARTICLE: Final = ("", "و", "ف", "ب", "ك", "وب")
_BEFORE_SHORT_ARTICLE: Final = ("", "و", "ف")
_OF_TWO_LAMS: Final = letters.LAM + letters.LAM
_CAREFUL: Final = frozenset((*letters.ALEFS_WITH_HAMZA, letters.TEH_MARBUTA, letters.ALEF_MAKSURA))


class TypedNoun(NamedTuple):
    """What a word with the letters of a function word is besides.

    sure      whether it is that for certain, as it is typed; else neighbours decide
    whole     whether the letter that analysis takes for a particle is its own: ولي
    stems     its stems; of a word that an index has under a function word's stem the word itself, which is no stem
    readings  what else it is searched by: the form typed, and the stem of its other forms
    """

    sure: bool
    whole: bool
    stems: tuple[str, ...]
    readings: tuple[Reading, ...] = ()


@lru_cache(maxsize=2)
def typed_nouns(analyzer: Analyzer) -> TypedNouns:
    """Return the `TypedNouns` of an analyser, made once and shared."""
    return TypedNouns(analyzer)


class TypedNouns:
    """Finds what words with the letters of function words are besides. Safe to share between threads."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._remembered = lru_cache(maxsize=_REMEMBERED)(weakly(self._find))

    def of(self, token: AnalyzedToken) -> TypedNoun | None:
        """Return what a token is besides a function word; None of any other word, and of one that is nothing else."""
        if not token.function:
            return None
        return self._remembered(strip_marks(token.text), token.exact, token.word, token.stems)

    def as_noun(self, token: AnalyzedToken) -> AnalyzedToken:
        """Return the token as the word that it is besides a function word is searched; itself without that."""
        found = self.of(token)
        return replace(token, stems=found.stems, function=False, readings=found.readings) if found else token

    def as_typed(self, token: AnalyzedToken) -> AnalyzedToken:
        """Return the token as it is searched whatever stands beside it."""
        found = self.of(token)
        return self.as_noun(token) if found and found.sure else token

    def warm(self) -> None:
        """Read the function words now, so that no request waits for it."""
        len(self._grammar)

    @cached_property
    def _grammar(self) -> Mapping[str, frozenset[str]]:
        """Function word → the stems of the forms in which it is written, such as أن and إن."""
        stems = defaultdict[str, set[str]](set)
        for token in self._analyzer.tokens(" ".join(sorted(FUNCTION_FORMS))):
            stems[token.word].update(token.stems)
        return {word: frozenset(found) for word, found in stems.items()}

    @cached_property
    def _lemmas(self) -> frozenset[str]:
        """The stems of all function words as they stand without pronouns, which are not misread."""
        whole = (form for form in FUNCTION_FORMS if fold(form) in FUNCTION_WORDS and len(form) <= len("لكن"))
        return frozenset(
            stem for token in self._analyzer.tokens(f"{' '.join(whole)} {_MORE_FORMS}") for stem in token.stems
        )

    def _is_grammar(self, stem: str, word: str) -> bool:
        return stem in self._grammar.get(word, ()) or stem in self._lemmas

    def _find(self, bare: str, exact: str, word: str, stems: tuple[str, ...]) -> TypedNoun | None:
        """Return what `of` does for the bare word as typed and its terms."""
        particles = exact[: len(exact) - len(word)] if exact.endswith(word) else ""
        written = bare[len(particles) :]
        others = tuple(stem for stem in stems if not self._is_grammar(stem, word))
        own = others if others[:1] == stems[:1] else ()
        if particles.endswith((letters.ARTICLE, _OF_TWO_LAMS)):
            nouns = tuple(stem for stem in own if not stem.endswith("/V"))  # no verb takes the article
            return self._with_article(word, nouns) if word not in _WITH_ARTICLE else None
        if letters.ALEF_MADDA in written and written not in FUNCTION_FORMS:
            return TypedNoun(sure=True, whole=False, stems=others or stems)
        if own and (not particles or len(word) <= _LONGEST_REST or self._is_own(written)):
            return TypedNoun(self._is_sure(bare, exact, own[0]), whole=False, stems=own, readings=self._in_yeh(bare))
        return self._whole(bare, exact, word, stems) if particles and len(word) <= _LONGEST_REST else None

    def _in_yeh(self, bare: str) -> tuple[Reading, ...]:
        """Return how the whole word in ي is searched for which ى may stand, as Egypt writes it: ولى العهد."""
        if bare[-1] != letters.ALEF_MAKSURA:
            return ()
        found = [self.of(token) for token in self._analyzer.tokens(bare[:-1] + letters.YEH)]
        return tuple(reading for noun in found if noun and noun.whole for reading in noun.readings)

    def _is_own(self, written: str) -> bool:
        return any(not self._is_grammar(token.stems[0], token.word) for token in self._analyzer.tokens(written))

    def _is_sure(self, bare: str, exact: str, stem: str) -> bool:
        """Whether care was taken in typing a word with a lemma of its own, or careless letters would be that lemma."""
        lemmas = self._analyzer.lemmas
        if lemmas is None or not is_listed(stem):
            return False
        common = lemmas.lookup_folded(exact)[:1]
        return not _CAREFUL.isdisjoint(bare) or bool(common and common[0] == stem)

    def _with_article(self, word: str, own: tuple[str, ...]) -> TypedNoun:
        if own:
            return TypedNoun(sure=True, whole=False, stems=own)
        forms = [front + letters.ARTICLE + word for front in _BEFORE_ARTICLE]
        forms += [front + _OF_TWO_LAMS + word for front in _BEFORE_SHORT_ARTICLE]
        readings = tuple(Reading(form, 1.0, SOURCE, level="particles") for form in forms)
        return TypedNoun(sure=True, whole=False, stems=(forms[0],), readings=readings)

    def _whole(self, bare: str, exact: str, word: str, stems: tuple[str, ...]) -> TypedNoun | None:
        token = AnalyzedToken(0, len(bare), bare, exact, word, stems, function=True)
        others = {
            reading.term: replace(reading, weight=_OTHER_FORMS)
            for source in self._analyzer.reading_sources
            for reading in source(token)
            if reading.level == "stem" and reading.term.endswith("/N") and reading.weight >= _LEAST
            if not self._is_grammar(reading.term, word)
        }
        if not others:
            return None
        typed = Reading(exact, 1.0, SOURCE, level="particles")
        return TypedNoun(sure=False, whole=True, stems=(exact,), readings=(typed, *others.values()))
