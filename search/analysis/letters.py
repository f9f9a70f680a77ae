"""Arabic letters, harakat and the particles written as one with a word, by name, so that no rule writes a code point.

The names and values are pyarabic's; what pyarabic lacks (letters of other languages that reach Arabic news, invisible
characters, classes of characters for regular expressions) is named here once.
"""

from typing import Final

from pyarabic import araby

HAMZA: Final[str] = araby.HAMZA
ALEF: Final[str] = araby.ALEF
ALEF_MADDA: Final[str] = araby.ALEF_MADDA
ALEF_HAMZA_ABOVE: Final[str] = araby.ALEF_HAMZA_ABOVE
ALEF_HAMZA_BELOW: Final[str] = araby.ALEF_HAMZA_BELOW
ALEF_WASLA: Final[str] = araby.ALEF_WASLA
ALEFS_WITH_HAMZA: Final = (ALEF_HAMZA_ABOVE, ALEF_HAMZA_BELOW, ALEF_MADDA)
ALEF_MAKSURA: Final[str] = araby.ALEF_MAKSURA
WAW_HAMZA: Final[str] = araby.WAW_HAMZA
YEH_HAMZA: Final[str] = araby.YEH_HAMZA
BEH: Final[str] = araby.BEH
TEH: Final[str] = araby.TEH
TEH_MARBUTA: Final[str] = araby.TEH_MARBUTA
THEH: Final[str] = araby.THEH
JEEM: Final[str] = araby.JEEM
HAH: Final[str] = araby.HAH
KHAH: Final[str] = araby.KHAH
DAL: Final[str] = araby.DAL
THAL: Final[str] = araby.THAL
REH: Final[str] = araby.REH
ZAIN: Final[str] = araby.ZAIN
SEEN: Final[str] = araby.SEEN
SHEEN: Final[str] = araby.SHEEN
SAD: Final[str] = araby.SAD
DAD: Final[str] = araby.DAD
TAH: Final[str] = araby.TAH
ZAH: Final[str] = araby.ZAH
AIN: Final[str] = araby.AIN
GHAIN: Final[str] = araby.GHAIN
FEH: Final[str] = araby.FEH
QAF: Final[str] = araby.QAF
KAF: Final[str] = araby.KAF
LAM: Final[str] = araby.LAM
MEEM: Final[str] = araby.MEEM
NOON: Final[str] = araby.NOON
HEH: Final[str] = araby.HEH
WAW: Final[str] = araby.WAW
YEH: Final[str] = araby.YEH

FATHATAN: Final[str] = araby.FATHATAN
DAMMATAN: Final[str] = araby.DAMMATAN
KASRATAN: Final[str] = araby.KASRATAN
FATHA: Final[str] = araby.FATHA
DAMMA: Final[str] = araby.DAMMA
KASRA: Final[str] = araby.KASRA
SHADDA: Final[str] = araby.SHADDA
SUKUN: Final[str] = araby.SUKUN
SMALL_ALEF: Final[str] = araby.SMALL_ALEF
TATWEEL: Final[str] = araby.TATWEEL

# Particles that are written as one with the word behind them (Ryding, A Reference Grammar of Modern Standard Arabic,
# chapters 7, 16, 18 and 21).
ARTICLE: Final = ALEF + LAM  # the
CONJUNCTIONS: Final = WAW + FEH  # and; so
PREPOSITIONS: Final = BEH + LAM + KAF  # in; for; as
FUTURE: Final = SEEN  # will
# How a word with the article may begin; after ل the article is written as a second ل.
WITH_ARTICLE: Final = (ARTICLE, *(letter + ARTICLE for letter in (WAW, BEH, KAF, FEH)), LAM + LAM)

LONG_VOWELS: Final = ALEF + WAW + YEH
#: The letters that folding (fold.py) leaves, in the order of the alphabet.
FOLDED_ALPHABET: Final = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"

# Letters of Persian, Kurdish, Urdu and the Maghreb that reach Arabic text through keyboards and names.
PERSIAN_YEH: Final = "\u06cc"
KURDISH_YEH: Final = "\u06ce"
YEH_BARREE: Final = "\u06d2"
PERSIAN_KAF: Final = "\u06a9"
SWASH_KAF: Final = "\u06aa"
GAF: Final = "\u06af"
NG_KAF: Final = "\u06ad"
PEH: Final = "\u067e"
TCHEH: Final = "\u0686"
JEH: Final = "\u0698"
VEH: Final = "\u06a4"
MAGHREB_QAF: Final = "\u06a8"
HEH_GOAL: Final = "\u06c1"
HEH_DOACHASHMEE: Final = "\u06be"
HEH_YEH: Final = "\u06c0"
TEH_MARBUTA_GOAL: Final = "\u06c3"
AE: Final = "\u06d5"

ARABIC_COMMA: Final[str] = araby.COMMA
DECIMAL_SIGN: Final[str] = araby.DECIMAL
THOUSANDS_SIGN: Final[str] = araby.THOUSANDS

# Character-class bodies (for use between the brackets of a regular expression).
PLAIN_LETTER_CLASS: Final = "\u0621-\u063a\u0641-\u064a"  # the letters of Arabic itself, without tatweel
HARAKAT_CLASS: Final = "\u064b-\u0652"  # the short vowels, tanween, shadda and sukun
# Harakat, Koranic signs, Latin combining accents, hamza and madda as separate marks, tatweel: part of the word they
# stand on.
MARK_CLASS: Final = (
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff"
    "\ufbb2-\ufbc2\ufc5e-\ufc63\ufcf2-\ufcf4\ufe00-\ufe0f\ufe20-\ufe2f\ufe70-\ufe7f"
)
# Soft hyphen, Arabic letter mark, zero-width and bidi controls, byte order mark: not seen, never part of a term.
INVISIBLE_CLASS: Final = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
