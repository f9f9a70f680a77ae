"""An index directory and what its user wishes → the watch that follows its sources. Called by `commands.py`."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.build import Choices
from indexer.fetching.fetching import FetchOptions
from indexer.fetching.waiting import SystemClock
from indexer.memory import Shares
from indexer.pruning import Ledger, Pruning
from indexer.remembered_sources.registering import chosen_sources, remembered_roots
from indexer.watching.feed_rounds import FeedRounds, NoRounds, ThreadedRounds
from indexer.watching.folders import Folders
from indexer.watching.updates import Updates
from indexer.watching.watch import Watch
from search.index.directory import IndexDirectory
from search.index.source_registry import FILE as REGISTRY
from search.storage.atomic_files import stamp_of


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a user wishes of a watch.

    paths    followed alone, and remembered as sources; () for all sources that are remembered
    every    seconds between two rounds of the feeds
    fetch    whether feeds are asked; contact: as in `FetchOptions`
    poll     whether all files are looked at now and then, in place of what the system tells
    prune    whether articles of files that are gone are removed
    shares   as in `RunOptions`
    """

    paths: Sequence[str] = ()
    every: float = 900.0
    fetch: bool = True
    poll: bool = False
    prune: bool = False
    contact: str = ""
    shares: Shares | None = None


def follow(directory: IndexDirectory, choices: Choices, wishes: Wishes, say: Callable[[str], None]) -> None:
    """Follow until KeyboardInterrupt. Raises SourceError for a wrong path, IndexStateErrors where there is none."""
    chosen = chosen_sources(directory, wishes.paths).roots  # raises for a path that is not there
    updates = Updates(
        directory,
        choices,
        chosen=[root.path for root in chosen],
        pruning=Pruning(prune=wishes.prune, ledger=Ledger()),
        say=say,
        shares=wishes.shares,
    )
    opening = _Opening(directory, updates, wishes, say)
    rounds: FeedRounds = NoRounds()
    if wishes.fetch:
        rounds = ThreadedRounds(directory, FetchOptions(contact=wishes.contact), say)
    if not chosen:
        remembered_roots(directory, all_there=False)  # raises where nothing is remembered
    Watch(
        opening.folders(), updates, rounds, SystemClock(), say, every=wishes.every, reopen=opening.folders_if_changed
    ).run()


class _Opening:
    """Opens the folders of the sources, anew when other sources are remembered."""

    def __init__(self, directory: IndexDirectory, updates: Updates, wishes: Wishes, say: Callable[[str], None]) -> None:
        self._directory = directory
        self._updates = updates
        self._wishes = wishes
        self._say = say
        self._stamp = self._look()
        self.places = updates.places()

    def folders(self) -> Folders:
        """The folders that are watched now."""
        self._say(f"watching {', '.join(self.places) or 'no folders'}")
        return Folders(
            self.places, apart=os.path.abspath(self._directory.path), say=self._say, looking=self._wishes.poll
        )

    def folders_if_changed(self) -> Folders | None:
        """Other folders, where the sources have changed since the last look."""
        stamp = self._look()
        if stamp == self._stamp:
            return None
        self._stamp = stamp
        places = self._updates.places()
        if places == self.places:
            return None
        self.places = places
        return self.folders()

    def _look(self) -> tuple[int, int, int] | None:
        return stamp_of(self._directory.path / REGISTRY)
