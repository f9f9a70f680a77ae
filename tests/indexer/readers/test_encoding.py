"""Which bytes are text, and in which encoding."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.encoding import arabic_letters, decode_text

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


@given(st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهوي ،.؟"), min_size=1))
def test_arabic_in_windows_1256_comes_back(text: str) -> None:
    raw = text.encode("cp1256")
    decoded = decode_text(raw)
    # A few pairs of letters happen to be a valid UTF-8 character, or most is punctuation: nobody can tell these.
    assert decoded == text or len(text) < 4 or arabic_letters(text) * 2 < len(text)


def test_arabic_letters_are_letters_and_marks_of_all_languages_that_use_them() -> None:
    assert arabic_letters("عَرَبي پ گ ی abc 123 ٣ ،؟") == 4 + 2 + 3
