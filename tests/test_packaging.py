"""What an installed Kashaf needs beside its modules is packaged: tables, templates, the sample, licences."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DATA = PROJECT["tool"]["setuptools"]["package-data"]


@pytest.mark.parametrize("package", ["search", "indexer", "web", "corpus"])
def test_every_file_beside_the_modules_is_packaged(package: str) -> None:
    folder = ROOT / package
    packaged = {path for pattern in DATA.get(package, ()) for path in folder.glob(pattern)}
    files = {path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert sorted(files - packaged) == []


def test_every_pattern_of_packaged_files_matches_some() -> None:
    patterns = [(package, pattern) for package in DATA for pattern in DATA[package]]
    assert [(package, pattern) for package, pattern in patterns if not any((ROOT / package).glob(pattern))] == []


def test_the_licences_are_packaged() -> None:
    assert all((ROOT / name).is_file() for name in PROJECT["project"]["license-files"])
