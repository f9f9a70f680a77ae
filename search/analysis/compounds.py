"""Finds words that were written as one: joined names (عبدالله), and words whose space was lost (وزارةالصحة).

In: a bare word. Out: the words it consists of, nearly always itself alone. Each of them is a token of its own, with the
terms it has where it stands alone, so that عبدالله and عبد الله have the same terms at the same positions. Called by
`levels.py`. Four kinds are known:

- names of the table (`lexicon/compound_table.py`), which are written in one word and in two, behind particles too
- ة or ى inside a word, which Arabic writes at the end of words only: there a space was lost
- lost spaces of the table, which the news has in two words far more often: المسجدالحرام
- words that neither the counts nor the lexicon have, and that consist of two common ones: the second has the article
  (المجلسالبلدي), or is an imperfect verb behind لا or ما (لايستبعد), or both are long (الإنسانيتجاوز)
"""

import re
from collections.abc import Sequence
from typing import Final

from search.analysis import letters as ar
from search.analysis.fold import fold_letters, strip_marks
from search.analysis.letters import ARTICLE
from search.analysis.lexicon.compound_table import bundled_compounds
from search.analysis.lexicon.frequencies import FrequencyTable

NAME: Final = "name"
LAST_LETTER: Final = "last letter"
LOST_SPACE: Final = "lost space"
COMMON_PARTS: Final = "common parts"

_WHOLE: Final = (0, "")
_LONGEST: Final = 40  # letters of a word that is looked at; longer ones are runs of words without any space
_LEAST_FIRST: Final = 3  # letters before ة or ى
_LEAST_SECOND: Final = 4  # letters behind them, or one of these words
_SHORT: Final = "في من ما إن أن هل لم لا لن عن أو ثم كل قد بل مع عند بعد قبل على إلى حتى منذ وفي ومن"
_SHORT_WORDS: Final = frozenset(_SHORT.split())
# Not before a final ء: لاجىء and شاطىء are spellings of لاجئ and شاطئ.
_LAST_LETTERS: Final = ar.TEH_MARBUTA + ar.ALEF_MAKSURA
_ENDED: Final = re.compile(f"[{_LAST_LETTERS}](?=[^{ar.HAMZA}])")
# Of words that the counts lack: how often each part has to occur, and how many letters it has to have.
_LEAST_BESIDE_ARTICLE: Final = 100
_LEAST_VERB_COUNT: Final = 20
_LEAST_LONG: Final = 500  # of two long words
_LEAST_SHORT, _LEAST_DEFINITE = 3000, 300  # of three letters, and of the noun with the article before them
_BEFORE_ARTICLE, _WITH_ARTICLE = 3, 5
_ALLAH: Final = "الله"
_NEGATED_BY: Final = re.compile(
    f"[{ar.CONJUNCTIONS}]?[{ar.LAM}{ar.MEEM}]{ar.ALEF}(?=[{ar.YEH}{ar.TEH}{ar.NOON}].{{3}})"
)
_LEAST_NEGATED: Final = 6  # letters of لا or ما and a verb
_LEAST_VERB_KIN: Final = 20  # how often the verb of تستبعد or نستبعد is written with ي
_LONG_FIRST, _LONG_SECOND, _DEFINITE = 5, 4, 6
_ALSO_WORDS: Final = "اتهم اتها اتنا اتكم اتهن اتهما تهما يتهم يتها ياتها ياتهم"
_ENDINGS: Final = frozenset(_ALSO_WORDS.split())


