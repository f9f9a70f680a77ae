"""What a run may find about its inputs, as named records: a kind for programs, a sentence for people.

Here: the record, and the findings of what does not read or clean an article. `indexer/readers/findings.py` and
`indexer/cleaning/findings.py` hold those of their rooms; `docs/operations.md` lists all of them. A kind stays what it
is; a sentence may be improved.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Finding(NamedTuple):
    """Why something was skipped, or what a remark is about.

    kind      Latin words joined by hyphens, the same in every version
    sentence  as the report says it; {} in it stands for what `of` fills in
    """

    kind: str
    sentence: str

    def of(self, what: object) -> Finding:
        """Return the same finding about this: «no reader for {}» about RAR archives."""
        return self._replace(sentence=self.sentence.format(what))


def printable(text: str) -> str:
    """What a file or a feed names as it is printed: signs that no terminal shows, or obeys, become U+FFFD."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


class Rejected(NamedTuple):
    """An article of a file that is left out for what it holds, as it will be each time.

    place: which of the file's articles it is, from 1 on.
    """

    place: int
    reason: Finding
    detail: str


NO_FILE: Final = Finding("no-regular-file", "no regular file")
GONE: Final = Finding("source-gone", "a source that is not there")
EMPTY: Final = Finding("source-empty", "source that is there and empty: what the index has of it stays")
GREW: Final = Finding("file-grew", "file that grew while it was read: the rest comes with the next run")
CHANGED: Final = Finding("file-changed", "a file that changed while it was read: the next run reads it again")
REFUSED: Final = Finding("refused-by-engine", "article that the engine does not take: what the index had of it stays")
SHARED_ID: Final = Finding("shared-id", "id that two files share: the later article replaces the earlier")
KEPT_APART: Final = Finding("id-kept-apart", "id that two sources share: both are kept, the later under another id")
STRUCK: Final = Finding("struck", "no longer in its file, so removed")
FEW_COPIES: Final = Finding("copies-missing", "copies of the index that are missing: a machine lost may lose articles")
VANISHED: Final = Finding("vanished", "no longer in its source")
OTHER: Final = Finding("other", "other")  # what a run finds beyond the first hundred different findings
