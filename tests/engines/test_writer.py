"""What the Whoosh writer does where Whoosh alone would not."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from search.engines.base import Document
from search.engines.whoosh.engine import create, open_engine, open_writer
from search.engines.whoosh.library import StructFile
from search.errors import EngineError, StorageFull
from search.query.clauses import Everything, Term


def _article(number: int) -> Document:
    return Document(
        str(number), number, b"{}", {"body_word": f"خبر عاجل {number}"}, {"source": ("رويترز",)}, {"day": 1}
    )


@pytest.mark.parametrize("allowed", [0, 1, 20, 100, 200, 300, 400])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_up_at_any_moment_leaves_the_last_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: int, code: int
) -> None:
    create(tmp_path)
    writer = open_writer(tmp_path)
    writer.put(_article(0))
    writer.commit()
    kept = {file.name for file in tmp_path.iterdir()}
    original, left = StructFile.write, iter(range(allowed))

    def write(file: StructFile, *args: bytes) -> object:
        if next(left, None) is None:
            raise OSError(code, "No space left on device")
        return original(file, *args)

    with monkeypatch.context() as full:
        full.setattr(StructFile, "write", write)
        with pytest.raises(StorageFull, match="free some"):
            for number in range(1, 20):
                writer.put(_article(number))
            writer.commit()
    with pytest.raises(EngineError, match="failed before"):
        writer.commit()
    writer.close()
    assert {file.name for file in tmp_path.iterdir()} == kept
    assert open_engine(tmp_path).documents == 1


def test_segments_of_one_size_are_merged_and_empty_ones_dropped(tmp_path: Path) -> None:
    create(tmp_path)
    writer = open_writer(tmp_path)
    most = 0
    for number in range(40):
        writer.put(_article(number))
        writer.commit()
        most = max(most, len(list(tmp_path.glob("*.seg"))))
    assert 8 <= most <= 16
    for number in range(40):
        writer.delete(str(number))
    writer.commit()
    writer.put(_article(1))
    writer.commit()
    writer.close()
    assert len(list(tmp_path.glob("*.seg"))) == 1
    assert open_engine(tmp_path).search(Everything(), limit=2).total == 1


def test_an_article_survives_merging_with_all_it_has(tmp_path: Path) -> None:
    create(tmp_path)
    writer = open_writer(tmp_path)
    for number in range(30):
        writer.put(_article(number))
        writer.commit()
    writer.close()
    engine = open_engine(tmp_path)
    (match,) = engine.search(Term("body_word", "7"), limit=2).matches
    assert engine.load([match.ref])[0].raw == b"{}"
    assert engine.counts(Everything(), ["source", "day"]) == {"source": {"رويترز": 30}, "day": {1: 30}}
    assert engine.frequencies("body_word", ["عاجل", "7"]) == [30, 1]
