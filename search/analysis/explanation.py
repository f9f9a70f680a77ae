"""What `kashaf analyze` shows: every decision about a word, as data and in words.

In: a token and the reading that the analyser makes of it. Out: an `Explanation`; the command line prints it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from search.analysis import word_rules as source_of
from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.levels import Stems, WordDecisions, WordLevels
from search.analysis.particle_rules import Split, possible_splits


@dataclass(frozen=True, slots=True)
class Alternative:
    """What else the word could have been: a stem-level term it might have had, and where that comes from."""

    key: str
    description: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One token, level by level; `start` and `end` are offsets into the raw text.

    particles: what was taken off in front, in order, after which `word` is left (or the one name of the month it
    names). steps: what the rules for endings make of that, each as "rule: form"; they decide where the lexicon is
    silent. source: what decided the stems: a constant of `levels` ("lexicon", "lexicon: after rules", "rule",
    "number" …). reason: that in a sentence. lemmas: the stems in a reader's words, in their order.
    """

    start: int
    end: int
    text: str
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


_REASONS: Final = {
    source_of.NUMBER: "A number: the digits of all scripts are one, marks between thousands are dropped.",
    source_of.OTHER_SCRIPT: "Not Arabic: lower case, without accents.",
    source_of.COUNTRY: "A country stays whole: {form}.",
    source_of.MONTH: "One term for all names of this month: {form}.",
    source_of.LEXICON: "The lexicon lists it as written: {form}.",
    source_of.LEXICON_SPELLING: "The lexicon lists it in another spelling: {form}, folded.",
    source_of.LEXICON_PARTICLE: "The lexicon lists what is left without particles: {form}.",
    source_of.LEXICON_RULE: "The lexicon lists what the rules for endings leave: {form}.",
    source_of.RULE: "No lexicon lists it: {form} is what the rules leave.",
}


def explain(token: AnalyzedToken, reading: WordDecisions, words: WordLevels) -> Explanation:
    """Put the decisions about one token into words."""
    stems = reading.stems
    if token.word != reading.word:  # its neighbours made it a month: كانون الثاني
        stems = Stems(token.stems, source_of.MONTH, token.word)
    return Explanation(
        start=token.start,
        end=token.end,
        text=token.text,
        bare=reading.bare,
        exact=token.exact,
        word=token.word,
        stems=token.stems,
        function=token.function,
        particles=reading.split.particles,
        steps=tuple(f"{step.rule}: {step.form}" for step in reading.steps),
        source=stems.source,
        reason=" ".join([*_particle_reason(reading, words), _REASONS[stems.source].format(form=stems.form)]),
        lemmas=tuple(_describe(key, words) for key in token.stems),
        alternatives=tuple(_alternatives(token, reading, words)),
    )


def _describe(key: str, words: WordLevels) -> str:
    return words.lemmas.describe(key) if words.lemmas and "/" in key else key


def _particle_reason(reading: WordDecisions, words: WordLevels) -> Iterator[str]:
    """Say how often news has the whole and the rest; the rules weigh these counts."""
    if reading.split.particles:
        counts = _counts(reading, reading.split, words)
        yield counts[0].upper() + counts[1:] + "."


def _counts(reading: WordDecisions, split: Split, words: WordLevels) -> str:
    count = words.frequencies.count
    taken = " + ".join(split.particles)
    return f"without {taken}: {split.rest} (about {count(split.rest):,} times, the whole {count(reading.exact):,})"


def _alternatives(token: AnalyzedToken, reading: WordDecisions, words: WordLevels) -> Iterator[Alternative]:
    """Yield the readings that were not taken: other particles, the rules in place of the lexicon, another
    spelling.
    """
    if reading.stems.source in (source_of.NUMBER, source_of.OTHER_SCRIPT):
        return
    seen = set(token.stems)
    for key, description in _other_readings(reading, words):
        if key not in seen:
            seen.add(key)
            yield Alternative(key, description)


def _other_readings(reading: WordDecisions, words: WordLevels) -> Iterator[tuple[str, str]]:
    lemmas = words.lemmas
    if lemmas:
        for key in lemmas.lookup_folded(reading.exact):
            yield key, f"{lemmas.describe(key)}: the commonest word of these letters"
    if reading.stems.source != source_of.RULE:
        form = reading.steps[-1].form if reading.steps else reading.split.rest
        yield form, "by the rules alone"
    for split in possible_splits(reading.exact, reading.bare):
        if split.rest != reading.split.rest and words.frequencies.count(split.rest):
            found = lemmas.lookup(split.written) or lemmas.lookup_folded(split.rest) if lemmas else ()
            how = _counts(reading, split, words) if split.particles else "as a word without particles"
            for key in found or (split.rest,):
                yield key, how
