"""`kashaf mcp` as clients use it: started by one over stdio, and reached over HTTP by known hosts alone."""

from __future__ import annotations

import http.client
import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from search.errors import IndexMissing, LibraryMissing
from search.settings import Settings
from tests.asynchronous import run
from tests.indexer.archives import command
from tests.small_index import build_index, sample_articles
from web.assistants.commands import mcp_command
from web.assistants.http import allowed_hosts


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_index(tmp_path_factory.mktemp("mcp") / "index", sample_articles())


async def _titles(client: Client) -> list[str]:
    found = await client.call_tool("search", {"query": "القمح", "limit": 2})
    assert found.structured_content
    read = await client.call_tool("read", {"id": found.structured_content["hits"][0]["id"], "length": 50})
    assert read.structured_content and 0 < len(read.structured_content["text"]) <= 50
    return [hit["title"] for hit in found.structured_content["hits"]]


def test_a_client_starts_it_and_only_the_protocol_is_on_standard_output(place: Path, tmp_path: Path) -> None:
    printed = tmp_path / "printed"
    program = f"{shlex.join(command('mcp', '--index', place))} | tee {shlex.quote(str(printed))}"
    with (tmp_path / "errors").open("w+") as errors:

        async def ask() -> list[str]:
            parameters = StdioServerParameters(command="sh", args=["-c", program])
            async with Client(stdio_client(parameters, errors)) as client:
                return await _titles(client)

        assert len(run(ask)) == 2
        errors.seek(0)
        assert errors.read() == ""
    lines = printed.read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 3 and all(json.loads(line)["jsonrpc"] == "2.0" for line in lines)


@contextmanager
def over_http(place: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The server and its port."""
    arguments = command("mcp", "--http", "--port", "0", "--index", place, *options)
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, int(process.stdout.readline().rpartition(":")[2].removesuffix("/mcp\n"))
        finally:
            process.kill()


def status(port: int, **headers: str) -> int:
    """What a request with these headers is answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    sent = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"} | headers
    connection.request("POST", "/mcp", json.dumps(asked), sent)
    answered = connection.getresponse().status
    connection.close()
    return answered


def test_others_reach_it_over_http_by_known_hosts_alone(place: Path) -> None:
    with over_http(place, "--trusted-hosts", "news.example.org") as (process, port):

        async def ask() -> list[str]:
            async with Client(f"http://127.0.0.1:{port}/mcp") as client:
                return await _titles(client)

        assert len(run(ask)) == 2
        assert status(port) == 200
        assert status(port, Host="news.example.org", Origin="https://news.example.org") == 200
        assert status(port, Host=f"rebound.example.com:{port}") == 421
        assert status(port, Origin="http://rebound.example.com") == 403
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_known_hosts_are_this_machine_the_public_address_and_those_trusted() -> None:
    settings = Settings(public_address="https://news.example.org:8443/archive", trusted_hosts="a.example, b.example")
    known = set(allowed_hosts(settings))
    assert {"localhost", "localhost:*", "[::1]:*", "news.example.org:8443", "a.example", "b.example:*"} <= known
    assert "" not in known and ":*" not in known


def test_without_an_index_or_the_library_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failure() -> Any:
        monkeypatch.setattr("web.server.logs.set_up_logging", lambda access: None)
        return CliRunner().invoke(mcp_command, ["--index", os.fspath(tmp_path)]).exception

    assert isinstance(failure(), IndexMissing)
    monkeypatch.setitem(sys.modules, "web.assistants.server", None)
    missing = failure()
    assert isinstance(missing, LibraryMissing) and "pip install 'kashaf[mcp]'" in str(missing)
