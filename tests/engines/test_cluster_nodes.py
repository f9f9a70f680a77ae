"""Which node of a cluster is asked: nodes here are small servers of this process, one of which may hang."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import opensearchpy
import pytest
import trustme
from urllib3 import HTTPConnectionPool

from search.engines.opensearch import nodes, watching
from search.engines.opensearch.access import Access
from search.engines.opensearch.cluster import Cluster
from search.errors import ClusterUnreachable, EngineError
from tests import waiting

_LONG = 60.0  # seconds that a request may take: no test waits for that
_SHORT = 0.05


@dataclass
class Served:
    """A node that answers all; `asked`: the paths that it was asked, without looks whether it is there."""

    server: ThreadingHTTPServer
    scheme: str
    asked: list[str] = field(default_factory=list)
    looks: Event = field(default_factory=Event)
    status: int = 200
    kind: str = "application/json"
    content: bytes = b'{"version": {"distribution": "opensearch", "number": "3.4.0"}}'

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server.server_port}"


@contextmanager
def served(at: socket.socket | None = None, *, over: ssl.SSLContext | None = None) -> Iterator[Served]:
    """A node that answers; at: where it listens already; over: how it encrypts what it says."""
    node: Served

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            node.looks.set()
            self.send_response(node.status)
            self.end_headers()

        def do_GET(self) -> None:
            node.asked.append(self.path)
            self.rfile.read(int(self.headers.get("content-length", "0")))
            if self.path == "/slow":
                assert node.looks.wait(_LONG)
            status = node.status if self.path != "/missing" else 404
            self.send_response(status)
            self.send_header("content-type", node.kind)
            self.send_header("content-length", str(len(node.content)))
            self.end_headers()
            self.wfile.write(node.content)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=at is None)
    if at is not None:
        server.socket.close()
        server.socket = at
        server.server_address = at.getsockname()
        server.server_port = at.getsockname()[1]
    if over is not None:
        server.socket = over.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    node = Served(server, scheme="http" if over is None else "https")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield node
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A node that hangs: the system takes what is sent to it, nobody reads it. No look for it waits, however slow the
    machine is on which it is tested; all others are waited for."""
    status = nodes.Node.status
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        address = address_of(listening)
        monkeypatch.setattr(nodes.Node, "status", lambda node: None if node.host == address else status(node))
        yield listening


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in [(watching, "_LOOKS"), (nodes, "_SILENT"), (nodes, "_LOOKED_FOR")]:
        monkeypatch.setattr(module, name, _SHORT)
    monkeypatch.setattr(nodes, "_ANSWERS_WITHIN", _LONG)


@dataclass(frozen=True)
class Encrypted:
    """How nodes encrypt what they say. ca: the file of the certificate by which they are trusted."""

    context: ssl.SSLContext
    ca: str


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Encrypted:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    ca = tmp_path_factory.mktemp("encrypted") / "ca.pem"
    authority.cert_pem.write_to_path(ca)
    return Encrypted(context, str(ca))


def cluster_of(*addresses: str, timeout: float = _LONG, ca: str = "") -> Cluster:
    return Cluster(Access(addresses, timeout=timeout, ca=ca))


