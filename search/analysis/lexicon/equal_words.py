"""Words that the lexicon lists apart and a reader takes for one: plurals of another stem, doublets, peoples.

In: `equal_words.tsv`, rows of a word, the word that it is a form of, and how; and the look-up of a lemma
table. Out: which lemma key becomes which (`joined_keys`). Called by `lemmas.py`, when a table is loaded, and by
`listed_forms.py`.

`one`: the key of the word becomes the key of the other wherever it stands: ضرائب is ضريبة, صحافي is صحفي.
`also`: the form belongs to two words: طرق is the plural of طريق (road) and of طريقة (way).
`instead`: the form belongs to the other word, not to that which the lemma table gives it: تكاليف (costs) is the plural
of تكلفة, and no form of تكليف (assignment).

The list is data under the licence of this program. It was chosen by reading from pairs that arramooz
(https://github.com/linuxscout/arramooz, GPL 3) lists as singular and broken plural and that news has both of, from
spellings that differ in a long vowel and stand among the same words, and from the nouns of peoples whose one member is
named by the relative ي (W. Wright, A Grammar of the Arabic Language, I § 246, 268).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from search.analysis.lexicon.transliteration import PLAIN_ALEFS, to_arabic
from search.errors import LexiconError

BUNDLED: Final = Path(__file__).with_name("equal_words.tsv")
ONE: Final = "one"
ALSO: Final = "also"
INSTEAD: Final = "instead"
_ARTICLE: Final = "ال"
_MARKS: Final = re.compile("[\u064b-\u0652\u0670]")
_PLURAL: Final = "ات"  # the lemma may lack it: تسعينات is listed as تسعين
_VERB: Final = "/V"

LookUp = Callable[[str], tuple[str, ...]]


class EqualWord(NamedTuple):
    """A row: a written word, the word that it is a form of, and how (ONE, ALSO or INSTEAD)."""

    word: str
    other: str
    how: str


@cache
def equal_words(path: Path = BUNDLED) -> tuple[EqualWord, ...]:
    """Return the rows of the list. Raises LexiconError if it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(EqualWord(*line.split("\t")) for line in lines if line and not line.startswith("#"))
    except (OSError, ValueError, TypeError) as error:
        raise LexiconError(f"The list of equal words {path} cannot be read ({error}): reinstall Kashaf.") from error


def joined_keys(rows: Iterable[EqualWord], look_up: LookUp) -> dict[str, str]:
    """Return lemma key → the key that it becomes. Rows whose words the lemma table reads as something else are left."""
    joined: dict[str, str] = {}
    for word, other, how in rows:
        source, target = own_key(word, look_up), own_key(other, look_up)
        if how == ONE and source and target:
            target = _end(target, joined)
            if source != target:
                joined[source] = target
    return {source: _end(target, joined) for source, target in joined.items()}


def own_key(word: str, look_up: LookUp) -> str | None:
    """Return the key of the word, with or without ال, whose lemma is the word itself; None if it has no such key."""
    plain = word.removeprefix(_ARTICLE).translate(PLAIN_ALEFS)
    keys = (key for form in (word, _ARTICLE + word) for key in look_up(form) if not key.endswith(_VERB))
    return next((key for key in keys if lemma_letters(key) in (plain, plain.removesuffix(_PLURAL))), None)


def lemma_letters(key: str) -> str:
    """Return the letters of a key's lemma in Arabic, without vowels, its alefs without hamza."""
    return _MARKS.sub("", to_arabic(key.rpartition("/")[0])).translate(PLAIN_ALEFS)


def _end(key: str, joined: Mapping[str, str]) -> str:
    while key in joined:
        key = joined[key]
    return key
