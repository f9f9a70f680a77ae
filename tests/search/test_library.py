"""Kashaf as a library: what docs/library.md shows works, and what is public is there and documented."""

from __future__ import annotations

import doctest
import gc
import inspect
import re
import shutil
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

import search
from search import all_hits
from search.engines.registry import EMBEDDED
from search.errors import IndexStateError
from search.index.following import Followed

ROOT = Path(search.__file__).parents[1]
TEXT = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
CODE = "\n".join(re.findall(r"^```python\n(.+?)^```$", TEXT, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A folder with an index of the sample."""
    place = tmp_path_factory.mktemp("library")
    shutil.copytree(sample, place / "kashaf-index")
    return place


def test_the_examples_of_the_page_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    examples = doctest.DocTestParser().get_doctest(CODE, {}, "docs/library.md", "docs/library.md", 0)
    said: list[str] = []
    runner = doctest.DocTestRunner()
    result = runner.run(examples, out=said.append)
    assert result.attempted > 35 and not result.failed, "".join(said)


def test_public_names_are_on_the_page_and_those_of_the_page_are_public() -> None:
    table = set(re.findall(r"`(\w+)`", TEXT.partition("## What is public")[2].partition("\n\nMethods")[0]))
    imported = {
        name for line in re.findall(r"^>>> from search import (.+)$", CODE, re.MULTILINE) for name in line.split(", ")
    }
    assert table == set(search.__all__) and imported <= table
    assert sorted(search.__all__) == search.__all__ == sorted(search._PLACES)
    assert set(search.__all__) <= set(dir(search))


@pytest.mark.parametrize("name", search.__all__)
def test_each_public_name_has_a_docstring_of_its_own(name: str) -> None:
    text = getattr(search, name).__doc__
    assert text and not text.startswith(f"{name}("), "not the one that a dataclass gets by itself"


def test_public_methods_that_the_page_shows_have_docstrings() -> None:
    shown = set(re.findall(r"\barchive\.(\w+)\(", CODE))
    assert {"search", "all_hits", "article", "read", "suggest", "compare", "coverage", "facts", "close"} <= shown
    assert [name for name in shown if not inspect.getdoc(getattr(search.SearchService, name))] == []


def test_an_unknown_name_is_said_to_be_none() -> None:
    with pytest.raises(AttributeError, match="'search' has no attribute 'nothing'"):
        _ = search.nothing  # type: ignore[attr-defined]


def test_importing_it_loads_nothing_and_it_is_typed() -> None:
    script = "import sys, search; print([name for name in sys.modules if name.startswith('search.')])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert (ROOT / "search" / "py.typed").exists()


def test_a_closed_service_lets_go_of_its_index(folder: Path) -> None:
    for follow in (False, True):
        with search.open_index(folder / "kashaf-index", follow=follow) as archive:
            assert archive.facts().articles == 88
        with pytest.raises(IndexStateError, match="closed"):
            archive.facts()
        archive.close()


@pytest.mark.parametrize("engine", EMBEDDED)
@pytest.mark.parametrize("follow", [False, True])
def test_a_closed_service_leaves_no_file_open_for_the_collector(
    sample_index: Callable[[str], Path], engine: str, follow: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = sample_index(engine)
    monkeypatch.setattr(all_hits, "_DEEP", 3)  # so that a list is kept
    gc.collect()
    gc.disable()
    try:
        archive = search.open_index(place, follow=follow)
        opened = weakref.ref(archive.index.engine)
        for query in ("أسعار القمح", "غوتيرش قمة المياه", "lakn Cairo", "مصدر:ضفاف"):
            archive.search(search.SearchRequest(query))
        assert archive.read("sample-001", search.SearchRequest("سفينة"))
        assert len(archive.all_hits(search.SearchRequest("القمح"), limit=5)) and len(archive.index.lists) == 1
        assert archive.suggest("أسعار ال") and archive.coverage() and archive.facts()
        followed = archive._indexes
        archive.close()
        if isinstance(followed, Followed):
            assert followed.stop(patience=60)
        del followed
        assert opened() is None
    finally:
        gc.enable()


def test_settings_say_which_index_where_none_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASHAF_INDEX", str(folder / "kashaf-index"))
    with search.open_index(profile="news") as archive:
        assert archive.index.directory.path == folder / "kashaf-index"
    with pytest.raises(search.SettingsError, match="profile"):
        search.open_index(profile="")
