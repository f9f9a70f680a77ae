"""Of a large file several processes read parts: what comes of these is what one process reads of the whole file."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, cast

import pytest
from backports import zstd

from indexer import file_reading
from indexer.findings import Rejected
from indexer.readers import dividing, unpacking
from indexer.readers.contract import Remark, Skipped
from indexer.readers.dividing import Units, units_of
from indexer.readers.findings import BOMB, WITHOUT_ARTICLE
from indexer.sources import SourceFile, WasRead
from indexer.workers import grouping, preparing, processes
from indexer.workers.grouping import Groups
from indexer.workers.pool import PoolHere, WorkerPool
from indexer.workers.prepared import Batch, Begins, Prepared
from indexer.workers.preparing import Digests, Preparing
from indexer.workers.processes import Group, Lost, Worker
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.errors import WorkerLost
from tests.indexer.archives import rows
from tests.open_files import TOLD, open_files

ANALYZER = BatchAnalyzer(Analyzer.default("none"))


def row(number: int, **more: object) -> bytes:
    """A line of JSON whose length varies and which does not pack well."""
    noise = random.Random(number)
    body = " ".join("".join(noise.choices("ابتثجحخدذرزسش", k=5)) for _ in range(noise.randrange(1, 60)))
    return json.dumps({"id": str(number), "title": f"خبر {number}", "body": body, **more}, ensure_ascii=False).encode()


def jsonl(count: int = 120) -> bytes:
    """Lines with what makes readers speak: unknown fields, faults, empty lines, articles that are left out."""
    lines = []
    for number in range(count):
        lines.append(row(number, **({f"x{number // 40}": 1} if number % 9 == 0 else {})))
        if number % 50 == 7:
            lines += [b"", b"{broken", b'{"title": ""}', b'{"title": "a", "body": "b", "date": "9999-12-31"}', b"[]"]
    return b"\n".join(lines)


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def texts(count: int = 60) -> dict[str, bytes]:
    return {f"{'رياضة' if n % 2 else 'اقتصاد'}/{n}.txt": b"\n" + row(n)[10:] for n in range(count)}


def mixed() -> bytes:
    """A zip with a folder, hidden and empty files, and files of many articles and of files."""
    members = texts(40)
    members |= {"folder/": b"", ".hidden": b"x", "empty.txt": b"", "a/news.jsonl": jsonl(60), "x.sql": b"select"}
    members |= {
        "within.zip": zipped({"deep.jsonl": jsonl(30), **texts(5)}),
        "packed.jsonl.gz": gzip.compress(jsonl(30)),
    }
    return zipped(members | {f"later/{name}": content for name, content in texts(30).items()})


FILES: dict[str, Callable[[], bytes]] = {
    "lines.jsonl": jsonl,
    "wide.jsonl": lambda: jsonl().decode().encode("utf-16"),
    "packed.jsonl.gz": lambda: gzip.compress(jsonl()),
    "in two.jsonl.gz": lambda: gzip.compress(jsonl(90)) + gzip.compress(jsonl(60)),
    "packed.jsonl.zst": lambda: zstd.compress(jsonl()),
    "cut.jsonl.gz": lambda: gzip.compress(jsonl())[:-6000],
    "damaged.jsonl.gz": lambda: (content := gzip.compress(jsonl()))[:9000] + b"\0" * 300 + content[9300:],
    "with a tail.jsonl.gz": lambda: gzip.compress(jsonl(90)) + b"\1" * 9000,
    "blank.jsonl": lambda: b" \n" * 9000,
    "one long line.jsonl": lambda: row(0) + b"\n" + row(1, more="ا" * 20_000) + b"\n" + row(2),
    "texts.zip": lambda: zipped(texts()),
    "mixed.zip": mixed,
    "damaged.zip": lambda: (content := zipped(texts()))[:5000] + b"\0" * 2000 + content[7000:],
    "cut.zip": lambda: zipped(texts())[:-3000],
    "hidden.zip": lambda: zipped({f".{number}": row(number) for number in range(60)}),
    "document.zip": lambda: zipped({"x": row(0) * 30, "mimetype": b"", "content.xml": b"", **texts(40)}),
}


class Fake(Worker):
    """A worker without a process of its own. `breaks`: after how many batches the next ones are lost.

    digests: looks up what the index has; None: it is empty.
    """

    def __init__(self, breaks: list[int], digests: Digests | None) -> None:
        super().__init__(cast(Any, None))
        self._preparing = Preparing(ANALYZER, digests, commits=lambda: 0)
        self._batches: Generator[Batch, None, None] | None = None
        self._left = breaks.pop(0) if breaks else -1
        self.articles = 0

    def has_sent(self, seconds: float) -> bool:
        return True

    def receive(self) -> Batch:
        if self._left == 0:
            self.end()
            raise Lost
        self._left -= 1
        self._batches = self._batches or self._preparing.batches(self.groups[0].entries)
        batch = next(self._batches)
        self.articles += sum(isinstance(read, Prepared) for read in batch.read)
        self.groups[0].note(batch)
        if batch.whole:
            self.groups.popleft()
            self._batches = None
        return batch

    def end(self) -> None:
        """Close the files that it reads, as the end of a process does."""
        if self._batches:
            self._batches.close()
        self._preparing.close()

    def join(self) -> None: ...

    def _send(self) -> None: ...


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    take_small_parts(monkeypatch)


def take_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has a file of some kilobytes be read in parts."""
    monkeypatch.setattr(grouping, "GROUP_BYTES", 2_000)
    monkeypatch.setattr(processes, "AHEAD_BYTES", 8_000)
    monkeypatch.setattr(file_reading, "BLOCK_BYTES", 700)
    monkeypatch.setattr(dividing, "BLOCK_BYTES", 700)
    monkeypatch.setattr(preparing, "BATCH", 3)


