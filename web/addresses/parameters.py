"""The table of all parameters that addresses of the site take: kind, bounds, default, and what each means.

`web/addresses/requests.py` reads values within the bounds that stand here, `web/api` makes the OpenAPI document and the
page about the API of the same rows, and the access log knows by it which names are no reader's words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from search.engines.base import Order
from search.limits import (
    DEEPEST_HIT,
    HITS_A_PAGE,
    LARGEST_PAGE,
    LONGEST_NAME,
    LONGEST_QUERY,
    MOST_COMPARED,
    MOST_FILTER_VALUES,
)
from search.pages.sentences import LANGUAGES

LONGEST_CURSOR: Final = 8_000  # characters: an id has a thousand letters at most
LONGEST_ID: Final = 4_000  # characters that are looked up
MOST_SUGGESTIONS: Final = 20
SUGGESTIONS: Final = 8  # unless a request asks for another number
LARGEST_GROUP: Final = 2**63 - 1


class Kind(Enum):
    """What the values of a parameter are."""

    TEXT = "text"
    NUMBER = "number"
    SWITCH = "switch"  # 1 or 0
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. An empty value counts as none.

    ar, en       what it means
    least, most  bounds of a NUMBER
    longest      characters of a TEXT
    values       how many may be given, each as `name=value`
    default      what holds without it, as it would be written; None: nothing
    example      a value that works on any index
    """

    name: str
    kind: Kind
    ar: str
    en: str
    least: int = 0
    most: int = 0
    longest: int = 0
    choices: tuple[str, ...] = ()
    values: int = 1
    default: str | None = None
    example: str | None = None


def _text(name: str, ar: str, en: str, *, longest: int, example: str | None = None, values: int = 1) -> Parameter:
    return Parameter(name, Kind.TEXT, ar, en, longest=longest, example=example, values=values)


def _names(name: str, ar: str, en: str) -> Parameter:
    return _text(name, ar, en, longest=LONGEST_NAME, values=MOST_FILTER_VALUES)


def _switch(name: str, ar: str, en: str, *, default: str) -> Parameter:
    return Parameter(name, Kind.SWITCH, ar, en, choices=("0", "1"), default=default)


def _number(name: str, ar: str, en: str, *, least: int, most: int, default: str | None = None) -> Parameter:
    return Parameter(name, Kind.NUMBER, ar, en, least=least, most=most, default=default)


def _choice(name: str, ar: str, en: str, *, choices: tuple[str, ...], default: str | None) -> Parameter:
    return Parameter(name, Kind.CHOICE, ar, en, choices=choices, default=default)


