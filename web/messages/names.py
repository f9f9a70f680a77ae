"""The names of what articles are narrowed by: who published, wrote or sent them, and from where.

`web/messages/table.py` joins them with the others.
"""

from __future__ import annotations

from typing import Final

ARABIC: Final = {
    "source": "المصدر",
    "section": "القسم",
    "author": "الكاتب",
    "agency": "الوكالة",
    "place": "المكان",
}
ENGLISH: Final = {
    "source": "Source",
    "section": "Section",
    "author": "Author",
    "agency": "Agency",
    "place": "Place",
}
