"""The tools over streamable HTTP: uvicorn on a listening socket, for requests to known hosts alone.

In: the protocol's server, a socket, settings. Out: nothing, once a signal has ended it. A page that a browser shows
could otherwise reach a server on the reader's machine under a name of its own (DNS rebinding): a request whose Host or
Origin is neither this machine, nor the public address, nor a trusted host, is refused.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from search.settings import Settings
from web.server.listening import ended_by
from web.server.serving import GRACE_SECONDS, IDLE_SECONDS

LONGEST_CALL = 1 << 17  # bytes: a query of 2,000 letters and 50 sources of 300, written with escapes
_OWN = ("127.0.0.1", "localhost", "[::1]")


class _Server(uvicorn.Server):
    """uvicorn's, which says when it answers."""

    ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.ready()
        sys.stdout.flush()


def serve(server: MCPServer, listening: socket.socket, settings: Settings, *, ready: Callable[[], None]) -> None:
    """Serves until SIGTERM or SIGINT. ready: called once it answers."""
    hosts = list(allowed_hosts(settings))
    app = server.streamable_http_app(
        json_response=True,
        stateless_http=True,
        max_request_body_size=LONGEST_CALL,
        transport_security=TransportSecuritySettings(
            allowed_hosts=hosts,
            allowed_origins=[f"{scheme}://{host}" for host in hosts for scheme in ("http", "https")],
        ),
    )
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    running = _Server(config)
    running.ready = ready
    with ended_by(lambda *_: None):  # uvicorn raises the signal once more when it has ended
        running.run(sockets=[listening])


def allowed_hosts(settings: Settings) -> Iterator[str]:
    """The hosts that a request may name, each also with any port; such as ".example.org" are left out."""
    trusted = (host.strip() for host in settings.trusted_hosts.split(","))
    for host in (*_OWN, urlsplit(settings.public_address).netloc, *trusted):
        if host and not host.startswith("."):
            yield host
            yield f"{host}:*"
