"""What one update of the index does, and the line that it prints. Called by `watch.py`.

An update is a run of `kashaf index`: of all that is watched, or of some files of it. It never ends the watch for what
passes: where another process writes to the index or the disk is full, the update is made later.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from typing import Final

from indexer.build import Choices, index
from indexer.memory import Shares
from indexer.origins.table import any_file_at
from indexer.pruning import Pruning
from indexer.readers.folders import is_index
from indexer.remembered_sources.registering import chosen_roots, registry_of, root_of
from indexer.report import PruneRefused, Report
from indexer.run_options import COMMIT_SECONDS, CommitEvery, RunOptions
from indexer.sources import Root, Sources
from search.errors import IndexBusy, SourceError, StorageFull
from search.index.directory import IndexDirectory
from search.index.source_registry import is_within

_PASSING: Final = (IndexBusy, StorageFull)
_COMMITS: Final = CommitEvery(seconds=COMMIT_SECONDS)


class Updates:
    """Updates of one index.

    chosen   the absolute paths that are watched, which the first update remembers as sources; () for all sources
    pruning  as for `index`
    say      takes the line of each update, and what a user is to know besides
    shares   as in `RunOptions`
    """

    def __init__(
        self,
        directory: IndexDirectory,
        choices: Choices,
        *,
        chosen: Sequence[str] = (),
        pruning: Pruning,
        say: Callable[[str], None],
        shares: Shares | None = None,
    ) -> None:
        self._directory = directory
        self._choices = choices
        self._chosen = tuple(chosen)
        self._pruning = pruning
        self._options = RunOptions(commit_every=_COMMITS, shares=shares)
        self._say = say
        self._remembered = not chosen  # whether the registry has what is watched
        self._waits_for = ""  # why the last update was not made

    def places(self) -> list[str]:
        """Return the folders and files that are watched. Raises IndexDamaged and IndexForbidden."""
        return [root.path for root in self._roots() if root.must_be_there]

    def everything(self) -> bool:
        """Bring all that is watched up to date; return whether it was done. Raises KashafErrors that do not pass."""
        done = self._made(self._roots(), "all", remembered=self._remembered)
        self._remembered = self._remembered or done
        return done

    def files(self, paths: Sequence[str], gone: Sequence[str] = ()) -> bool:
        """Bring these files up to date, as `everything` does. gone: paths at which there is nothing any more."""
        if gone and self._knows(gone):
            return self.everything()
        above = sorted(self._roots(), key=lambda root: len(root.path), reverse=True)
        roots = []
        for path in paths:
            root = next((each for each in above if each.must_be_there and is_within(path, each.path)), None)
            if root is None or not stands_in(path, root.path):
                return self.everything()  # who goes through the folders knows what a link or another index means
            home = root.home or root.path
            roots.append(Root(path, must_be_there=False, home=home if home != path else ""))
        return self._made(roots, f"{len(roots):,} file{'s' * (len(roots) != 1)}")

    def feeds(self, addresses: Sequence[str]) -> bool:
        """Bring up to date what was fetched from these feeds, as `everything` does."""
        sources = [source for source in registry_of(self._directory).read if source.location in addresses]
        roots = [root_of(self._directory.path, source) for source in sources]
        return self._made(roots, f"{len(roots):,} feed{'s' * (len(roots) != 1)}")

    def _knows(self, gone: Sequence[str]) -> bool:
        """Whether articles came from these paths; others were never more than passing files of some program."""
        if not self._directory.exists():
            return False
        return any_file_at(self._directory.generation(self._directory.read().generation), gone)

    def _roots(self) -> list[Root]:
        registry = registry_of(self._directory)
        if self._chosen:
            return chosen_roots(registry, self._directory.path, self._chosen)
        return [root_of(self._directory.path, source) for source in registry.read]

    def _made(self, roots: Sequence[Root], what: str, *, remembered: bool = True) -> bool:
        if not roots:
            return True
        try:
            sources = Sources(roots, remembered=remembered)
            report = index(self._directory, sources, self._choices, pruning=self._pruning, options=self._options)
        except _PASSING as error:
            if str(error) != self._waits_for:  # said once, however long it lasts
                self._say(f"{error}; the update is made then")
            self._waits_for = str(error)
            return False
        except PruneRefused as refused:
            self._say(f"{what}: {update_line(refused.report)}; {refused}")
        except SourceError as error:
            self._say(f"{what}: {error}")
        else:
            self._say(f"{what}: {update_line(report)}")
        finally:
            gc.collect()  # an engine and its writer hold each other, and the files of the commit before
        self._waits_for = ""
        return True


def update_line(report: Report) -> str:
    """Return what an update did, on one line."""
    counts = [f"added {report.added:,}", f"updated {report.updated:,}", f"unchanged {report.unchanged:,}"]
    if report.skipped:
        reason = report.reasons[0]
        named = f", {reason.named[0]}" if reason.named else ""
        counts.append(f"skipped {report.skipped:,} ({reason.text}{named})")
    if report.removed.count:
        counts.append(f"removed {report.removed.count:,} (their files hold them no more)")
    if report.vanished.count:
        done = "removed" if report.pruned else "still in the index"
        counts.append(f"vanished {report.vanished.count:,} ({done})")
    return f"{', '.join(counts)}; {report.articles:,} articles in the index"


def stands_in(path: str, home: str) -> bool:
    """Return whether a file is reached from the folder of its source without a link and without another index."""
    inner = os.path.relpath(path, home)
    if os.path.realpath(path) != os.path.normpath(os.path.join(os.path.realpath(home), inner)):
        return False
    folders = inner.split(os.sep)[:-1]
    return not any(is_index(os.path.join(home, *folders[: depth + 1])) for depth in range(len(folders)))
