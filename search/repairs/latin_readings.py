"""Reads Latin words of a query as names in Arabic letters that one index has: Soleimani as سليماني, Mosul as الموصل.

In: an open index and a token of a query. Out: `Reading`s that the index has, the likeliest first. A word is read so if
the archive lacks it or has it hardly ever, and if it is no Arabic word typed on the other keyboard. What
`search/analysis/names/latin_candidates.py` proposes is looked up in the index, and how common a word is there counts
too. The likeliest reading is searched if it is likely enough, with other spellings of that name; one that is merely
possible is offered. Called by `search/query/query_words.py`, and by `search/repairs/arabizi.py`, which offers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from search.analysis import letters as ar
from search.analysis.analyzed_token import AnalyzedToken, Reading
from search.analysis.analyzer import Analyzer
from search.analysis.lexicon.compound_table import bundled_compounds
from search.analysis.names.edits import EditWeights
from search.analysis.names.known_pairs import known_names, latin
from search.analysis.names.latin_candidates import candidates
from search.analysis.names.latin_spellings import ARABIZI_WORD, LATIN_NAME, bundled
from search.analysis.names.name_filter import NameFilter
from search.analysis.token_pairs import other_form
from search.engines.base import Engine
from search.query.field_clauses import word_phrase
from search.query.query_words import LatinNames
from search.query.tree import TEXT_FIELDS
from search.repairs.keyboard import as_arabic
from search.whole_answers import remembered

SOURCE: Final = "latin"  # the name of this source of readings
_DEFINITE: Final = "al"
_ARTICLES: Final = frozenset(("al", "el", "as", "ash", "ar", "an", "ad", "at", "az", "es", "er", "en", "ed"))  # as-Sisi
_MOST_TOKENS: Final = 3  # of one word: al-Qa'ida
_ENGLISH_WORDS: Final = """
    about after all and any are before but can for from had has have her his how its may new not now off one our out own
    she than that the their them then there these they this those under was were what when where which who why will with
    you your