def pool(breaks: list[int] | None = None, digests: Digests | None = None) -> WorkerPool:
    """Two workers that take turns."""
    left = list(breaks or [])
    return WorkerPool([Fake(left, digests), Fake(left, digests)], lambda: Fake(left, digests), most=2)


def read_by(pool: PoolHere | WorkerPool, *files: SourceFile) -> tuple[list[object], int]:
    """What was read, and how many bytes."""
    file, found, size = "", list[object](), 0
    for batch in pool.batches(files):
        size += batch.bytes
        for read in batch.read:
            if isinstance(read, Begins):
                file = read.file
            elif isinstance(read, WasRead):
                found.append((read.path, read.state._replace(looked=0)))
            else:
                found.append((file, read))
    return found, size


def alone(*files: SourceFile) -> tuple[list[object], int]:
    return read_by(PoolHere(Preparing(ANALYZER, None, commits=lambda: 0)), *files)


def written(place: Path, name: str, content: bytes | None = None) -> SourceFile:
    path = place / name
    path.write_bytes(FILES[name]() if content is None else content)
    return SourceFile(str(path))


def parts_of(file: SourceFile) -> list[Group]:
    groups = Groups([file])
    return [group for group in iter(groups.next, None) if isinstance(group, Group)]


@pytest.mark.parametrize("name", FILES)
def test_parts_give_what_one_process_reads(tmp_path: Path, name: str) -> None:
    file = written(tmp_path, name)
    whole = alone(file)
    assert len(parts_of(file)) > 2
    assert whole[1] == (tmp_path / name).stat().st_size
    assert read_by(pool(), file) == whole
    for breaks in ([0], [2, 7], [9, 1]):
        assert read_by(pool(breaks), file)[0] == whole[0]  # bytes that are read again are counted again


def test_files_follow_one_another_also_the_same_file_again(tmp_path: Path) -> None:
    files = [written(tmp_path, name) for name in ("packed.jsonl.gz", "texts.zip", "lines.jsonl")]
    files += [files[-1], written(tmp_path, "small.jsonl", jsonl(3)), files[0]]
    assert read_by(pool(), *files) == alone(*files)


@pytest.mark.parametrize("name", ["packed.jsonl.gz", "texts.zip"])
def test_each_worker_prepares_about_as_much(tmp_path: Path, name: str) -> None:
    sharing = pool()
    found, _ = read_by(sharing, written(tmp_path, name))
    shares = [cast(Fake, worker).articles for worker in sharing._workers]
    assert sum(shares) == sum(isinstance(read, Prepared) for _, read in cast("list[tuple[str, object]]", found))
    assert min(shares) > 0.3 * sum(shares)


@pytest.mark.parametrize("name", ["packed.jsonl.gz", "mixed.zip"])
@pytest.mark.parametrize("size", [500, 1_000, 3_000, 10_000])
def test_what_comes_does_not_depend_on_the_size_of_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, size: int
) -> None:
    file = written(tmp_path, name)
    whole = alone(file)
    monkeypatch.setattr(grouping, "GROUP_BYTES", size)
    assert read_by(pool(), file) == whole


