"""The news agencies, as bylines and datelines name them.

In: nothing. Out: the table of their names. Called by `dateline.py`, and by the indexer for bylines.
"""

from __future__ import annotations

from typing import Final

from search.analysis.fold import folded

# The name by which an agency is known, and how bylines write it, parted by commas.
_AGENCIES: Final = {
    "واس": "واس، و ا س، وكالة الأنباء السعودية",
    "وام": "وام، و ا م، وكالة أنباء الإمارات",
    "رويترز": "رويترز، رويتر، رويترز العربية",
    "أ ف ب": "أ ف ب، أف ب، أ فب، أفب، فرانس برس، الفرنسية، وكالة فرانس برس",
    "د ب أ": "د ب أ، دب أ، د بأ، دبأ، الألمانية، وكالة الأنباء الألمانية",
    "أ ب": "أ ب، أسوشيتد برس، أسوشييتد برس",
    "يو بي آي": "يو بي آي، يو بي اي",
    "سي إن إن": "سي إن إن، سي ان ان، سي أن أن، CNN",
    "أ ش أ": "أ ش أ، أش أ",
    "قنا": "قنا، ق ن أ",
    "كونا": "كونا",
    "بترا": "بترا",
    "بنا": "بنا، ب ن أ",
    "سانا": "سانا",
    "وفا": "وفا",
    "سبأ": "سبأ",
    "وات": "وات",
    "ومع": "ومع",
    "واج": "واج، وأج",
    "الأناضول": "الأناضول، وكالة الأناضول",
    "سبوتنيك": "سبوتنيك",
    "نوفوستي": "نوفوستي",
    "تاس": "تاس، إيتار تاس",
    "شينخوا": "شينخوا",
    "إفي": "إفي",
    "إرنا": "إرنا",
    "بلومبرغ": "بلومبرغ، بلومبيرغ، بلومبيرج",
    "وكالات": "وكالات، الوكالات، ووكالات، وكالات الأنباء",
}
#: Folded form of an agency's name → its name.
AGENCY: Final = {folded(form): name for name, forms in _AGENCIES.items() for form in forms.split("،")}
