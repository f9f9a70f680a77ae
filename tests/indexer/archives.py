"""Small archives on disk for the tests of building and of the commands."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from search.index.directory import IndexDirectory
from search.query.clauses import Everything, Term
from tests import forked

ROOT = Path(__file__).resolve().parents[2]


def rows(first: int, last: int, word: str = "خبر") -> list[dict[str, str]]:
    """Articles with the ids first to last - 1."""
    return [
        {"id": str(n), "title": f"{word} رقم {n}", "body": f"نص {word} عن الموضوع {n} في المدينة"}
        for n in range(first, last)
    ]


def archive(path: Path, articles: Iterable[dict[str, str]]) -> Path:
    """A JSONL file of these articles."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in articles), encoding="utf-8")
    return path


def count(place: Path, word: str | None = None) -> int:
    """How many articles the served index holds, or how many have this word, as a search sees it."""
    _, engine = IndexDirectory(place).open_engine()
    return engine.search(Term("title_exact", word) if word else Everything(), limit=1).total


def kashaf(*arguments: object, **environ: str) -> subprocess.CompletedProcess[str]:
    """Runs the command in a process of its own."""
    return forked.run(*arguments, environ=environ)


def command(*arguments: object) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, str(ROOT / "kashaf.py"), *map(str, arguments)]
