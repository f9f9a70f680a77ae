"""What is corrected on disk replaces, what vanished is told and removed only when asked, on each engine."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from indexer.build import Choices, index
from indexer.pruning import Pruning
from indexer.remembered_sources.registering import add_source, remembered_roots, remove_source
from indexer.report import PruneRefused, Report
from indexer.sources import Sources
from indexer.withdrawal import delete, restore
from search.errors import IndexDamaged, SourceError
from search.index.directory import IndexDirectory
from search.index.source_registry import fetched_folder
from tests.indexer.archives import archive, count, kashaf, rows
from tests.indexer.building import add, rebuild
from tests.indexer.damaging import verified
from tests.indexer.stopping import Step, stopped_at

WORDS = ["وزير", "التعليم", "يفتتح", "مدرسة", "جديدة", "في", "المدينة", "ويعلن", "خطة", "لبناء", "مدارس", "أخرى"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twenty texts, a file each."""
    for number in range(20):
        text(tmp_path / "texts" / f"{number}.txt", f"خبر {number}")
    return tmp_path / "texts"


def text(path: Path, title: str, body: str = "نص") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{title}\n\n{body} {title}", encoding="utf-8")
    return path


def nameless(*titles: str, day: str = "2017-07-15") -> list[dict[str, str]]:
    """Rows without id and address, each of words of its own."""
    return [{"title": title, "body": " ".join(f"{word}{title}" for word in WORDS), "date": day} for title in titles]


def prune(place: Path, *paths: Path, allow_shrink: bool = False) -> Report:
    return index(IndexDirectory(place), Sources(paths), Choices(), pruning=Pruning(True, allow_shrink))


def test_a_text_corrected_one_removed_one_deleted(place: Path, folder: Path, engine: str) -> None:
    add(place, folder, engine=engine)
    text(folder / "0.txt", "نبأ")
    (folder / "1.txt").unlink()
    (deleted,) = ids_of(place, folder / "2.txt")
    delete(IndexDirectory(place), [deleted])
    report = add(place, folder)
    assert (report.added, report.updated, report.unchanged, report.withdrawn) == (0, 1, 17, 1)
    assert (report.vanished.count, count(place, "نبا"), count(place)) == (1, 1, 19)
    assert report.vanished.named[0].endswith("1.txt")
    assert add(place, folder).vanished.count == 1  # told until it is removed
    assert (prune(place, folder).pruned, count(place)) == (True, 18)
    assert (add(place, folder).vanished.count, rebuild(place).articles) == (0, 18)
    assert verified(place).sound


def ids_of(place: Path, path: Path) -> list[str]:
    """The ids under which an index holds the articles of a file."""
    report = kashaf("search", path.read_text(encoding="utf-8").split("\n")[0], "--json", "--limit", 1, "--index", place)
    return [hit["id"] for hit in json.loads(report.stdout)["hits"]]


@pytest.mark.parametrize("name", ["خبر.txt", "خبر.txt.gz", "خبر.json", "خبر.zip"])
def test_one_article_files_of_each_kind(place: Path, tmp_path: Path, name: str) -> None:
    text(tmp_path / "a" / "other.txt", "آخر")
    for title in ("خبر", "نبأ"):
        write(tmp_path / "a" / name, title)
        report = add(place, tmp_path / "a")
    assert (report.updated, report.vanished.count) == (1, 0)
    assert (count(place, "خبر"), count(place, "نبا"), count(place)) == (0, 1, 2)


def write(path: Path, title: str) -> None:
    content = f"{title}\n\nنص الخبر"
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(content.encode()))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("خبر.txt", content)
    elif path.suffix == ".json":
        path.write_text(json.dumps({"title": title, "body": "نص"}), encoding="utf-8")
    else:
        path.write_text(content, encoding="utf-8")


def test_rows_that_moved_and_one_that_was_corrected(place: Path, tmp_path: Path, engine: str) -> None:
    path = archive(tmp_path / "a.jsonl", nameless("أ", "ب", "ت"))
    add(place, path, engine=engine)
    corrected = {**nameless("ب")[0], "title": "عنوان"}
    archive(path, [*nameless("جديد", "أ"), corrected, *nameless("ت")])
    report = add(place, path)
    assert (report.added, report.updated, report.unchanged, report.vanished.count) == (1, 1, 2, 0)
    assert (count(place, "عنوان"), count(place, "ب"), count(place)) == (1, 0, 4)


