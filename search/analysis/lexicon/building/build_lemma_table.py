"""Rebuild the lemma table from AraMorph and a news archive.

usage: python -m search.analysis.lexicon.building.build_lemma_table ARAMORPH_FOLDER [--news ../shared/news]

In: AraMorph's dictionaries (`../aramorph/README.md` says how to get them) and a folder of news. Out: the file that
`../lemmas.py` reads, and beside it that of further readings, which `search/analysis/table_readings.py` reads. Needs
scipy (the extra `evaluate`), two to four minutes of one core and 4 GB. The same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np

from search.analysis.fold import fold
from search.analysis.lexicon.building.aramorph_dictionary import Dictionary
from search.analysis.lexicon.building.candidates import Candidates, Integers, collect
from search.analysis.lexicon.building.careless_spellings import with_careful_keys
from search.analysis.lexicon.building.citation_forms import lost_citation_forms
from search.analysis.lexicon.building.cooccurrence import cooccurrence_factors, word_vectors
from search.analysis.lexicon.building.estimation import Floats, Settings, estimate
from search.analysis.lexicon.building.further_readings import further_readings
from search.analysis.lexicon.building.news_corpus import count_words, sample_tokens
from search.analysis.lexicon.building.slot_context import slot_shares
from search.analysis.lexicon.building.stamp_lemma_table import stamped
from search.analysis.lexicon.building.unlisted import join_unlisted
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.layout import LemmaEntry, pack
from search.analysis.lexicon.lemmas import BUNDLED
from search.analysis.lexicon.reading_layout import pack_readings, readings_path

SECOND_KEY = 0.48  # probability of a noun beside a verb, or a verb beside a noun, from which it is a key too
COMMON_READING = 0.05  # probability of the readings that are no proper noun from which they are plausible

_WIDER = 2.5  # times as many articles for the vectors as for the slots


class Built(NamedTuple):
    """The bytes of the lemma table, and of the table of further readings."""

    lemmas: bytes
    readings: bytes


def decide(candidates: Candidates, probability: Floats) -> Iterator[tuple[str, LemmaEntry]]:
    """Yield each word with its entry of the table. probability: one for each row of the candidates."""
    lost = lost_citation_forms(candidates, probability)
    order = np.argsort(candidates.word, kind="stable")
    bounds = np.searchsorted(candidates.word[order], np.arange(len(candidates.words) + 1))
    for number, word in enumerate(candidates.words):
        rows = order[bounds[number] : bounds[number + 1]]
        if not len(rows):
            continue
        by_lemma: dict[str, float] = {}
        for row in rows:
            lemma = candidates.lemmas[candidates.lemma[row]]
            by_lemma[lemma] = by_lemma.get(lemma, 0.0) + float(probability[row])
        ranked = sorted(by_lemma, key=lambda lemma: (-round(by_lemma[lemma], 6), lemma))
        likely = [lemma for lemma in ranked[1:2] if _is_key(lemma, ranked[0], by_lemma)]
        second = [lost[word]] if word in lost else likely
        common = float(probability[rows][~candidates.name[rows]].sum()) >= COMMON_READING
        yield word, LemmaEntry((ranked[0], *second), common)


def _is_key(lemma: str, first: str, probability: Mapping[str, float]) -> bool:
    """Return whether a word's second lemma is a key too: where it is as probable, and one is a noun and one a verb. Two
    verbs or two nouns of the same letters are mostly one root's, and nobody would find one missing.
    """
    return probability[lemma] >= SECOND_KEY and lemma[-1] != first[-1]


def folded_forms(readings: Mapping[str, LemmaEntry]) -> dict[str, LemmaEntry]:
    """Return folded form → entry of the commonest word that folds to it, unless the form as a word has the same entry.

    readings: word → entry, the commonest word first.
    """
    folded: dict[str, LemmaEntry] = {}
    for word, reading in readings.items():
        folded.setdefault(fold(word), reading)
    return {form: reading for form, reading in folded.items() if readings.get(form) != reading}


def weigh(candidates: Candidates, near: Integers, wide: Integers) -> Floats:
    """Return the probability of each reading, estimated from counts, then with the words around each word, then with
    those and the slots.

    near: running text as word numbers, for the slots; wide: the same for the vectors, the more the better.
    """
    settings, vectors, support = Settings(), word_vectors(wide, len(candidates.words)), candidates.support
    # No lemma is preferred before the words around are compared.
    counted = estimate(candidates, replace(settings, concentration=1.0), factors=support)
    kept = estimate(candidates, settings, factors=support * cooccurrence_factors(candidates, counted, vectors))
    factors, slots = support * cooccurrence_factors(candidates, kept, vectors), slot_shares(candidates, kept, near)
    return estimate(candidates, settings, slots=slots, factors=factors)


def build(dictionary: Dictionary, news: Path, *, least: int, articles: int) -> Built:
    """Return the tables made from the dictionary and the news."""
    counts = count_words(news, least=least)
    numbers = {word: number for number, word in enumerate(counts)}
    candidates = collect(counts, dictionary)
    near = sample_tokens(news, numbers, articles=articles)
    wide = sample_tokens(news, numbers, articles=round(_WIDER * articles))
    return tables(candidates, weigh(candidates, near, wide), counts)


def tables(candidates: Candidates, probability: Floats, counts: Mapping[str, int]) -> Built:
    """Return the tables for the estimated probabilities of the candidates and the counts of written words."""
    entries = with_careful_keys(join_unlisted(dict(decide(candidates, probability)), counts), counts)
    lemmas = stamped(pack(entries, folded_forms(entries)), FrequencyTable.load())
    return Built(lemmas, pack_readings(further_readings(candidates, probability, entries)))


@click.command()
@click.argument("aramorph", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--news", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("../shared/news"))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=BUNDLED, show_default=True)
@click.option("--least", default=1, show_default=True, help="Leave out words written less often.")
@click.option("--articles", default=6000, show_default=True, help="Articles of each file to take context from.")
def main(aramorph: Path, news: Path, output: Path, least: int, articles: int) -> None:
    """Rebuild the lemma table from AraMorph's folder of dictionaries."""
    built = build(Dictionary(aramorph), news, least=least, articles=articles)
    for path, table in zip((output, readings_path(output)), built, strict=True):
        path.write_bytes(table)
        click.echo(f"{path}: {len(table):,} bytes")


if __name__ == "__main__":
    main()
