"""Collect the names that news writes in one word or in two, and the words between which it lost a space.

usage: python -m search.analysis.lexicon.building.collect_compounds ../shared/news OUT

In: a folder of news, and the lemma table. Out: a sorted text of words, those that follow a first word in one row:
  ابو⇥بكر ظبي       names, folded: written أبوظبي and أبو ظبي
  -المسجد⇥الحرام    lost spaces, as written: المسجدالحرام is rare, المسجد الحرام common
It holds words and no text. The same news and lemma table give the same bytes.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from search.analysis import letters as ar
from search.analysis.fold import PLAIN_ARABIC, fold_letters, strip_marks
from search.analysis.function_words import FUNCTION_WORDS
from search.analysis.lexicon.building.count_words import texts
from search.analysis.lexicon.compound_table import LOST_SPACE, particles_before
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.tokens import spans

HEADER: Final = "# names in one word or two, and lost spaces; written by collect_compounds.py; -: a lost space\n"

# The first words of compound names, and the last words of others: beside them a few uses are evidence enough.
_FIRST: Final = frozenset(("عبد", "ابو"))
_LAST: Final = frozenset(("الله", "الدين", "الاسلام"))
_BEFORE: Final = """
    سيف نور نصر صلاح شمس علاء بهاء ضياء عز فخر محيي محي جمال كمال حسام عماد سعد خير زين تقي شرف نجم قطب بدر شهاب مجد
    صفي عصام ناصر صدر تاج معز حسب جاد جار جاب عطا عبيد فتح فضل فيض حمد هبه لطف اسد امين برهان رشيد
"""
_BEFORE_LAST: Final = frozenset(_BEFORE.split())
#: Pairs of function words, which are written in one word nearly as often: one word may not be far rarer than the two.
_NEGATED: Final = {
    "لا": "يزال تزال يزالون زال زالت بد شك سيما يمكن شيء داعي ازال يوجد توجد",
    "ما": "زال زالت زالوا زلت زلنا يزال تزال دام دامت دمنا بين يلي هو هي لم كان كانت",
}
#: What nobody writes in one word but by habit: إنشاءالله is إن شاء الله, and not إنشاء.
_GIVEN: Final = (("ان", "شاءالله"), ("ما", "شاءالله"), ("شاء", "الله"))
_TO_THE: Final = ar.LAM + ar.LAM  # عبد لله is no name
_SON, _MOTHER = "بن", "ام"
_BEHIND: Final = _LAST | {_SON}
_NO_SECOND: Final = FUNCTION_WORDS | {"عبد"}  # أبو عبد الله
_LEAST_NAME: Final = 3  # uses in two words
_LEAST_UNJOINED: Final = 10  # of a name that the news never has in one word
_MOST_SONS: Final = 20  # how many times as common بنعلي may be as بن علي: بنغازي and بنزيمة are words of their own
_MOST_JOINED: Final = 120  # how many times as common as the name in two words that in one word may be
_MOST_PARTED: Final = 40  # and the other way round; beyond that the space was lost by error
_LEAST_SHARE: Final = 0.25  # of the uses of the rarer word, those beside the other: it means nothing else
_LEAST_CLOSE: Final = 5  # uses of such a name in two words
_LEAST_LETTERS: Final = 3
_KIN: Final = 0.2  # how often a joined name may have ال or an ending, as share of its uses: بنزين has البنزين
_LEAST_FATHERED: Final = 30  # uses before بن of a name behind which a space may be lost: محمدبن
_FATHERED: Final = 0.1  # and as share of all its uses
_LEAST_PAIR: Final = 10  # uses in two words of what is one word by error
_LEAST_LOST: Final = 6  # letters of both words; one less where the first is لا or ما
_RARER: Final = 10  # how many times as common the two words are
_SPELT: Final = 0.02  # the share of the uses of a folded part that are written so
_INFLECTED: Final = "كيلو ميغا ميجا جيغا جيجا غيغا تيرا راس مدير سعر درهم دولار مليار"
_MEASURES: Final = frozenset(_INFLECTED.split())  # the words behind them have other forms: كيلومترات
_SUFFIXES: Final = "ه ا ات ين ون ها هم ي ت يه وا ان"
_ENDINGS: Final = tuple(_SUFFIXES.split())


class Counts(NamedTuple):
    """Counts of words as written and folded, and of pairs of folded words side by side that are also written as one."""

    written: Counter[str]
    folded: Counter[str]
    pairs: Counter[tuple[str, str]]


def count(folder: Path) -> Counts:
    """Count the words and pairs of an archive."""
    chunks: Counter[str] = Counter()
    for text in texts(folder):
        chunks.update(text.split())
    written: Counter[str] = Counter()
    edges: dict[str, tuple[str, str]] = {}  # chunk → the folded words that touch its beginning and its end
    for chunk, number in chunks.items():
        found = [(start, end, strip_marks(chunk[start:end])) for start, end in spans(chunk)]
        plain = [row for row in found if PLAIN_ARABIC.fullmatch(row[2])]
        for _, _, word in plain:
            written[word] += number
        first = fold_letters(plain[0][2]) if plain and plain[0][0] == 0 else ""
        last = fold_letters(plain[-1][2]) if plain and plain[-1][1] == len(chunk) else ""
        edges[chunk] = first, last
    folded: Counter[str] = Counter()
    for word, number in written.items():
        folded[fold_letters(word)] += number
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts(folder):
        before = ""
        for chunk in text.split():
            first, last = edges[chunk]
            if before and first and (before + first in folded or before in _FIRST or first in _BEHIND):
                pairs[before, first] += 1
            before = last
    return Counts(written, folded, pairs)


def names(counts: Counts) -> list[tuple[str, str]]:
    """Return the names in two folded words that the news also writes in one, or that begin or end as such names do."""
    found = {pair for pair, number in counts.pairs.items() if _is_name(*pair, number, counts)}
    return [
        (first, second)
        for first, second in (*found, *_GIVEN)
        if not any((first[letters + 1 :], second) in found for letters in range(particles_before(first)))
    ]


def lost_spaces(counts: Counts, lemmas: LemmaTable, names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the two words, as written, of which the news seldom has both in one word."""
    known = {first + second for first, second in names}
    cuts = {
        first + second: len(first)
        for (first, second), number in sorted(counts.pairs.items(), key=lambda row: (row[1], row[0]))
        if first + second not in known and _is_lost_space(first, second, number, counts, lemmas)
    }
    found = [
        (word[: cuts[folded]], word[cuts[folded] :])
        for word in counts.written
        if (folded := fold_letters(word)) in cuts and _is_spelt_so(word, cuts[folded], counts)
    ]
    fathers = {
        first
        for (first, second), number in counts.pairs.items()
        if second == _SON and number >= max(_LEAST_FATHERED, _FATHERED * counts.folded[first]) and len(first) > 2
    }
    return found + [
        (word, _SON)
        for word in counts.written
        if fold_letters(word) in fathers and _is_spelt_so(word + _SON, len(word), counts)
    ]


