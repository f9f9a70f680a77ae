"""How the feeds of an index stand: when each was asked, and whether it fails. In words and as data.

In: the index directory and its feeds. Called by `kashaf source list`. Nothing is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from indexer.fetching.memory import FeedState, memory_to_read
from indexer.fetching.places import TABLE
from indexer.fetching.waiting import moment
from search.index.source_registry import FETCHED, Source


def standing_of(index: Path, feeds: Sequence[Source]) -> Mapping[str, FeedState]:
    """Return address → what is known of each feed that was asked. Raises IndexStateErrors."""
    if not feeds or not (index / FETCHED / TABLE).exists():
        return {}
    with memory_to_read(index) as memory:
        states = {feed.location: memory.feed(feed.location) for feed in feeds}
    return {address: state for address, state in states.items() if state.asked}


def standing_object(state: FeedState) -> dict[str, Any]:
    """Return it as an object for JSON."""
    return {
        "title": state.title or None,
        "asked": moment(state.asked),
        "moved_to": state.address or None,
        "failures": state.failures,
        "reason": state.reason or None,
        "gone": state.gone,
        "asked_again": moment(state.due) if state.due else None,
    }


def standing_text(state: FeedState) -> str:
    """Return it as words behind the line of a source."""
    if state.gone:
        return f"gone for good ({state.reason})"
    if state.failures:
        return f"failing ({state.reason}), asked again {moment(state.due)}"
    return f"asked {moment(state.asked)}"
