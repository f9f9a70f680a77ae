"""Articles with damage → as they are stored, for the tests of repairs; and sound texts that no repair may touch."""

from __future__ import annotations

import re
from typing import Final

from indexer.cleaning.clean import Cleaned, clean
from search.article import Article
from tests.corpus.sample import read_rows

SENTENCE: Final = "أعلنت وزارة الصحة السعودية، أمس، «تسجيل» 20 حالة جديدة في مدينة الرياض."

#: Sound, though each has something that a repair looks for.
SOUND_TEXTS: Final = (
    SENTENCE,
    "قال إن الخبر نُشر في https://example.org/a?x=1&copy=2&quot=3 أمس.",
    "تكتب علامة الاقتباس في الصفحات &amp;quot; بين مسافتين",
    "لون الخلفية color:#222; في الصفحة، والخبر رقم #7; والخبر رقم #12 مهمان",
    "شركة AT&T الأميركية، وعرض Crédit d’impôt السينمائي، والمخرج Édouard Philippe، ودرجة 25° ومقاس 4×6",
    "درست في جامعة Île-de-France ثم في Zürich، والتقت Müller وñandú",
    "يكتب بالفارسية: این کتاب را برای شما می\u200cخوانم که گفت",
    "لقاء في «بازار بزرگ» في طهران، وزار پول مايسفيلد ڤيينا وچنكيز خان",
    "صلى الله عليه وسلم ﷺ وسعر التذكرة 147 ﷼ ﴿قل هو الله أحد﴾ ﷽",
    "فَٱحْتَارَ مَاذَا يَنْزِفُ",
    "الجيل (ةز1) وحاجة إلى كاميرا مارك ةة، وعلاقات ةعامة",
    "النتيجة 3-2، والفترة 2015/2016، والهاتف 011-456-789، والنسبة 45.5 في المئة",
    "تفريــــج هـم — ـ حفظه الله ـ",
    "عائلة 👨\u200d👩\u200d👧 سعيدة، हिन्दी भाषा में क्\u200dष",
    "他的法律不得更改 وكتب 한국어 وРусский язык",
)


def stored(**fields: object) -> Article:
    """The article as it is stored."""
    return _cleaned(**fields).article


def body(text: str) -> str:
    """A text as it is stored as the body of an article."""
    return stored(body=text).body


def kinds(**fields: object) -> list[str]:
    """The kinds of the repairs that were done to an article."""
    return [repair.kind for repair in _cleaned(**fields).repairs]


def _cleaned(**fields: object) -> Cleaned:
    found = clean(Article(**{"id": "1", "title": "خبر", **fields}), lambda *_: None)  # type: ignore[arg-type]
    assert isinstance(found, Cleaned)
    return found


def sample_texts() -> list[str]:
    """The bodies of the bundled sample, all sound, without the marks whose order a repair sets."""
    return [re.sub("[\u064b-\u0652]", "", row["body"]) for row in read_rows()]