def test_a_file_that_holds_other_rows_all_at_once_loses_none_unasked(place: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "latest.jsonl", nameless("أ", "ب"))
    add(place, path)
    archive(path, nameless("ت", "ث"))
    for _ in range(2):
        with pytest.raises(PruneRefused, match=r"2 of 4 articles .*--allow-shrink") as refused:
            add(place, path)
        assert (refused.value.report.vanished.count, refused.value.report.removed.count, count(place)) == (2, 0, 4)
    report = index(IndexDirectory(place), Sources([path]), Choices(), pruning=Pruning(allow_shrink=True))
    assert (report.vanished.count, report.removed.count, report.unread, count(place)) == (0, 2, 1, 2)


def test_the_same_words_on_another_day_are_another_article(place: Path, tmp_path: Path) -> None:
    price = {"title": "أسعار الذهب", "body": " ".join(WORDS)}
    path = archive(tmp_path / "a.jsonl", [{**price, "date": "2017-07-15"}, *nameless(*"أبتثجحخدذر")])
    add(place, path)
    archive(path, [{**price, "date": "2017-07-16", "body": price["body"] + " اليوم"}, *nameless(*"أبتثجحخدذر")])
    report = add(place, path)
    assert (report.added, report.updated, report.removed.count, count(place)) == (1, 0, 1, 11)


def test_a_renamed_file_and_a_moved_archive_are_the_same_articles(place: Path, folder: Path, tmp_path: Path) -> None:
    add(place, folder)
    (folder / "0.txt").rename(folder / "أول.txt")
    report = add(place, folder)
    assert (report.unchanged, report.vanished.count, count(place)) == (20, 0, 20)
    moved = folder.rename(tmp_path / "moved")
    assert (add(place, moved).vanished.count, count(place)) == (0, 20)
    text(moved / "3.txt", "نبأ")
    assert (add(place, moved).updated, count(place)) == (1, 20)


def test_a_text_that_another_file_still_holds_stays(place: Path, folder: Path, tmp_path: Path) -> None:
    copy = text(tmp_path / "elsewhere" / "0.txt", "خبر 0")
    add(place, folder, copy)
    text(folder / "0.txt", "نبأ")
    assert (add(place, folder).vanished.count, count(place)) == (0, 21)


def test_rows_with_ids_that_vanished_from_a_file(place: Path, tmp_path: Path, engine: str) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 30))
    add(place, path, engine=engine)
    archive(path, rows(1, 30, "نبأ"))
    done = json.loads(kashaf("index", path, "--json", "--index", place).stdout)
    assert (done["updated"], done["articles"], count(place)) == (29, 29, 29)
    assert done["removed"] == {"count": 1, "named": [f"0: {path}"]}
    assert done["vanished"] == {"count": 0, "named": [], "pruned": False}
    archive(path, rows(2, 30, "نبأ"))
    assert "removed 1 (their files hold them no more)" in kashaf("index", path, "--index", place).stdout


def test_what_files_give_no_more_counts_towards_the_tenth_beyond_which_nothing_is_pruned(
    place: Path, folder: Path
) -> None:
    path = archive(folder / "a.jsonl", rows(0, 20))
    add(place, folder)
    archive(path, rows(0, 18))
    for number in range(3):
        (folder / f"{number}.txt").unlink()
    with pytest.raises(PruneRefused, match=r"^5 of 40 articles .*: 3 of them, whose files are gone, stay in the index"):
        prune(place, folder)
    assert count(place) == 38


def test_more_than_a_tenth_is_pruned_only_when_allowed(place: Path, folder: Path) -> None:
    add(place, folder)
    for number in range(3):
        (folder / f"{number}.txt").unlink()
    with pytest.raises(PruneRefused, match=r"3 of 20 articles .*--allow-shrink"):
        prune(place, folder)
    assert count(place) == 20
    assert prune(place, folder, allow_shrink=True).vanished.count == 3
    assert count(place) == 17


@pytest.mark.parametrize("gone", ["unmounted", "unreadable", "damaged", "root"])
def test_what_cannot_be_seen_has_not_vanished(place: Path, tmp_path: Path, folder: Path, gone: str) -> None:
    disk, packed = folder / "disk", folder / "a.jsonl.gz"
    text(disk / "deeper" / "a.txt", "على القرص")
    packed.write_bytes(gzip.compress(archive(tmp_path / "a.jsonl", rows(0, 3)).read_bytes()))
    add(place, folder, disk)
    if gone == "unreadable":
        if os.geteuid() == 0:
            pytest.skip("root enters every folder")
        disk.chmod(0)
    elif gone == "damaged":
        packed.write_bytes(packed.read_bytes()[:-30])
    else:
        shutil.rmtree(disk / "deeper")
        os.utime(disk, (1_000_000, 1_000_000))  # the place of a disk was made before that was read
    try:
        report = prune(place, *((folder, disk) if gone == "root" else (folder,)), allow_shrink=True)
    finally:
        disk.chmod(0o755)
    assert (report.vanished.count, count(place)) == (0, 24)


