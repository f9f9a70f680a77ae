"""The repairs as reports name them. Used by `repairs.py`."""

from __future__ import annotations

from typing import Final

from indexer.findings import Finding

WRONG_ENCODING: Final = Finding("wrong-encoding", "text that had been read in a wrong encoding")
ENTITIES: Final = Finding("entities", "signs written as names or numbers of HTML")
TURNED_NUMBERS: Final = Finding("turned-numbers", "numbers that marks of direction turned round")
DIRECTION_MARKS: Final = Finding("direction-marks", "marks of direction taken out")
DRAWING_ORDER: Final = Finding("drawing-order", "letters stored in the order of drawing")
LETTER_FORMS: Final = Finding("letter-forms", "letters written by the forms that they have within words")
UNSEEN_SIGNS: Final = Finding("unseen-signs", "signs that nobody sees taken out")
OTHER_SPACES: Final = Finding("other-spaces", "spaces of other kinds made common ones")
OTHER_KEYBOARD: Final = Finding("other-keyboard", "Arabic with letters of a Persian, Urdu or Kurdish keyboard")
ORDER_OF_MARKS: Final = Finding("order-of-marks", "marks apart from their letters, or in another order")
