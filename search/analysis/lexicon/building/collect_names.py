"""Collect the names of the news by how they are used, for the filter of foreign names.

usage: python -m search.analysis.lexicon.building.collect_names ../shared/news OUT

In: a folder of news, and the lemma table. Out: a sorted text of folded words, one a line, in two kinds:
  كيري    a foreign name that is also spelt like an ordinary word: it may have other spellings all the same
  -محمد   an Arabic name: writers agree on it, and what is near it is another name
It holds words and no text. The same news and lemma table give the same bytes.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

from search.analysis import letters as ar
from search.analysis.fold import fold, strip_marks
from search.analysis.lexicon.building.count_words import texts
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.names.name_filter import is_no_ordinary_word

HEADER: Final = "# names by how the news uses them; written by collect_names.py; -: an Arabic name\n"
LEAST_COUNT: Final = 20
LEAST_LOAN_COUNT: Final = 2  # its form says what it is
LEAST_SEED_COUNT: Final = 10
LEAST_KIN: Final = 5
LEAST_LETTERS: Final = 4
# Shares of a word's uses. Found by reading the lists: above them names, below them a mixture.
FOREIGN_COMPANY: Final = 0.25  # beside a foreign word, as ميسي beside ليونيل; ordinary words stay under .1
INTRODUCED: Final = 0.05  # after a title or a verb of saying, as كيري and بكين
KINSHIP: Final = 0.02  # beside بن, أبو, عبد, الدين: only Arabic names are
DEFINITE: Final = 0.07  # written with ال, as names hardly ever are
COMMONER: Final = 0.3  # a word this often without its particle or ending is that word, inflected
LOAN_RADICALS: Final = 5

_WEAK: Final = ar.LONG_VOWELS + ar.HAMZA
_AUGMENTS: Final = ar.ALEF + ar.MEEM + ar.TEH + ar.YEH + ar.NOON + ar.SEEN  # letters that patterns put before a root
_PARTICLES: Final = ar.CONJUNCTIONS + ar.BEH + ar.LAM
_SUFFIXES: Final = "ه ها هم هما هن ون ين ان ات نا ا وا يه كم كن تم تن ك ي و ته تها تهم تي"
_ENDINGS: Final = tuple(_SUFFIXES.split())
_VERB: Final = "/V"
_LETTERS: Final = ar.PLAIN_LETTER_CLASS + ar.ALEF_WASLA
_STEP: Final = re.compile(f'[{_LETTERS}][{_LETTERS}{ar.HARAKAT_CLASS}{ar.SMALL_ALEF}]*|[.:،؛؟!\n"()«»-]')
_TITLE_WORDS: Final = """
    الرئيس الوزير وزير المدرب مدرب اللاعب لاعب المهاجم مهاجم الحارس النجم نجم السيناتور الجنرال الملكه ملكه الفنان
    الممثل الممثله المخرج الكاتب المستشار المستشاره السفير القائد المبعوث المرشح المرشحه العالم الباحث الفيلسوف بروفيسور
    البروفيسور زميله المدعو مدينه العاصمه بلده ولايه شركه نادي
