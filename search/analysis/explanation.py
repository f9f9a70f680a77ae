"""Explains why a token has its terms, as data and in sentences: what `kashaf analyze` shows.

In: a token, and the decisions that `levels.py` made about its word. Out: an `Explanation`, which the command prints.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from search.analysis import compounds
from search.analysis import word_rules as source_of
from search.analysis.amounts import PERCENT, RIYAL
from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.levels import Stems, WordDecisions, WordLevels
from search.analysis.names.known_pairs import known_names
from search.analysis.names.latin_spellings import ARABIZI_WORD, LATIN_NAME, bundled
from search.analysis.particle_rules import Split, possible_splits


@dataclass(frozen=True, slots=True)
class Alternative:
    """A stem-level key that the word could have had but has not, and the reading that would give it."""

    key: str
    description: str


@dataclass(frozen=True, slots=True)
class SearchedReading:
    """A further reading of a query's word: its term, probability and source, and the term as a reader writes it."""

    key: str
    weight: float
    source: str
    description: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One token and every decision about it.

    start, end    offsets into the raw text
    joined        the written word of which the token is a part (عبدالله); "" where the token is the whole word
    bare          the token without harakat
    exact, word   its terms at these levels; `word` is what is left without particles, or the month's canonical name
    stems         its stem-level keys, likeliest first
    function      whether it is a function word
    particles     what was taken off in front, in order
    steps         what the stemmer makes of `word`, each as "rule: form"; it decides where the lemma table has nothing
    source        the name of the rule that decided the stems (word_rules.py): "lexicon", "rule", "number" …
    reason        the same in a sentence
    lemmas        the stems as a reader would write them, in their order
    alternatives  the readings that were not taken
    readings      the further readings by which a query's word is searched too, likeliest first
    """

    start: int
    end: int
    text: str
    joined: str
    bare: str
    exact: str
    word: str
    stems: tuple[str, ...]
    function: bool
    particles: tuple[str, ...]
    steps: tuple[str, ...]
    source: str
    reason: str
    lemmas: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    readings: tuple[SearchedReading, ...] = ()


_REASONS: Final = {
    source_of.SIGN: "A sign is its word: {form}.",
    source_of.PER_CENT: "One term for per cent however it is written: {form}.",
    source_of.TEN: "A ten in words is its digits, but a word after و (خمس وعشرون): {form}.",
    source_of.CURRENCY: "The code of a currency is its word: {form}.",
    source_of.NUMBER: "A number: the digits of all scripts are one, marks between thousands are dropped.",
    source_of.OTHER_SCRIPT: "Not Arabic: lower case, without accents.",
    source_of.COUNTRY: "A country stays whole: {form}.",
    source_of.NAME_PART: "A part of names, one in all its spellings: {form}.",
    source_of.LISTED_NAME: "A name that looks like an inflected word: {form}.",
    source_of.LISTED_FORM: "A form that the lexicon gives to another word: {form}.",
    source_of.MONTH: "One term for all names of this month: {form}.",
    source_of.LEXICON: "The lexicon lists it as written: {form}.",
    source_of.LEXICON_SPELLING: "The lexicon lists it in another spelling: {form}, folded.",
    source_of.LEXICON_PARTICLE: "The lexicon lists what is left without particles: {form}.",
    source_of.LEXICON_RULE: "The lexicon lists what the rules for endings leave: {form}.",
    source_of.RULE: "No lexicon lists it: {form} is what the rules leave.",
}

_JOINED_REASONS: Final = {
    compounds.NAME: "{joined} is one name, which is written in two words too.",
    compounds.LAST_LETTER: "{joined} lacks a space: ة and ى end a word.",
    compounds.LOST_SPACE: "{joined} lacks a space: news has it in two words, far more often.",
    compounds.COMMON_PARTS: "{joined} lacks a space: news hardly has it, and both its words are common.",
}

_MOST_LATIN: Final = 8  # readings of a Latin word that are told, the likeliest
_WITHOUT_ALTERNATIVES: Final = frozenset(
    (source_of.SIGN, source_of.NUMBER, source_of.OTHER_SCRIPT, source_of.CURRENCY, source_of.PER_CENT)
)
# Terms that only neighbours give a word (context.py) → the rule; all others are months.
_BESIDE: Final = {PERCENT: source_of.PER_CENT, RIYAL: source_of.CURRENCY}


def explain(
    token: AnalyzedToken, decisions: WordDecisions, words: WordLevels, *, joined: str = "", why: str = ""
) -> Explanation:
    """Return the explanation of one token; `decisions` are those about its word without neighbours.

    joined, why: the bare written word of which it is a part, and why that was cut (compounds.py).
    """
    stems = decisions.stems
    if token.word != decisions.word:  # its neighbours decided: كانون الثاني, في المئة
        stems = Stems(token.stems, _BESIDE.get(token.word, source_of.MONTH), token.word)
    return Explanation(
        start=token.start,
        end=token.end,
        text=token.text,
        joined=joined,
        bare=decisions.bare,
        exact=token.exact,
        word=token.word,
        stems=token.stems,
        function=token.function,
        particles=decisions.split.particles,
        steps=tuple(f"{step.rule}: {step.form}" for step in decisions.steps),
        source=stems.source,
        reason=" ".join(
            (
                *_joined_reason(joined, why),
                *_particle_reason(decisions, words),
                _REASONS[stems.source].format(form=stems.form),
                *_one_word_reasons(token.stems, words),
            )
        ),
        lemmas=tuple(_describe(key, words) for key in token.stems),
        alternatives=tuple(_alternatives(token, decisions, words)),
        readings=tuple(
            SearchedReading(each.term, each.weight, each.source, _describe(each.term, words)) for each in token.readings
        ),
    )


def _joined_reason(joined: str, why: str) -> Iterator[str]:
    """Yield a sentence that says why the token is only a part of the written word."""
    if why:
        yield _JOINED_REASONS[why].format(joined=joined)


def _describe(key: str, words: WordLevels) -> str:
    return words.lemmas.describe(key) if words.lemmas and "/" in key else key


def _particle_reason(decisions: WordDecisions, words: WordLevels) -> Iterator[str]:
    """Yield a sentence that says how often news has the whole word and its rest: the counts that the rules weigh."""
    if decisions.split.particles:
        counts = _counts(decisions, decisions.split, words)
        yield counts[0].upper() + counts[1:] + "."


def _one_word_reasons(stems: Iterable[str], words: WordLevels) -> Iterator[str]:
    """Yield a sentence for each stem that stands for lemmas which the lexicon lists apart (equal_words.py)."""
    for stem in stems:
        apart = words.lemmas.joined_to(stem) if words.lemmas else ()
        if words.lemmas and apart:
            others = ", ".join(map(words.lemmas.describe, apart))
            yield f"{words.lemmas.describe(stem)} is one word with {others}."


def _counts(decisions: WordDecisions, split: Split, words: WordLevels) -> str:
    count = words.frequencies.count
    taken = " + ".join(split.particles)
    return f"without {taken}: {split.rest} (about {count(split.rest):,} times, the whole {count(decisions.exact):,})"


def _alternatives(token: AnalyzedToken, decisions: WordDecisions, words: WordLevels) -> Iterator[Alternative]:
    """Yield the readings that were not taken: other particles, the stemmer in place of the lemma table, another
    spelling.
    """
    if decisions.stems.source in (source_of.OTHER_SCRIPT, source_of.NUMBER):  # a number: 7alab
        yield from _in_arabic_letters(decisions.exact)
    if decisions.stems.source in _WITHOUT_ALTERNATIVES:
        return
    seen = {*token.stems, *(reading.term for reading in token.readings)}
    for key, description in _other_readings(decisions, words):
        if key not in seen:
            seen.add(key)
            yield Alternative(key, description)


def _in_arabic_letters(word: str) -> Iterator[Alternative]:
    """Yield the likeliest Arabic words for a word in Latin letters; a search takes those that its index has."""
    if not (LATIN_NAME.fullmatch(word) or ARABIZI_WORD.fullmatch(word)):
        return
    for name in known_names().of_english.get(word, ()):
        yield Alternative(name, "the name in Arabic: queries, if an index has it")
    for reading in bundled().readings(word)[:_MOST_LATIN]:
        yield Alternative(
            reading.word, f"in Arabic letters, log-odds {reading.log_odds:.1f}: queries, if an index has it"
        )


def _other_readings(decisions: WordDecisions, words: WordLevels) -> Iterator[tuple[str, str]]:
    lemmas = words.lemmas
    if lemmas:
        for key in lemmas.lookup_folded(decisions.exact):
            yield key, f"{lemmas.describe(key)}: the commonest word of these letters"
    if decisions.stems.source != source_of.RULE:
        form = decisions.steps[-1].form if decisions.steps else decisions.split.rest
        yield form, "by the rules alone"
    for split in possible_splits(decisions.exact, decisions.bare):
        if split.rest != decisions.split.rest and words.frequencies.count(split.rest):
            found = lemmas.lookup(split.written) or lemmas.lookup_folded(split.rest) if lemmas else ()
            how = _counts(decisions, split, words) if split.particles else "as a word without particles"
            for key in found or (split.rest,):
                yield key, how
