"""Other spellings of a foreign name in one index: for غوتيريش also جوتيريس.

In: an open index and a word of a query. Out: the other spellings, which `search/query/rewrite.py` adds to the query
with a lower score. The words of the index that may be names stand in a file beside the engine's (`names_file.py`),
which the indexer writes; if it is missing, damaged or of too long ago, they are collected here and kept there. Called
by `search/index/open_index.py` and, to collect them, by `indexer/generations/names_of_run.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from search.analysis import letters as ar
from search.analysis.analyzer import AnalyzedToken
from search.analysis.letters import FOLDED_ALPHABET
from search.analysis.memo import Memo
from search.analysis.names import NameFilter, SpellingIndex
from search.analysis.names.known_pairs import known_names
from search.analysis.names.name_words import StoredWords, WordsBySkeleton, lines
from search.analysis.names.other_names import are_different_names
from search.analysis.token_pairs import is_word_term
from search.engines.base import Engine
from search.results.definiteness import equally_definite
from search.results.names_file import Stamp, read_names, write_names
from search.unanswered import whole
from search.whole_answers import remembered

_MOST_TERMS = 1_000_000  # terms of bodies, the commonest, among which names are looked for
_SHARES = 5  # a letter begins at most one of so many words
_LEAST_ARTICLES = 2  # in a large archive a spelling of a single article is as likely a typing error
_LARGE = 5_000  # articles of a large archive
_MOST_SPELLINGS = 8  # spellings that are added to one word of a query
_RELATIVE = frozenset(("ي", "يه", "يا", "يي", "يين", "يون"))  # endings of relative adjectives, folded
_ACCUSATIVE = "يا"  # of them, as it is written
_REMEMBERED = 4_096  # words of queries whose spellings are remembered

Accepts = Callable[[str], bool]


class SpellingVariants:
    """The spelling variants of one index; calling it with a word of a query gives its variants as word-level terms.

    name_filter: decides whether a word may be a foreign name. names: collects the words of the index that may be names;
    called once, when the variants of a word are first looked for. engine: asked how often names have the article ال
    """

    def __init__(self, name_filter: NameFilter, names: Callable[[], WordsBySkeleton], engine: Engine) -> None:
        self._engine = engine
        self._accepts = Memo(name_filter.accepts, limit=_REMEMBERED)
        self._names = names
        self._found = remembered(self._look_up, most=_REMEMBERED)

    def may_be_name(self, token: AnalyzedToken) -> bool:
        """Return whether the word may be a foreign name, so that other spellings are looked for."""
        return not token.function and self._accepts[token.word]

    def __call__(self, token: AnalyzedToken) -> tuple[str, ...]:
        return self._found(token.word) if self.may_be_name(token) else ()

    def warm(self) -> None:
        """Collect the names and read the list of known ones now, so that no request waits for it."""
        self._index.warm()
        known_names()

    @property
    def is_warm(self) -> bool:
        """Whether the names are there already."""
        return "_index" in vars(self)

    def _look_up(self, word: str) -> tuple[str, ...]:
        """Look the variants up, which takes some milliseconds and is remembered: a query is planned several times."""
        found = (spelling.word for spelling in self._index.spellings(word))
        alike = [other for other in found if not _is_relative(other, word) and not are_different_names(word, other)]
        return tuple(equally_definite(self._engine, word, alike)[:_MOST_SPELLINGS])

    @cached_property
    def _index(self) -> SpellingIndex:
        return SpellingIndex(self._names())


def _is_relative(other: str, word: str) -> bool:
    """Return whether another word is the relative adjective of a name, and no spelling: برشلوني of برشلونة.

    The relative ي drops a name's last ة and may drop its last ا (W. Wright, A Grammar of the Arabic Language, I, on the
    relative adjective): أوبامية of أوباما. After ا the ending يا is none of it: كاميلا and كاميليا are one name.
    """
    stem = word.removesuffix(ar.ALEF)
    if stem != word and other.removeprefix(stem) == _ACCUSATIVE:
        return False
    names = (word, word.removesuffix(ar.HEH), stem)
    return any(other.startswith(name) and other[len(name) :] in _RELATIVE for name in names)


def open_spellings(
    engine: Engine, name_filter: NameFilter, folder: Path, stamp: Stamp, *, embedded: bool
) -> SpellingVariants:
    """Return the spelling variants of this index.

    name_filter: decides whether a word may be a foreign name. embedded: see `collected`
    folder: that of the generation, in which the file of names lies. stamp: what is opened
    """

    @whole()
    def names() -> WordsBySkeleton:
        kept = read_names(folder)
        if kept and kept.serves(stamp):
            return kept.words
        return collect(engine, name_filter.accepts, folder, stamp, embedded=embedded)

    return SpellingVariants(name_filter, names, engine)


def collect(engine: Engine, accepts: Accepts, folder: Path, stamp: Stamp, *, embedded: bool) -> WordsBySkeleton:
    """Collect the words of the index that may be names, and keep them in the folder if this user may write there."""
    words = lines(collected(engine, accepts, embedded=embedded))
    with suppress(OSError):
        write_names(folder, stamp, words)
    return StoredWords(words)


def collected(engine: Engine, accepts: Accepts, *, embedded: bool) -> Iterator[tuple[str, int]]:
    """Yield the terms of bodies that may be names, each with its document frequency.

    accepts: decides whether a word may be one, as `NameFilter.accepts` does. embedded: whether the terms with a prefix
    cost less than all. Half of the terms of the field are no words, and begin with signs.
    """
    least, most = least_articles(engine), _MOST_TERMS // (_SHARES if embedded else 1)
    for prefix in FOLDED_ALPHABET if embedded else ("",):
        for word, count in engine.terms("body_word", prefix, limit=most):
            if count < least:
                break
            if is_word_term(word) and accepts(word):
                yield word, count


def least_articles(engine: Engine) -> int:
    """Return how many articles must have a word that is taken for a spelling."""
    return _LEAST_ARTICLES if engine.documents >= _LARGE else 1
