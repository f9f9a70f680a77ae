"""JSONL: one article a line. A broken line costs that line only.

Called by the registry. This is the way of large archives, so nothing is done to a line that need not be.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.contract import PART_ENDS, Blob, Item, Skipped, Unreadable
from indexer.readers.encoding import utf8_blocks
from indexer.readers.findings import TOO_LARGE
from indexer.readers.json_text import decode_json
from indexer.readers.rows import RowReader


def read_json_lines(blob: Blob) -> Iterator[Item]:
    """The articles of a JSONL file."""
    rows, division = RowReader(), blob.division
    for number, line in enumerate(lines(utf8_blocks(blob.blocks)), start=1):
        if line is not None and (not line or line.isspace()):
            continue
        if division is not None:
            division.come_to(division.read)
            while division.is_past:
                yield PART_ENDS
                rows = RowReader()  # what it has remarked on would depend on which parts this process reads
            if not division.is_wanted:
                continue
        if line is None:
            yield Skipped(f"{blob.location}:{number}", TOO_LARGE)
        else:
            yield from read_row(line, f"{blob.location}:{number}", rows)


def read_row(raw: bytes, location: str, rows: RowReader) -> Iterator[Item]:
    """The article of one JSON object, or why there is none."""
    try:
        row = decode_json(raw)
    except Unreadable as error:
        yield Skipped(location, error.reason, error.detail)
        return
    yield from rows.items(row, location)


def lines(blocks: Iterator[bytes]) -> Iterator[bytes | None]:
    """The lines of a file without their ends; None for each that is too large, which is read past, not kept.

    A last line without an end counts, unless the blocks broke off with an error.
    """
    parts: list[bytes] = []  # of the line that the last block began
    held = 0
    for block in blocks:
        first, *rest = block.split(b"\n")
        held += len(first)
        if held <= LARGEST_DOCUMENT:
            parts.append(first)
        else:
            parts.clear()
        if rest:
            yield b"".join(parts) if held <= LARGEST_DOCUMENT else None
            *whole, last = rest
            yield from whole
            parts, held = [last], len(last)
    if held:
        yield b"".join(parts) if held <= LARGEST_DOCUMENT else None
