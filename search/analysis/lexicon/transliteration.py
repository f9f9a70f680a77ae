"""Buckwalter's transliteration: Arabic letters and marks ↔ one ASCII character each.

In: Arabic text or Buckwalter text; out: the other. Called by the lemma table (its keys are Buckwalter) and by the
program that builds it (AraMorph's dictionaries are written in Buckwalter).
"""

BUCKWALTER = "'|>&<}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o`"
ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْٰ"

_TO_BUCKWALTER = str.maketrans(ARABIC, BUCKWALTER)
_TO_ARABIC = str.maketrans(BUCKWALTER + "{", ARABIC + "ا")  # { is alef with wasla, read as a plain alef
#: For str.translate: the alefs of either script without hamza, madda and wasla.
PLAIN_ALEFS = str.maketrans("أإآٱ><|{", "ااااAAAA")


def to_buckwalter(arabic: str) -> str:
    """Return the text with Arabic letters and marks as Buckwalter's; other characters stay."""
    return arabic.translate(_TO_BUCKWALTER)


def to_arabic(buckwalter: str) -> str:
    """Return Buckwalter text in Arabic letters and marks."""
    return buckwalter.translate(_TO_ARABIC)
