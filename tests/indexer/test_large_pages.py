"""Large pages: what any thread allocates after they were asked for lies in them; without them nothing changes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer import large_pages
from indexer.large_pages import use_large_pages

#: Allocates 32 blocks of a megabyte in another thread and prints how many lie in memory that is advised to be large.
_ALLOCATING = """
import ctypes
from pathlib import Path
from threading import Thread
from indexer.large_pages import use_large_pages

asked, places, advised = use_large_pages(100_000_000), [], 0
malloc = ctypes.CDLL(None).malloc
malloc.restype, malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
thread = Thread(target=lambda: places.extend(malloc(2**20) for _ in range(32)))
thread.start()
thread.join()
for line in Path("/proc/self/smaps").read_text().splitlines():
    name, *values = line.split()
    if not name.endswith(":"):
        begin, end = (int(each, 16) for each in name.split("-"))
    elif name == "VmFlags:" and "hg" in values:
        advised += sum(begin <= place < end for place in places)
print(asked, advised)
"""


def _gives_large_pages_on_request() -> bool:
    setting = Path("/sys/kernel/mm/transparent_hugepage/enabled")
    size = setting.with_name("hpage_pmd_size")
    given = setting.exists() and "[madvise]" in setting.read_text() and sys.platform == "linux"
    return given and size.exists() and int(size.read_text()) == 2 * 2**20


@pytest.mark.skipif(not _gives_large_pages_on_request(), reason="this system gives no large pages on request")
def test_what_another_thread_allocates_lies_in_large_pages() -> None:
    ran = subprocess.run([sys.executable, "-c", _ALLOCATING], capture_output=True, text=True, check=True)
    asked, advised = ran.stdout.split()
    assert asked == "True"
    assert int(advised) >= 31  # the first may begin in what the heap had before


@pytest.mark.parametrize("setting", ["[always] madvise never", "always madvise [never]", None])
def test_nothing_changes_where_the_system_has_no_large_pages_or_gives_them_anyhow(
    setting: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "enabled"
    if setting is not None:
        file.write_text(setting)
    monkeypatch.setattr(large_pages, "_SETTING", file)
    assert not use_large_pages(1_000_000)


@pytest.mark.parametrize("size", ["536870912", "", None])
def test_nothing_changes_where_large_pages_have_another_size(
    size: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, place, text in (("enabled", "_SETTING", "always [madvise] never"), ("size", "_SIZE", size)):
        if text is not None:
            (tmp_path / name).write_text(text)
        monkeypatch.setattr(large_pages, place, tmp_path / name)
    assert not large_pages._on_request()
    (tmp_path / "size").write_text("2097152\n")
    assert large_pages._on_request() == (sys.platform == "linux" and bool(os.confstr("CS_GNU_LIBC_VERSION")))


def test_nothing_changes_on_another_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not use_large_pages(1_000_000)
