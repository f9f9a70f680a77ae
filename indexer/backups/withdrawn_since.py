"""What was deleted for good before a backup and since: joined, and left out of the generation that was restored.

In: the backup, the index directory, the copy of the backup's generation. Out: `withdrawn.json`, and how many articles
were left out. Where the backup is that of another index, an id may be that of another article there: what was deleted
here is then remembered behind the name of its source, as such an id is when it is read again. Called by `restoring.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from indexer.backups.sources_beside import JoinedSources
from indexer.generations.growing_generation import GrowingGeneration
from indexer.generations.removal import remove_withdrawn
from indexer.generations.shared_ids_kept import add_shared_ids
from search.engines.registry import backend
from search.errors import IndexDamaged
from search.index.directory import IndexDirectory
from search.index.source_registry import Registry
from search.index.withdrawn import Withdrawal, Withdrawn, read_withdrawn, write_withdrawn

_Withdrawals = dict[str, Withdrawal]


def leave_out_withdrawn(
    backup: IndexDirectory, directory: IndexDirectory, restored: GrowingGeneration, joined: JoinedSources
) -> tuple[int, bool]:
    """Leave out what was withdrawn; how many articles, and whether what was withdrawn since may be unknown.

    Raises IndexStateErrors, EngineErrors and OSErrors.
    """
    unknown, since = False, _Withdrawals()
    try:
        since = read_withdrawn(directory.path)
    except IndexDamaged:
        unknown = True
    before = _renumbered(read_withdrawn(backup.path), joined.numbers)
    now = _apart(since, before, restored, joined.registry) if joined.of_another_index and joined.registry else since
    withdrawn = before | now
    if unknown or withdrawn != since:
        write_withdrawn(directory.path, withdrawn)
    return remove_withdrawn(directory, restored.manifest.engine, restored.folder), unknown


def _renumbered(withdrawn: Mapping[str, Withdrawal], numbers: Mapping[int, int]) -> _Withdrawals:
    return {
        id: each if each.source is None else msgspec.structs.replace(each, source=numbers.get(each.source, each.source))
        for id, each in withdrawn.items()
    }


def _apart(
    since: Mapping[str, Withdrawal], before: Collection[str], restored: GrowingGeneration, registry: Registry
) -> _Withdrawals:
    """What was withdrawn here, under ids that no other article of the backup has."""
    digests = backend(restored.manifest.engine).open_digests(restored.folder)(list(since))
    known, moved, shared = Withdrawn(since), _Withdrawals(), list[tuple[str, int, str]]()
    for id, withdrawal in since.items():
        source = registry.numbered(withdrawal.source) if withdrawal.source is not None else None
        there = restored.article(id) if source and id in digests else None
        is_other = known.owner(id, digests[id], there.source) is not None if there else id in before
        if source and is_other:
            shared.append((id, source.number, f"{source.name}/{id}"))
            moved[shared[-1][-1]] = withdrawal
        else:
            moved[id] = withdrawal
    add_shared_ids(restored.folder, restored.manifest.engine, shared)
    return moved
