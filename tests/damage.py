"""Other bytes in the place of a file, as damage leaves them, without harm to whoever has the file open."""

from __future__ import annotations

from pathlib import Path


def put_in_place(path: Path, content: bytes) -> None:
    """Put a new file with this content in the place of one that is there.

    Writing into the file itself would cut it under an engine that still has it mapped into memory, such as one that a
    test has let go and that Python has not collected yet: the system ends a process that reads behind such a cut.
    """
    aside = path.with_name(f"{path.name}.damage")
    aside.write_bytes(content)
    aside.replace(path)
