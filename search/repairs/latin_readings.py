"""Reads Latin words of a query as names in Arabic letters that one index has: Soleimani as سليماني, Mosul as الموصل.

In: an open index and a token of a query. Out: `Reading`s that the index has, the likeliest first. A word is read so if
the archive lacks it or has it hardly ever, and if it is no Arabic word typed on the other keyboard. What the model of
`search/analysis/names/latin_spellings.py` proposes is looked up in the index, and how common a word is there counts
too; names that English has of its own (Aleppo, Cairo) come from a list. Called by `search/query/query_words.py`, and by
`search/repairs/arabizi.py`, which offers what it reads.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from search.analysis import letters as ar
from search.analysis.analyzed_token import AnalyzedToken, Reading
from search.analysis.analyzer import Analyzer
from search.analysis.function_words import FUNCTION_WORDS
from search.analysis.lexicon.compound_table import bundled_compounds
from search.analysis.names.known_pairs import known_names, latin
from search.analysis.names.latin_spellings import LATIN_NAME, bundled
from search.analysis.names.name_filter import NameFilter
from search.analysis.token_pairs import other_form
from search.engines.base import Engine
from search.query.field_clauses import word_phrase
from search.query.query_words import LatinNames
from search.query.tree import TEXT_FIELDS
from search.repairs.keyboard import as_arabic
from search.whole_answers import remembered

SOURCE: Final = "latin"  # the name of this source of readings
# What may stand joined before a name, what is written for it, and what is added to the log-odds of the rest.
_BEGINNINGS: Final = (
    (re.compile("[ae]l(?=[a-z0-9]{4})"), "", -1.0),  # almosul, elsisi: the index has words without ال
    (re.compile("abd[aeou]l(?=[a-z0-9]{3})"), "عبدال", 8.0),  # abdulaziz
)
_OF_ONE_SPELLING: Final = (  # «Abdel Fattah», «Abd al-Aziz», Abdallah
    (re.compile("abd[aeou]?l?"), "عبد"),
    (re.compile("abd[aeou]l+ah"), "عبدالله"),
)
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
# The score of a reading is its log-odds by the model, and what is added for how likely the word is meant.
_LIKELY: Final = 7.0  # from these log-odds on, and from this score on, a reading is taken
_LIKELY_HERE: Final = 1.5
_LISTED: Final = 20.0  # the least log-odds of two names that the list has together,
_CERTAIN: Final = 30.0  # those of names that many Latin spellings write
_TOGETHER: Final = 6.0  # and what is added to them; all that a name has together are as likely as the likeliest
# Added to an Arabic name of the list, whatever its English is there, and to one that the news shows.
_KNOWN: Final = 2.0
_ORDINARY: Final = -3.0  # added to what the lexicon has as an ordinary word
_COMMON: Final = 0.9  # how much the logarithm of the share of articles that have the word adds
_NEARLY: Final = 3.5  # a reading this much less likely than the best one is left out
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

    def _is_looked_for(self, word: str) -> bool:
        if not LATIN_NAME.fullmatch(word) or word in _ENGLISH:
            return False
        count, articles = self._counts((word,))[0], self._engine.documents
        often = articles // (_SELDOM if word in known_names().of_english else _HARDLY_EVER)
        if count > max(_RARE, often):
            return False
        return not self._typed_on_other_keyboard(word)

    def _typed_on_other_keyboard(self, word: str) -> bool:
        """Return whether the same keys give a word of the index on the Arabic keyboard: hgrlp is القمح."""
        tokens = self._analyzer.tokens(as_arabic(word) or "")
        return len(tokens) == 1 and any(self._counts((tokens[0].word,)))

    def _names(self, word: str) -> LatinNames:
        literal = self._counts((word,))[0]
        found = [each for each in self._found(word) if each.articles >= literal * _COMMONER][:_MOST]
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

    def _found(self, name: str) -> list[_Found]:
        """Return the words of the index that may be meant, the likeliest first."""
        odds = {word: value + self._as_a_name(word) for word, value in _log_odds(name).items()}
        odds = {word: value for word, value in odds.items() if value >= _LIKELY}
        compounds = self._compounds(odds)
        words = [word for word in odds if not bundled_compounds().cut_of_name(word)]
        counts = [*zip(words, self._counts(words), strict=True), *compounds.items()]
        least = 2 if self._engine.documents >= _LARGE else 1
        found = []
        for word, count in counts:
            score = odds[word] + _COMMON * math.log(max(count, 1) / max(self._engine.documents, 1))
            if count >= least and score >= _LIKELY_HERE:
                found.append(_Found(word, score, count, compound=word in compounds))
        found.sort(key=lambda each: (-each.score, each.word))
        return [each for each in found if each.score >= found[0].score - _NEARLY]

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
        """Return what is added to the log-odds for how likely a word is a name at all."""
        known = known_names().arabic
        if word in known or word.removesuffix(ar.YEH) in known or self._name_filter.lists(word):  # سليماني is of سليمان
            return _KNOWN
        if bundled_compounds().cut_of_name(word):
            return _KNOWN
        lemmas = self._analyzer.lemmas
        return _ORDINARY if lemmas is not None and lemmas.has_common_reading_folded(word) else 0.0

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


def _log_odds(name: str) -> dict[str, float]:
    """Return the folded words that may be meant by a name → their log-odds."""
    odds = _of_whole(name)
    for beginning, arabic, added in _BEGINNINGS:
        if found := beginning.match(name):
            for rest, value in _of_whole(name[found.end() :]).items():
                odds[arabic + rest] = max(value + added, odds.get(arabic + rest, -math.inf))
    odds |= {word: _CERTAIN for spellings, word in _OF_ONE_SPELLING if spellings.fullmatch(name)}
    others = FUNCTION_WORDS - known_names().arabic  # علي is folded like على
    return {word: value for word, value in odds.items() if len(word) > 1 and word not in others}


def _of_whole(name: str) -> dict[str, float]:
    """Return the words of the model and of the list for a name without beginnings → their log-odds."""
    odds = {reading.word: reading.log_odds for reading in bundled().readings(name)}
    listed = known_names().of_english.get(name.replace("'", ""), ())
    odds |= dict.fromkeys(listed, max((odds.get(word, 0.0) for word in listed), default=0.0) + _TOGETHER)
    return odds | {word: max(odds[word], _LISTED) for word in listed}
