"""An archive of two folders and a feed's file in two states, so that every kind of change lies between them.

In: a folder, and a number that chooses the variant. Out: files below it. Between the first and the second state files
are added, corrected, shortened, moved and removed; both sources number their articles from 1, and in the second state
one source corrects an article whose id the other begins to give. Called by `trials.py`.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import py7zr

Row = dict[str, Any]

_TEXT: Final = (
    "خبر وزير المجلس القرية الميناء السفينة القافلة الجسر النهر المدينة السوق المدرسة المستشفى الرئيس اللجنة "
    "الحكومة الاقتصاد الرياضة الثقافة الجامعة الكتاب المعرض الطريق المطار القمة الاجتماع البيان التقرير السلام"
)
_WORDS: Final = _TEXT.split()
_LINE: Final = "رابط الخبر في موقع الصحيفة"  # repeated below most articles, so that it is counted
_WITHDRAWN: Final = ("3", "11", "s-5")


def withdrawn_ids() -> Sequence[str]:
    """Ids that are in the first state and are deleted from it."""
    return _WITHDRAWN


def make_first(folder: Path, variant: int) -> None:
    """Write the first state."""
    chance = random.Random(f"first {variant}")
    for number in range(6):
        _lines(folder / "north" / f"{number}.jsonl", _rows(chance, "", 30 * number + 1, 30 * number + 31))
    _lines(folder / "south" / "a.jsonl", _rows(chance, "", 1, 41))
    _lines(folder / "south" / "b.jsonl", [*_rows(chance, "", 500, 520), *_rows(chance, "s-", 1, 30)])
    for number in range(8):
        _text(folder / "south" / "texts" / f"{number}.txt", _body(chance))
    _lines(folder / "south" / "unnamed.jsonl", [{"body": _body(chance)} for _ in range(12)])
    _packed(folder / "north" / "packed", chance)


def make_second(folder: Path, variant: int) -> None:
    """Change the first state to the second."""
    chance = random.Random(f"second {variant}")
    _lines(folder / "north" / "1.jsonl", _corrected(folder / "north" / "1.jsonl", chance, dropped=3))
    (folder / "north" / "2.jsonl").unlink()
    (folder / "north" / "4.jsonl").rename(folder / "north" / "4-moved.jsonl")
    _lines(folder / "north" / "7.jsonl", _rows(chance, "", 300, 360))
    _lines(folder / "north" / "8.jsonl", _rows(chance, "", 500, 515))  # ids that the south has, and corrects now
    _lines(folder / "south" / "b.jsonl", _corrected(folder / "south" / "b.jsonl", chance, dropped=2))
    _lines(folder / "south" / "c.jsonl", [*_rows(chance, "", 300, 330), *_rows(chance, "", 310, 320)])
    (folder / "south" / "texts" / "0.txt").unlink()
    for number in (1, 2, 9):
        _text(folder / "south" / "texts" / f"{number}.txt", _body(chance))
    rows = _corrected(folder / "south" / "unnamed.jsonl", chance, dropped=1)
    _lines(folder / "south" / "unnamed.jsonl", rows)


def make_large(folder: Path, variant: int, *, articles: int) -> None:
    """Write so many articles of ten words, in files of a fifth of them, of two sources that share ids."""
    chance = random.Random(f"large {variant}")
    for number in range(5):
        first, last = articles * number // 5, articles * (number + 1) // 5
        rows = (
            {"id": str(n % 45_000), "title": f"{n} {some_words(chance, 3)}", "body": some_words(chance, 7)}
            for n in range(first, last)
        )
        _lines(folder / ("north" if number < 3 else "south") / f"{number}.jsonl", rows)


def _rows(chance: random.Random, prefix: str, first: int, last: int) -> list[Row]:
    """Rows of which one in five is nearly a copy of the one before."""
    rows = list[Row]()
    for number in range(first, last):
        copied = rows[-1]["body"] if rows and number % 5 == 0 else ""
        body = f"{some_words(chance, 2)} {copied}" if copied else f"{_body(chance)}\n{_LINE}"
        rows.append({"id": f"{prefix}{number}", "title": f"{some_words(chance, 4)} {number}", "body": body})
    return rows


def _corrected(path: Path, chance: random.Random, *, dropped: int) -> list[Row]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for _ in range(dropped):
        rows.pop(chance.randrange(len(rows)))
    for row in chance.sample(rows, 6):
        row["body"] = f"{some_words(chance, 3)} {row['body']}"
    return rows


def _packed(folder: Path, chance: random.Random) -> None:
    """Packed files of which readers make temporary copies: a table of SQLite within a zip, and a 7z."""
    folder.mkdir(parents=True, exist_ok=True)
    table, text = folder / "rows.sqlite", folder / "1.txt"
    connection = sqlite3.connect(table)
    connection.execute("create table news (id text, title text, body text)")
    rows = _rows(chance, "p-", 1, 20)
    connection.executemany(
        "insert into news values (?, ?, ?)", [(row["id"], row["title"], row["body"]) for row in rows]
    )
    connection.commit()
    connection.close()
    with zipfile.ZipFile(folder / "rows.zip", "w") as packed:
        packed.write(table, "rows.sqlite")
    table.unlink()
    _text(text, _body(chance))
    with py7zr.SevenZipFile(folder / "texts.7z", "w") as packed:
        packed.write(text, "1.txt")
    text.unlink()


def _lines(path: Path, rows: Iterable[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _text(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{body[:40]}\n{body}\n", encoding="utf-8")


def _body(chance: random.Random) -> str:
    return some_words(chance, 30)


def some_words(chance: random.Random, count: int) -> str:
    """So many words, drawn."""
    return " ".join(f"{chance.choice(_WORDS)}{chance.choice(('', 'ات', 'ين'))}" for _ in range(count))


def put(state: Path, place: Path) -> None:
    """Have the folder at `place` be as it is in `state`, with its times."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(state, place)
