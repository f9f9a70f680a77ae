"""What `kashaf verify` found, as JSON and as lines for a person. Called by `commands.py`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from indexer.verification.verify import Verification

_MOST_NAMED: Final = 20


def verification_object(found: Verification) -> dict[str, Any]:
    """All that was found, as JSON."""
    files, articles = found.files, found.articles
    return {
        "sound": found.sound,
        "files": files.checked,
        "bytes": files.bytes,
        "unknown": files.unknown,
        "damaged": [asdict(damage) for damage in files.damaged],
        "articles": articles.stored if articles else None,
        "looked_up": articles.looked_up if articles else 0,
        "lost": [asdict(lost) for lost in articles.lost] if articles else [],
        "note": found.note,
        "seconds": round(found.seconds, 3),
    }


def verification_lines(found: Verification) -> Iterator[str]:
    """All that was found, for a person."""
    files, articles = found.files, found.articles
    yield f"{files.checked:,} files are as they were written ({files.bytes / 1e6:,.1f} MB)"
    yield from (f"damaged: {damage.file}: {damage.problem}" for damage in files.damaged)
    if files.unknown:
        yield f"no checksum is known of {len(files.unknown):,}: the next kashaf index or reindex records them"
        yield from _first([f"    {name}" for name in files.unknown])
    if articles:
        yield f"{articles.looked_up:,} of {articles.stored:,} articles looked up, not found: {len(articles.lost):,}"
        yield from _first([f"lost: {lost.id}: {lost.problem}" for lost in articles.lost])
    if found.note:
        yield found.note
    yield f"{found.seconds:.1f} s"


def verdict(found: Verification, place: Path) -> str:
    """The sentence with which an index that is not sound is refused."""
    names = [damage.file for damage in found.files.damaged]
    what = f"damaged: {', '.join(names[:3])}{' …' if len(names) > 3 else ''}" if names else "articles are not found"
    remedy = "kashaf reindex builds it anew, kashaf rollback brings an index before it back"
    return f"index {place} is not sound ({what}): {remedy}"


def _first(lines: list[str]) -> list[str]:
    return lines[:_MOST_NAMED] + (["    …"] if len(lines) > _MOST_NAMED else [])
