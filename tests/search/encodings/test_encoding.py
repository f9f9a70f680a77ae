"""Which bytes are text, and in which encoding."""

from __future__ import annotations

import random
import unicodedata
from functools import cache
from itertools import islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.sources import Sources
from search.article import Article
from search.encodings import code_pages
from search.encodings.encoding import arabic_letters, decode_text
from tests.conftest import SHARED

SENTENCE = "قال الوزير إن الأسعار ستنخفض، وأضاف: «لا زيادة» في عام 2012."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_arabic_in_the_usual_encodings(encoding: str) -> None:
    assert decode_text(SENTENCE.encode(encoding)) == SENTENCE


def test_vocalised_windows_1256() -> None:
    text = "سَلَّمَ المُديرُ الجائِزَةَ"
    assert decode_text(text.encode("cp1256")) == text


def test_a_short_word_in_windows_1256() -> None:
    assert decode_text("خبر".encode("cp1256")) == "خبر"


def test_french_with_accents_in_windows_1256() -> None:
    text = "Le théâtre a rouvert ses portes après les travaux"
    assert decode_text(text.encode("cp1256")) == text


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\x01\x02\x03",
        bytes(1000),
        bytes(range(256)),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.4\n1 0 obj\n",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\x80\x81\x82\x83\x84\x85",
        b"\xff\xfe\xfa",
    ],
)
def test_bytes_that_are_no_text(raw: bytes) -> None:
    assert decode_text(raw) is None


def test_random_bytes_are_no_text() -> None:
    generator = random.Random(1)
    assert all(decode_text(generator.randbytes(500)) is None for _ in range(200))


def test_one_null_byte_is_a_slip() -> None:
    assert decode_text(SENTENCE.encode() + b"\0") == SENTENCE + "\0"


@given(st.binary(max_size=100))
def test_any_bytes_are_text_or_none(raw: bytes) -> None:
    assert isinstance(decode_text(raw), str | None)


