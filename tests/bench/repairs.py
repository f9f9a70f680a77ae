"""How many articles of all the news each repair touches, and how well damaged texts come back.

The counts by publisher stand in docs/repairs.md; `KASHAF_SOURCES=1` prints them. No article of the news is in a wrong
encoding or in the order of drawing, so these two must not touch any; and what was mended must be sound.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import islice
from time import process_time

import ftfy.bad_codecs

from indexer.cleaning.clean import Cleaned, clean
from indexer.repairs.repairs import REPAIRS, signs_of_damage
from indexer.repairs.visual_order import in_reading_order
from indexer.sources import Sources
from search.article import Article
from search.encodings.double_encoding import with_right_encoding
from search.encodings.encoding import decode_text
from tests.bench.figures import Figure
from tests.bench.places import ALL_NEWS, first_rows

assert ftfy.bad_codecs  # registers what programs take for Windows-1252
_EVERY = 97  # of the articles, one gives a text to damage
_LETTERS = 200
_UNSURE = re.compile("[^\x20-\x7e\n\u0621-\u0652\u060c\u061b\u061f\u00ab\u00bb]")
_NO_LETTERS = re.compile("[^ \n\u0621-\u064a\u060c.:]+")
_WESTERN = "sloppy-windows-1252"
_UTF8_READ: dict[str, tuple[str, ...]] = {
    "ISO 8859-1": ("latin-1",),
    "Windows-1252": (_WESTERN,),
    "Windows-1252, three times": (_WESTERN,) * 3,
    "Windows-1256": ("cp1256",),
    "Windows-1256, three times": ("cp1256",) * 3,
    "Windows-1252, then 1256": (_WESTERN, "cp1256"),
    "Windows-1251": ("sloppy-windows-1251",),
    "Macintosh": ("mac_roman",),
    "MS-DOS 437": ("cp437",),
    "MS-DOS 850": ("cp850",),
}
_READ_AS = (("cp1256", _WESTERN), ("cp1256", "latin-1"), ("iso8859_6", "latin-1"), ("iso8859_6", "cp1256"))
_CODE_PAGES = ("cp1256", "iso8859_6", "mac_arabic", "cp720", "cp864")
_OTHER_SCRIPTS = {
    "gbk": "据新华社报道，国家主席星期一在北京会见来访的客人，双方就进一步加强经济贸易合作交换了意见。" * 4,
    "big5": "據報導，總統星期一在臺北會見來訪的客人，雙方就進一步加強經濟貿易合作交換了意見。" * 4,
    "shift_jis": "首相は月曜日に東京で記者会見を開き、経済協力を進めることで両国が合意したと発表した。" * 4,
    "euc_kr": "대통령은 월요일 서울에서 기자회견을 열고 두 나라가 경제 협력을 강화하기로 합의했다고 발표했다. " * 4,
    "cp1251": "Президент в понедельник провёл встречу с министрами и обсудил меры поддержки экономики страны. " * 4,
    "koi8_r": "Президент в понедельник провёл встречу с министрами и обсудил меры поддержки экономики страны. " * 4,
    "cp1253": "Ο πρωθυπουργός συναντήθηκε τη Δευτέρα με τους υπουργούς και συζήτησε τα μέτρα για την οικονομία. " * 4,
    "cp1255": "ראש הממשלה נפגש ביום שני עם השרים ודן בצעדים לחיזוק הכלכלה במדינה והודיע על תוכנית חדשה. " * 4,
    "cp874": "นายกรัฐมนตรีประชุมกับรัฐมนตรีเมื่อวันจันทร์และหารือมาตรการสนับสนุนเศรษฐกิจของประเทศ " * 4,
}


def measure(rows: int) -> Iterator[Figure]:
    """The counts over the news, then the share of texts that come back whole."""
    texts: list[str] = []
    yield from _counts(rows, texts)
    for name, readers in _UTF8_READ.items():
        damaged = ((text, _damaged(text, readers)) for text in texts)
        yield _whole(f"UTF-8 read as {name}", damaged, with_right_encoding, 0.97)
    for written, read in _READ_AS:
        pairs = ((text, _reread(text, written, read)) for text in texts)
        yield _whole(f"{written} read as {read}", pairs, with_right_encoding, 0.9)
    letters = [_NO_LETTERS.sub(" ", text) for text in texts]
    drawn = ((text, "\n".join(line[::-1] for line in text.split("\n"))) for text in letters)
    yield _whole("drawn from the left", drawn, lambda text: in_reading_order(text, text), 0.9)
    for page in _CODE_PAGES:
        yield _whole(f"bytes of {page}", _in_code_page(texts, page), lambda text: text, 0.99)
    taken = [name for name, text in _OTHER_SCRIPTS.items() if _has_arabic(decode_text(text.encode(name)))]
    yield Figure("texts of other scripts taken for Arabic", len(taken), ", ".join(taken), at_most=0)


def _counts(rows: int, texts: list[str]) -> Iterator[Figure]:
    """Articles that each repair touches; fills `texts` with stretches to damage."""
    touched, by_source, read, again, looked = Counter[str](), Counter[tuple[str, str]](), 0, 0, 0.0
    for article in _articles(rows):
        read += 1
        cleaned = clean(article, lambda *_: None)
        if not isinstance(cleaned, Cleaned):
            continue
        began = process_time()
        signs = signs_of_damage(cleaned.raw, cleaned.article)
        looked += process_time() - began
        source = " + ".join(cleaned.article.source) or "-"
        touched.update(repair.kind for repair in cleaned.repairs)
        by_source.update((repair.kind, source) for repair in cleaned.repairs)
        if cleaned.repairs and signs:
            once_more = clean(cleaned.article, lambda *_: None)
            again += isinstance(once_more, Cleaned) and bool(once_more.repairs)
        if not read % _EVERY and len(cleaned.article.body) > _LETTERS:
            texts.append(_UNSURE.sub("", cleaned.article.body)[:_LETTERS].strip())
    for repair in REPAIRS:
        kind = repair.about.kind
        bound = 0 if kind in ("wrong-encoding", "drawing-order") else None
        yield Figure(f"articles of {read:,}: {kind}", touched[kind], "", at_most=bound)
    if os.environ.get("KASHAF_SOURCES"):
        for (kind, source), count in sorted(by_source.items(), key=lambda item: (item[0][0], -item[1])):
            print(f"    {kind:<16} {source:<20} {count:>7,}")
    yield Figure("mended articles that would be mended again", again, "", at_most=0)
    yield Figure("looking at a sound article", looked / max(1, read) * 1e6, "µs", at_most=30)


def _articles(rows: int) -> Iterator[Article]:
    paths = [first_rows(path, rows) for path in ALL_NEWS]
    yield from (item for path in paths for item in Sources([path]).items() if isinstance(item, Article))


def _damaged(text: str, readers: tuple[str, ...]) -> str | None:
    try:
        return reduce(lambda damaged, reader: damaged.encode().decode(reader), readers, text)
    except UnicodeError:
        return None


def _reread(text: str, written: str, read: str) -> str | None:
    try:
        return text.encode(written).decode(read)
    except UnicodeError:
        return None


def _in_code_page(texts: list[str], page: str) -> Iterator[tuple[str, str | None]]:
    """Texts and what is read of their bytes. Code page 864 has forms, and not all, so there letters are compared."""
    for text in texts:
        if page == "cp864":
            letters = _shaped(text)
            found = decode_text(letters.encode("cp864"))
            yield unicodedata.normalize("NFKC", letters), found
            continue
        try:
            yield text, (decode_text(text.encode(page)) or "").replace("\u00a0", " ")  # a space of MacArabic
        except UnicodeError:
            yield text, None


def _shaped(text: str) -> str:
    """Letters as the forms that code page 864 has for them; what it lacks is left out."""
    return "".join(_FORM_OF.get(letter, letter if letter.isascii() and letter != "%" else "") for letter in text)


def _forms() -> dict[str, str]:
    forms = dict[str, str]()
    for byte in range(0x80, 0x100):
        try:
            form = bytes([byte]).decode("cp864")
        except UnicodeDecodeError:
            continue
        forms.setdefault(unicodedata.normalize("NFKC", form), form)
    return forms


_FORM_OF = _forms()


def _has_arabic(text: str | None) -> bool:
    return bool(text and re.search("[\u0621-\u064a]{3}", text))


def _whole(what: str, pairs: Iterator[tuple[str, str | None]], mend: Callable[[str], str], at_least: float) -> Figure:
    """The share of texts that come back whole; pairs of a sound text and a damaged one, None where there is none."""
    known = [(text, damaged) for text, damaged in islice(pairs, None) if damaged is not None]
    return Figure(
        what, sum(mend(damaged) == text for text, damaged in known) / max(1, len(known)), "", at_least=at_least
    )
