"""Where the crawl begins: the home page, and one search of each kind that a reader can make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlencode

from search.limits import LONGEST_QUERY

LANGUAGES: Final = ("ar", "en")
_LONGEST: Final = ("القمح والنفط والماء " * 200)[:LONGEST_QUERY].strip()
_KINDS: Final[tuple[dict[str, str | list[str]], ...]] = (
    {},
    {"q": "السعودية"},
    {"q": "محمد"},
    {"q": "قال"},
    {"q": "في"},
    {"source": "alkhaleej"},
    {"q": "قال", "sort": "newest"},
    {"q": "قال", "sort": "oldest"},
    {"q": "قال", "collapse": "0"},
    {"q": "قال", "limit": "100"},
    {"limit": "100", "sort": "newest"},
    {"q": "السعودية", "explain": "1"},
    {"q": _LONGEST},
    {"q": "محمد", "source": ["alkhaleej", "صحيفة الرياض"]},
    {"q": "قال", "from": "2015-01-20", "to": "2015-04-10"},
    {"q": "قال", "from": "2015-06-01"},
    {"to": "2014"},
    {"q": "محمد -السعودية"},
    {"q": "-محمد"},
    {"q": "مدر*"},
    {"q": "السعوديه~"},
    {"q": "محمد~1 قال"},
    {"q": '"قال محمد"'},
    {"q": '"الأمين العام"'},
    {"q": "=المدرسة"},
    {"q": "قال أو أعلن"},
    {"q": "العنوان:محمد"},
    {"q": "lpl]"},
    {"q": "القمح والنفط ظظظظظ"},
    {"q": "ظظظظظ"},
    {"q": "ظظظظظ", "source": "alkhaleej"},
    {"q": "<script>alert(1)</script> & \"'"},
    {"q": "هيلكوبتر"},
    {"q": "government"},
    {"q": "السعودية", "page": "1000"},
    {"q": "قال", "page": "1000"},
    {"q": "قال", "page": "500", "sort": "oldest"},
)


def addresses(*more: str, languages: Sequence[str] = LANGUAGES) -> Iterator[str]:
    """The home page and each search, in these languages; `more` are queries of this archive's own."""
    searches: list[dict[str, str | list[str]]] = [*_KINDS, *({"q": query} for query in more)]
    for spoken in languages:
        chosen = {} if spoken == "ar" else {"lang": spoken}
        yield f"/?{urlencode(chosen)}" if chosen else "/"
        for search in searches:
            yield f"/search?{urlencode({**search, **chosen}, doseq=True)}"
