"""The sentences about highlighted words and portions of an article; `web/messages/table.py` adds them to its tables."""

from __future__ import annotations

from typing import Final

ARABIC: Final = {
    "highlighted": "مُيّزت كلمات البحث: {query}",
    "not_highlighted": "أزل التمييز",
    "steps": "كلمات البحث في المقال",
    "step_back": "السابق",
    "step_on": "التالي",
    "place_of": "{{n}} من {total}",
    "portion": "الجزء {portion} من {portions}",
    "portions": "أجزاء المقال",
    "rest": "اقرأ البقية",
    "portion_before": "الجزء السابق",
}

ENGLISH: Final = {
    "highlighted": "Highlighted in this article: {query}",
    "not_highlighted": "Turn off",
    "steps": "Search words in this article",
    "step_back": "Previous",
    "step_on": "Next",
    "place_of": "{{n}} of {total}",
    "portion": "Part {portion} of {portions}",
    "portions": "Parts of the article",
    "rest": "Read on",
    "portion_before": "The part before",
}