_Q_AR, _Q_EN = "البحث بلغة البحث؛ من دونه كل المقالات.", "The query, in the query language; without it all articles."
Q: Final = _text("q", _Q_AR, _Q_EN, longest=LONGEST_QUERY, example="وزير")
QUERIES: Final = _text(
    "q",
    f"بحث يُقارن بغيره؛ يُكرّر لكل بحث، وما زاد على {MOST_COMPARED} يُهمل ويُعدّ في dropped.",
    f"A query to compare, given once for each; those beyond {MOST_COMPARED} are left out and counted in `dropped`.",
    longest=LONGEST_QUERY,
    example="وزير",
    values=MOST_FILTER_VALUES,
)
TYPED: Final = _text("q", "ما كُتب حتى الآن.", "What has been typed so far.", longest=LONGEST_QUERY, example="وز")
SORT: Final = _choice(
    "sort",
    "ترتيب النتائج.",
    "The order of the hits.",
    choices=tuple(order.value for order in Order),
    default=Order.RELEVANCE.value,
)
SOURCE: Final = _names(
    "source", "مقالات هذا المصدر فقط؛ يُكرّر لأي من مصادر عدة.", "Only of this source; repeat it for any of several."
)
SECTION: Final = _names("section", "مقالات هذا القسم فقط.", "Only of this section; may be repeated.")
AUTHOR: Final = _names("author", "مقالات هذا الكاتب فقط.", "Only by this author; may be repeated.")
AGENCY: Final = _names("agency", "مقالات هذه الوكالة فقط.", "Only of this agency; may be repeated.")
PLACE: Final = _names("place", "مقالات كُتبت من هذا المكان فقط.", "Only written from this place; may be repeated.")
FROM: Final = _text(
    "from",
    "أول يوم نُشر فيه: `2017-07-15` أو `2017-07` أو `2017` أو كما يكتب الناس التواريخ.",
    "The first day of publication: 2017-07-15, 2017-07, 2017, or a date as people write it.",
    longest=LONGEST_QUERY,
)
TO: Final = _text(
    "to", "آخر يوم نُشر فيه، وهو من المدة.", "The last day of publication, included.", longest=LONGEST_QUERY
)
UNDATED: Final = _switch("undated", "المقالات التي لا تاريخ لها فقط.", "Only articles without a date.", default="0")
GROUP: Final = _number(
    "group",
    "نسخ خبر واحد فقط، برقم مجموعتها كما في group من النتائج.",
    "Only the copies of one article, by the number in `group` of a hit.",
    least=-LARGEST_GROUP,
    most=LARGEST_GROUP,
)
NAMES: Final = _switch(
    "names",
    "يبحث عن كتابات الأسماء الأخرى وعن المترادفات.",
    "Also search for other spellings of names, and for synonyms.",
    default="1",
)
COLLAPSE: Final = _switch(
    "collapse", "يجمع نسخ الخبر في نتيجة واحدة.", "Show copies of an article as one hit.", default="1"
)
REPAIR: Final = _switch(
    "repair",
    "يقرأ البحث الذي لا نتائج له قراءة أخرى.",
    "Read a query that finds nothing another way, as by its slips.",
    default="1",
)
EXPLAIN: Final = _switch(
    "explain", "يذكر في reasons لماذا ظهرت كل نتيجة.", "Say in `reasons` why each hit matched.", default="0"
)
FACETS: Final = _switch(
    "facets",
    "يعدّ النتائج بحسب المصدر والقسم والكاتب والوكالة والزمن؛ لا يصح مع cursor.",
    "Count hits by source, section, author, agency and time; not together with `cursor`.",
    default="1",
)
LIMIT: Final = _number(
    "limit", "عدد النتائج في الجواب.", "Hits in the answer.", least=1, most=LARGEST_PAGE, default=str(HITS_A_PAGE)
)
PAGE: Final = _number(
    "page",
    f"رقم الصفحة؛ آخرها ما تبلغ به limit × page {DEEPEST_HIT:,}. وما بعدها بالمعامل cursor.",
    f"The page; the last is where page × limit reaches {DEEPEST_HIT:,}. What follows is reached by `cursor`.",
    least=1,
    most=DEEPEST_HIT,
    default="1",
)
CURSOR: Final = _text(
    "cursor",
    "* لأول النتائج، ثم next_cursor من الجواب السابق، حتى آخر نتيجة.",
    "`*` for the first hits, then `next_cursor` of the answer before, up to the last hit.",
    longest=LONGEST_CURSOR,
)
LANG: Final = _choice("lang", "لغة الرسائل.", "The language of messages.", choices=LANGUAGES, default=LANGUAGES[0])
ID: Final = _text("id", "معرّف المقال.", "The id of the article.", longest=LONGEST_ID)
FORM: Final = _choice(
    "form",
    "opensearch للصيغة التي تقرؤها المتصفحات.",
    "`opensearch` for what browsers read.",
    choices=("opensearch",),
    default=None,
)
SUGGESTED: Final = _number(
    "limit",
    "عدد الاقتراحات على الأكثر.",
    "Completions at most.",
    least=1,
    most=MOST_SUGGESTIONS,
    default=str(SUGGESTIONS),
)

NAMED_FILTERS: Final = (SOURCE, SECTION, AUTHOR, AGENCY, PLACE)
FILTERS: Final = (*NAMED_FILTERS, FROM, TO, UNDATED, GROUP)
SEARCH: Final = (Q, SORT, *FILTERS, NAMES, COLLAPSE, REPAIR)  # what says which hits a search has, in which order
SWITCHES: Final = (UNDATED, NAMES, COLLAPSE, REPAIR, EXPLAIN, FACETS)

NAMES_OF_ALL: Final = frozenset(value.name for value in tuple(globals().values()) if isinstance(value, Parameter))
