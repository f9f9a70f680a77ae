"""CSV: cells that no spreadsheet runs, and that can be read back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.export.table import harmless_cell, plain_cell, table_writer


@pytest.mark.parametrize("sign", "=+-@\t\r\n＝＋－＠")
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert harmless_cell(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("unseen", [" ", "  \t", "\u00a0", "\u3000", "\ufeff", "\u200f", "\u202b", "\u2067", "\u2060 "])
def test_a_formula_behind_what_is_not_seen_gets_one_too(unseen: str) -> None:
    for sign in "=+-@＝":
        assert harmless_cell(f"{unseen}{sign}1+1") == f"'{unseen}{sign}1+1"


def test_other_cells_stay_as_they_are() -> None:
    for text in ("", "وزير", "2017-07-15", "1=1", " 1", "(-1)"):
        assert harmless_cell(text) == text


@given(st.text())
def test_a_cell_can_be_read_back(text: str) -> None:
    cell = harmless_cell(text)
    assert plain_cell(cell) == text and not cell.startswith(tuple("=+-@\t\r\n"))


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1, max_size=3)))
def test_rows_are_read_back_by_the_standard_library(rows: list[list[str]]) -> None:
    write = table_writer()
    written = b"".join(write([row]) for row in rows).decode()
    read = [list(map(plain_cell, row)) for row in csv.reader(io.StringIO(written, newline=""))]
    assert read == rows
