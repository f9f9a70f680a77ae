"""The sentences of the notes that tell readers how a query was read: one for each kind of note, in Arabic and English.

In: a `Note`, which has a kind and values, and a language, "ar" or "en". Out: its sentence, and the words of its link.
Called by `search/pages/as_json.py`, `search/pages/as_text.py`, `search/over_time/as_text.py` and the web package. In a
sentence, `{piece}` is replaced by the value of that name, and `{wanted:of words}` by the value and the noun that it
counts (`search/pages/plurals.py`); a list of names is joined by commas. A test asserts that both languages have the
same kinds and the same blanks.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any, Final

from search.pages.languages import LANGUAGES as LANGUAGES
from search.pages.plurals import counted, number
from search.pages.records import Note, SearchPage

_ARABIC: Final = {
    "cut-length": "البحث أطول من {limit} حرف، فقرأنا أوله وأهملنا ما بعده",
    "cut-words": "في البحث أكثر من {limit:of words}، فبحثنا عن أولها وأهملنا ما بعدها",
    "unclosed-quote": "علامة الاقتباس قبل «{piece}» لم تُغلق، فقرأنا العبارة إلى آخر البحث",
    "stray-quote": "علامة اقتباس لا تقابلها أخرى، فأهملناها",
    "unclosed-parenthesis": "قوس مفتوح لم يُغلق، فقرأنا ما بعده إلى آخر البحث",
    "stray-parenthesis": "قوس إغلاق لم يسبقه قوس مفتوح، فأهملناه",
    "deep-parentheses": "أقواس متداخلة تزيد على {limit} طبقة، فأهملنا ما زاد منها",
    "stray-operator": "الرمز «{piece}» في غير موضعه، فأهملناه",
    "empty-field": "لم يُكتب شيء بعد «{piece}»، فبحثنا عنه كأي كلمة",
    "bad-date": "لم نفهم التاريخ «{piece}»، فبحثنا عنه كأي كلمات",
    "short-prefix": "البداية «{piece}» أقصر من حرفين، فبحثنا عنها كلمة كاملة",
    "short-fuzzy": "«{piece}» أقصر من أن نبحث عما يشبهها، فبحثنا عنها كما هي",
    "fuzzy-cut": "البحث عما يشبه «{piece}» يسمح بفرق حرف أو حرفين، فاعتمدنا فرق حرفين",
    "near-cut": "أقصى مسافة بين الكلمات {limit:of words}، فاعتمدناها",
    "only-negative": "ليس في البحث إلا ما يُستبعد: هذه سائر المقالات",
    "empty": "ليس في البحث كلمة نبحث عنها",
    "prefix-cut": "البداية «{piece}» واسعة، فبحثنا عن الكلمات الأكثر شيوعا مما يبدأ بها",
    "budget-similar": "البحث عما يشبه كلمات كثيرة يطول، فبحثنا عن «{piece}» كما كُتبت",
    "budget-near": "البحث عن تقارب «{piece}» كما كُتبت يطول، وقد تضم النتائج مقالات تتقارب فيها الكلمات بصيغ أخرى",
    "budget-phrase": "العبارات كثيرة يطول البحث عنها، فبحثنا عن كلمات «{piece}» أينما وردت في المقال",
    "budget-exact": "الكلمات المطلوبة بصيغتها كثيرة يطول البحث عنها، فبحثنا عن «{piece}» بصيغها القريبة أيضا",
    "budget-without": "ما يُستبعد كثير يطول البحث عنه، فلم نستبعد «{piece}»",
    "budget-names": "الأسماء كثيرة، فلم نبحث عن كتابات «{piece}» الأخرى",
    "budget-readings": "الكلمات كثيرة، فلم نبحث إلا عن أرجح قراءات «{piece}»",
    "budget-synonyms": "المترادفات كثيرة، فلم نبحث عن كل ما في معنى «{piece}»",
    "budget-articles": "البحث يطول، فلم نبحث إلا في بعض مقالات الأرشيف، وقد تنفع صيغة أبسط",
    "unanswered": "جزء من الأرشيف لا يجيب الآن: هذا ما في سائر أجزائه، فأعد البحث بعد قليل",
    "budget-attempts": "البحث يطول، فلم نجرب قراءات أخرى له، وقد تنفع صيغة أبسط",
    "budget-counts": "البحث يطول، فلم نعدّ كل ما لكل مصدر وقسم وزمن، ولا كل الصفحات والنسخ",
    "budget-marks": "البحث يطول، فلم نبرز كلماته إلا في أول المقالات",
    "list-end": "تنتهي القائمة عند النتيجة {limit}، وفي الأرشيف نتائج بعدها: ضيّق البحث، بالتاريخ مثلا",
    "spoken-date": "بحثنا عن «{piece}» كأي كلمات، ولعله تاريخ النشر",
    "other-years": "لم تُذكر السنة مع «{piece}»، فافترضنا {year} ولم نجد شيئا، وفي الأرشيف نتائج من: {names}",
    "unknown-source": "لا مصدر باسم «{piece}»",
    "unknown-section": "لا قسم باسم «{piece}»",
    "unknown-author": "لا كاتب باسم «{piece}»",
    "unknown-agency": "لا وكالة باسم «{piece}»",
    "unknown-place": "لا مكان باسم «{piece}»",
    "swapped-days": "كُتبت بداية المدة بعد نهايتها، فقرأناهما بالترتيب",
    "outdated": "فهرس هذا الأرشيف من إصدار سابق، فقد لا تظهر بعض المقالات إلى أن يُجدّد",
    "names": "بحثنا أيضا عن: {names}",
    "latin": "بحثنا أيضا بالحروف العربية عن: {names}",
    "possible-names": "بحثنا عن «{piece}» بالحروف اللاتينية وحدها، وقد تكون اسما كُتب بالحروف العربية",
    "arabizi": "«{piece}» تبدو كلمات عربية كُتبت بحروف لاتينية وأرقام",
    "synonyms": "بحثنا أيضا عما في معناه: {names}",
    "relaxed": "لا مقال يضم كلمات البحث كلها، وهذه مقالات تضم بعضها ({least:word} على الأقل من {wanted:of words})",
    "encoding": "لا نتائج لما كُتب، ولعله نُسخ بترميز خاطئ، فبحثنا عن «{found}»",
    "keyboard": "لا نتائج لما كُتب، ولعل لوحة المفاتيح كانت على لغة أخرى، فبحثنا عن «{found}»",
    "spelling": "لا نتائج لما كُتب، فبحثنا عن أقرب ما في الأرشيف إليه: «{found}»",
    "other-form": "لا مقال فيه «{piece}» كما كُتبت، وهذه مقالات فيها «{found}»",
    "repeated-line": (
        "«{piece}» في سطر يكرره ناشره («{line}»)، ولا نعدّ هذه السطور من المقالات، "
        "ولو عددناها لزادت النتائج {count:of articles}"
    ),
    "particles": "لا نتائج لما كُتب، فبحثنا عنه من دون ما اتصل بأوله: «{found}»",
    "list-empty": "لم نبحث: ليس في السطر كلمة نبحث عنها",
    "list-words": "لم نبحث: في البحث أكثر من {limit:of words}، فاختصره",
    "list-length": "لم نبحث: البحث أطول من {limit} حرف، فاختصره",
    "list-day": "لم نبحث: «{piece}» ليس تاريخا نفهمه، فاكتب 2017-07-15 أو يوليو 2017 أو 2017",
    "list-names": "لم نبحث: في «{piece}» أسماء أكثر أو أطول مما يُقبل: {limit} على الأكثر",
    "list-quote": "لم نبحث: علامة اقتباس في السطر لم تُغلق",
    "list-time": "لم نبحث: انتهى الوقت المتاح للقائمة",
    "list-cells": "لم نبحث: خلايا السطر أكثر من أعمدة الجدول ({limit})، فضع البحث بين علامتي اقتباس",
}
_ENGLISH: Final = {
    "cut-length": "The query is longer than {limit} characters: we read its beginning and left out the rest",
    "cut-words": "The query has more than {limit:of words}: we searched for the first and left out the rest",
    "unclosed-quote": "The quotation mark before “{piece}” is not closed: we read the phrase to the end of the query",
    "stray-quote": "A quotation mark without its other half was left out",
    "unclosed-parenthesis": "A parenthesis is not closed: we read what follows to the end of the query",
    "stray-parenthesis": "A closing parenthesis without an opening one was left out",
    "deep-parentheses": "Parentheses are nested more than {limit} deep: we left out the deeper ones",
    "stray-operator": "The sign “{piece}” has nothing to work on here and was left out",
    "empty-field": "Nothing follows “{piece}”: we searched for it as for any word",
    "bad-date": "We could not read the date “{piece}”: we searched for it as for any words",
    "short-prefix": "The beginning “{piece}” is shorter than two letters: we searched for it as a whole word",
    "short-fuzzy": "“{piece}” is too short to look for similar words: we searched for it as it is",
    "fuzzy-cut": "Words similar to “{piece}” may differ by one letter or two: we took two",
    "near-cut": "Words can be at most {limit:of words} apart: we took that",
    "only-negative": "The query only says what to leave out: these are all other articles",
    "empty": "There is no word to search for in the query",
    "prefix-cut": "Very many words begin with “{piece}”: we searched for the commonest of them",
    "budget-similar": "Looking for words similar to many takes long: we searched for “{piece}” as typed",
    "budget-near": "Looking for “{piece}” near each other as typed takes long: results may have other forms",
    "budget-phrase": "So many phrases take long: we searched for the words of “{piece}” anywhere in an article",
    "budget-exact": "So many words as typed take long to look for: we searched for near forms of “{piece}” too",
    "budget-without": "So much to leave out takes long to look for: “{piece}” was not left out",
    "budget-names": "There are many names: we did not search for other spellings of “{piece}”",
    "budget-readings": "There are many words: we searched only for the likeliest reading of “{piece}”",
    "budget-synonyms": "Many words mean the same: we did not search for all that mean the same as “{piece}”",
    "budget-articles": "This search takes long: we searched only some of the articles; a simpler query may help",
    "unanswered": "Part of the archive does not answer now: this is what the rest has, search again in a while",
    "budget-attempts": "This search takes long: we tried no other readings of it; a simpler query may help",
    "budget-counts": "This search takes long: sources, sections, times, pages and copies are not all counted",
    "budget-marks": "This search takes long: its words are highlighted in the first articles only",
    "list-end": "The list ends at hit {limit}, and the archive has more behind it: narrow the search, by date say",
    "spoken-date": "We searched for “{piece}” as for any words; it may be the time of publication",
    "other-years": "No year was given with “{piece}”: we took {year} and found nothing; there are results in: {names}",
    "unknown-source": "There is no source named “{piece}”",
    "unknown-section": "There is no section named “{piece}”",
    "unknown-author": "There is no author named “{piece}”",
    "unknown-agency": "There is no agency named “{piece}”",
    "unknown-place": "There is no place named “{piece}”",
    "swapped-days": "The first day was given after the last: we read them in order",
    "outdated": "The index of this archive is of an earlier version: some articles may not show until it is renewed",
    "names": "We also searched for: {names}",
    "latin": "We also searched in Arabic letters for: {names}",
    "possible-names": "“{piece}” was searched in Latin letters only, and may be a name in Arabic letters",
    "arabizi": "“{piece}” looks like Arabic typed in Latin letters and digits",
    "synonyms": "We also searched for what means the same: {names}",
    "relaxed": "No article has all the words; these have some of them (at least {least:word} of {wanted:of words})",
    "encoding": "Nothing found as typed; perhaps it was copied in a wrong encoding: we searched for “{found}”",
    "keyboard": "Nothing found as typed; perhaps the keyboard was set to another language: we searched for “{found}”",
    "spelling": "Nothing found as typed: we searched for the nearest that the archive has, “{found}”",
    "other-form": "No article has “{piece}” as typed; these have “{found}”",
    "repeated-line": (
        "“{piece}” is in a line that its publisher repeats (“{line}”); "
        "such lines are not counted as part of the articles, and would add {count:of articles}"
    ),
    "particles": "Nothing found as typed: we searched without what is joined to its beginning, “{found}”",
    "list-empty": "Not searched: there is no word to search for on this line",
    "list-words": "Not searched: the query has more than {limit:of words}, shorten it",
    "list-length": "Not searched: the query is longer than {limit} characters, shorten it",
    "list-day": "Not searched: “{piece}” is no date that we can read, write 2017-07-15, July 2017 or 2017",
    "list-names": "Not searched: “{piece}” has more or longer names than are taken, {limit} at most",
    "list-quote": "Not searched: a quotation mark on this line is not closed",
    "list-time": "Not searched: the time for this list had ended",
    "list-cells": "Not searched: there are more cells than columns ({limit}), put the query in quotation marks",
}
NOTES: Final = {"ar": _ARABIC, "en": _ENGLISH}

_AS_TYPED: Final = {"ar": "ابحث عن «{query}» كما كُتب", "en": "Search for “{query}” as typed"}
_ONLY_TYPED: Final = {"ar": "«{query}» كما كُتب فقط", "en": "Only “{query}” as typed"}
_NEAREST: Final = {"ar": "هل تقصد «{nearest}»؟", "en": "Did you mean “{nearest}”?"}
ACTIONS: Final = {
    "unknown-source": _NEAREST,
    "unknown-section": _NEAREST,
    "unknown-author": _NEAREST,
    "unknown-agency": _NEAREST,
    "unknown-place": _NEAREST,
    "names": _ONLY_TYPED,
    "latin": _ONLY_TYPED,
    "possible-names": _NEAREST,
    "arabizi": _NEAREST,
    "synonyms": _ONLY_TYPED,
    "encoding": _AS_TYPED,
    "keyboard": _AS_TYPED,
    "spelling": _AS_TYPED,
    "particles": _AS_TYPED,
}
_ANY_ACTION: Final = {"ar": "ابحث عن «{query}»", "en": "Search for “{query}”"}

_COUNTS: Final = {
    "ar": {
        "truncated": "أول {hits} من {articles}",
        "copies": "{hits} {articles} مع النسخ",
        "cut": "{articles} على الأقل",
        "cut-none": "لا شيء في ما بُحث من المقالات",
    },
    "en": {
        "truncated": "First {hits} of {articles}",
        "copies": "{hits} {articles}, copies included",
        "cut": "At least {articles}",
        "cut-none": "None in the articles searched",
    },
}


def note_text(note: Note, language: str) -> str:
    """Return the sentence of a note. Raises KeyError for a kind that has none."""
    return filled(NOTES[language][note.kind], language, dict(note.values))


def filled(sentence: str, language: str, values: Mapping[str, Any]) -> str:
    """Return the sentence of this language with its blanks filled."""
    return _Sentence(language).vformat(sentence, (), values)


def action_text(note: Note, language: str) -> str | None:
    """Return the words of the link that a note offers; None if it offers none."""
    if note.query is None:
        return None
    return ACTIONS.get(note.kind, _ANY_ACTION)[language].format(query=note.query, **dict(note.values))


def count_text(page: SearchPage, language: str) -> str:
    """Return how many hits can be read and, if that differs, how many articles match."""
    articles = counted(page.total, "article", language)
    if page.cut:
        return _COUNTS[language]["cut" if page.total else "cut-none"].format(articles=articles)
    if page.truncated:
        return _COUNTS[language]["truncated"].format(hits=number(page.reachable), articles=articles)
    if page.reachable == page.total:
        return counted(page.reachable, "result", language)
    hits, articles = counted(page.reachable, "results with", language), counted(page.total, "of articles", language)
    return _COUNTS[language]["copies"].format(hits=hits, articles=articles)


class _Sentence(Formatter):
    """Formats a sentence of one language with the values of a note."""

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, tuple):
            return ("، " if self._language == "ar" else ", ").join(value)
        if isinstance(value, int):
            return counted(value, format_spec, self._language) if format_spec else number(value)
        return str(value)