def address_of(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


def requests_at(listening: socket.socket) -> list[str]:
    """The first lines of the requests that a hanging node was sent, without looks whether it is there."""
    listening.setblocking(False)
    lines = []
    with ExitStack() as stack:
        while True:
            try:
                connection = stack.enter_context(listening.accept()[0])
            except BlockingIOError:
                break
            connection.settimeout(_LONG)
            lines.append(connection.recv(65_536).split(b"\r\n")[0].decode())
    return [line for line in lines if not line.startswith("HEAD")]


def test_a_node_that_hangs_is_asked_once_and_another_answers_what_it_was_asked(hanging: socket.socket) -> None:
    with served() as well:
        cluster = cluster_of(address_of(hanging), well.address)
        for number in range(6):
            cluster.ask("GET", f"/{number}")
        assert sorted(well.asked) == ["/", *map(str, map("/{}".format, range(6)))]
        assert len(requests_at(hanging)) == 1


@contextmanager
def silenced(encrypted: Encrypted, said: bytes = b"") -> Iterator[str]:
    """A node that agrees about encryption, sends tickets of the session, says this, and then nothing: its address."""
    with ExitStack() as open_ones, socket.create_server(("127.0.0.1", 0), backlog=64) as listening:

        def fall_silent() -> None:
            while True:
                try:
                    taken, _ = listening.accept()
                    open_ones.enter_context(encrypted.context.wrap_socket(taken, server_side=True)).sendall(said)
                except OSError:
                    return

        thread = Thread(target=fall_silent)
        thread.start()
        try:
            yield address_of(listening).replace("http:", "https:")
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 90000\r\n\r\n" + b"[" * 50_000])
def test_a_node_that_falls_silent_after_it_agreed_about_encryption_is_left_for_another(
    encrypted: Encrypted, said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with silenced(encrypted, said) as silent, served(over=encrypted.context) as well:
        status = nodes.Node.status
        monkeypatch.setattr(nodes.Node, "status", lambda node: None if node.host == silent else status(node))
        cluster = cluster_of(silent, well.address, ca=encrypted.ca)
        for number in range(4):
            assert cluster.ask("GET", f"/{number}")
        assert well.asked == ["/", "/0", "/1", "/2", "/3"]


def test_answers_that_are_encrypted_are_read_whole_and_their_connection_is_used_again(encrypted: Encrypted) -> None:
    with served(over=encrypted.context) as well:
        cluster = cluster_of(well.address, ca=encrypted.ca)
        cluster.ask("GET", "/first")
        well.content = b'["%s"]' % (b"x" * 3_000_000)
        for _ in range(2):
            assert len(cluster.ask("POST", "/_bulk", b"x" * 3_000_000)[0]) == 3_000_000
        (connection,) = [node for node, _ in cluster._client.transport.connection_pool.connection_opts]
        assert (connection.pool.num_connections, connection.pool.num_requests) == (1, 4)


def test_a_large_request_that_a_hanging_node_does_not_read_is_sent_to_another(hanging: socket.socket) -> None:
    with served() as well:
        cluster = cluster_of(address_of(hanging), well.address)
        for _ in range(2):
            cluster.ask("POST", "/_bulk", b"x" * 20_000_000)
        assert well.asked.count("/_bulk") == 2


@pytest.mark.parametrize("hosts", [["http://localhost:9"], ["http://localhost:9", "http://localhost:10"]])
def test_the_library_has_what_is_used_of_it_without_being_documented(hosts: list[str]) -> None:
    opened = opensearchpy.OpenSearch(hosts, connection_class=opensearchpy.Urllib3HttpConnection)
    connections = [connection for connection, _ in opened.transport.connection_pool.connection_opts]
    assert [connection.host for connection in connections] == hosts
    for connection in connections:
        made = connection._urllib3_pool_factory()
        assert isinstance(made, HTTPConnectionPool) and made is not connection.pool
        before = connection.pool
        connection._create_urllib3_pool()
        assert isinstance(connection.pool, HTTPConnectionPool) and connection.pool is not before
        assert made.ConnectionCls is HTTPConnectionPool.ConnectionCls and isinstance(made.conn_kw, dict)


def test_a_node_says_whether_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with served() as well, socket.create_server(("127.0.0.1", 0)) as silent:
        assert nodes.Node(port=well.server.server_port, host="127.0.0.1").status() == 200
        monkeypatch.setattr(nodes, "_ANSWERS_WITHIN", _SHORT)
        assert nodes.Node(port=silent.getsockname()[1], host="127.0.0.1").status() is None


def test_a_node_that_is_slow_and_answers_looks_is_waited_for() -> None:
    with served() as slow, served() as well:
        cluster = cluster_of(slow.address, well.address)
        for _ in range(2):
            cluster.ask("GET", "/slow")
        assert sorted([*slow.asked, *well.asked]) == ["/", "/slow", "/slow"]


def test_where_all_nodes_hang_the_request_ends_with_its_time(
    hanging: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as second:
        monkeypatch.setattr(nodes.Node, "status", lambda _: None)
        cluster = cluster_of(address_of(hanging), address_of(second), timeout=1.5)
        with pytest.raises(ClusterUnreachable, match=r"did not answer within 1\.5 s"):
            cluster.ask("GET", "/")


def test_a_node_that_is_back_is_asked_again(hanging: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    with served() as well:
        cluster = cluster_of(address_of(hanging), well.address)
        for _ in range(2):
            cluster.ask("GET", "/")
        monkeypatch.undo()
        with served(hanging) as back:
            waiting.until(lambda: bool(cluster.ask("GET", "/")) and "/" in back.asked[1:])


def test_a_node_that_no_thread_can_look_for_is_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (nodes.Node(host="127.0.0.1", port=port) for port in (9, 10))
    both = nodes.Nodes([first, second])
    back = Event()
    monkeypatch.setattr(nodes.Node, "status", lambda _: 200 if back.wait(_LONG) else None)
    with monkeypatch.context() as patch:
        patch.setattr(Thread, "start", _no_thread)
        both.leave_out(first)
    assert {both.next([]) for _ in range(2)} == {first, second}
    both.leave_out(first)
    assert {both.next([]) for _ in range(2)} == {second}
    back.set()
    waiting.until(lambda: {both.next([]) for _ in range(2)} == {first, second})


def _no_thread(_: Thread) -> None:
    raise RuntimeError("can't start new thread")


def test_a_node_that_cannot_be_reached_is_left_out(hanging: socket.socket) -> None:
    with served() as well:
        gone = address_of(hanging)
        hanging.close()
        cluster = cluster_of(gone, well.address)
        for number in range(4):
            cluster.ask("GET", f"/{number}")
        assert len(well.asked) == 5


def test_an_answer_of_a_server_that_refuses_is_asked_of_another_and_neither_is_left_out() -> None:
    with served() as busy, served() as well:
        busy.status = 503
        cluster = cluster_of(busy.address, well.address)
        for _ in range(4):
            cluster.ask("GET", "/x")
        assert well.asked.count("/x") == 4
        assert busy.asked.count("/x") >= 2
        with pytest.raises(EngineError, match="refused"):
            cluster.ask("GET", "/missing")
        assert busy.asked.count("/missing") + well.asked.count("/missing") <= 2


def test_what_fails_wherever_it_is_asked_is_asked_once_and_told_with_its_reason() -> None:
    cause = {"type": "too_many_buckets_exception", "reason": "Trying to create too many buckets"}
    error = {"type": "search_phase_execution_exception", "reason": "all shards failed", "caused_by": cause}
    with served() as one, served() as other:
        for node in (one, other):
            node.status, node.content = 503, json.dumps({"error": error, "status": 503}).encode()
        cluster = cluster_of(one.address, other.address)
        with pytest.raises(ClusterUnreachable, match="too many buckets"):
            cluster.ask("GET", "/")
        assert len(one.asked + other.asked) == 1


@pytest.mark.parametrize(
    ("kind", "content", "status", "sentence"),
    [
        ("text/html", b"<html>welcome</html>", 200, "is no OpenSearch .*text/html.*proxy"),
        ("application/json", b'{"version": {"distr', 200, "is no OpenSearch .*truncated.*proxy"),
        ("application/json", b"hello", 200, "is no OpenSearch .*malformed.*proxy"),
        ("text/plain", b"hello", 200, r"needs OpenSearch 3\.0 or later"),
        ("application/json", b"[1]", 200, r"needs OpenSearch 3\.0 or later"),
        ("application/json", b'{"version": [1]}', 200, r"needs OpenSearch 3\.0 or later"),
        ("text/html", b"", 302, "refused: status 302, without a reason"),
    ],
)
def test_a_server_that_is_no_opensearch_is_told_in_a_sentence(
    kind: str, content: bytes, status: int, sentence: str
) -> None:
    with served() as other:
        other.kind, other.content, other.status = kind, content, status
        with pytest.raises(EngineError, match=sentence):
            cluster_of(other.address).ask("GET", "/_cluster/health")
