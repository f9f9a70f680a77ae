"""What waits for Tantivy's indexing thread is bounded, and what it bounds is indexed all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines.base import Document
from search.engines.registry import backend
from search.engines.tantivy import backlog as backlog_module
from search.engines.tantivy.backlog import Backlog

DOCUMENT = Document("1", 1, b"x" * 1_000, {"body_stem": "word " * 100})


def test_the_writer_waits_before_more_than_that_would_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = list[int]()
    monkeypatch.setattr(Backlog, "_wait", lambda _: waits.append(1))
    backlog = Backlog(3_500)  # two documents
    for expected in (0, 0, 1, 1, 2, 2, 3):
        backlog.add(DOCUMENT)
        assert len(waits) == expected
    backlog.clear()
    backlog.add(DOCUMENT)
    assert len(waits) == 3


def test_a_document_that_is_larger_than_the_bound_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Backlog, "_wait", lambda _: pytest.fail("waited for nothing"))
    Backlog(10).add(DOCUMENT)


def test_all_is_indexed_whatever_had_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = list[bool]()
    asleep = backlog_module._is_asleep
    monkeypatch.setattr(backlog_module, "_is_asleep", lambda thread: looks.append(asleep(thread)) or looks[-1])
    monkeypatch.setattr(backlog_module, "_PAUSE", 0.0)
    engine = backend("tantivy")
    engine.create(tmp_path)
    writer = engine.open_writer(tmp_path, fresh=True)
    writer._backlog = Backlog(20_000)  # type: ignore[attr-defined]
    for number in range(200):
        writer.put(Document(str(number), number, b"{}" * 1_000, {"body_stem": f"word{number}"}))
    writer.commit()
    writer.close()
    assert engine.open_engine(tmp_path).documents == 200
    assert looks or not Path("/proc/self/task").exists()