def test_articles_are_counted_and_remarks_made_once_over_all_parts(tmp_path: Path) -> None:
    found, _ = read_by(pool(), written(tmp_path, "lines.jsonl"))
    read = [each for _, each in cast("list[tuple[str, Any]]", found)]
    places = [each.place for each in read if isinstance(each, Prepared | Rejected)]
    assert places == list(range(1, len(places) + 1))
    remarks = Counter(each for each in read if isinstance(each, Remark))
    assert len(remarks) == 3 and set(remarks.values()) == {1}
    assert [each.location.rsplit(":")[-1] for each in read if isinstance(each, Skipped)][:2] == ["10", "13"]


def test_a_file_in_which_no_part_has_anything_is_remarked_on_once(tmp_path: Path) -> None:
    for name in ("blank.jsonl", "hidden.zip"):
        found, _ = read_by(pool(), written(tmp_path, name))
        about = [read.about for _, read in cast("list[tuple[str, Any]]", found) if isinstance(read, Remark)]
        assert about == [WITHOUT_ARTICLE.of("file")]


@pytest.mark.parametrize("allowed", [0, 4_000, 9_000, 20_000, 1_000_000])
@pytest.mark.parametrize("name", ["texts.zip", "mixed.zip", "packed.jsonl.gz"])
def test_all_parts_of_a_file_share_its_allowance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, allowed: int
) -> None:
    monkeypatch.setattr(unpacking, "UNPACKED_ANYWAY", allowed)
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 0)
    file = written(tmp_path, name)
    whole = alone(file)
    found = [each for _, each in cast("list[tuple[str, Any]]", whole[0])]
    assert any(isinstance(each, Skipped) and each.reason == BOMB for each in found) == (allowed < 1_000_000)
    assert read_by(pool(), file) == whole
    assert read_by(pool([3, 2]), file)[0] == whole[0]


@TOLD
@pytest.mark.parametrize("name", ["mixed.zip", "packed.jsonl.gz"])
def test_what_prepares_parts_has_no_file_open_once_it_is_closed(tmp_path: Path, name: str) -> None:
    file = written(tmp_path, name)
    preparing = Preparing(ANALYZER, None, commits=lambda: 0)
    list(preparing.batches(parts_of(file)[0].entries))
    assert file.path in open_files()  # for the next part
    preparing.close()
    assert file.path not in open_files()


def test_a_part_over_which_two_workers_are_lost_names_its_file_and_two_parts_do_not(tmp_path: Path) -> None:
    file = written(tmp_path, "lines.jsonl")
    assert read_by(pool([2, 2]), file)[0] == alone(file)[0]
    with pytest.raises(WorkerLost, match=r"lines\.jsonl were ended from outside"):
        read_by(pool([0, 0, 0]), file)


def test_a_file_that_two_sources_name_is_read_twice_also_where_it_is_just_too_small_for_two_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, "lines.jsonl")
    monkeypatch.setattr(grouping, "GROUP_BYTES", Path(file.path).stat().st_size // 2)
    assert read_by(pool(), file, file) == alone(file, file)


def test_files_that_one_process_must_read_are_not_divided(tmp_path: Path) -> None:
    document = zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": row(0) * 20, **texts(40)})
    pretty = json.dumps(rows(0, 200), ensure_ascii=False, indent=1).encode()
    for name, content in {
        "news.json": pretty,
        "pretty.jsonl": pretty,
        "book.epub": document,
        "news.tar.gz": gzip.compress(b"x" * 257 + b"ustar" + jsonl()),
        "news.zip.gz": gzip.compress(zipped(texts())),
        "nothing.gz": b"\x1f\x8b" + bytes(9_000),
        "page.html": b"<html>" + jsonl(),
        "noise.bin": bytes(range(256)) * 40,
    }.items():
        file = written(tmp_path, name, content)
        assert (units_of(file.path), len(parts_of(file))) == (None, 1), name
    assert units_of(str(tmp_path / "nowhere")) is None
    assert units_of(written(tmp_path, "texts.zip").path) is Units.MEMBERS
    assert units_of(written(tmp_path, "packed.jsonl.zst").path) is Units.LINES
