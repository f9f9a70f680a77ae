"""Recognises the dateline («الرياض - واس:») or byline («كتب عثمان حسن:») with which the text of an article begins.

In: the body of an article. Out: the length of its dateline or byline in characters; 0 if it has none, or it is not
certain. Called by `search/pages/display_title.py`, which makes a title of the first sentence after it, and by
`web/views/article_blocks.py`, which shows it apart. The beginning of a text is a dateline or byline if it is short and
has a town, an agency or a paper of the tables below, or begins with a label such as «إعداد», and has none of the words
that only sentences have («قال», «في»). The tables are of the datelines of fourteen Arabic sources, with more capitals.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from search.analysis.fold import folded, folded_set
from search.pages.agencies import AGENCY

_LOOKED_AT: Final = 200  # characters of the text
_MOST_WORDS: Final = 5  # words of a town, a person's name or an agency

_PLACES: Final = """
دبي، أبوظبي، الشارقة، عجمان، رأس الخيمة، الفجيرة، أم القيوين، العين، كلباء، خورفكان، دبا الحصن، الذيد،
المنطقة الغربية، الظفرة، حتا، مسافي، الرياض، جدة، مكة، مكة المكرمة، المدينة المنورة، الدمام، الخبر، الأحساء،
الطائف، أبها، عسير، جازان، جيزان، نجران، تبوك، حائل، بريدة، القصيم، عنيزة، الرس، عرعر، الجوف، سكاكا، الباحة،
ينبع، القطيف، الجبيل، الخرج، المجمعة، الزلفي، حفر الباطن، الدوادمي، شقراء، بيشة، القريات، وادي الدواسر،
الخرمة، رفحاء، محايل، تربة، الحد الجنوبي، الكويت، المنامة، الدوحة، مسقط، صنعاء، عدن، تعز، بغداد، أربيل،
البصرة، الموصل، دمشق، حلب، بيروت، عمان، القدس، القدس المحتلة، رام الله، غزة، نابلس، الخليل، فلسطين المحتلة،
القاهرة، الإسكندرية، الخرطوم، جوبا، طرابلس، بنغازي، سرت، تونس، سوسة، صفاقس، الجزائر، وهران، الرباط،
الدار البيضاء، طنجة، مراكش، نواكشوط، مقديشو، جيبوتي، أديس أبابا، نيروبي، أبوجا، لاغوس، داكار، باماكو،
جوهانسبرغ، كيب تاون، أنقرة، اسطنبول، طهران، كابول، كابل، إسلام آباد، كراتشي، نيودلهي، مومباي، دكا، بكين،
شنغهاي، هونغ كونغ، طوكيو، سول، سيؤول، بانكوك، جاكرتا، كوالالمبور، سنغافورة، مانيلا، سيدني، ملبورن، موسكو،
كييف، مينسك، لندن، باريس، برلين، بون، فرانكفورت، ميونيخ، بروكسل، لاهاي، أمستردام، جنيف، زيوريخ، زيورخ،
زوريخ، فيينا، روما، ميلانو، الفاتيكان، مدريد، برشلونة، لشبونة، أثينا، نيقوسيا، ستوكهولم، أوسلو، كوبنهاغن،
هلسنكي، وارسو، براغ، بودابست، بلغراد، سراييفو، صوفيا، بوخارست، دبلن، واشنطن، نيويورك، الأمم المتحدة،
لوس أنجلوس، لوس أنجليس، سان فرانسيسكو، شيكاغو، ميامي، بوسطن، هيوستن، كاليفورنيا، أوتاوا، تورونتو، مونتريال،
مكسيكو، ريو دي جانيرو، ساو باولو، برازيليا، بوينس آيرس، كراكاس، ليما، سانتياغو، هافانا، تل أبيب، عواصم،
العواصم، عواصم العالم
"""
_PAPERS: Final = """
متابعات، الخليج، الرياض، الجزيرة، مكتب الجزيرة، الوئام، سبق، عين اليوم، المدينة، عكاظ، الوطن، الشرق الأوسط،
الاقتصادية، الرياضي، الرياضية، مكة، خاص، المحليات، الرياض الإلكتروني، الشرق، الحياة، النهار، الأهرام، الاتحاد،
البيان، الجزيرة نت، بي بي سي
"""
_LABELS: Final = "كتب كتبت إعداد أعد أعدها حوار حاوره حاورته متابعة تحقيق تقرير بقلم ترجمة استطلاع"
_SENTENCE: Final = """
قال قالت يقول تقول وقال وقالت قالوا قلت قلنا أكد أكدت أعلن أعلنت صرح كشف كشفت أوضح جاء ورد روى روي سألني سئل سأل
وإذا في من عن إن أن إلى التي الذي الذين هذا هذه ذلك تلك هناك كان كانت لا لم لن ما قد بعد قبل حول عندما حين إذا هل كيف
لماذا متى تعالى الله النبي الرسول رسول سؤال جواب س ج ثم أو كما بين مع كل غير أي هو هي نحن أنا يا
"""


def _table(names: str) -> frozenset[str]:
    return frozenset(folded(name) for name in names.split("،"))


PLACES: Final = _table(_PLACES)
VOICES: Final = _table(_PAPERS) | AGENCY.keys()
LABELS: Final = folded_set(_LABELS)
SENTENCE: Final = folded_set(_SENTENCE)

_NO_PLACES: Final = _table("عواصم، العواصم، عواصم العالم")


def place_names() -> dict[str, str]:
    """Return the places of datelines: folded name → the name as it is shown."""
    names = (name.strip() for name in _PLACES.split("،"))
    return {folded(name): name for name in names if folded(name) not in _NO_PLACES}


# A full stop may stand behind a single letter: «د. محمد», «(د.ب.أ)».
_CHARACTER: Final = r"(?:[^:\n.!؟?؛]|(?<=[\s(.][^\W\d_])\.)"
# Atomic groups: up to Python 3.11.4 a possessive quantifier behind alternatives goes wrong.
_HEAD: Final = re.compile(rf"\s*((?>{_CHARACTER}{{2,70}}))\s*([:\n])[:\s]*")
_MARK: Final = re.compile(r"[:\n(]")  # one of these ends every dateline, or stands in it
_MARKED_BY: Final = 100  # characters
_APART: Final = re.compile(r"\s+[-–—_ـ/]+\s*|(?<=\w)[-–—_]+\s*|[«»\"“”(),،]+")
_QUOTED: Final = re.compile(r"[«\"“(]\s*([^«»\"“”()\n.:]{2,20}?)\s*[»\"”)](?:\s*،?\s*و?وكالات\b)?[\s:–-]*")
_NAME_LINE: Final = re.compile(r"([^:\n!؟؛،]{3,50})\n\s*")
_VOICE: Final = re.compile(r"([^\s:,،.]+)(?=[\s,،:])[\s,،:–-]*")
# A town, perhaps its country behind a comma: «دمشق، سوريا (CNN)».
_TOWN: Final = re.compile(
    r"\s*([^:\n.«»\"“”(),،!؟؛–-]{2,30}+)(?:،\s*[^:\n.«»\"“”(),،!؟؛–-]{2,30}+(?=\())?\s*(:|(?=\())\s*"
)
_STAMP: Final = re.compile(r"[^\n]{3,30} \d{1,2} [^\n]{3,30} هـ [^\n]{5,40} م واس\s*\n\s*")


def dateline_end(text: str) -> int:
    """Return the length of the text's dateline or byline and the white space after it; 0 if it begins with neither."""
    if _MARK.search(text, 0, _MARKED_BY) is None:
        return 0
    start = text[:_LOOKED_AT]
    return next((end for rule in _RULES if (end := rule(start)) and start[end : end + 10].strip()), 0)


