"""The file of --output: whole or as it was, and an error that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.console.output_file import output_file
from search.errors import SourceError


def test_what_breaks_off_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "run.txt"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(KeyError), output_file(path) as file:
        file.write(b"half")
        raise KeyError
    assert path.read_text(encoding="utf-8") == "before" and list(tmp_path.iterdir()) == [path]
    with output_file(path) as file:
        file.write(b"whole")
    assert path.read_text(encoding="utf-8") == "whole"


@pytest.mark.parametrize(("name", "why"), [("none/run.txt", "No such file"), ("a\0b", "NUL byte")])
def test_what_cannot_be_written_is_named_with_the_remedy(tmp_path: Path, name: str, why: str) -> None:
    said = f"cannot be written .*{why}.*name another file with --output"
    with pytest.raises(SourceError, match=said), output_file(tmp_path / name):
        pass
    assert not list(tmp_path.iterdir())
