"""An article that is left out, or of which something is, is named so that people find it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from indexer.cleaning.naming import is_lost, named_article
from search.article import Article
from tests.indexer.archives import kashaf

LOST = "C???CI?E ????EE ?? ??E C?E???? ?C??UC? ?U?"


@pytest.mark.parametrize(
    ("article", "named"),
    [
        (Article("7", "افتتاح المعرض", "نص"), "7: افتتاح المعرض"),
        (Article("7", LOST, LOST), "7: its title cannot be read"),
        (Article("7", "افتتاح المعرض", LOST), "7: افتتاح المعرض"),
        (Article("7", "", LOST), "7: its text cannot be read"),
        (Article("", "\ufffd\ufffd\ufffd\ufffd س", "نص"), "its title cannot be read"),
        (Article("", "", "\n السطر الأول\nالثاني", url="http://a/1"), "http://a/1: السطر الأول"),
        (Article("", "أول\n ثان", "نص"), "أول ثان"),
        (Article("7", "", ""), "7"),
        (Article("", "", ""), ""),
        (Article("x" * 2_000, "س" * 2_000, ""), f"{'x' * 60}…: {'س' * 60}…"),
    ],
)
def test_an_article_is_named_by_its_id_and_a_title_that_can_be_read(article: Article, named: str) -> None:
    assert named_article(article) == named


@pytest.mark.parametrize("title", ["لماذا؟ ومتى؟", "Who? What?", "1438", "", "مقال عن ?"])
def test_a_title_with_questions_can_be_read(title: str) -> None:
    assert not is_lost(title)


def test_the_report_names_file_place_and_title(tmp_path: Path) -> None:
    """Also of a title in a wrong encoding, which is mended by then, and again where the file is not read again."""
    path, place = tmp_path / "a.jsonl", tmp_path / "index"
    broken = "افتتح الوزير المعرض الدولي للكتاب في العاصمة".encode("cp1256").decode("cp1252")
    rows = [
        {"id": "1", "title": "خبر", "body": "نص"},
        {"id": "2", "title": LOST, "body": "???? ?? ????? " * 10},
        {"title": "افتتاح المعرض", "body": "???? ?? ????? " * 10},
        {"id": "4", "title": broken, "body": "نص الخبر هنا", "date": "يوم ما"},
        {"id": "5"},
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    for _ in range(2):
        said = kashaf("index", path, "--index", place).stdout
        assert f"    {path}, article 2: 2: its title cannot be read\n" in said
        assert f"    {path}, article 3: افتتاح المعرض\n" in said
        assert LOST[:9] not in said
    assert kashaf("index", path, "--index", place, "--all").stdout.count(f"{path}, article ") == 4
    said = kashaf("index", path, "--index", place, "--all").stdout
    assert f"{path}, article 4: يوم ما; 4: افتتح الوزير المعرض" in said and f"{path}, article 5: 5\n" in said


def test_an_article_within_an_archive_is_named_by_its_file_there(tmp_path: Path) -> None:
    inner, path = io.BytesIO(), tmp_path / "a.zip"
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("deep.txt", f"{LOST}\n{LOST}")
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("day/1.txt", "خبر اليوم\nنص الخبر")
        packed.writestr("day/2.txt", f"{LOST}\n{LOST}")
        packed.writestr("day/in.zip", inner.getvalue())
        packed.writestr("day/3.jsonl", json.dumps({"id": "7", "title": "خبر آخر", "date": "يوم ما"}))
    said = kashaf("index", path, "--index", tmp_path / "index").stdout
    assert f"    {path}, article 2: day/2.txt: its title cannot be read\n" in said
    assert f"    {path}, article 3: day/in.zip/deep.txt: its title cannot be read\n" in said
    assert f"{path}, article 4: يوم ما; day/3.jsonl: 7: خبر آخر\n" in said
