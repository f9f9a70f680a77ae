"""Which Pythons of a machine CI runs the suite on: `.ci/pythons`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PYTHONS = Path(__file__).resolve().parents[1] / ".ci" / "pythons"
BASH = shutil.which("bash") or ""

pytestmark = pytest.mark.skipif(not BASH, reason="there is no bash")


def fake_python(path: Path, version: str, *, pip: bool = True) -> Path:
    """A program that answers what `.ci/pythons` asks of a Python; without a version, a shim that does not run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    answers = (
        f'case "$2" in *version_info*) echo {version};; *) exit {0 if pip else 1};; esac' if version else "exit 127"
    )
    path.write_text(f"#!{BASH}\n{answers}\n")
    path.chmod(0o755)
    return path


def found(place: Path) -> tuple[list[str], str]:
    """The lines for a machine whose PATH is `place`/bin and whose pyenv lies in `place`/pyenv; and what was said."""
    (place / "bin" / "seq").symlink_to(shutil.which("seq") or "")
    environ = {"PATH": str(place / "bin"), "PYENV_ROOT": str(place / "pyenv"), "HOME": str(place)}
    ran = subprocess.run(
        [BASH, "-c", f'. "{PYTHONS}"; pythons'], env=environ, capture_output=True, text=True, check=True, timeout=60
    )
    return ran.stdout.splitlines(), ran.stderr


def test_each_version_is_found_once_on_the_path_or_below_pyenv(tmp_path: Path) -> None:
    on_path = fake_python(tmp_path / "bin" / "python3.12", "3.12")
    fake_python(tmp_path / "pyenv/versions/3.12.1/bin/python", "3.12")
    fake_python(tmp_path / "bin" / "python3.13", "")
    of_pyenv = fake_python(tmp_path / "pyenv/versions/3.13.0/bin/python", "3.13")
    fake_python(tmp_path / "pyenv/versions/3.10.13/bin/python", "")
    assert found(tmp_path) == ([f"3.12 {on_path}", f"3.13 {of_pyenv}"], "")


def test_a_python_without_pip_is_named_and_left_out(tmp_path: Path) -> None:
    bare = fake_python(tmp_path / "bin" / "python3.14", "3.14", pip=False)
    assert found(tmp_path) == ([], f"Left out: {bare} has no venv or no pip.\n")
