"""What stands beside numbers, as tables: per cent, currencies, tens in words.

In: folded words (`fold.py`), signs and codes. Out: the one term that each of them has in the index. A number has to
stand beside it in neither table: `context.py` says where «في المئة» is per cent. Called by the tokeniser for the signs,
by `word_rules.py`, `context.py` and `search/query/amounts.py`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from search.analysis.fold import folded, folded_set
from search.analysis.months import MONTHS

#: The term of per cent, however it is written: %, ٪, بالمئة, بالمائة, بالمية, في المئة, في المائة.
PERCENT: Final = folded("بالمئة")
# مائة folds to مئة; مائه, with ه for ة, keeps its alef.
#: Words at the level exact that are per cent by themselves; at the level word, those that are after في.
PERCENT_WORDS: Final = folded_set("بالمئة بالمائه بالمية")
HUNDREDS: Final = folded_set("مئة مائه مية")
#: The same at the level exact: only with the article.
THE_HUNDREDS: Final = folded_set("المئة المائه المية")

_PERCENT_SIGNS: Final = "%٪﹪％"
_CURRENCY_SIGNS: Final = {"$": "دولار", "＄": "دولار", "€": "يورو", "£": "جنيه", "￡": "جنيه", "¥": "ين", "￥": "ين"}
#: The signs that are tokens beside a number or by themselves: the body of a character class.
SIGN_CLASS: Final = _PERCENT_SIGNS + "".join(_CURRENCY_SIGNS)
#: A sign → its term.
SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(_PERCENT_SIGNS, PERCENT) | {sign: folded(name) for sign, name in _CURRENCY_SIGNS.items()}
)
_OF_SIGNS: Final = frozenset(SIGNS.values())
#: ISO 4217 code of a currency, in small letters → its term. Codes that are also words (TRY, MAD) are left out.
CURRENCY_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        code: folded(name)
        for name, codes in {
            "دولار": "usd",
            "يورو": "eur",
            "جنيه": "gbp egp",
            "ين": "jpy",
            "ريال": "sar qar omr yer",
            "درهم": "aed",
            "دينار": "kwd bhd jod iqd",
        }.items()
        for code in codes.split()
    }
)
#: The letters of ر.س, which are a riyal beside a number.
RIYAL_LETTERS: Final = ("ر", "س")
RIYAL: Final = folded("ريال")

_TENS: Final = "عشر ثلاث أربع خمس ست سبع ثمان تسع"
#: Folded ten in words, of either case → the number in digits: خمسون and خمسين → 50.
TENS: Final[Mapping[str, str]] = MappingProxyType(
    {folded(ten + case): f"{n}0" for n, ten in enumerate(_TENS.split(), 2) for case in ("ون", "ين")}
)
#: Number in digits → the ten in words, the stem of a ten after و: خمس وعشرون is not 20.
TEN_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {f"{n}0": folded(f"{ten}ون") for n, ten in enumerate(_TENS.split(), 2)}
)

# Nouns counted by the million in news, in the forms that numbers ask for: 5 مليارات, 11 مليارا, 100 مليار.
_UNITS: Final = (
    "ألف آلاف ألفا",
    "مليون ملايين مليونا",
    "مليار مليارات مليارا بليون بلايين بليونات بليونا",
    "تريليون تريليونات تريليونا ترليون ترليونات ترليونا",
    "دولار دولارات دولارا",
    "يورو",
    "ريال ريالات ريالا",
    "درهم دراهم درهما",
    "دينار دنانير دينارا",
    "جنيه جنيهات جنيها",
    "ليرة ليرات",
    "روبل روبلات روبلا",
    "برميل براميل برميلا",
    "طن أطنان طنا",
)
_FORMS: Final = {form: forms for row in _UNITS for forms in [tuple(folded(row).split())] for form in forms}


def forms_of_unit(word: str) -> tuple[str, ...]:
    """Return the forms at the level word in which a unit follows a number, this form first; () for other words."""
    forms = _FORMS.get(word, ())
    return (word, *(form for form in forms if form != word)) if forms else ()


def written_orders(texts: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the orders in which articles write these terms: both for a number beside a sign (50%, %50, $100)."""
    beside = len(texts) == 2 and ((is_number(texts[0]) and texts[1]) or (is_number(texts[1]) and texts[0]))
    return (texts, texts[::-1]) if beside in _OF_SIGNS else (texts,)


def is_unit(term: str) -> bool:
    """Return whether a term is a unit, a currency, per cent or a month: what follows a number is surely its unit."""
    return term in _FORMS or term in _OF_SIGNS or term in MONTHS


def is_year(term: str) -> bool:
    """Return whether a number in digits is most likely a year of the common era."""
    return len(term) == 4 and term.isdecimal() and 1900 <= int(term) <= 2100


def is_number(term: str) -> bool:
    """Return whether a term is a number in digits: 5, 5.3."""
    return term[:1].isdecimal() and term.replace(".", "", 1).isdecimal()
