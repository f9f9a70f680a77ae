"""The CSV as LibreOffice opens it: Arabic whole, formulas dead."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from lxml import etree

from search.export.formats import Export, exported
from search.export.table import plain_cell
from search.pages.display_title import display_title
from tests.search.export.records import READ_ON, hit

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    '=HYPERLINK("http://x/";"انقر")',
    "=cmd|'/c calc'!A0",
    "\t=1+1",
    "＝1+1",
)
TEXTS = ("وزيرُ الخارجيّة، قال: «نعم»", 'سطر\nو"سطر"', "ﷲ ﻻ پ گ ۱۲۳ \u200f(1)", "'اقتباس'")
HITS = tuple(hit(id=str(number), title=title) for number, title in enumerate((*FORMULAS, *TEXTS)))
_CELLS = {"t": "urn:oasis:names:tc:opendocument:xmlns:table:1.0"}


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, etree._Element]:
    """Name of a table → the sheet that LibreOffice makes of it, with formulas evaluated, as a reader may ask it to."""
    office = shutil.which("soffice")
    if office is None and os.environ.get("CI") != "true":
        pytest.skip("needs LibreOffice: Debian's libreoffice-calc-nogui")
    assert office, "LibreOffice is missing: install Debian's libreoffice-calc-nogui"
    place = tmp_path_factory.mktemp("sheets")
    for name, bom in (("plain", False), ("marked", True)):
        export = Export("csv", "k", READ_ON, bom=bom)
        (place / f"{name}.csv").write_bytes(b"".join(exported(HITS, export)))
    (place / "unguarded.csv").write_text("title\r\n=1+1\r\n", encoding="utf-8")
    how = "CSV:44,34,76,1,,1025,false,true,false,false,false"  # commas, UTF-8, Arabic; formulas are evaluated
    command = [office, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", f"--infilter={how}"]
    command += ["--convert-to", "fods", "--outdir", str(place), *map(str, sorted(place.glob("*.csv")))]
    done = subprocess.run(command, capture_output=True, timeout=300)
    found = {path.stem: etree.fromstring(path.read_bytes()) for path in place.glob("*.fods")}
    assert len(found) == 3, done.stderr.decode(errors="replace")
    return found


@pytest.mark.parametrize("name", ("plain", "marked"))
def test_arabic_is_whole_and_formulas_are_dead(sheets: dict[str, etree._Element], name: str) -> None:
    rows = sheets[name].xpath("//t:table-row", namespaces=_CELLS)[1 : len(HITS) + 1]
    assert _formulas(sheets[name]) == []
    assert [plain_cell(_texts(row)[1]) for row in rows] == [display_title(each.article) for each in HITS]


def test_an_unguarded_formula_would_run(sheets: dict[str, etree._Element]) -> None:
    """What the test above would say of cells that are written as they are."""
    assert _formulas(sheets["unguarded"])


def _formulas(sheet: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = sheet.xpath("//t:table-cell[@t:formula]", namespaces=_CELLS)
    return found


def _texts(row: etree._Element) -> list[str]:
    cells = row.xpath("t:table-cell", namespaces=_CELLS)
    return ["\n".join("".join(line.itertext()) for line in cell) for cell in cells]
