"""A copy of the small files of an index directory, for programs on machines that do not see that directory.

In: the path of an index directory that is not here, and the setting `cluster`. Out: a directory with the manifest and
the small files of the served generation, as the machine that writes the archive published them; the articles are on
the cluster. It can be thrown away at any time. Called by `open_index.py`, which opens indexes and looks for newer ones.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from threading import Lock
from typing import Final

from search.engines.registry import shared
from search.errors import IndexDamaged, IndexForbidden, IndexMissing, KashafError, SettingsError
from search.index.manifest import FILE as MANIFEST
from search.settings import load_settings
from search.storage.atomic_files import make_folder, remove_folder, replace_file

MARK: Final = "mirrored"  # says that a directory is such a copy, and of what state
_PAUSE: Final = 1.0  # seconds between two looks at what is published
_KEPT: Final = 2  # generations: an index that is open reads small files of its own a while longer

_looked: dict[Path, float] = {}
# Index directories that were opened and are no copies. One that becomes a copy gets a new manifest: it is opened anew.
_own: set[Path] = set()
_lock = Lock()


def is_mirror(index: Path) -> bool:
    """Return whether this index directory is a copy, which nobody writes to."""
    return os.path.exists(index / MARK)  # False where the folder may not be entered


def begin_or_update(index: Path) -> None:
    """Bring the copy up to date, or begin one where no index is and the settings name a cluster.

    Does nothing for an index that is written here. Raises IndexMissing, and EngineErrors where there is no copy yet.
    """
    _own.discard(index)
    if is_mirror(index):
        update(index)
    elif os.path.exists(index / MANIFEST):
        _own.add(index)
    elif _is_cluster_named():
        with _lock:
            _looked[index] = time.monotonic()
            _copy(index, begun=False)


def update(index: Path) -> None:
    """Bring the copy up to date, at most once a second; where there is none, or nothing can be read, do nothing."""
    if index in _own or not is_mirror(index):  # each search of a command asks, and a look at the disk takes 20 µs
        return
    with _lock, suppress(KashafError, OSError):
        if time.monotonic() - _looked.get(index, -_PAUSE) >= _PAUSE:
            _looked[index] = time.monotonic()
            _copy(index, begun=True)


def require_own(index: Path) -> None:
    """Raise IndexForbidden if this directory is a copy: its archive is written on another machine."""
    if is_mirror(index):
        raise IndexForbidden(
            f"{index} is a copy of what another machine publishes on a cluster, to be searched: run this command where "
            "the archive is indexed, or name another directory with --index"
        )


def _is_cluster_named() -> bool:
    """Return whether the settings name a cluster; of wrong ones the program has told already that reads them."""
    try:
        return bool(load_settings().cluster)
    except SettingsError:
        return False


def _copy(index: Path, *, begun: bool) -> None:
    found = shared().published_files((index / MARK).read_text(encoding="utf-8") if begun else "")
    if found is None:
        raise IndexMissing(
            f"no index at {index}, and none of this name on the cluster: make one with "
            "kashaf index --engine opensearch PATH…, or set KASHAF_CLUSTER_INDEX to the name that it has"
        )
    state, files = found
    for name in files:
        _require_within(name)
    if files:
        make_folder(index)
        replace_file(index / MARK, b"")  # so that nobody writes here, from the first file on
        _write(index, files)
        replace_file(index / MARK, state.encode())
        _sweep(index / "generations")


def _require_within(name: str) -> None:
    """Raise IndexDamaged if a file of this name would lie outside the copy, on any system."""
    path = PureWindowsPath(name)  # knows both slashes
    if path.anchor or ".." in path.parts or not path.parts:
        raise IndexDamaged(
            f"the cluster names a file {name!r}, which would lie outside the index directory: nothing of it is copied, "
            "look who may write to its index kashaf-state"
        )


def _write(index: Path, files: Mapping[str, bytes]) -> None:
    """Write the files in their order: the manifest comes last."""
    for name, content in files.items():
        path = index / name
        if path.parent != index:
            make_folder(path.parent)
        replace_file(path, content)


def _sweep(generations: Path) -> None:
    """Remove the folders of all generations but the last ones that were copied."""
    folders = sorted(generations.glob("*/"), key=lambda folder: folder.stat().st_mtime)
    for folder in folders[:-_KEPT]:
        with suppress(OSError):
            remove_folder(folder)