@pytest.mark.parametrize(
    ("name", "content", "removed"),
    [("blank.txt", b"\n", 1), ("style.css", b"p {}", 1), ("old.txt~", b"x", 1), ("a.zip", b"PK\x03\x04 damaged", 0)],
)
def test_what_holds_no_article_in_a_zip_keeps_nothing_in_the_index_that_the_zip_holds_no_more(
    place: Path, tmp_path: Path, name: str, content: bytes, removed: int
) -> None:
    def pack(texts: int) -> Path:
        path = tmp_path / "news" / "a.zip"
        path.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(path, "w") as packed:
            for number in range(texts):
                packed.writestr(f"{number}.txt", f"خبر {number}\n\nنص الخبر {number}")
            packed.writestr(name, content)
        return path.parent

    assert add(place, pack(20)).skipped == 1
    report = add(place, pack(19))
    assert (report.skipped, report.removed.count, report.vanished.count, count(place)) == (1, removed, 0, 20 - removed)


def test_a_file_that_is_empty_is_believed_only_where_that_is_allowed(place: Path, folder: Path) -> None:
    add(place, folder)
    (folder / "0.txt").write_bytes(b"")
    for report in (add(place, folder), prune(place, folder)):
        assert (report.skipped, report.removed.count, report.vanished.count, count(place)) == (1, 0, 0, 20)
    report = index(IndexDirectory(place), Sources([folder]), Choices(), pruning=Pruning(allow_shrink=True))
    assert (report.removed.count, count(place)) == (1, 19)


def test_rows_moved_from_one_file_to_another_stay(place: Path, tmp_path: Path, engine: str) -> None:
    first, second = archive(tmp_path / "a" / "1.jsonl", rows(0, 15)), archive(tmp_path / "a" / "2.jsonl", rows(15, 30))
    add(place, tmp_path / "a", engine=engine)
    archive(first, rows(0, 10))
    archive(second, rows(10, 30))
    report = add(place, tmp_path / "a")
    assert (report.unchanged, report.removed.count, count(place)) == (30, 0, 30)


def test_an_article_whose_row_has_lost_its_text_goes_and_one_whose_letters_were_lost_stays(
    place: Path, tmp_path: Path
) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 30))
    add(place, path)
    archive(path, [{"id": "0", "title": "", "body": "?" * 90}, *rows(1, 30)])
    assert (add(place, path).skipped, count(place)) == (1, 30)
    archive(path, [{"title": "", "body": ""}, *rows(1, 30)])
    report = add(place, path)
    assert (report.skipped, report.removed.count, count(place)) == (1, 1, 29)


def test_a_source_that_was_removed_has_vanished_and_comes_back_when_it_is_added(place: Path, tmp_path: Path) -> None:
    directory = IndexDirectory(place)
    for name, first in (("a", 0), ("a/inner", 40), ("b", 60)):
        archive(tmp_path / name / "x.jsonl", rows(first, first + (2 if name == "a" else 20)))
    add(place, tmp_path / "a", tmp_path / "b", tmp_path / "a" / "inner")
    add_source(directory, str(tmp_path / "a" / "inner"), options={})
    remove_source(directory, "a")
    assert (add(place, tmp_path / "b").vanished.count, count(place)) == (0, 42)  # PATH judges what is below it
    report = remembered(place)
    assert (report.vanished.count, report.vanished.named[0], count(place)) == (2, f"0: {tmp_path}/a/x.jsonl", 42)
    assert (remembered(place).vanished.count, remembered(place, prune=True).pruned, count(place)) == (2, True, 40)
    add_source(directory, str(tmp_path / "a"), options={})
    assert (remembered(place).added, count(place)) == (2, 42)


def remembered(place: Path, *, prune: bool = False) -> Report:
    """`kashaf index` without a path."""
    sources = remembered_roots(IndexDirectory(place), all_there=False)
    return index(IndexDirectory(place), sources, Choices(), pruning=Pruning(prune))


