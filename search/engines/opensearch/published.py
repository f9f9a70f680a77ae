"""What an archive serves, told to programs on other machines: the alias, and the small files of the index directory.

In: the files of an index directory, or the archive's name. Out: documents of the state index, one a file, the manifest
last, so that who sees a new manifest finds what it names. The manifest's says which directory on which machine
published it, so that two archives do not take one name. Called by `engine.py`.
"""

from __future__ import annotations

import base64
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from search.engines.opensearch import state
from search.engines.opensearch.cluster import Cluster, path_of
from search.engines.opensearch.folder import Place
from search.engines.opensearch.refusals import Missing
from search.errors import IndexForeign
from search.storage.checksummed_json import crc32, hexadecimal

_MANIFEST: Final = "kashaf.json"


def _move_alias(cluster: Cluster, place: Place) -> None:
    """Have the archive's name lead to this index and to no other. Where this index was removed it leads where it led:
    who opens the index is told, and a rebuild may replace it."""
    try:
        _lead(cluster, place)
    except Missing:  # this index, or one that the name led to: another process may remove that meanwhile
        if _is_there(cluster, place.index):
            _lead(cluster, place)


def _lead(cluster: Cluster, place: Place) -> None:
    """Look where the archive's name leads, and have it lead to this index alone. Raises Missing."""
    try:
        leads_to = set(cluster.ask("GET", path_of("_alias", place.name)))
    except Missing:
        leads_to = set()
    if leads_to == {place.index}:
        return
    former = leads_to - {place.index}
    actions: list[dict[str, Any]] = [{"remove": {"index": index, "alias": place.name}} for index in former]
    actions.append({"add": {"index": place.index, "alias": place.name}})
    cluster.ask("POST", "/_aliases", {"actions": actions})


def _is_there(cluster: Cluster, index: str) -> bool:
    try:
        cluster.ask("HEAD", path_of(index))
    except Missing:
        return False
    return True


def publish(cluster: Cluster, place: Place, folder: Path, files: Mapping[str, bytes]) -> None:
    """Lead to the index of this generation, and store these files of the archive, unless they are there already.

    Another index directory may do so if it has all that was published last: it was moved here. Raises IndexForeign.
    """
    name = place.name
    told, own = {path: _checksum(content) for path, content in files.items()}, _publisher(folder)
    known = state.read(cluster, _document(name))
    is_known = known is not None and known.content["files"] == told
    if known and not is_known:
        _require_publisher(cluster, name, known, own)
    _move_alias(cluster, place)
    if known and is_known and _publisher_of(known) == own:
        return
    before = known.content["files"] if known else {}
    for path, content in files.items():
        if path != _MANIFEST and before.get(path) != told[path]:
            document = f"{name}|file|{path}"
            state.replace(cluster, document, {"content": _text(content)}, before=state.read(cluster, document))
    told_of = {"content": _text(files[_MANIFEST]), "files": told, **own}
    state.replace(cluster, _document(name), told_of, before=known)


def forget_files(cluster: Cluster, name: str, folder: Path) -> None:
    """Remove what was stored of the files of a generation, which is removed; they lie in its folder still."""
    for path in folder.iterdir():
        state.remove(cluster, f"{name}|file|{folder.parent.name}/{folder.name}/{path.name}")


def published_files(cluster: Cluster, name: str, known: str = "") -> tuple[str, dict[str, bytes]] | None:
    """Return a mark of what is published and the files, the manifest last; None if nothing is published.

    known: the mark of what the caller has: then no files are given.
    """
    found = state.read(cluster, _document(name))
    if found is None:
        return None
    told: dict[str, str] = found.content["files"]
    mark = " ".join(f"{path}:{checksum}" for path, checksum in sorted(told.items()))
    if mark == known:
        return mark, {}
    kept = {path: state.read(cluster, f"{name}|file|{path}") for path in told if path != _MANIFEST}
    files = {path: base64.b64decode(each.content["content"]) for path, each in kept.items() if each}
    files = {path: content for path, content in files.items() if _checksum(content) == told[path]}
    if len(files) < len(kept):  # it is being published anew: the next look finds it
        return known, {}
    return mark, {**files, _MANIFEST: base64.b64decode(found.content["content"])}


def require_own(cluster: Cluster, name: str, folder: Path) -> None:
    """Raise IndexForeign if the archive of this name was published by another index directory than this folder's."""
    if found := state.read(cluster, _document(name)):
        _require_publisher(cluster, name, found, _publisher(folder))


def take_over(cluster: Cluster, name: str, folder: Path) -> None:
    """Have the archive of this name written by the index directory of this folder, and by no other from now on."""
    if found := state.read(cluster, _document(name)):
        state.replace(cluster, _document(name), {**found.content, **_publisher(folder)}, before=found)


def _require_publisher(cluster: Cluster, name: str, found: state.Kept, own: Mapping[str, str]) -> None:
    former = _publisher_of(found)
    if former == own:
        return
    raise IndexForeign(
        f"the cluster at {cluster.access.place} has an archive {name} already, which is written from "
        f"{former['directory']} on {former['host']}: run kashaf there; or, if nothing is written there any more, "
        "kashaf index --take-over here; or give this one another name with KASHAF_CLUSTER_INDEX or cluster_index = "
        "in kashaf.toml"
    )


def _publisher_of(found: state.Kept) -> dict[str, str]:
    return {"host": str(found.content.get("host")), "directory": str(found.content.get("directory"))}


def _document(name: str) -> str:
    return f"{name}|file|{_MANIFEST}"


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _checksum(content: bytes) -> str:
    return hexadecimal(crc32(content))


def _publisher(folder: Path) -> dict[str, str]:
    """Who publishes: the machine, and the index directory in which the folder of a generation lies."""
    return {"host": socket.gethostname(), "directory": os.path.realpath(folder.parent.parent)}
