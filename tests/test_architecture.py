"""ARCHITECTURE.md's map is that of the code: every folder has its sentence, every module lies in a listed folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("search", "indexer", "web", "corpus")
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
MAP = TEXT.partition("## The map")[2].partition("\n## ")[0]
LISTED = dict(re.findall(r"^\| `([\w/.]+)` \| (.+) \|$", MAP, re.MULTILINE))
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MOST_LINES = 300


def test_every_folder_of_code_has_its_sentence_and_every_sentence_its_folder() -> None:
    folders = {f"{path.parent.relative_to(ROOT)}/" for path in MODULES}
    assert {name for name in LISTED if name.endswith("/")} == folders
    assert all(len(sentence.split()) > 3 for sentence in LISTED.values())


def test_every_file_that_the_text_names_is_there() -> None:
    named = set(re.findall(r"`((?:search|indexer|web|tests|docs)/[\w/]+\.(?:py|md|tsv|toml))`", TEXT))
    assert len(named) > 20
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("name", [name for name in LISTED if name.endswith("/")])
def test_the_package_docstring_of_a_folder_describes_its_contents(name: str) -> None:
    assert (ROOT / name / "__init__.py").read_text(encoding="utf-8").startswith('"""')


def test_no_module_is_long_and_each_begins_with_a_sentence() -> None:
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in MODULES}
    assert [name for name, text in texts.items() if text.count("\n") > MOST_LINES] == []
    assert [name for name, text in texts.items() if not re.match(r'"""[^"\n]{12,}', text)] == []