class Compounds:
    """Cuts written words by the table of compounds and the counts of words. Safe to share between threads."""

    def __init__(self, frequencies: FrequencyTable) -> None:
        self._table = bundled_compounds()
        self._count = frequencies.count

    def cut(self, bare: str, *, known: bool) -> tuple[int, str]:
        """Return how many letters the first of the words takes up that a bare word consists of, and why it is cut.

        0 and "" if it is one word. known: whether the lexicon lists it; the counts of its parts are then not asked.
        """
        length, table = len(bare), self._table
        if length > _LONGEST:
            return _WHOLE
        if bare[:3] in table.starts and (cut := table.cut_of_name(fold_letters(bare))):
            return cut, NAME
        if _ENDED.search(bare, _LEAST_FIRST - 1) and (cut := _ended(bare)):
            return cut, LAST_LETTER
        if cut := table.cut_of_lost_space(bare):
            return cut, LOST_SPACE
        if known or length < _LEAST_NEGATED:
            return _WHOLE
        cut = self._cut_by_counts(fold_letters(bare), bare)
        return (cut, COMMON_PARTS) if cut else _WHOLE

    def _cut_by_counts(self, folded: str, bare: str) -> int:
        """Return where a word that the counts lack consists of two common ones, 0 if nowhere."""
        if self._count(folded):
            return 0
        at = _NEGATED_BY.match(bare)
        if at and (cut := self._before_verb(folded, at.end())):
            return cut
        if len(folded) < _BEFORE_ARTICLE + len(_ALLAH):
            return 0
        return self._before_article(folded, bare) or self._long_words(folded, bare)

    def begun_names(self, bare: str) -> list[tuple[str, str]]:
        """Return the names in two folded words of which a word that may go on is the beginning: أبو ظبي for أبوظ."""
        return self._table.names_beginning(fold_letters(bare))

    def _before_article(self, folded: str, bare: str) -> int:
        """Return where a word with the article begins: المجلسالبلدي."""
        at = folded.find(ARTICLE, _BEFORE_ARTICLE)
        least = len(_ALLAH) if folded.endswith(_ALLAH) else _WITH_ARTICLE
        while 0 < at <= len(folded) - least:
            if bare[at] == ar.ALEF and self._are_common(folded, at, _LEAST_BESIDE_ARTICLE, _LEAST_BESIDE_ARTICLE):
                before = at - (folded[at - 1] == ar.WAW)  # اللهوالعدل is الله and والعدل
                return before if self._count(folded[:before]) > self._count(folded[:at]) else at
            at = folded.find(ARTICLE, at + 1)
        return 0

    def _before_verb(self, folded: str, at: int) -> int:
        """Return where the verb behind لا or ما begins: لايستبعد. One with ت or ن has to occur with ي too."""
        kin = self._count(ar.YEH + folded[at + 1 :])
        return at if kin >= _LEAST_VERB_KIN and self._count(folded[at:]) >= _LEAST_VERB_COUNT else 0

    def _long_words(self, folded: str, bare: str) -> int:
        """Return where the second of two common words begins that are long, or the first has the article: المخططرقم."""
        definite, last = folded.startswith(ARTICLE), len(folded) - _LONG_SECOND
        for at in range(_DEFINITE if definite else _LONG_FIRST, last + 1):
            if self._are_common(folded, at, _LEAST_LONG, _LEAST_LONG) and not _is_ending(bare[at], folded[at:]):
                return at
        short = definite and last + 1 >= _DEFINITE and self._are_common(folded, last + 1, _LEAST_DEFINITE, _LEAST_SHORT)
        return last + 1 if short and not _is_ending(bare[last + 1], folded[last + 1 :]) else 0

    def _are_common(self, word: str, at: int, first: int, second: int) -> bool:
        return self._count(word[at:]) >= second and self._count(word[:at]) >= first


def _is_ending(first: str, rest: str) -> bool:
    """Return whether the rest of a word is no word of its own but its ending, though it has the letters of one."""
    return first in _LAST_LETTERS or rest in _ENDINGS


def part_spans(written: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """Return the offsets of each part of a word in the word as written, with its harakat.

    A sign that stands for letters of two parts, such as a ligature, belongs to both. Where the letters of the written
    word cannot be told apart, every part has the offsets of the whole.
    """
    if len(parts) == 1:
        return [(0, len(written))]
    owners = [at for at, sign in enumerate(written) for _ in strip_marks(sign)]  # letter → offset of its sign
    if len(owners) != sum(map(len, parts)):
        return [(0, len(written))] * len(parts)
    found, begin, letters = [], 0, 0
    for part in parts:
        letters += len(part)
        after = owners[letters] if letters < len(owners) else len(written)
        found.append((begin, max(after, owners[letters - 1] + 1)))
        begin = after
    return found


def _ended(bare: str) -> int:
    """Return how many letters of a word end in its first ة or ى that another word follows; 0 if there is none."""
    for found in _ENDED.finditer(bare, _LEAST_FIRST - 1):
        rest = bare[found.end() :]
        if len(rest) >= _LEAST_SECOND or rest in _SHORT_WORDS:
            return found.end()
    return 0
