"""Articles that were withdrawn: `kashaf delete` removed them, and no later reading of their sources brings them back.

`DIR/withdrawn.json` lies beside the manifest and not in a generation, so that rebuilding and rolling back keep it. It
holds for each id the day, the reason, and, for an article without id and address of its own, its file. The indexer
reads and writes it; `open_index.py` counts its articles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from search.errors import IndexDamaged, IndexForbidden
from search.storage.atomic_files import replace_file
from search.storage.checksummed_json import checksum_agrees, with_checksum

FILE: Final = "withdrawn.json"


class Withdrawal(msgspec.Struct, frozen=True, omit_defaults=True):
    """When and why an article was withdrawn.

    file    the file that holds this article alone, where it has neither id nor address: what is corrected there is the
            same article, though its id is another
    source  the number of the source whose article it was: of another source the same id is another article, unless
            its text or its publisher is the same; None: whoever gives the id, it is withdrawn
    digest  that of the article
    publisher  a digest of the publishers that it named; None where it named none
    """

    day: str
    reason: str | None = None
    file: str | None = None
    source: int | None = None
    digest: int | None = None
    publisher: str | None = None


class Withdrawn:
    """What a run leaves out."""

    def __init__(self, withdrawn: Mapping[str, Withdrawal]) -> None:
        self._ids = frozenset(withdrawn)
        self._withdrawn = withdrawn
        self._files = frozenset(each.file for each in withdrawn.values() if each.file)

    def owner(self, id: str, digest: int, publishers: tuple[str, ...]) -> int | None:
        """The number of the source whose article of this id is withdrawn, where this one is surely another article."""
        found = self._withdrawn.get(id)
        if found is None or found.source is None or found.digest == digest:
            return None
        return None if found.publisher and found.publisher == publisher_digest(publishers) else found.source

    def holds(self, id: str, file: str | None) -> bool:
        """Whether this article is withdrawn; `file`: which it is the first of, where it has no name of its own."""
        return id in self._ids or (file is not None and file in self._files)


def publisher_digest(publishers: tuple[str, ...]) -> str | None:
    """A digest of the publishers of an article; None where it names none."""
    return hashlib.blake2b("\0".join(publishers).encode(), digest_size=8).hexdigest() if publishers else None


class _Record(msgspec.Struct, frozen=True):
    withdrawn: dict[str, Withdrawal] = {}


def read_withdrawn(folder: Path) -> dict[str, Withdrawal]:
    """What was withdrawn from the index in this directory. Raises IndexDamaged and IndexForbidden."""
    path = folder / FILE
    try:
        content = path.read_bytes()
        if checksum_agrees(content) is False:
            raise _damaged(path, "its checksum does not agree")
        return msgspec.json.decode(content, type=_Record).withdrawn
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from error
    except OSError as error:
        raise IndexForbidden(f"{path} cannot be read ({error.strerror})") from error


def _damaged(path: Path, reason: str) -> IndexDamaged:
    remedy = "put it back from a backup, or remove it: then kashaf index --all brings back what was deleted"
    return IndexDamaged(f"{path} is damaged ({reason}): {remedy}")


def write_withdrawn(folder: Path, withdrawn: Mapping[str, Withdrawal]) -> None:
    """Replaces what is remembered in one step, durably. Raises OSError."""
    replace_file(folder / FILE, with_checksum(_Record(dict(withdrawn))))


def count_withdrawn(folder: Path) -> int | None:
    """How many articles are withdrawn; None where that cannot be read."""
    with suppress(IndexDamaged, IndexForbidden):
        return len(read_withdrawn(folder))
    return None
