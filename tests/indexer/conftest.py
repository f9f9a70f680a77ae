"""Fixtures that the tests of the index directory share."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from search.engines.registry import EMBEDDED
from tests.indexer.archives import archive, rows

_SMALL_DISK = "size=4m"


@pytest.fixture(params=EMBEDDED)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of each engine in turn."""
    return str(request.param)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where an index is to be made."""
    return tmp_path / "index"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of thirty articles."""
    return archive(tmp_path / "a.jsonl", rows(0, 30))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes; only root can make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = which("mount")
    options = ["-t", "tmpfs", "-o", _SMALL_DISK, "tmpfs", str(disk)]
    if not mount or subprocess.run([mount, *options], capture_output=True, check=False).returncode:
        if os.environ.get("CI") == "true" and os.geteuid() == 0:
            pytest.fail("root could not mount a small disk")
        pytest.skip("left out: a small disk to fill needs the right to mount one")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
