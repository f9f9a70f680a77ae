"""Lines of an article → who wrote it, where a line near the beginning or at the end says so and nothing else.

Called by the readers of pages, mail and plain text. The line stays in the text; `indexer/cleaning/credits.py` tells
which of the names are persons.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from search.analysis.fold import folded, folded_set
from search.analysis.letters import TATWEEL
from search.analysis.names.known_pairs import known_names
from search.pages.agencies import AGENCY
from search.pages.dateline_words import LABELS, PLACES, SENTENCE, VOICES

_LABELS: Final = (
    "بقلم|كتبه|كتبها|كتبت|كتب|إعداد|اعداد|أعده|أعدها|تحرير|تحقيق|تقرير|متابعة|أجرت الحوار|أجرى الحوار"
    "|حاورته|حاوره|حاورها|حوار"
)
_NAME: Final = r"(?P<name>(?:[دأم]\s?\.\s?)*[^\W\d_]+(?:\s+[^\W\d_]+){1,4})"
_ONE_WORD: Final = r"(?P<agency>[^\W\d_]+)"
_LINE: Final = re.compile(
    rf"[\s(«]*(?:(?:{_LABELS})\s*[:：/\-–—ـ]+\s*(?:{_NAME}|{_ONE_WORD})[\s*:.،\-–—)»]*"  # «كتب/ أحمد المالكي:»
    rf"|بقلم\s+{_NAME.replace('name', 'signed')}[\s*:.)»]*"  # «بقلم عبد الحميد العوضي*»
    rf"|(?:{_LABELS})\s+{_NAME.replace('name', 'begun')}\s*:\s*)"  # «كتب طارق عرابي:»; «كتب» are books, too
)
OF_SENTENCES: Final = SENTENCE - {folded("الله")}  # words that no name has: «عبد الله» is one
_ON: Final = "على"  # which folding makes the name «علي»
_FIRST: Final = 4  # lines of the text in which a byline may stand
_LONGEST: Final = 80
# A line without a label: «أحمد علي», «بغداد – أحمد علي», «أحمد علي - القاهرة», «| د. أحمد علي *|».
_UNLABELLED: Final = re.compile(
    r"[\s|(]*(?:(?P<before>[^\d:/–—|،.()«»\"-]{2,25}?)\s*[:/–—|-]+\s*)?"
    r"(?:(?P<title>الدكتورة?|المهندسة?|الأستاذة?|الشيخ|[دأم]\s?\.)\s*[:/.]?\s*)?"
    r"(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){1,3})"
    r"(?:\s*[،|]\s*(?P<other>[^\W\d_]+(?:\s+[^\W\d_]+){1,3}))?"
    r"(?:\s*[–—|/-]+\s*(?P<after>[^\d:/–—|،.()«»\"-]{2,25}?))?[\s:*|()–—-]*"
)
_ENDS: Final = " |*:()-–—"
_MOST_BEFORE: Final = 2  # words before the name that are no known place
_NEAREST: Final = 3  # lines of the text in which such a line may stand
_LONGEST_UNLABELLED: Final = 50
_ARABIC: Final = re.compile(r"[\u0621-\u0652\u0670\s]+")
_OF_TWO_WORDS: Final = folded_set("عبد أبو أبا ابن بن أم آل")  # what begins a name and is none
# Words beside names of persons that make of a line something else: «أولا - فضل العلم», «يمن برس».
_NO_NAME: Final = folded_set(
    "أولا ثانيا ثالثا رابعا خامسا برس نيوز نت أونلاين تلفزيون قناة جريدة صحيفة مجلة وكالة وكالات متابعات كتاب رواية"
    " ديوان مسلسل فيلم رضي رحمه عليه صلى الإمام سورة سيرة قصة مدينة شارع جامعة جائزة كأس دوري نادي منتخب تصوير عدسة"
    " ترجمة ترجمها تأليف كرة"
)
_NO_SIGNER: Final = SENTENCE | _NO_NAME
# Of the list of proper nouns, those that headings begin with more often than names of persons: words and countries.
_SELDOM_FIRST: Final = folded_set("""
بين فيما فان يوم سوق وزير أول ريال الآن منه عمل أكبر فريق واحد رأس تنظيم فلا بناء لي حياة بيان باسم أنا صفر حق وحده كنت
بيت أبي علم علوم شمال حزب حاكم مارس فتح عالم اتحاد عين خير خلق باب كانون قناة قاعدة صور شرق حكم بني أربع وكيل طالب
رأي مسيرة مسجد دين حي نجد مني فكان جماعة ثاني باي منا مستقبل سن روح أمة وفد واصل وادي قصر شباب مجلة عمره عربي شديد
جمهورية جبل باقي واسع متى طويل ذهب دوما ثورة أقصى كون عظيم شوال سرطان خطاب حمل حرم جزيرة شيخ داءم دائم قادر فحص رأيت
أيدي أخبار مفتي مستقلة عامي ركن راية ديار بعث باقة أنصار مشهد فيلا سيدة شرع سهل رائدة خبر سد برج وطن وصيف نجمة
غال عقل عقبة نهضة نهار كوكب كن عيون عمارة ساحل دافع جدير تأمل نقاش نسخ لواء لحم كرامة قبائل سحر عملية سوريا سورية
تركيا قطر روسيا ألمانيا ليبيا أفريقيا إفريقيا بريطانيا إيطاليا آسيا إسبانيا كوريا مصر نيجيريا موريتانيا ماليزيا يمن
الأردن لبنان العراق فلسطين إسرائيل إيران الصين الهند اليابان فرنسا أمريكا أميركا أوروبا سعودية مالي
""")


def writer_in(lines: Sequence[str], *, may_lack_label: bool = False) -> str | None:
    """The name in the first line that says who wrote the text; `lines`: those of the text that are not blank.

    may_lack_label: whether a line with nothing but a name, a place or paper and a name, is believed. On a page it may
    be the caption of a picture.
    """
    for line in (*lines[:_FIRST], *lines[-1:]):
        found = _LINE.fullmatch(" ".join(line.split())) if len(line) <= _LONGEST else None
        name = next(filter(None, found.groups()), "") if found else ""
        if found and name and _is_name(name, is_one_word=bool(found["agency"])):
            return name
    return next(filter(None, map(_signature, lines[:_NEAREST])), None) if may_lack_label else None


def _is_name(name: str, *, is_one_word: bool) -> bool:
    """Whether these words may be a name; one word is one where it names an agency («متابعة: وكالات»)."""
    if is_one_word:
        return folded(name) in AGENCY
    return _ON not in name.split() and OF_SENTENCES.isdisjoint(folded(name).split())


def _signature(line: str) -> str | None:
    """Who wrote the text, where a line without a label is a name that begins as those of persons do; with the place or
    the paper where it names one that is known."""
    text = " ".join(line.replace(TATWEEL, "").split())
    found = _UNLABELLED.fullmatch(text) if len(line) <= _LONGEST_UNLABELLED else None
    if found is None or not all(map(is_person, filter(None, (found["name"], found["other"])))):
        return None
    before, after = folded(found["before"] or ""), folded(found["after"] or "")
    if (after and not _is_listed(after)) or not _NO_SIGNER.isdisjoint(before.split()):
        return None
    if before and not _is_listed(before) and not is_person(found["before"].strip()):
        return text[found.start("name") :].strip(_ENDS) if len(before.split()) <= _MOST_BEFORE else None
    return text.strip(_ENDS)


def is_signed_place(line: str) -> bool:
    """Whether a line is a known place or paper and the name of a person: «القاهرة - عمر عطية»."""
    found = _UNLABELLED.fullmatch(" ".join(line.split())) if len(line) <= _LONGEST_UNLABELLED else None
    return found is not None and _is_listed(folded(found["before"] or "")) and _signature(line) is not None


def _is_listed(name: str) -> bool:
    return name in PLACES or name in VOICES


def is_person(name: str) -> bool:
    """Whether words are surely the name of a person: the first is the name of one, and none of them is another word."""
    words = folded(name).split()
    if not _ARABIC.fullmatch(name) or _ON in name.split() or words[0] in LABELS:
        return False
    known = words[0] in _given_names() or (words[0] in _OF_TWO_WORDS and len(words) > 2)
    return known and _NO_NAME.isdisjoint(words) and OF_SENTENCES.isdisjoint(words[1:])


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    """The folded words with which names of persons begin."""
    names = frozenset(map(folded, known_names().arabic))
    return names - PLACES - VOICES - _SELDOM_FIRST
