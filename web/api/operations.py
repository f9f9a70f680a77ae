"""The table of the API's addresses: what each answers, which parameters it takes, how it can fail.

`web/routes/api.py` holds requests to it, and `web/api/openapi.py` and the page about the API are made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from web.addresses import parameters as p
from web.addresses.parameters import Parameter
from web.api import answers


@dataclass(frozen=True, slots=True)
class Operation:
    """One address that is read by GET.

    path      below the root of the site; `{id}` stands for the id of an article, percent-encoded
    name      the operationId
    answers   the types of what it may answer, of `web/api/answers.py`
    fails     the codes of `web/api/error_codes.py` that it may answer, beside those that any may
    needs     parameters that must be given
    example   a query string in which {query} and {id} stand for a query and an article that the index has
    """

    path: str
    name: str
    ar: str
    en: str
    parameters: tuple[Parameter, ...]
    answers: tuple[Any, ...]
    fails: tuple[str, ...] = ()
    needs: tuple[Parameter, ...] = ()
    example: str = ""


ANY: Final = (
    "unknown_parameter",
    "repeated_parameter",
    "bad_value",
    "untrusted_host",
    "bad_request",
    "method_not_allowed",
    "too_many_requests",
    "internal_error",
    "unavailable",
)
_SEARCH_FAILS: Final = ("too_long", "busy")
_ARTICLE: Final = (*p.SEARCH, p.PAGE, p.LIMIT, p.EXPLAIN, p.FACETS, p.LANG)

SEARCH: Final = Operation(
    "/api/search",
    "search",
    "نتائج بحث: صفحة منها، أو بالمعامل cursor كلها جوابا بعد جواب.",
    "The hits of a search: a page of them, or with `cursor` all, one answer after another.",
    (*p.SEARCH, p.EXPLAIN, p.FACETS, p.LIMIT, p.PAGE, p.CURSOR, p.LANG),
    (answers.SearchAnswer, answers.CursorAnswer),
    (*_SEARCH_FAILS, "contradiction", "bad_cursor", "foreign_cursor"),
    example="q={query}&limit=3",
)
ARTICLE: Final = Operation(
    "/api/articles/{id}",
    "article",
    "مقال بنصه، وكلمات q مميّزة فيه. ما لا يكون في مسار، مثل .. و //x//، يُعطى في id بعد علامة الاستفهام.",
    "An article with its text, the words of `q` highlighted. An id that no path can have is given as `?id=`.",
    _ARTICLE,
    (answers.ArticleAnswer,),
    (*_SEARCH_FAILS, "no_such_article"),
)
ARTICLE_BY_ID: Final = Operation(
    "/api/articles",
    "articleById",
    "المقال نفسه بمعرّفه في id، أيا كانت حروفه.",
    "The same by the parameter `id`, whatever characters it has.",
    (p.ID, *_ARTICLE),
    (answers.ArticleAnswer,),
    (*_SEARCH_FAILS, "no_such_article", "missing_parameter"),
    needs=(p.ID,),
    example="id={id}",
)
SUGGEST: Final = Operation(
    "/api/suggest",
    "suggest",
    "ما قد يكمل ما كُتب، والأرجح أولا.",
    "Completions of what has been typed, the likeliest first.",
    (p.TYPED, p.SUGGESTED, p.FORM, p.LANG),
    (answers.SuggestAnswer, answers.OpenSearchSuggestions),
    ("too_long",),
    example="q=%D9%88%D8%B2",
)
COMPARE: Final = Operation(
    "/api/compare",
    "compare",
    "أبحاث بعضها إلى جانب بعض على مرّ الزمن.",
    "Queries side by side over time.",
    (p.QUERIES, *p.NAMED_FILTERS, p.FROM, p.TO, p.NAMES, p.LANG),
    (answers.CompareAnswer,),
    ("too_long", "busy"),
    example="q={query}&q=%D8%B1%D8%A6%D9%8A%D8%B3",
)
COVERAGE: Final = Operation(
    "/api/coverage",
    "coverage",
    "ما في الأرشيف من كل مصدر في كل شهر.",
    "What the archive holds of each source in each month.",
    (p.SOURCE, p.LANG),
    (answers.CoverageAnswer,),
    ("too_long",),
)
INFO: Final = Operation(
    "/api/info",
    "info",
    "ما في الفهرس: عدد المقالات والمصادر والأقسام والمدة، وحدود ما يُطلب.",
    "What is in the index: articles, sources, sections and dates; and the limits of what can be asked for.",
    (p.LANG,),
    (answers.InfoAnswer,),
)
OPENAPI: Final = Operation(
    "/api/openapi.json",
    "openapi",
    "وصف هذه الواجهة بصيغة OpenAPI 3.1.",
    "The description of this API as OpenAPI 3.1.",
    (p.LANG,),
    (dict[str, Any],),
)
OPERATIONS: Final = (SEARCH, ARTICLE, ARTICLE_BY_ID, SUGGEST, COMPARE, COVERAGE, INFO, OPENAPI)
