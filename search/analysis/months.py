"""The names of the months in Arabic (eastern, Levantine, Maghrebi and Hijri), English and French, as tables.

In: folded words (`fold.py`). Out: the number of the month, for the readers of dates in `search/query`; and for the
analyser the canonical term that all names of a month have in the index: فبراير for شباط, فبراير and فيفري.

The analyser gives a word without particles the term `CANONICAL_MONTH.get(word, word)`. For the few words of
`UNSURE_MONTH` it asks the neighbours, at the level word, with `month_between`; the neighbours keep their own terms, so
that no position changes.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from search.analysis.fold import folded, folded_set
from search.analysis.letters import ARTICLE

# The first name of a row is its canonical one: Egypt's and the Gulf's, the commonest in news.
_EASTERN: Final = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل إبريل",
    "مايو",
    "يونيو يونية",
    "يوليو يولية",
    "أغسطس أوغسطس",
    "سبتمبر سيبتمبر",
    "أكتوبر أوكتوبر",
    "نوفمبر",
    "ديسمبر",
)
#: January to December as most news writes them.
MONTH_NAMES: Final = tuple(names.split()[0] for names in _EASTERN)
_LEVANT: Final = ("", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "", "", "")
_MAGHREB: Final = (  # Tunisia and Algeria, then Morocco
    "جانفي",
    "فيفري",
    "",
    "أفريل",
    "ماي",
    "جوان",
    "جويلية يوليوز",
    "أوت غشت",
    "شتنبر",
    "",
    "نونبر",
    "دجنبر",
)
_TWO_WORDS: Final = {"كانون الثاني": 1, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12}
_HIJRI: Final = (  # forms of one month are parted by commas
    "محرم, المحرم, محرم الحرام",
    "صفر",
    "ربيع الأول, ربيع أول",
    "ربيع الثاني, ربيع ثاني, ربيع الآخر, ربيع آخر",
    "جمادى الأولى, جمادى الأول, جماد الأول, جماد أول",
    "جمادى الثانية, جمادى الثاني, جمادى الآخرة, جمادى الآخر, جماد الثاني, جماد ثاني, جماد الآخر",
    "رجب",
    "شعبان",
    "رمضان, رمضان المبارك",
    "شوال",
    "ذو القعدة, ذي القعدة, ذوالقعدة, ذو قعدة",
    "ذو الحجة, ذي الحجة, ذوالحجة, ذو حجة",
)
_HIJRI_LATIN: Final = "muharram safar - - - - rajab shaban ramadan shawwal - -"
_ENGLISH: Final = "january february march april may june july august september october november december"
_FRENCH: Final = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
_SHORT: Final = "jan feb mar apr - jun jul aug sep oct nov dec"  # RFC 2822's
_SHORT_MORE: Final = "janv fevr - avr - - juil - sept - - -"


def _numbered(*rows: Iterable[str]) -> dict[str, int]:
    return {folded(name): n for row in rows for n, names in enumerate(row, 1) for name in names.split() if name != "-"}


def _without_article(name: str) -> str:
    first, second = name.split()
    return f"{first} {second.removeprefix(ARTICLE)}"


_PAIRS: Final = {
    folded(form): n
    for name, n in _TWO_WORDS.items()
    for form in (name, _without_article(name), _without_article(name).removesuffix("ي"))  # كانون ثان, of agencies
}
_SINGLE: Final = _numbered(_EASTERN, _LEVANT, _MAGHREB)
_LATIN: Final = _numbered(*(row.split() for row in (_ENGLISH, _FRENCH, _SHORT, _SHORT_MORE)))
_CANONICAL: Final = {n: folded(names.split()[0]) for n, names in enumerate(_EASTERN, 1)}

#: Folded name, of one word or of two, in Arabic, English or French → month of the Gregorian year, 1 to 12.
MONTHS: Final[Mapping[str, int]] = MappingProxyType(_SINGLE | _PAIRS | _LATIN)

#: Folded name → month of the Hijri year, 1 to 12.
HIJRI_MONTHS: Final[Mapping[str, int]] = MappingProxyType(
    {folded(name): n for n, names in enumerate(_HIJRI, 1) for name in names.split(",")}
    | _numbered(_HIJRI_LATIN.split())
)

# Names that news also uses for something else: a car maker (نيسان), Theresa May, Joan, "out" in
# English names (تايم أوت), a father (أب, once folded). مارس is a verb too, but nine times in ten it is the month.
_ALSO_SOMETHING_ELSE: Final = folded_set("نيسان ماي جوان أوت آب")
# The first of the two words of a name, which two months share: كانون, تشرين.
_FIRST_HALVES: Final = frozenset(name.split()[0] for name in _PAIRS)

#: Folded name of one word that means a month and nothing else → the one term of all the names of that month.
CANONICAL_MONTH: Final[Mapping[str, str]] = MappingProxyType(
    {name: _CANONICAL[n] for name, n in _SINGLE.items() if name not in _ALSO_SOMETHING_ELSE}
)

#: Folded words that name a month only beside the right neighbour: ask `month_between`.
UNSURE_MONTH: Final = _ALSO_SOMETHING_ELSE | _FIRST_HALVES

# "The month of", "the first of", "the end of", "the middle of", as news says them of months.
_INTRODUCE: Final = folded_set("شهر شهري غرة موفى مطلع أوائل أواخر أواسط منتصف بداية نهاية بحلول")
# "Last", "next", "current", as the level word has them, without the article; "year", which the number follows.
_FOLLOW: Final = folded_set("ماضي مقبل قادم جاري حالي منصرم منقضي فارط ماضيين مقبلين عام سنة")
# What is sure of the thing that is no month decides before the year behind it: سيارة نيسان 2015 is a car of that year,
# تيريزا ماي 2017 the minister, تايم أوت 2016 the magazine, واتس آب 2016 the program.
_OTHERWISE_AFTER: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        folded(name): folded_set(before)
        for name, before in (
            ("نيسان", "سيارة سيارات مركبة مركبات شركة طراز موديل ماركة نوع تحالف تويوتا رينو هوندا مازدا كرايسلر"),
            ("ماي", "تيريزا تريزا ثيريزا"),
            ("أوت", "تايم بلاي إنسايد وايب"),
            ("آب", "واتس واتساب بيك ستاند ستارت ميك لاين توب"),
        )
    }
)


def month_between(before: str, word: str, after: str) -> str | None:
    """Return the canonical term of the month that an unsure folded word names between its neighbours, None if none.

    before, after: the words beside it, folded and without particles; "" where there is none.
    """
    if before in _OTHERWISE_AFTER.get(word, ()):
        return None
    return month_pair(word, after) or month_pair(before, word)


def month_pair(first: str, second: str) -> str | None:
    """Return the canonical term of the month that two neighbouring folded words name, where one of them is unsure.

    كانون الثاني → يناير; نيسان 2017, 15 نيسان, شهر نيسان and أبريل نيسان → ابريل; سيارة نيسان → None.
    """
    if first in _FIRST_HALVES:
        month = _PAIRS.get(f"{first} {second}")
    elif second in _ALSO_SOMETHING_ELSE and (_is_number(first, 1, 31) or first in _INTRODUCE):
        month = _SINGLE[second]
    elif first in _ALSO_SOMETHING_ELSE and (_is_number(second, 1900, 2100) or second in _FOLLOW):
        month = _SINGLE[first]
    elif first in _ALSO_SOMETHING_ELSE or second in _ALSO_SOMETHING_ELSE:
        month = _SINGLE.get(first) if _SINGLE.get(first) == _SINGLE.get(second) and first != second else None
    else:
        return None
    return None if month is None else _CANONICAL[month]


def _is_number(word: str, low: int, high: int) -> bool:
    return len(word) <= 4 and word.isdecimal() and low <= int(word) <= high
