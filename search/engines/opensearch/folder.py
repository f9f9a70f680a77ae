"""What the folder of a generation holds of an index on a cluster: one small file that says where it is.

In: a folder. Out: the name of the index on the cluster, and the cluster. Called by `engine.py`.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from search.engines.opensearch.access import Access, access
from search.engines.opensearch.cluster import Cluster, connect
from search.errors import IndexDamaged
from search.storage.atomic_files import replace_file
from search.storage.checksummed_json import checksum_agrees, with_checksum

FILE: Final = "cluster.json"
_ABOUT: Final = "The articles of this generation are in the index of this name on the cluster at these addresses."


class Place(msgspec.Struct, frozen=True):
    """Where the articles of a generation are.

    index      the index on the cluster
    name       the archive's name there: the alias of the generation that is served
    addresses  where the cluster was when the index was made
    """

    index: str
    name: str
    addresses: tuple[str, ...]
    about: str = _ABOUT


def new_place(access: Access) -> Place:
    """Return the place of a new index, whose name no other has."""
    moment = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    return Place(f"{access.name}-{moment}-{secrets.token_hex(4)}", access.name, access.addresses)


def write_place(folder: Path, place: Place) -> None:
    """Write the file that names the index."""
    replace_file(folder / FILE, with_checksum(place))


def read_place(folder: Path) -> Place:
    """Return where the index of this folder is. Raises IndexDamaged."""
    try:
        content = (folder / FILE).read_bytes()
        if not checksum_agrees(content):
            raise ValueError("it is not as it was written")
        return msgspec.json.decode(content, type=Place)
    except (OSError, ValueError) as error:
        raise damaged(folder, f"{folder / FILE} cannot be read ({error})") from error


def opened(folder: Path) -> tuple[Place, Cluster]:
    """Return the place of this folder's index, and its cluster. Raises IndexDamaged and SettingsError."""
    place = read_place(folder)
    return place, connect(access(place.addresses, place.name))


def remembered_addresses(folder: Path) -> tuple[str, ...]:
    """Return the addresses that the youngest other generation beside this one remembers; () where none does."""
    for beside in sorted(folder.parent.glob(f"*/{FILE}"), key=lambda path: path.stat().st_mtime, reverse=True):
        try:
            return read_place(beside.parent).addresses
        except IndexDamaged:
            continue
    return ()


def damaged(folder: Path, what: str) -> IndexDamaged:
    """Return the error for an index of which this is wrong."""
    return IndexDamaged(f"{what}: kashaf verify says what is damaged in {folder}, kashaf reindex makes it anew")
