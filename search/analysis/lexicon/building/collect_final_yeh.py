"""Collect the words in ي that the news hardly ever writes in ى, although ى gives them another reading.

usage: python -m search.analysis.lexicon.building.collect_final_yeh ../shared/news OUT

In: a folder of news, the lemma table, the word counts and the list of proper nouns. Out: a sorted text of words as they
are written, each with how it is read when it is typed in ى (`final_yeh.py` in `search/analysis`):
  حسني   alone    the word in ي and nothing else: of 320 articles 8 write حسنى, most of them of حسني مبارك
  زكي    beside   a name beside the word in ى, which is one of its own besides (زكى, he purified)
Articles that write في, الذي or التي in ى are left out, since there every ي is one. Each article counts a word once. The
list holds words and no text. The same news and tables give the same bytes.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from search.analysis import letters as ar
from search.analysis.analyzed_token import AnalyzedToken, is_listed
from search.analysis.analyzer import Analyzer
from search.analysis.final_yeh import ends_in_maksura
from search.analysis.fold import strip_marks
from search.analysis.lexicon.building.count_words import texts
from search.analysis.lexicon.equal_words import lemma_letters
from search.analysis.lexicon.final_yeh_words import ALONE, BESIDE
from search.analysis.names.known_pairs import BUNDLED as PROPER_NOUNS

HEADER: Final = "# words in ي that news hardly writes in ى; written by collect_final_yeh.py\n"
LEAST_LETTERS: Final = 3
LEAST_ARTICLES: Final = 10  # with the word in ي; of rarer ones the news shows nothing, unless a list has them as names
# So many times as many articles must write ي as ى. Found by reading the pairs: below these ى is a word of its own.
ALONE_TIMES: Final = 30
OWN_WORD_TIMES: Final = 60  # where ى is a likely word besides: الرقى are charms, قاضى he sued
BESIDE_TIMES: Final = 8

_WORD: Final = re.compile(f"[{ar.PLAIN_LETTER_CLASS}{ar.HARAKAT_CLASS}{ar.SMALL_ALEF}{ar.ALEF_WASLA}]+")
_EGYPTIAN: Final = frozenset(("فى", "الذى", "التى"))
_VERB: Final = "/V"
_RELATIVE: Final = "iy~/N"  # nouns and adjectives by the relative ending, in the lexicon's transliteration
_VERBAL_NOUN: Final = re.compile(r"t.*iy/N")  # تفادي, avoiding, beside the verb تفادى


@dataclass(frozen=True, slots=True)
class Spellings:
    """In how many articles each word stands that ends in ي, or in ى; by the word as it is written."""

    articles: Counter[str]

    @classmethod
    def of(cls, folder: Path) -> Spellings:
        """Count the words of an archive, but for the articles that write every ي as ى."""
        found: Counter[str] = Counter()
        for text in texts(folder):
            words = {strip_marks(word) for word in _WORD.findall(text)}
            if _EGYPTIAN.isdisjoint(words):
                found.update(word for word in words if word.endswith((ar.YEH, ar.ALEF_MAKSURA)))
        return cls(found)


def in_maksura(word: str) -> str:
    """Return a word in ي with ى in its place."""
    return word.removesuffix(ar.YEH) + ar.ALEF_MAKSURA


def read_names(path: Path = PROPER_NOUNS) -> frozenset[str]:
    """Return the names of the list of proper nouns, as they are written."""
    return frozenset(line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines())


def rows(spellings: Spellings, names: frozenset[str], analyzer: Analyzer) -> Iterator[tuple[str, str]]:
    """Yield the words of the list, each with ALONE or BESIDE."""
    counts = spellings.articles
    candidates = {word for word, count in counts.items() if count >= LEAST_ARTICLES} | names
    for word in sorted(candidates):
        if not word.endswith(ar.YEH) or len(word) < LEAST_LETTERS or in_maksura(word) in names:
            continue
        is_name = word.removeprefix(ar.ARTICLE) in names
        how = _how(word, counts, is_name=is_name, analyzer=analyzer)
        if how:
            yield word, how


def _how(word: str, counts: Counter[str], *, is_name: bool, analyzer: Analyzer) -> str | None:
    others, own = analyzer.keys(word), analyzer.keys(in_maksura(word))
    yeh, maksura = counts[word], counts[in_maksura(word)]
    tokens = analyzer.tokens(word)
    if len(tokens) != 1 or len(analyzer.tokens(in_maksura(word))) != 1 or _has_particle(tokens[0]):
        return None
    if own[0] in others or others[0].endswith(_VERB) or not is_listed(own[0]):
        return None
    is_verb = own[0].endswith(_VERB)
    if is_verb and _VERBAL_NOUN.match(others[0]):
        return None
    if yeh < LEAST_ARTICLES:
        return ALONE if is_name and not maksura and not is_verb and not ends_in_maksura(own[0]) else None
    is_relative = others[0].endswith(_RELATIVE) or not is_listed(others[0])
    is_own = not is_relative if is_verb else _is_own(in_maksura(word), own[0])
    if yeh >= (OWN_WORD_TIMES if is_own and not is_name else ALONE_TIMES) * maksura:
        return ALONE
    return BESIDE if is_name and is_verb and yeh >= BESIDE_TIMES * maksura else None


def _has_particle(token: AnalyzedToken) -> bool:
    """Return whether a particle other than the article stands before a word: only the word itself is listed."""
    return token.word not in (token.exact, token.exact.removeprefix(ar.ARTICLE))


def _is_own(word: str, key: str) -> bool:
    """Return whether the lexicon has the word in ى itself, not as a form of another one."""
    return ends_in_maksura(key) and lemma_letters(key) == word.removeprefix(ar.ARTICLE)


def main(arguments: list[str]) -> int:
    """Collect from the folder named first into the file named second."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m search.analysis.lexicon.building.collect_final_yeh NEWS_FOLDER OUT\n")
        return 2
    folder, out = map(Path, arguments)
    found = [f"{word}\t{how}\n" for word, how in rows(Spellings.of(folder), read_names(), Analyzer.default())]
    out.write_text(HEADER + "".join(found), encoding="utf-8")
    sys.stderr.write(f"{len(found)} words, {out.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