"""
_SAYING_WORDS: Final = "قال وقال صرح واكد اكد اعلن واعلن اضاف واضاف وتابع وذكر اعتبر واعتبر"
_KIN_WORDS: Final = "بن ابن ابو ابي ابا بنت ام عبد الدين الله الرحمن العزيز حاج الحاج الشيخ"
_TITLES: Final = frozenset(map(fold, _TITLE_WORDS.split()))
_SAYING: Final = frozenset(_SAYING_WORDS.split())
_KIN: Final = frozenset(_KIN_WORDS.split())


@dataclass(slots=True)
class Uses:
    """How often each folded word occurs, and how often in each position."""

    all: Counter[str] = field(default_factory=Counter)
    introduced: Counter[str] = field(default_factory=Counter)
    kin: Counter[str] = field(default_factory=Counter)
    in_foreign_company: Counter[str] = field(default_factory=Counter)

    def count(self, folded: str) -> int:
        return self.all[folded]

    def share(self, position: Counter[str], word: str) -> float:
        return position[word] / self.all[word]

    def definite(self, word: str) -> float:
        return self.all[ar.ARTICLE + word] / self.all[word]


def steps(folder: Path) -> Iterator[list[str]]:
    """Yield the folded words of each text, and "" where something stops the sentence."""
    folded: dict[str, str] = {}
    for text in texts(folder):
        found = _STEP.findall(text)
        for word in found:
            if word not in folded:
                folded[word] = fold(strip_marks(word)) if word[0].isalpha() else ""
        yield [folded[word] for word in found]


def count_uses(folder: Path) -> Uses:
    """Count every word, after titles and verbs of saying, and beside words of kinship."""
    uses = Uses()
    for words in steps(folder):
        uses.all.update(words)
        before, last = "", ""
        for word in words:
            adjective = last.startswith(ar.ARTICLE) and last.endswith((ar.YEH, ar.HEH))  # الرئيس الروسي بوتين
            if last in _TITLES or last in _SAYING or (adjective and before in _TITLES):
                uses.introduced[word] += 1
            if last in _KIN:
                uses.kin[word] += 1
            if word in _KIN:
                uses.kin[last] += 1
            before, last = last, word
    del uses.all[""]
    return uses


def count_foreign_company(uses: Uses, folder: Path, foreign: frozenset[str]) -> None:
    """Count how often each word stands beside one of the foreign words."""
    for words in steps(folder):
        for last, word in pairwise(words):
            if last in foreign:
                uses.in_foreign_company[word] += 1
            if word in foreign:
                uses.in_foreign_company[last] += 1


def arabic_names(uses: Uses, lemmas: LemmaTable) -> Iterator[str]:
    """Yield the words that stand beside بن or عبد as only Arabic names do, and that are no ordinary words besides."""
    for word, count in uses.all.items():
        if (
            count >= LEAST_SEED_COUNT
            and len(word) > 2
            and uses.kin[word] >= LEAST_KIN
            and uses.share(uses.kin, word) >= KINSHIP
            and word not in _KIN
            and not lemmas.has_common_reading_folded(word)
        ):
            yield word


def foreign_words(uses: Uses, lemmas: LemmaTable) -> Iterator[str]:
    """Yield the words without an ordinary reading that are used as neither Arabic names nor nouns."""
    for word, count in uses.all.items():
        if (
            count >= LEAST_SEED_COUNT
            and len(word) > 2
            and not word.startswith(ar.ARTICLE)
            and uses.share(uses.kin, word) < KINSHIP
            and uses.definite(word) < DEFINITE
            and is_no_ordinary_word(word, lemmas, uses)
        ):
            yield word


def ambiguous_names(uses: Uses, lemmas: LemmaTable) -> Iterator[str]:
    """Yield the lexicon's nouns that the news uses as foreign names."""
    for word, count in uses.all.items():
        if (
            count >= LEAST_COUNT
            and len(word) >= LEAST_LETTERS
            and _introduced_or_in_company(uses, word)
            and uses.share(uses.kin, word) < KINSHIP
            and uses.definite(word) < DEFINITE
            and _is_bare_noun(word, uses, lemmas)
        ):
            yield word


def loan_words(uses: Uses, lemmas: LemmaTable) -> Iterator[str]:
    """Yield the lexicon's nouns that are too long for a root, which has four letters at most (Ryding, ch. 3)."""
    for word, count in uses.all.items():
        if (
            count >= (LEAST_COUNT if word[0] in _PARTICLES + ar.KAF else LEAST_LOAN_COUNT)
            and sum(letter not in _WEAK for letter in word) >= LOAN_RADICALS
            and word[0] not in _AUGMENTS
            and not word.endswith(_ENDINGS)
            and _is_noun(word, lemmas)
            and _is_bare_noun(word, uses, lemmas)
        ):
            yield word


def _introduced_or_in_company(uses: Uses, word: str) -> bool:
    in_company = uses.share(uses.in_foreign_company, word) >= FOREIGN_COMPANY
    return in_company or uses.share(uses.introduced, word) >= INTRODUCED


def _is_bare_noun(word: str, uses: Uses, lemmas: LemmaTable) -> bool:
    """Whether the lexicon reads the word as a noun, and not as a commoner noun with a particle or an ending."""
    if word.startswith(ar.WITH_ARTICLE):
        return False
    rests = {rest for rest in _rests(word) if lemmas.has_common_reading_folded(rest)} - {word}
    if word[0] == ar.KAF and _is_noun(word[1:], lemmas):  # كمدرب; not كيري, since ك stands before nouns only
        rests.add(word[1:])
    if any(len(rest) > 2 and uses.all[rest] > COMMONER * uses.all[word] for rest in rests):
        return False
    # فينجر could be ف and a verb; with that verb rarer than the whole, it is not. Verbs stand after titles as names do.
    return _is_noun(word, lemmas) or (word[0] in _PARTICLES and lemmas.has_common_reading_folded(word))


def _is_noun(word: str, lemmas: LemmaTable) -> bool:
    verb = any(key.endswith(_VERB) for key in lemmas.lookup_folded(word))
    return not verb and lemmas.has_common_reading_folded(word)


def _rests(word: str) -> Iterator[str]:
    """Yield what is left without a particle or an ending; without an ending also with ه (ة), ين and ون."""
    if word[0] in _PARTICLES:
        yield word[1:]
    for ending in _ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            yield from (stem, stem + ar.HEH, stem + "ين", stem + "ون")


def main(arguments: list[str]) -> int:
    """Collect from the folder named first into the file named second."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m search.analysis.lexicon.building.collect_names NEWS_FOLDER OUT\n")
        return 2
    folder, out = map(Path, arguments)
    lemmas = LemmaTable.load()
    uses = count_uses(folder)
    count_foreign_company(uses, folder, frozenset(foreign_words(uses, lemmas)))
    foreign = {*ambiguous_names(uses, lemmas), *loan_words(uses, lemmas)}
    rows = sorted(foreign) + sorted(f"-{word}" for word in arabic_names(uses, lemmas))
    out.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    sys.stderr.write(f"{len(rows)} names, {out.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
