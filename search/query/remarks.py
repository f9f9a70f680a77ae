"""Sentences for the reader about how a query was read. Called by the lexer, the parser and the
rewriter, which collect them here."""

from __future__ import annotations

from typing import Final

from search.query.operators import MOST_CHARACTERS, MOST_DEPTH, MOST_DISTANCE, MOST_SLOP, MOST_WORDS
from search.query.tree import Remark

_MOST_OF_A_KIND: Final = 3
_LONGEST_PIECE: Final = 40
SENTENCES: Final = {
    "cut-length": f"البحث أطول من {MOST_CHARACTERS} حرف: قُرئ أوله وأُهمل ما بعده",
    "cut-words": f"البحث أكثر من {MOST_WORDS} كلمة: بُحث عن أولها وأُهمل ما بعدها",
    "unclosed-quote": "علامة الاقتباس قبل «{}» لم تُغلق: قُرئت العبارة إلى آخر البحث",
    "stray-quote": "علامة اقتباس لا تقابلها أخرى: أُهملت",
    "unclosed-parenthesis": "قوس مفتوح لم يُغلق: قُرئ ما بعده إلى آخر البحث",
    "stray-parenthesis": "قوس إغلاق لم يسبقه قوس مفتوح: أُهمل",
    "deep-parentheses": f"أقواس متداخلة تزيد على {MOST_DEPTH} طبقة: أُهمل ما زاد منها",
    "stray-operator": "الرمز «{}» في غير موضعه: أُهمل",
    "empty-field": "لا شيء بعد «{}» يُبحث عنه فيه",
    "bad-date": "لم نفهم التاريخ «{}»: بُحث عنه كما تُطلب الكلمات",
    "short-prefix": "البداية «{}» أقصر من حرفين: بُحث عنها كلمةً كاملة",
    "prefix-cut": "بداية «{}» واسعة: بُحث عن أكثر الكلمات شيوعًا مما يبدأ بها",
    "short-fuzzy": "«{}» أقصر من أن يُبحث عما يشبهها: بُحث عنها كما هي",
    "fuzzy-cut": f"البحث عما يشبه «{{}}» يسمح بفرق حرف أو حرفين: اعتُمد {MOST_DISTANCE}",
    "near-cut": f"أوسع تقارب بين الكلمات {MOST_SLOP} كلمة: اعتُمد",
    "only-negative": "البحث كله استبعاد: هذه المقالات كلها إلا ما استُبعد",
    "budget-similar": "البحث عما يشبه كلماتٍ كثيرة يطول: بُحث عن «{}» كما كُتبت",
    "budget-near": "تقارب «{}» كما كُتبت يطول البحث عنه: قد تضم النتائج مقالات تتقارب فيها الكلمات بصيغ أخرى",
    "budget-phrase": "العبارات كثيرة يطول البحث عنها: بُحث عن كلمات «{}» أينما وردت في المقال",
    "budget-exact": "الكلمات المطلوبة بصيغتها كثيرة يطول البحث عنها: بُحث عن «{}» بصيغها القريبة أيضًا",
    "budget-without": "المستبعد كثير يطول البحث عنه: لم يُستبعد «{}»",
    "budget-names": "الأسماء كثيرة: لم يُبحث عن كتابات «{}» الأخرى",
    "empty": "ليس في البحث كلمة يُبحث عنها",
}


class Remarks:
    """Remarks in the order in which they were made: each once, a few of a kind."""

    def __init__(self) -> None:
        self._found: dict[Remark, None] = {}

    def add(self, kind: str, piece: str = "") -> None:
        """Adds the sentence of this kind; `piece` is the part of the query that it is about."""
        shown = piece if len(piece) <= _LONGEST_PIECE else piece[:_LONGEST_PIECE] + "…"
        if sum(remark.kind == kind for remark in self._found) < _MOST_OF_A_KIND:
            self._found[Remark(kind, SENTENCES[kind].format(shown))] = None

    def build(self) -> tuple[Remark, ...]:
        """What was collected."""
        return tuple(self._found)