def rows(pairs: Iterable[tuple[str, str]], mark: str = "") -> Iterator[str]:
    """Yield a row for each first word."""
    seconds = defaultdict(list)
    for first, second in pairs:
        seconds[first].append(second)
    for first in sorted(seconds):
        yield f"{mark}{first}\t{' '.join(sorted(seconds[first]))}"


def _is_name(first: str, second: str, number: int, counts: Counts) -> bool:
    joined = counts.folded[first + second]
    if len(second) < _LEAST_LETTERS or second in _NO_SECOND or number < _LEAST_NAME:
        return False
    if joined > _MOST_JOINED * number or _has_kin(first + second, joined, counts):
        return False
    if first in _FIRST or (second in _LAST and first in _BEFORE_LAST):
        return (joined > 0 or number >= _LEAST_UNJOINED) and not (first in _FIRST and second.startswith(_TO_THE))
    if joined * _MOST_PARTED < number or joined < _LEAST_NAME:
        return False
    if first in (_SON, _MOTHER):
        return min(joined, number) >= _LEAST_PAIR and joined <= _MOST_SONS * number
    if len(first) < _LEAST_LETTERS or first in _MEASURES or _is_function(first):
        return False
    least = min(counts.folded[first], counts.folded[second])
    return second in _LAST or (number >= _LEAST_SHARE * least and number >= _LEAST_CLOSE)


def _is_function(word: str) -> bool:
    """Return whether a folded word is a function word, also behind the article or particles."""
    rests = [word[letters:] for letters in range(particles_before(word) + 1)]
    rests += [rest.removeprefix(ar.ARTICLE).removeprefix(ar.LAM + ar.LAM) for rest in rests]
    return any(len(rest) > 1 and rest in FUNCTION_WORDS for rest in rests)


def _is_lost_space(first: str, second: str, number: int, counts: Counts, lemmas: LemmaTable) -> bool:
    joined = counts.folded[first + second]
    if not joined or min(len(first), len(second)) < 2:
        return False
    negation = first.removeprefix(ar.WAW) if len(first) > 2 else first
    if second in _NEGATED.get(negation, "").split():
        return True
    if len(first + second) < _LEAST_LOST - (negation in _NEGATED):
        return False  # نذران is of نذر, not نذر أن
    if number < _LEAST_PAIR or number < _RARER * joined or lemmas.has_common_reading_folded(first + second):
        return False
    return not _kin(first + second, counts)


def _is_spelt_so(word: str, cut: int, counts: Counts) -> bool:
    """Return whether the two parts of a written word are usual spellings: لأيهم is no لا + يهم."""
    parts = word[:cut], word[cut:]
    return all(counts.written[part] >= _SPELT * counts.folded[fold_letters(part)] for part in parts)


def _has_kin(word: str, count: int, counts: Counts) -> bool:
    return _kin(word, counts) > _KIN * max(count, 1)


def _kin(word: str, counts: Counts) -> int:
    """Return how often a folded word is written with the article or an ending, as only words of their own are."""
    return counts.folded[ar.ARTICLE + word] + sum(counts.folded[word + ending] for ending in _ENDINGS)


def main(arguments: list[str]) -> int:
    """Collect the compounds of the folder named first; write the list named second."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m search.analysis.lexicon.building.collect_compounds NEWS_FOLDER OUT\n")
        return 2
    folder, out = map(Path, arguments)
    counts, lemmas = count(folder), LemmaTable.load()
    both = names(counts)
    lost = lost_spaces(counts, lemmas, both)
    out.write_text(HEADER + "\n".join((*rows(both), *rows(lost, LOST_SPACE), "")), encoding="utf-8")
    sys.stderr.write(f"{len(both)} names, {len(lost)} lost spaces\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
