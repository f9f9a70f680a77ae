"""Every kind of note has a sentence in both languages, filled from the note's own values."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import search
from search.pages.plurals import NOUNS
from search.pages.records import Note
from search.pages.sentences import ACTIONS, LANGUAGES, NOTES, action_text, note_text
from search.query.remarks import KINDS
from search.query.tree import NAME_FIELDS
from search.repairs.notes import of_repair, of_spellings, relaxed
from search.repairs.query_repairs import Repair

TANWIN = re.compile("[\u064b-\u064d]")


def blanks(sentence: str) -> list[tuple[str, str]]:
    """The names of the blanks of a sentence, each with the noun that it counts."""
    return sorted((name, spec or "") for _, name, spec, _ in Formatter().parse(sentence) if name)


def test_both_languages_have_the_same_kinds_and_blanks() -> None:
    arabic, english = (NOTES[language] for language in LANGUAGES)
    assert arabic.keys() == english.keys()
    for kind, sentence in arabic.items():
        assert {name for name, _ in blanks(sentence)} == {name for name, _ in blanks(english[kind])}, kind
        assert all(noun in NOUNS for _, noun in blanks(sentence) + blanks(english[kind]) if noun)


def test_every_kind_that_the_code_makes_has_a_sentence() -> None:
    made = {*KINDS, "spelling", "particles"}  # search/repairs/query_repairs.py takes these two from a loop
    made |= {f"unknown-{field}" for field in NAME_FIELDS}  # as search/unknown_names.py does with the fields of names
    for path in Path(search.__file__).parent.rglob("*.py"):
        made |= set(re.findall(r"(?:Remark|Note|Repair)\(\s*\"([a-z-]+)\"", path.read_text("utf-8")))
    assert {"prefix-cut", "names", "relaxed", "keyboard"} <= made
    assert made == NOTES["ar"].keys()
    assert ACTIONS.keys() <= made


def test_sentences_are_written_without_tanwin() -> None:
    assert not [kind for kind, sentence in NOTES["ar"].items() if TANWIN.search(sentence)]


@pytest.mark.parametrize(
    ("note", "arabic", "english"),
    [
        (
            relaxed(1, 2),
            "لا مقال يضم كلمات البحث كلها، وهذه مقالات تضم بعضها (كلمة واحدة على الأقل من كلمتين)",
            "No article has all the words; these have some of them (at least 1 word of 2 words)",
        ),
        (
            of_spellings([("غوتيريش", ("جوتيريس", "غوتيريس"))], "غوتيريش")[0],
            "بحثنا أيضا عن: جوتيريس، غوتيريس",
            "We also searched for: جوتيريس, غوتيريس",
        ),
        (
            Note("cut-words", (("limit", 64),)),
            "في البحث أكثر من 64 كلمة، فبحثنا عن أولها وأهملنا ما بعدها",
            "The query has more than 64 words: we searched for the first and left out the rest",
        ),
        (
            of_repair(Repair("particles", "القاهرة"), "بالقاهرة"),
            "لا نتائج لما كُتب، فبحثنا عنه من دون ما اتصل بأوله: «القاهرة»",
            "Nothing found as typed: we searched without what is joined to its beginning, “القاهرة”",
        ),
    ],
)
def test_a_sentence_is_filled_with_the_values_of_its_note(note: Note, arabic: str, english: str) -> None:
    assert note_text(note, "ar") == arabic
    assert note_text(note, "en") == english


def test_a_note_with_a_link_has_its_text_in_both_languages() -> None:
    note = of_repair(Repair("spelling", "القمح"), "القممح")
    assert action_text(note, "ar") == "ابحث عن «القممح» كما كُتب"
    assert action_text(note, "en") == "Search for “القممح” as typed"
    assert action_text(Note("empty"), "ar") is None
