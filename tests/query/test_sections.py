"""The table that the help page is made from, held to the documentation, the parser and the names of operators.py."""

import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from search.query.guide.sections import ABOUT, SECTIONS, Row
from search.query.lexer import Kind, lex
from search.query.operators import AND_WORDS, FIELD_NAMES, NOT_WORDS, PLAIN_OPERATORS
from search.query.parser import parse
from search.query.remarks import KINDS, Remarks
from search.query.tree import NAME_FIELDS, And, Fuzzy, Not, Or, Phrase, Prefix, Range, Tree, Word
from tests.query.test_documented_queries import PAGES, TODAY, cells_of

ROWS = [row for section in SECTIONS for row in section.rows]


def words(*texts: str, field: str | None = None) -> And:
    return And(tuple(Word(text, field) for text in texts))


#: What the Arabic example of each row is read as.
READ: dict[str, Tree] = {
    "`كلمة كلمة`": words("صندوق", "النقد"),
    "`من` `في` …": words("تقرير", "من", "صندوق", "النقد"),
    "، ؟ ١٢٣": words("بحارا", "٣٬٦٥٠"),
    "`COVID-19`": Or((Word("كوفيد-19"), Word("COVID_19"))),
    '`"…"`': Phrase("بعلم جزر القمر"),
    '`"…"~5`': Phrase("التعليم وزير", slop=3),
    "« » “ ” „ ‟": Phrase("صندوق النقد"),
    "`=كلمة`": Word("السفينة", exact=True),
    '`="…"`': Phrase("زيت الزيتون", exact=True),
    "`أو`": Or((Word("قهوة"), Word("شطرنج"))),
    "`OR`": Or((Word("قهوة"), Word("شطرنج"))),
    "`|`": Or((Word("قهوة"), Word("شطرنج"))),
    "`( )`": And((Or((Word("قهوة"), Word("شطرنج"))), Not(Word("بورتسودان")))),
    "`-كلمة`": And((Word("حرائق"), Not(Word("الجزائر")))),
    "`NOT`": And((Word("غابات"), Not(Word("الجزائر")))),
    "`-حقل:`": And((Word("القنديل", "source"), Not(Word("ثقافة", "section")))),
    "`بداية*`": Prefix("برشلون"),
    "`كلمة~`": Fuzzy("برشلونا"),
    "`كلمة~2`": Fuzzy("غوتيرس", 2),
    "`عنوان:` `title:`": Word("قمح", "title"),
    "`نص:` `body:`": Phrase("البنك المركزي", "body"),
    "`مصدر:` `source:`": Word("القنديل", "source"),
    "`قسم:` `section:`": Word("رياضة", "section"),
    "`كاتب:` `author:`": Word("التازي", "author"),
    "`وكالة:` `agency:`": Word("وكالات", "agency"),
    "`مكان:` `place:`": Word("مسقط", "place"),
    '`حقل:(…)` `field:"…"`': Or((Word("قمح", "title"), Word("قهوة", "title"))),
    "`تاريخ:` `date:`": Range(date(2023, 11, 15), date(2023, 11, 15)),
    "`تاريخ:A..B` `date:A..B`": Range(date(2023, 11, 14), date(2023, 11, 15)),
    "`تاريخ:آخر …`": Range(date(2025, 11, 11), date(2025, 12, 10)),
    "`قبل:` `before:`": Range(None, date(2023, 2, 9)),
    "`بعد:` `after:`": Range(date(2025, 11, 16), None),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.form)
def test_an_example_is_parsed_to_the_tree_of_its_row(row: Row) -> None:
    parsed = parse(row.arabic, today=TODAY)
    assert parsed.tree == READ[row.form]
    assert not parsed.remarks
    assert not parse(row.latin, today=TODAY).remarks


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_documentation_has_the_rows_of_the_table(page: Path) -> None:
    arabic = page.name.endswith(".ar.md")
    documented = {cells[0]: (cells[1], cells[2].strip("`"), cells[4].strip("`")) for cells in cells_of(page)}
    assert documented == {row.form: (row.ar if arabic else row.en, row.arabic, row.latin) for row in ROWS}


def test_every_field_is_explained_by_both_its_names() -> None:
    forms = [row.form for row in ROWS]
    for names in FIELD_NAMES.values():
        arabic, english = names.split()[0], names.split()[-1]
        assert f"`{arabic}:` `{english}:`" in forms


def test_every_operator_is_explained() -> None:
    explained = {form for row in ROWS for form in re.findall("`([^`]+)`", row.form)}
    told = " ".join(section.more_en for section in SECTIONS)
    for word in PLAIN_OPERATORS | {"|"}:
        assert word in explained or f"`{word}`" in told or word in {"او"}  # او is أو without its hamza
    assert {sign for sign in PLAIN_OPERATORS if sign in NOT_WORDS | AND_WORDS} == {"NOT", "AND"}
    shown = {lexeme.kind for row in ROWS for lexeme in lex(row.arabic, Remarks())}
    assert shown == set(Kind) - {Kind.AND}  # AND changes nothing


def test_every_note_about_an_operator_and_no_other_leads_to_a_section_that_is_there() -> None:
    assert KINDS - ABOUT.keys() == {
        "cut-length",
        "cut-words",
        "empty",
        "budget-names",
        "budget-readings",
        "budget-synonyms",
    }
    beside = {"spoken-date", "other-years", *(f"unknown-{field}" for field in NAME_FIELDS)}  # not remarks of the parser
    assert ABOUT.keys() <= KINDS | beside
    assert set(ABOUT.values()) <= {section.anchor for section in SECTIONS}


def test_patterns_name_only_what_an_index_can_give() -> None:
    from search.examples.index_examples import PLACEHOLDERS

    asked = {name for row in ROWS for pattern in row.live for _, name, _, _ in Formatter().parse(pattern) if name}
    assert asked <= PLACEHOLDERS | {*FIELD_NAMES, "or"}
    assert all(row.live for row in ROWS)