"""
_ENGLISH: Final = frozenset(_ENGLISH_WORDS.split())  # words of English sentences, which no reader means as a name
_HARDLY_EVER: Final = 10_000  # a word that one in so many articles has is read as a name all the same,
_SELDOM: Final = 1_000  # and one in so many, if it is the English of a listed name (Dubai),
_RARE: Final = 2  # also one that so many articles have,
_COMMONER: Final = 20  # if so many times as many have the reading
_LARGE: Final = 20_000  # articles of an archive in which a word of a single article is as likely a slip
# The score of a reading is its evidence as a spelling, and what is added for how likely the word is meant.
_COUNTED: Final = 1.0  # from this evidence on a reading is looked up in the index,
_TAKEN: Final = 6.3  # from this score on it is searched,
_OFFERED: Final = 3.0  # and from this score on it is offered
_WITH_DIGITS: Final = 6.0  # added to the readings of what is typed with digits for Arabic letters: it is no English
_KNOWN: Final = 5.0  # added to an Arabic name of the list, whatever its English is there,
_KNOWN_ORDINARY: Final = 2.5  # to one that is an ordinary word too,
_ACCEPTED: Final = 2.0  # to another word that may be a foreign name,
_ORDINARY: Final = -4.5  # to what the lexicon has as an ordinary word only,
_WITH_PARTICLE: Final = -9.0  # and to such a word with a particle: وعثر is no name
_COMMON: Final = 1.1  # how much the logarithm of the share of articles that have the word adds
_MOST_COMMON: Final = 0.007  # a share that counts as much as any larger one, as every word has in a small archive
_SEEN: Final = -3.2  # added where articles have the word in Latin letters and no list has it: mostly it is English
_AS_LIKELY: Final = 1.0  # another name is taken too if it is at most this much less likely,
_NEARLY: Final = 6.0  # and another spelling if it is at most this much less likely,
_ALIKE: Final = 0.0  # which has log-odds of at least this of being the same name (`names/edits.py`)
_MOST: Final = 8  # readings of one word
_COMPOUNDS: Final = 4  # names of two words that are counted for one word, the likeliest
_LEAST_WEIGHT: Final = 0.15
_REMEMBERED: Final = 1024


class _Found(NamedTuple):
    """A word of the index, or a name of two words as one, how likely it is meant, and in how many articles it is."""

    word: str
    score: float
    articles: int
    compound: bool


class LatinReadings:
    """The readings of Latin words in one open index. Safe to share between threads.

    name_filter: decides whether a word may be a foreign name
    written: gives a folded word of the index as its articles write it (`search/results/written_forms.py`)
    """

    def __init__(
        self, engine: Engine, analyzer: Analyzer, name_filter: NameFilter, written: Callable[[str], str]
    ) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._written = written
        self._name_filter = name_filter
        self._remembered = remembered(self._names, most=_REMEMBERED)
        self._looked_for = remembered(self._is_looked_for, most=_REMEMBERED)

    def warm(self) -> None:
        """Read the model and the list of names now, for which the first Latin word would wait. Raises LexiconError."""
        bundled()
        known_names()

    def looked_for(self, text: str, tokens: Sequence[AnalyzedToken]) -> AnalyzedToken | None:
        """Return the tokens of a word as one, if they are Latin letters that are looked for in Arabic ones.

        A word of several tokens (al-Mosul, Sana'a) is, if the archive lacks one of them, so that it lacks the word.
        """
        if len(tokens) == 1:
            return tokens[0] if self._looked_for(tokens[0].word) else None
        words = [token.word for token in tokens[:_MOST_TOKENS]]
        if not words or len(tokens) > _MOST_TOKENS or all(self._counts(words)):
            return None
        joined = latin(f"{_DEFINITE}{text[tokens[0].end :]}" if words[0] in _ARTICLES else text)
        if not self._looked_for(joined):
            return None
        return AnalyzedToken(tokens[0].start, tokens[-1].end, joined, joined, joined, (joined,), function=False)

    def names(self, token: AnalyzedToken) -> LatinNames:
        """Return the names of the index that a token which is looked for may be."""
        return self._remembered(token.word)

    def lacks(self, word: str) -> bool:
        """Return whether no article has this folded word."""
        return not any(self._counts((word,)))

    def in_arabic(self, word: str) -> str | None:
        """Return the likeliest reading of a word in small Latin letters and Arabizi digits, as articles write it."""
        found = self._found(word)
        return self._shown(found[0].word, word) if found else None

    def offered(self, word: str) -> str | None:
        """Return what a folded word in Latin letters is not searched as but may be meant as, as articles write it.

        That is a reading which is not likely enough, or one of a word that articles have in Latin letters too often.
        """
        if not LATIN_NAME.fullmatch(word) or word in _ENGLISH or (self._looked_for(word) and self._taken(word)):
            return None
        found = self._found(word)
        literal = self._counts((word,))[0]
        is_meant = found and found[0].articles >= literal and (not literal or found[0].score >= _TAKEN)
        return self._shown(found[0].word, word) if is_meant else None

    def _is_looked_for(self, word: str) -> bool:
        if not LATIN_NAME.fullmatch(word) or word in _ENGLISH:
            return False
        count, articles = self._counts((word,))[0], self._engine.documents
        often = articles // (_SELDOM if word in known_names().of_english else _HARDLY_EVER)
        if count > max(_RARE, often):
            return False
        return not self._typed_on_other_keyboard(word)

    def _typed_on_other_keyboard(self, word: str) -> bool:
        """Return whether the same keys give a word of the index on the Arabic keyboard that is commoner than the name:
        hgrlp is القمح, but hadi is هادي and not اشيه."""
        tokens = self._analyzer.tokens(as_arabic(word) or "")
        count = self._counts((tokens[0].word,))[0] if len(tokens) == 1 else 0
        return count > 0 and not any(each.articles > count for each in self._taken(word)[:1])

    def _names(self, word: str) -> LatinNames:
        literal = self._counts((word,))[0]
        found = [each for each in self._taken(word) if each.articles >= literal * _COMMONER][:_MOST]
        readings: dict[str, Reading] = {}
        compounds, shown = dict[tuple[str, ...], str](), []
        for each in found:
            shown.append(self._shown(each.word, word))
            if each.compound:
                if compounds.setdefault(self._words(each.word), shown[-1]) != shown[-1]:
                    shown.pop()
                continue
            weight = max(_LEAST_WEIGHT, math.exp((each.score - found[0].score) / 2))
            stem = self._analyzer.tokens(shown[-1])[0].stems[0]
            readings.setdefault(stem, Reading(stem, weight, SOURCE, shown[-1]))
        return LatinNames(tuple(readings.values()), tuple(compounds.values()), tuple(dict.fromkeys(shown)))

    def _taken(self, name: str) -> list[_Found]:
        """Return the likeliest word of the index, if it is likely enough, and other spellings of it."""
        found = self._found(name)
        if not found or found[0].score < _TAKEN:
            return []
        return [found[0], *(each for each in found[1:] if self._is_taken_too(each, found[0]))]

    def _is_taken_too(self, other: _Found, best: _Found) -> bool:
        """Return whether a reading is as likely as the best one, or another spelling of it: سوليماني of سليماني."""
        if other.score >= best.score - _AS_LIKELY:
            return True
        edits = self._edits.log_odds(other.word, best.word)
        return other.score >= best.score - _NEARLY and edits >= _ALIKE

    @cached_property
    def _edits(self) -> EditWeights:
        return EditWeights.load()

    def _found(self, name: str) -> list[_Found]:
        """Return the words of the index that may be meant, the likeliest first."""
        listed = known_names().of_english.get(name, ())
        added = _WITH_DIGITS if ARABIZI_WORD.fullmatch(name) else _SEEN if self._counts((name,))[0] > 1 else 0.0
        odds = {word: value + self._as_a_name(word) for word, value in candidates(name).items()}
        odds = {word: value if word in listed else value + added for word, value in odds.items()}
        odds = {word: value for word, value in odds.items() if value >= _COUNTED}
        compounds = self._compounds(odds)
        words = [word for word in odds if not bundled_compounds().cut_of_name(word)]
        counts = [*zip(words, self._counts(words), strict=True), *compounds.items()]
        least = 2 if self._engine.documents >= _LARGE else 1
        found = dict[str, _Found]()
        for word, count in counts:
            share = max(count, 1) / max(self._engine.documents, 1)
            score = odds[word] + _COMMON * math.log(min(share, _MOST_COMMON))
            bare = word if word in compounds else self._without_article(word)
            if count >= least and score >= _OFFERED and (bare not in found or score > found[bare].score):
                found[bare] = _Found(bare, score, count, compound=word in compounds)
        return sorted(found.values(), key=lambda each: (-each.score, each.word))

    def _without_article(self, word: str) -> str:
        """Return a word as the index has it: هلال for الهلال, but البانيا."""
        return self._words(word)[0] if word.startswith(ar.ARTICLE) else word

    def _compounds(self, odds: Mapping[str, float]) -> dict[str, int]:
        """Return the likeliest names of two words among these words, each with the articles that have it."""
        cuts = {word: cut for word in odds if (cut := bundled_compounds().cut_of_name(word))}
        seconds = [word[cut:] for word, cut in cuts.items()]
        counts = zip(
            self._counts(seconds), self._counts([each.removeprefix(ar.ARTICLE) for each in seconds]), strict=True
        )
        known = [word for word, count in zip(cuts, counts, strict=True) if any(count)]
        likeliest = sorted(known, key=lambda word: (-odds[word], word))[:_COMPOUNDS]
        return {word: self._count_compound(word) for word in likeliest}

    def _words(self, word: str) -> tuple[str, ...]:
        return tuple(token.word for token in self._analyzer.tokens(word))

    def _count_compound(self, word: str) -> int:
        phrases = (word_phrase(name, self._words(word)) for name in TEXT_FIELDS)
        return max(self._engine.search(phrase, limit=0).total for phrase in phrases)

    def _as_a_name(self, word: str) -> float:
        """Return what is added to the evidence for how likely a word is a name at all."""
        word = self._without_article(word)
        known = known_names().arabic
        listed = word in known or word.removesuffix(ar.YEH) in known  # سليماني is of سليمان
        lemmas = self._analyzer.lemmas
        ordinary = lemmas is not None and lemmas.has_common_reading_folded(word)
        if listed or bundled_compounds().cut_of_name(word):
            return _KNOWN_ORDINARY if ordinary else _KNOWN
        if ordinary:
            return _ORDINARY if self._words(word) == (word,) else _WITH_PARTICLE
        return _ACCEPTED if self._name_filter.accepts(word) else 0.0

    def _counts(self, words: Sequence[str]) -> list[int]:
        """Return in how many articles each word is, in bodies or in headlines, whichever are more.

        A word with a first letter that analysis takes for a particle, such as كالاماكي, is found as it is written only.
        """
        written = [other_form(word) for word in words]
        found = (("body_word", words), ("body_word", written), ("title_exact", words))
        return [max(counts) for counts in zip(*(self._engine.frequencies(*each) for each in found), strict=True)]

    def _shown(self, word: str, name: str) -> str:
        """Return a word as articles write it, with ال where they mostly do, with ي where the name ends in i or y."""
        parts = self._analyzer.tokens(word)
        if len(parts) > 1:
            return " ".join(self._written(part.exact) for part in parts)
        form = self._written(word)
        if form.endswith(ar.ALEF_MAKSURA) and name.endswith(("i", "y")):
            form = form[:-1] + ar.YEH
        alone, definite = self._engine.frequencies("body_word", (word, other_form(ar.ARTICLE + word)))
        return ar.ARTICLE + form if 2 * definite > alone else form
