"""Words in ي that news hardly ever writes in ى, although the lemma table reads ى as another word: حسني, هادي, المحلي.

In: `final_yeh.tsv`, rows of a word as it is written and how it is read where a query has it in ى. Out: word → how.
Called by `final_yeh.py` for words of queries; an index knows nothing of it. The list is data under the licence of this
program, made by `building/collect_final_yeh.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from search.errors import LexiconError

BUNDLED: Final = Path(__file__).with_name("final_yeh.tsv")
ALONE: Final = "alone"  # ى is the word in ي and nothing else
BESIDE: Final = "beside"  # ى is the word in ي or a word of its own


@cache
def final_yeh_words(path: Path = BUNDLED) -> Mapping[str, str]:
    """Return each word of the list → ALONE or BESIDE. Raises LexiconError if it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return {word: how for word, _, how in (line.partition("\t") for line in lines if line[:1] not in ("", "#"))}
    except (OSError, ValueError) as error:
        raise LexiconError(f"The list of words in ي {path} cannot be read ({error}): reinstall Kashaf.") from error
