"""How many processes, and how much memory → how many workers a run has, and what each part of it may hold.

In: `--jobs` and `--memory`, from `indexer/commands.py`. Out: the shares by which `indexer/ingestion.py` works. Memory
is what processes have for themselves, without the files that they map, which are tables and files of the index. What a
process needs by itself was measured over ../shared/news. Of words that may be names the process that writes remembers
300,000 at most, some 30 MB (`indexer/generations/names_of_run.py`), beside the last commit alone, when no batch waits
any more; they have no share of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from search.engines.base import LEAST_WRITER_MEMORY, WRITER_MEMORY
from search.errors import SettingsError
from search.worker_processes import cores

_WRITING: Final = 250_000_000  # the process that writes: program, tables, what it remembers until a commit
_WORKING: Final = 170_000_000  # a process that reads and analyses: program, tables, the batch at hand
_ANALYSING: Final = 60_000_000  # what analysis adds to the process that writes, where there is no other
# Of batches that wait, in all workers: what one makes during a commit, or while the files before its own are slow.
_QUEUES: Final = 384_000_000
_USUAL_QUEUE: Final = 32_000_000  # of each of many workers, where memory is not bounded
_LEAST_QUEUE: Final = 8_000_000
_BESIDE_WRITER: Final = 100_000_000  # what the process that writes has on glibc's heap beside the engine's writer
_AT_HAND: Final = 48_000_000  # of articles that are kept for lines that become known after them
_WRITERS_PART: Final = 0.7  # of what is left for writer and queues
_UNITS: Final = {"K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


@dataclass(frozen=True, slots=True)
class Shares:
    """What a run may use.

    workers  processes beside the one that writes, at most; 0: there is but one process
    writer   bytes of the engine's writer
    queue    bytes of the batches that wait in each worker
    at_hand  bytes of the articles that are kept for lines that become known after them (`indexer/articles_at_hand.py`)
    """

    workers: int
    writer: int = WRITER_MEMORY
    queue: int = _USUAL_QUEUE
    at_hand: int = _AT_HAND

    @property
    def in_large_pages(self) -> int:
        """Bytes that the process that writes keeps in large pages, where there are such."""
        return self.writer + _BESIDE_WRITER


def shared_out(jobs: int = 0, memory: str = "") -> Shares:
    """Return the shares of a run, as the settings `jobs` and `memory` have them.

    Where memory is short there are fewer workers. Raises SettingsError where it is too little for one process.
    """
    workers = jobs or cores()
    if workers == 1:
        workers = 0
    if not memory:
        return Shares(workers, queue=max(_QUEUES // max(workers, 1), _USUAL_QUEUE))
    bytes_in_all = _bytes(memory)
    while workers and bytes_in_all < _WRITING + workers * (_WORKING + _LEAST_QUEUE) + LEAST_WRITER_MEMORY:
        workers -= 1
    left = bytes_in_all - _WRITING - (workers * _WORKING or _ANALYSING)
    if left < LEAST_WRITER_MEMORY:
        least = -(-(_WRITING + _ANALYSING + LEAST_WRITER_MEMORY) // 10**6)
        raise SettingsError(f"memory = {memory!r} is too little to index with: give {least}M at least, or leave it out")
    at_hand = min(_AT_HAND, (left - workers * _LEAST_QUEUE - LEAST_WRITER_MEMORY) // 4)
    left -= at_hand
    if not workers:
        return Shares(0, min(left, WRITER_MEMORY), at_hand=at_hand)
    writer = min(max(int(left * _WRITERS_PART), LEAST_WRITER_MEMORY), WRITER_MEMORY)
    return Shares(workers, writer, min(left - writer, _QUEUES) // workers, at_hand)


def _bytes(size: str) -> int:
    """The bytes of a size as the setting has it, such as `500M` or `2 GiB`; units are powers of ten."""
    number = size.upper().rstrip("IB").rstrip()
    return int(float(number[:-1]) * _UNITS[number[-1]])
