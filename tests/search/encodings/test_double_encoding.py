"""Text that was read in a wrong encoding is mended: however often, in part, in titles and names; sound text is not."""

from __future__ import annotations

import ftfy.bad_codecs  # registers the code pages as programs decode them
import pytest

from tests.indexer.repairs.mending import SENTENCE, SOUND_TEXTS, body, kinds, stored

assert ftfy.bad_codecs
TITLE = "مجلس الوزراء يقر الميزانية الجديدة"


def utf8_read_as(text: str, *names: str) -> str:
    """UTF-8 read by one wrong program after another."""
    for name in names:
        text = text.encode().decode(name)
    return text


@pytest.mark.parametrize(
    "names",
    [
        ("latin-1",),
        ("sloppy-windows-1252",),
        ("sloppy-windows-1252",) * 2,
        ("sloppy-windows-1252",) * 3,
        ("latin-1", "sloppy-windows-1252"),
        ("cp1256",),
        ("cp1256",) * 2,
        ("cp1256",) * 3,
        ("cp1256", "sloppy-windows-1252"),
        ("sloppy-windows-1252", "cp1256"),
        ("sloppy-windows-1251",),
        ("mac_roman",),
        ("cp850",),
        ("cp437",),
    ],
)
def test_utf8_that_was_read_in_another_encoding_is_mended(names: tuple[str, ...]) -> None:
    found = stored(title=utf8_read_as(TITLE, *names), body=f"{SENTENCE}\n{utf8_read_as(SENTENCE, *names)}")
    assert (found.title, found.body) == (TITLE, f"{SENTENCE}\n{SENTENCE}")
    assert kinds(title=utf8_read_as(TITLE, *names)) == ["wrong-encoding"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("cp1256", "sloppy-windows-1252"),
        ("cp1256", "latin-1"),
        ("iso8859_6", "latin-1"),
        ("iso8859_6", "cp1256"),
    ],
)
def test_an_arabic_code_page_that_was_read_as_another_one_is_mended(written: str, read: str) -> None:
    text = SENTENCE.replace("«", '"').replace("»", '"')  # ISO 8859-6 has no such quotation marks
    damaged = text.encode(written).decode(read)
    assert stored(title=damaged, body=f"{text}\n{damaged}").body == f"{text}\n{text}"
    assert body(damaged.encode().decode("latin-1")) == text


def test_names_and_sections_are_mended_too() -> None:
    found = stored(
        source=(utf8_read_as("الرياض", "latin-1"),),
        section=utf8_read_as("اقتصاد", "cp1256"),
        author=utf8_read_as("أحمد علي", "sloppy-windows-1252"),
    )
    assert (found.source, found.section, found.author) == (("الرياض",), "اقتصاد", "أحمد علي")


def test_a_damaged_word_amid_sound_ones_is_mended() -> None:
    assert body(f"قال {utf8_read_as('الوزير', 'latin-1')} أمس") == "قال الوزير أمس"
    assert body(f"عبر موقع {utf8_read_as('”تويتر“', 'sloppy-windows-1252')} أمس") == "عبر موقع ”تويتر“ أمس"


def test_lost_bytes_stay_lost_and_the_rest_is_mended() -> None:
    damaged = SENTENCE.encode().decode("cp1252", "replace")
    assert body(damaged) == SENTENCE.replace("في", "\ufffdي")


def test_the_id_of_an_article_without_one_is_that_of_its_text_as_it_was() -> None:
    damaged = utf8_read_as(SENTENCE, "latin-1")
    assert stored(id="", title=damaged).id != stored(id="", title=SENTENCE).id


@pytest.mark.parametrize("text", SOUND_TEXTS)
def test_sound_text_in_any_script_is_not_read_anew(text: str) -> None:
    assert "wrong-encoding" not in kinds(body=text)
