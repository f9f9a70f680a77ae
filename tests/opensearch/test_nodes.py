"""The nodes that tests and benchmarks start: shared by a run, gone with it however it ends, found or asked for."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests import waiting
from tests.opensearch import distribution
from tests.opensearch.node import HOST
from tests.opensearch.nodes import free_ports

ROOT = Path(__file__).resolve().parents[2]
#: A user of the shared node: says where it is and then that it stays until its input ends.
_USER = """
import sys
from pathlib import Path
from tests.opensearch.keeper import shared_node
with shared_node(Path(sys.argv[1])) as addresses:
    print(*addresses, flush=True)
    sys.stdin.read()
"""
_Process = subprocess.Popen[str]


def started_user(folder: Path) -> _Process:
    return subprocess.Popen(
        [sys.executable, "-c", _USER, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def answers(address: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(address, timeout=30) as answer:
        return "version" in json.load(answer)
    return False


def folder_of(address: str) -> Path:
    """The folder of all that the node at this address has on disk."""
    with urllib.request.urlopen(f"{address}/_nodes/_local/settings", timeout=30) as answer:
        (node,) = json.load(answer)["nodes"].values()
    return Path(node["settings"]["path"]["logs"]).parents[1]


def test_every_address_of_the_nodes_of_the_run_answers(cluster: str) -> None:
    assert all(map(answers, cluster.split(",")))


@pytest.fixture
def users(cluster: str, tmp_path: Path) -> Iterator[list[_Process]]:
    """Two processes that share a node beside that of the run."""
    both = [started_user(tmp_path) for _ in range(2)]
    yield both
    for each in both:
        each.communicate()


def test_the_last_user_takes_the_node_with_it_even_if_it_is_killed(users: list[_Process]) -> None:
    addresses = {user.stdout.readline().strip() for user in users if user.stdout}
    (address,) = addresses
    folder = folder_of(address)
    assert folder.name.startswith("kashaf-nodes-") and folder.exists()
    users[0].communicate()
    assert answers(address)
    users[1].send_signal(signal.SIGKILL)
    waiting.until(lambda: not folder.exists())
    assert not answers(address)


def test_ports_are_free_and_different() -> None:
    ports = free_ports(6)
    assert len(set(ports)) == 6 and not any(answers(f"http://{HOST}:{port}") for port in ports)


def java_home(folder: Path, version: str) -> Path:
    """A Java as far as it is looked at: its number, and a program."""
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    (folder / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize(("version", "number"), [("25.0.1", 25), ("21", 21), ("17.0.15", 17), ("1.8.0_412", 1)])
def test_the_number_of_a_java_is_read_from_its_release(tmp_path: Path, version: str, number: int) -> None:
    assert distribution._version(java_home(tmp_path / "java", version)) == number
    assert distribution._version(tmp_path) == 0


def test_without_a_java_that_is_new_enough_a_sentence_says_how_one_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = java_home(tmp_path / "old", "17.0.1"), java_home(tmp_path / "new", "21.0.1")
    monkeypatch.setattr(distribution, "_SYSTEM_JAVAS", tmp_path / "none")
    monkeypatch.setattr(distribution, "_WHEEL_JAVA", tmp_path / "none")
    monkeypatch.delenv("OPENSEARCH_JAVA_HOME", raising=False)
    monkeypatch.setenv("JAVA_HOME", str(old))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(distribution.Missing, match=r"no Java 21 or newer.+make opensearch"):
        distribution.find()
    monkeypatch.setenv("OPENSEARCH_JAVA_HOME", str(new))
    monkeypatch.setattr(distribution, "_UNPACKED", tmp_path / "none")
    with pytest.raises(distribution.Missing, match=r"no OpenSearch 3.+make opensearch"):
        distribution.find()
    monkeypatch.setattr(distribution, "_UNPACKED", tmp_path)
    assert distribution.find().java == new / "bin" / "java"
