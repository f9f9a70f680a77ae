"""tar → the blobs inside it, read from front to back. Called by the registry, for whatever holds tar's mark.

A member is bytes of the tar itself, so nothing is copied to the disk, however large it is.
"""

from __future__ import annotations

import struct
import tarfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any, Final

from indexer.findings import NO_FILE, Finding
from indexer.readers.as_file import as_stream
from indexer.readers.bounds import BLOCK_BYTES
from indexer.readers.contract import Blob, Item, Unreadable
from indexer.readers.findings import DAMAGED, HOLES, LINK_WITHIN, TRUNCATED
from indexer.readers.unpacking import member_items

MAGIC: Final = b"ustar"
MAGIC_AT: Final = 257
_LARGEST_HEADER: Final = 1_000_000  # bytes of a name or of what else describes a member
_DAMAGED: Final = DAMAGED.of("tar")
_KEPT: Final = "what stands before the damage was read"
_BAD_HEADER: Final = (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError)  # type: ignore[attr-defined]
_DAMAGE: Final = (tarfile.TarError, EOFError, ValueError, OverflowError, struct.error, RecursionError)
_DESCRIPTIONS: Final = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)


class _Member(tarfile.TarInfo):
    """A member whose header is sound and of a reasonable size: the library takes damage within a tar for its end."""

    @classmethod
    def fromtarfile(cls, tarfile: Any) -> Any:
        try:
            return super().fromtarfile(tarfile)
        except _BAD_HEADER as error:
            raise Unreadable(_DAMAGED, f"{error}; {_KEPT}") from error

    def _proc_member(self, archive: Any) -> Any:
        if self.type in _DESCRIPTIONS and self.size > _LARGEST_HEADER:
            raise Unreadable(_DAMAGED, f"a name of {self.size:,} bytes; {_KEPT}")
        return super()._proc_member(archive)  # type: ignore[misc]


def read_tar(blob: Blob, read: Callable[[Blob], Iterator[Item]]) -> Iterator[Item]:
    """What `read` makes of each file in the tar, in its order. Raises Unreadable where it breaks off."""
    with as_stream(blob.blocks) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Member, errors="surrogateescape") as archive:
                while member := archive.next():
                    archive.members = []  # type: ignore[attr-defined]  # else a million names are kept
                    yield from _member(archive, member, blob, read)
        except _DAMAGE as error:
            raise Unreadable(_DAMAGED, f"{error}; {_KEPT}") from error


def _member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, blob: Blob, read: Callable[[Blob], Iterator[Item]]
) -> Iterator[Item]:
    path = PurePosixPath(member.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    name = "/".join(part for part in path.parts if part not in ("/", ".", ".."))
    if name and not member.isdir():
        yield from member_items(blob, name, _blocks(archive, member), read, unfit=_unfit(member))


def _unfit(member: tarfile.TarInfo) -> Finding | None:
    """Why a member is left out whatever is in it."""
    if member.issym() or member.islnk():
        return LINK_WITHIN.of("tar")
    if not member.isreg():
        return NO_FILE
    return HOLES if member.issparse() else None


def _blocks(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    with archive.extractfile(member) as opened:  # type: ignore[union-attr]
        while block := _block(opened):
            yield block


def _block(opened: Any) -> bytes:
    try:
        return opened.read(BLOCK_BYTES)  # type: ignore[no-any-return]
    except _DAMAGE as error:
        raise Unreadable(TRUNCATED.of("tar"), "what stands before the cut was read") from error
