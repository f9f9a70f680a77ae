"""Writes per cent in place of «في المئة» in a batch of texts, by arrays: seven of ten words that neighbours decide.

In: the chunks of the texts. Out: the same, with the terms of per cent where `context.py` would surely read it so. What
may be otherwise is left to it: «في المئة يوم الأولى», and what stands close to another such word. Called by
`batch_analyzer.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.analysis.amounts import HUNDREDS
from search.analysis.batch.hashing import Hashes, Offsets, hash_lines
from search.analysis.batch.joined_pieces import JoinedPieces
from search.analysis.context import AFTER, BEFORE, COUNTED, IN, in_doubt

_HUNDREDS: Final = tuple(in_doubt((hundred,)) for hundred in HUNDREDS)
_COUNTED: Final = tuple(COUNTED)
_CLOSE: Final = BEFORE + AFTER  # words between two words in doubt that may have a neighbour in common


def write_per_cent(whole: JoinedPieces, terms: Mapping[int, str], *, lead: int) -> None:
    """Write these terms of per cent, by field, and take the words that are read so from those in doubt.

    lead: how many chunks the lead of a text has; what its end cuts in two is left in doubt.
    """
    doubtful, filled = whole.in_doubt, whole.filled
    places = filled.searchsorted(doubtful)
    before, after = filled[np.maximum(places - 1, 0)], filled[np.minimum(places + 1, len(filled) - 1)]
    sure = np.isin(whole.hashes[doubtful], _hashes(_HUNDREDS)) & (whole.hashes[before] == _hashes((IN,)))
    sure &= ~np.isin(whole.hashes[after], _hashes(_COUNTED)) & ~np.isin(after, whole.several)
    begin = whole.first[whole.first.searchsorted(doubtful, "right") - 1]  # of the text
    sure &= (before >= begin) & ((begin + lead <= before) | (begin + lead > doubtful))
    for field, own in terms.items():
        sure &= whole.have_room(field, own, before, doubtful)
    sure = _all_near(sure, places)
    for field, own in terms.items():
        whole.replace(field, own, before[sure], doubtful[sure])
    whole.in_doubt = doubtful[~sure]


def _all_near(sure: NDArray[np.bool_], places: Offsets) -> NDArray[np.bool_]:
    """Return for each word whether it and all that are near it are sure, and those near these."""
    groups = np.cumsum(np.diff(places, prepend=places[:1]) > _CLOSE)
    return ~np.isin(groups, groups[~sure])


@cache
def _hashes(words: tuple[str, ...]) -> Hashes:
    return hash_lines(words)