@example("ا،ا،")
@given(st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهوي ،.؟"), min_size=1))
def test_arabic_in_windows_1256_comes_back(text: str) -> None:
    raw = text.encode("cp1256")
    decoded = decode_text(raw)
    # Nobody can tell a few letters, what happens to be valid UTF-8 (ا، is a Latin letter there), or mostly punctuation.
    as_utf8 = raw.decode("utf-8", "backslashreplace")  # what no text of these letters has, where it is not valid
    assert decoded in (text, as_utf8) or len(text) < 4 or arabic_letters(text) * 2 < len(text)


def test_arabic_letters_are_letters_and_marks_of_all_languages_that_use_them() -> None:
    assert arabic_letters("عَرَبي پ گ ی abc 123 ٣ ،؟") == 4 + 2 + 3


PAGES = ["cp1256", "iso8859_6", "mac_arabic", "cp720"]
PARAGRAPH = (
    "أعلن وزير التعليم اليوم افتتاح عشر مدارس جديدة شمال الرياض، وقال إن المشروع كلف مئة مليون ريال. "
    "وأضاف أن العام الدراسي يبدأ في سبتمبر."
)


@pytest.mark.parametrize("encoding", [*PAGES, "utf-16-le", "utf-16-be", "utf-32"])
def test_arabic_in_any_code_page_is_read(encoding: str) -> None:
    written = PARAGRAPH.replace("،", ",") if encoding == "cp720" else PARAGRAPH  # which lacks it
    assert decode_text(written.encode(encoding)) == written


def test_code_page_864_writes_forms_and_they_become_letters() -> None:
    forms = {}
    for byte in range(128, 256):
        letter = unicodedata.normalize("NFKC", bytes([byte]).decode("cp864", "replace"))
        forms.setdefault(letter, bytes([byte]))
    written = PARAGRAPH.replace("إ", "ا")  # which the code page lacks
    raw = b"".join(forms.get(letter) or letter.encode("ascii", "ignore") for letter in written)
    text = decode_text(raw)
    assert text is not None
    assert len(set(written.split()) - set(text.split())) <= 3


@pytest.mark.parametrize("word", ["وزير", "القاهرة", "قال"])
@pytest.mark.parametrize("encoding", ["iso8859_6", "cp720"])
def test_one_word_is_read_or_refused_but_never_taken_for_another(word: str, encoding: str) -> None:
    assert decode_text(word.encode(encoding)) in (word, None)


@pytest.mark.parametrize("at", [5, 51, 120])
def test_a_strange_byte_in_utf8_costs_a_letter_not_the_text(at: int) -> None:
    raw = bytearray(PARAGRAPH.encode())
    raw[at] = 0xFF
    text = decode_text(bytes(raw))
    assert text is not None
    assert text.count("\ufffd") <= 2
    assert len(set(PARAGRAPH.split()) - set(text.split())) <= 1


def test_utf8_cut_within_a_letter_is_utf8() -> None:
    assert decode_text(PARAGRAPH.encode()[:-2]) == PARAGRAPH[:-2] + "\ufffd"


RUSSIAN = "Правительство объявило в среду, что в ближайшие пять лет построит новую сеть железных дорог."
CHINESE = "中国政府星期三宣布,将在未来五年内投资两千亿元建设新的高速铁路网络,以促进西部地区的经济发展。"
JAPANESE = "日本政府は水曜日、今後五年間で新しい高速鉄道網を建設する計画を発表した。"
KOREAN = "정부는 수요일 앞으로 오년 동안 새로운 고속철도망을 건설하는 계획을 발표했다."
GREEK = "Η κυβέρνηση ανακοίνωσε την Τετάρτη ότι θα κατασκευάσει ένα νέο δίκτυο σιδηροδρόμων."
HEBREW = "הממשלה הודיעה ביום רביעי כי בחמש השנים הקרובות תבנה רשת חדשה של רכבות מהירות."
THAI = "รัฐบาลประกาศเมื่อวันพุธว่าจะสร้างเครือข่ายรถไฟความเร็วสูงใหม่ภายในห้าปีข้างหน้า"


@pytest.mark.parametrize("letters", [None, 40])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RUSSIAN, encoding) for encoding in ("cp1251", "koi8_r", "cp866", "iso8859_5")),
        (CHINESE, "gbk"),
        (CHINESE.replace("两", "兩"), "gb18030"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "euc_kr"),
        (GREEK, "cp1253"),
        (HEBREW, "cp1255"),
        (THAI, "tis_620"),
    ],
)
def test_other_scripts_are_not_taken_for_arabic(text: str, encoding: str, letters: int | None) -> None:
    assert decode_text(text[:letters].encode(encoding)) is None


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [PARAGRAPH, "خبر عاجل", "a title in English"])
def test_utf32_without_a_mark_is_known_by_its_empty_bytes(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.shared
@pytest.mark.parametrize("encoding", [*PAGES, "utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("letters", [None, 200])
def test_the_news_in_other_encodings_is_read_or_refused(encoding: str, letters: int | None) -> None:
    raws = [article.body[:letters].encode(encoding, "ignore") for article in news_sample()]
    found = [(raw.decode(encoding), decode_text(raw)) for raw in raws]
    wrong = [written for written, read in found if read is not None and _letters(read) != _letters(written)]
    refused = [written for written, read in found if read is None]
    assert len(wrong) <= 0.005 * len(found)
    assert len(refused) <= 0.01 * len(found)
    if encoding in ("cp1256", "utf-8"):
        assert not wrong and not refused


@cache
def news_sample() -> list[Article]:
    """Three hundred articles of a newspaper, one in thirty."""
    found = Sources([SHARED / "news" / "saudinewsnet.jsonl.gz"]).items()
    return [item for item in islice(found, 0, 9_000, 30) if isinstance(item, Article) and item.body]


def _letters(text: str) -> str:
    """Its letters: what two code pages have in different places that are no letters is no matter."""
    return "".join(filter(str.isalpha, text))


@pytest.mark.parametrize("before", [0, 1_990, 1_997, 1_998, 1_999, 2_000, 2_010, 5_000])
def test_the_first_words_of_a_text_are_whole_wherever_they_stand(before: int) -> None:
    """The beginning is looked at first, and a word may be cut at its end."""
    words = [f"كل{'م' * (number % 7)}ة" for number in range(300)]
    text = "x" * before + " " + " ".join(word[0] + "\u064e" + word[1:] for word in words)
    assert code_pages._words(text) == words[:200]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Hükümet yeni ekonomi politikasını açıkladı, dedi bakan dün İstanbul'da şöyle konuştu. " * 4, "cp1254"),
        ("El señor Muñoz llegó mañana a España con los niños pequeños del año pasado. " * 4, "cp1252"),
        ("Die Wirtschaft in Köln wächst, sagte der Bürgermeister für Öffentlichkeit. " * 4, "cp1252"),
    ],
)
def test_latin_letters_that_windows_1256_has_no_room_for_are_not_read_as_arabic_ones(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) is None


def test_english_with_some_arabic_words_in_windows_1256() -> None:
    text = "The minister said in London that the plan of الوزير is ready. " * 5
    assert decode_text(text.encode("cp1256")) == text


def test_a_line_sign_is_the_sign_of_windows_that_browsers_show() -> None:
    assert decode_text("أ\x85ب \x93ج\x94".encode()) == "أ…ب “ج”"
    assert decode_text("أ\x93ب".encode()) == "أ\x93ب"  # repaired later, and counted


def test_a_mark_of_utf8_before_another_encoding_is_no_letters() -> None:
    assert decode_text(b"\xef\xbb\xbf" + SENTENCE.encode("cp1256")) == SENTENCE