def test_a_feed_that_was_removed_has_vanished(place: Path, tmp_path: Path) -> None:
    directory = IndexDirectory(place)
    add(place, archive(tmp_path / "a.jsonl", rows(0, 30)))
    feeds = [add_source(directory, f"https://{name}.example/feed", options={}) for name in "ab"]
    for feed in feeds:
        row = {"id": f"{feed.location}/1", "title": "خبر", "body": "نص"}
        archive(fetched_folder(place, feed) / "2026-11.jsonl", [row])
    assert remembered(place).articles == 32
    remove_source(directory, "a.example")
    assert (remembered(place).vanished.count, remembered(place, prune=True).pruned, count(place)) == (1, True, 31)


def test_the_last_file_of_a_folder_that_is_removed_has_vanished(place: Path, folder: Path) -> None:
    last = text(folder / "2017" / "07" / "20.txt", "خبر الأخير")
    add(place, folder)
    last.unlink()
    for _ in range(2):  # told again by each run
        assert (add(place, folder).vanished.count, count(place)) == (1, 21)
    assert (prune(place, folder).pruned, count(place)) == (True, 20)


def test_an_empty_source_removes_nothing(place: Path, folder: Path) -> None:
    add(place, folder)
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(SourceError):
        prune(place, folder, allow_shrink=True)
    assert count(place) == 20


def test_an_index_without_the_table_is_not_doubled(place: Path, folder: Path, engine: str) -> None:
    """As an older program left it: the first run learns the origins, the next ones know them."""
    add(place, folder, engine=engine)
    (place / "generations" / "1" / "origins.sqlite").unlink()
    assert (add(place, folder).unchanged, count(place)) == (20, 20)
    text(folder / "0.txt", "نبأ")
    assert (add(place, folder).updated, count(place)) == (1, 20)


def test_a_corrected_text_of_a_deleted_article_stays_away(place: Path, folder: Path) -> None:
    add(place, folder)
    (deleted,) = ids_of(place, folder / "2.txt")
    delete(IndexDirectory(place), [deleted])
    text(folder / "2.txt", "نبأ")
    assert (add(place, folder).withdrawn, rebuild(place).withdrawn, count(place)) == (1, 1, 19)
    restore(IndexDirectory(place), [deleted])
    assert (add(place, folder).added, count(place, "نبا")) == (1, 1)


def test_a_damaged_table_is_named_and_learned_anew(place: Path, folder: Path) -> None:
    add(place, folder)
    table = place / "generations" / "1" / "origins.sqlite"
    table.write_bytes(b"x" * 5000)
    assert not verified(place).sound
    with pytest.raises(IndexDamaged, match=r"origins\.sqlite is damaged .*remove it"):
        add(place, folder)
    table.unlink()
    assert not verified(place).sound
    assert add(place, folder).unchanged == 20
    assert verified(place).sound


_STEPS = [
    Step("indexer.origins.origins", "Origins.commit", "before"),
    Step("indexer.origins.origins", "Origins.commit", "after"),
    Step("indexer.ingestion", "bring_up_to_date", "before"),
    Step("indexer.origins.current", "_remove", "before"),
    Step("indexer.origins.current", "_remove", "after"),
    Step("indexer.ingestion", "bring_up_to_date", "after"),
]


@pytest.mark.parametrize("step", _STEPS, ids=str)
def test_killed_between_the_index_and_the_table(place: Path, folder: Path, engine: str, step: Step) -> None:
    add(place, folder, engine=engine)
    text(folder / "0.txt", "نبأ")
    text(folder / "20.txt", "خبر 20")
    (folder / "1.txt").unlink()
    with stopped_at(step, "index", folder, "--prune", "--index", place):
        pass
    assert count(place) >= 20
    prune(place, folder)
    assert (count(place), count(place, "نبا"), count(place, "خبر")) == (20, 1, 19)
    assert verified(place).sound


def test_each_article_that_takes_the_place_of_another_files_is_remarked(place: Path, tmp_path: Path) -> None:
    first = archive(tmp_path / "a" / "a.jsonl", rows(0, 2))
    second = archive(tmp_path / "a" / "b.jsonl", rows(0, 1, "نبأ"))
    add_source(IndexDirectory(place), str(tmp_path / "a"), options={})
    add(place, first)
    for path, other in ((second, first), (first, second), (second, first)):
        (remark,) = add(place, path, read_all=True).remarks
        assert (remark.count, remark.named) == (1, (f"0: {other}; {path}",))
    archive(second, rows(0, 1, "ثان"))
    assert add(place, second).remarks == ()  # a correction
