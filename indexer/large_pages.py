"""Has this process keep what it allocates in pages of two megabytes, where Linux gives such on request.

In: how many bytes the run will need. Called by `indexer/commands.py` before the engine is opened, since threads that
have allocated before would keep theirs elsewhere. An indexing thread looks up a word in tables of hundreds of megabytes
for each token; with pages of four kilobytes the processor walks its page tables for most of these looks. glibc's heap
is made as large as it will become, of addresses without memory, and Linux is asked to fill it by large pages as it is
written to. Elsewhere, and where the system has no such pages or gives them anyhow, nothing changes.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import sys
from pathlib import Path
from typing import Final

_SETTING: Final = Path("/sys/kernel/mm/transparent_hugepage/enabled")
_SIZE: Final = Path("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size")
_LARGE: Final = 2 * 2**20  # bytes of a page; on arm64 they may have 512 MB, of which the heap would waste most
_ON_REQUEST: Final = "[madvise]"
# What glibc's `mallopt` calls its settings (malloc.h).
_TRIM_THRESHOLD: Final = -1  # free bytes at the heap's end that go back to the system
_TOP_PAD: Final = -2  # bytes by which the heap grows beyond what is asked for
_MMAP_THRESHOLD: Final = -3  # larger blocks lie outside the heap
_ARENA_MAX: Final = -8  # heaps that threads divide among themselves
_KEPT: Final = 2**31 - 1
_LARGEST_BLOCK: Final = 16 * 2**20
_STEP: Final = 4 * 2**20  # by which the heap grows when it is full after all
_SETTINGS: Final = ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGEST_BLOCK), (_TRIM_THRESHOLD, _KEPT))


def use_large_pages(size: int) -> bool:
    """Keep the next `size` bytes that this process allocates in large pages. Return whether the system was asked to."""
    if not _on_request():
        return False
    libc = ctypes.CDLL(None)
    libc.sbrk.restype, libc.sbrk.argtypes = ctypes.c_void_p, [ctypes.c_ssize_t]
    libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    libc.free.restype, libc.free.argtypes = None, [ctypes.c_void_p]
    libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    for setting, value in _SETTINGS:
        libc.mallopt(setting, value)
    libc.mallopt(_TOP_PAD, min(size, _KEPT))
    begin = libc.sbrk(0)
    libc.free(libc.malloc(_LARGEST_BLOCK - mmap.PAGESIZE))  # more than is free in the heap, which makes it grow
    end = libc.sbrk(0)
    libc.mallopt(_TOP_PAD, _STEP)
    begin += -begin % mmap.PAGESIZE
    return bool(end > begin and libc.madvise(begin, end - begin, mmap.MADV_HUGEPAGE) == 0)


def _on_request() -> bool:
    """Whether this is glibc on a Linux that gives pages of two megabytes to who asks for them, and to nobody else."""
    if sys.platform != "linux":
        return False
    try:
        given = bool(os.confstr("CS_GNU_LIBC_VERSION")) and _ON_REQUEST in _SETTING.read_text()
        return given and int(_SIZE.read_text()) == _LARGE
    except (OSError, ValueError):
        return False