def _stamped(start: str) -> int:
    """«الخرطوم 26 شوال 1436 هـ الموافق 11 اغسطس 2015 م واس», as the Saudi Press Agency begins."""
    found = _STAMP.match(start)
    return found.end() if found else 0


def _headed(start: str) -> int:
    """«دبي - محمد إبراهيم:», «دبي «الخليج»:», «كتب عثمان حسن:», and the first two on a line of their own."""
    found = _HEAD.match(start)
    if found is None:
        return 0
    parts = [folded(part.replace(".", " ")) for part in _APART.split(found[1])]
    parts = [part for part in parts if part]
    words = [word for part in parts for word in part.split()]
    if not words or not SENTENCE.isdisjoint(words) or max(len(part.split()) for part in parts) > _MOST_WORDS:
        return 0
    named = any(part in PLACES or part in VOICES for part in parts)
    signed = words[0] in LABELS and 2 <= len(words) <= _MOST_WORDS + 1
    sure = (named and len(parts) > 1) or signed or (found[2] == ":" and len(parts) == 1 and _begins_placed(words))
    return found.end() if sure else 0


def _begins_placed(words: list[str]) -> bool:
    """Return whether the words are a town and the name of the writer: «أبوظبي علي أسعد:»."""
    longest = min(3, len(words) - 2)
    return any(" ".join(words[:length]) in PLACES for length in range(1, longest + 1))


def _placed(start: str) -> int:
    """«دبي: «الخليج»», «بغداد: رويترز», «القاهرة (رويترز) -»: a town, then a paper or agency, in quotation marks,
    parentheses or of the table."""
    found = _TOWN.match(start)
    if found is None or folded(found[1]) not in PLACES:
        return 0
    quoted = _QUOTED.match(start, found.end())
    if quoted and len(quoted[1].split()) <= 3:
        return quoted.end()
    voice = _VOICE.match(start, found.end())
    return voice.end() if voice and folded(voice[1]) in VOICES else 0


def _signed(start: str) -> int:
    """«إعداد: د. محمد القرق» on a line of its own."""
    label, colon, rest = start.partition(":")
    found = _NAME_LINE.match(rest)
    if not colon or found is None or folded(label) not in LABELS:
        return 0
    words = folded(found[1]).split()
    return len(label) + 1 + found.end() if len(words) <= _MOST_WORDS and SENTENCE.isdisjoint(words) else 0


_RULES: Final[tuple[Callable[[str], int], ...]] = (_stamped, _placed, _signed, _headed)
