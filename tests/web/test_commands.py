"""`kashaf serve`: one line with the address, or one line with what is wrong. `demo` is tested in tests/browser."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.errors import IndexMissing, KashafError
from search.service import SearchService
from search.settings import Settings, load_settings
from tests.small_index import build_index
from web import app, commands
from web.app import create_app
from web.commands import serve, serve_command
from web.server import logs
from web.server.serving import Server


@pytest.fixture
def busy() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


@pytest.fixture(autouse=True)
def stopped_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers that listen on their port, and stop when they would begin to serve."""
    run = Server.run

    def stopped(server: Server) -> bool:
        server.stop()
        return run(server)

    monkeypatch.setattr(Server, "run", stopped)
    monkeypatch.setattr(commands, "PATIENCE_SECONDS", 600.0)  # a server that waited no longer would end this process
    monkeypatch.setattr(logs, "set_up_logging", lambda access: None)


@pytest.fixture
def indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index where the settings expect it."""
    monkeypatch.setenv("KASHAF_INDEX", str(build_index(tmp_path / "index", [])))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(serve_command, arguments)


@pytest.mark.usefixtures("indexed")
def test_serve_prints_its_address_and_nothing_else() -> None:
    result = run("--port", "0")
    assert result.exit_code == 0
    assert result.stdout.startswith("http://127.0.0.1:")
    assert result.stdout.endswith("/\n")
    assert result.stdout.count("\n") == 1


@pytest.mark.usefixtures("indexed")
def test_serving_on_every_address_prints_one_that_a_browser_can_open() -> None:
    assert run("--host", "0.0.0.0", "--port", "0").stdout.startswith("http://127.0.0.1:")


@pytest.mark.usefixtures("indexed")
def test_a_taken_port_is_one_line_with_the_remedy(busy: int) -> None:
    error = run("--port", str(busy)).exception
    assert isinstance(error, KashafError)
    assert str(error) == f"port {busy} is in use on 127.0.0.1: give another with --port, or --port 0 for any free one"


@pytest.mark.usefixtures("indexed")
def test_the_next_free_port_is_taken_where_several_may_be_tried(busy: int, capsys: pytest.CaptureFixture[str]) -> None:
    serve(load_settings(), ports=[busy, 0])
    address = capsys.readouterr().out
    assert address.startswith("http://127.0.0.1:")
    assert f":{busy}/" not in address


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("host", ["192.0.2.1", "not a host"])
def test_a_host_that_is_not_here_is_one_line(host: str) -> None:
    error = run("--host", host, "--port", "0").exception
    assert isinstance(error, KashafError)
    assert host in str(error)


def test_without_an_index_nothing_is_served(tmp_path: Path) -> None:
    error = run("--index", str(tmp_path / "none")).exception
    assert isinstance(error, IndexMissing)
    assert "kashaf index" in str(error)


@pytest.mark.parametrize("port", ["70000", "-1", "http"])
def test_a_port_that_is_none_is_wrong_usage(port: str) -> None:
    assert run("--port", port).exit_code == 2


@pytest.mark.usefixtures("indexed")
def test_a_site_takes_the_owners_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = tmp_path / "names.toml"
    names.write_text('[sources]\n"عكاظ" = ["okaz"]\n', encoding="utf-8")
    made: list[SearchService] = []
    monkeypatch.setattr(app, "create_app", lambda settings, service: made.append(service) or create_app(settings))
    serve(load_settings(names=names), ports=[0])
    assert made[0].index.names.display("source", "okaz") == "عكاظ"


@pytest.mark.usefixtures("indexed")
def test_every_setting_of_the_site_is_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names, profile = tmp_path / "n.toml", tmp_path / "p.toml"
    names.touch()
    profile.touch()
    served: list[Settings] = []
    monkeypatch.setattr(commands, "serve", lambda settings, **_: not served.append(settings))
    processes = ("--workers", "2", "--threads", "3")
    options = (*processes, "--title", "صحف", "--names", str(names), "--profile", str(profile), "--no-access-log")
    options += ("--access-log-addresses", "--public-address", "https://a.example/b", "--trusted-hosts", "a.example,.b")
    options += ("--behind-proxy", "2", "--cors-origins", "https://a.example,https://b.example")
    options += ("--crawling", "articles", "--metrics")
    assert run("--host", "::1", "--port", "0", *options).exit_code == 0
    (found,) = served
    assert found.workers == 2
    assert (found.threads, found.title, found.names, found.profile) == (3, "صحف", names, str(profile))
    assert (found.host, found.port, found.access_log) == ("::1", 0, False)
    assert (found.access_log_addresses, found.behind_proxy) == (True, 2)
    assert (found.crawling, found.metrics) == ("articles", True)
    assert found.cors_origins == "https://a.example,https://b.example"
    assert (found.public_address, found.trusted_hosts) == ("https://a.example/b", "a.example,.b")
