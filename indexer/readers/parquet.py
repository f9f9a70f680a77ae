"""A Parquet file → an article a row, the columns named as the fields of articles are.

Called by the registry. Only the columns that are fields are read, some hundred rows at a time. It needs pyarrow, which
comes with the extra `formats`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pyarrow
import pyarrow.parquet

from indexer.readers.as_file import as_seekable
from indexer.readers.bounds import LARGEST_DOCUMENT, MOST_UNPACKED, UNPACKED_ANYWAY
from indexer.readers.contract import Blob, Item, Remark, Skipped, Unreadable
from indexer.readers.findings import BOMB, DAMAGED, LARGE_GROUPS, NO_COLUMN, NO_TEXT, TOO_LARGE, UNKNOWN_FIELD
from indexer.readers.piecewise import Decoder
from indexer.readers.rows import RowReader, field_named

_DAMAGED: Final = DAMAGED.of("Parquet file")
_TEXTS: Final = (pyarrow.string(), pyarrow.large_string(), pyarrow.binary(), pyarrow.large_binary())
_ROWS: Final = 200  # that are read at a time
_LARGEST_PIECE: Final = 500_000_000  # packed bytes of one column that are held at a time


def read_parquet(blob: Blob) -> Iterator[Item]:
    """The articles of a Parquet file. Raises Unreadable."""
    with as_seekable(blob, "a Parquet file") as file:
        try:
            table = pyarrow.parquet.ParquetFile(file)
            names = [str(name) for name in table.schema_arrow.names]
            texts = [field.name for field in table.schema_arrow if field.type in _TEXTS]
            table = pyarrow.parquet.ParquetFile(file, read_dictionary=texts)  # a text that repeats is held once
            reasonable = _is_reasonable(table.metadata)
        except Exception as error:  # damage may end in any error of its decoders
            raise Unreadable(_DAMAGED, str(error)[:300]) from error
        columns = [name for name in names if field_named(name)]
        if not any(field_named(name) in ("title", "body") for name in columns):
            raise Unreadable(NO_COLUMN, f"it has {', '.join(names[:5])[:200]}: name them title, body, date, source …")
        yield from (Remark(UNKNOWN_FIELD, name) for name in names if name not in columns)
        if not reasonable:
            raise Unreadable(LARGE_GROUPS, "write it anew with smaller ones")
        yield from _articles(table, columns, blob)


def _is_reasonable(metadata: Any) -> bool:
    """Whether no column of a group of rows is too large to be held."""
    groups = map(metadata.row_group, range(metadata.num_row_groups))
    columns = (group.column(at) for group in groups for at in range(group.num_columns))
    return all(column.total_compressed_size <= _LARGEST_PIECE for column in columns)


def _articles(table: Any, columns: list[str], blob: Blob) -> Iterator[Item]:
    decoder, rows, number = Decoder(), RowReader(), 0
    left = UNPACKED_ANYWAY + MOST_UNPACKED * (os.path.getsize(blob.path) if blob.path else 0)
    batches = table.iter_batches(batch_size=_ROWS, columns=columns, use_threads=False)
    while True:
        try:
            batch = next(batches, None)
        except Exception as error:  # likewise
            raise Unreadable(_DAMAGED, f"{str(error)[:300]}; what stands before the damage was read") from error
        if batch is None:
            break
        for row in _rows(batch):
            number += 1
            left -= sum(len(value) for value in row.values() if isinstance(value, str | bytes))
            if left < 0:
                raise Unreadable(BOMB)
            place = f"{blob.location}#{number}"
            if sum(len(value) for value in row.values() if isinstance(value, str | bytes)) > LARGEST_DOCUMENT:
                yield Skipped(place, TOO_LARGE)
                continue
            values = {name: _value(value, decoder) for name, value in row.items()}
            if any(values[name] is None and value is not None for name, value in row.items()):
                yield Skipped(place, NO_TEXT)
            else:
                yield from rows.items(values, place)
    if number < (told := table.metadata.num_rows):
        raise Unreadable(_DAMAGED, f"it says that it has {told:,} rows, and {number:,} were found")


def _rows(batch: Any) -> Iterator[dict[str, Any]]:
    """The rows of a batch, one at a time: its texts may be far larger than it is."""
    for at in range(batch.num_rows):
        try:
            yield {name: column[at].as_py() for name, column in zip(batch.schema.names, batch.columns, strict=True)}
        except Exception as error:  # likewise
            raise Unreadable(_DAMAGED, f"{str(error)[:300]}; what stands before the damage was read") from error


def _value(value: Any, decoder: Decoder) -> Any:
    """A value as JSON would have it: moments as text, bytes as the text in them."""
    if isinstance(value, bytes):
        return decoder.text(value)
    return value.isoformat() if isinstance(value, date) else value
