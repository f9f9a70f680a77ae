"""Where readers reach the site: settings and a request → the host, scheme and prefix of all absolute addresses.

`web/app.py` wraps the application in `wrapped`, the outermost layer: what is inside sees the public address as the
address that was asked, so that `request.url_root` and all that is made of it agrees. What the client says of itself
must be a host, as all that reads addresses takes it for one; others, and those that are not trusted, are answered 400.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from search.settings import Settings
from web.addresses.requests import Refusal

Environ = dict[str, Any]
Application = Callable[..., Iterable[bytes]]

_LABEL = "[A-Za-z0-9_][A-Za-z0-9_-]{0,62}"
_HOST = re.compile(
    rf"(?:(?P<name>{_LABEL}(?:\.{_LABEL})*\.?)|\[(?P<number>[0-9A-Fa-f:.]{{2,45}})\])(?::(?P<port>[0-9]{{1,5}}))?"
)
_LONGEST_NAME = 260  # characters, with a port
_LAST_PORT = 65_535
_SCHEMES = {"http", "https"}
_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")
_REFUSED = "kashaf.refused_host"
_ASKED_BY_MACHINES = {
    "health.ready",
    "health.alive",
    "metrics.exposition",
}  # by a number, or by a name within a container
_ANYWHERE = {"0.0.0.0", "::"}


def wrapped(application: Application, settings: Settings) -> Application:
    """The application behind what the settings say of its address."""
    inner = _PublicAddress(application, settings)
    proxies = settings.behind_proxy
    if not proxies:
        return inner
    return ProxyFix(inner, x_for=proxies, x_proto=proxies, x_host=proxies, x_port=proxies, x_prefix=proxies)


def register(app: Flask) -> None:
    """Makes the application refuse requests to hosts that `wrapped` found to be wrong."""

    def refuse_host() -> None:
        host = request.environ.get(_REFUSED)
        if host is not None and request.endpoint not in _ASKED_BY_MACHINES:
            raise Refusal("refused_host", host, code="untrusted_host")

    app.before_request(refuse_host)


def _can_be_host(host: str) -> bool:
    """Whether all that reads addresses takes this for a name, or an address of IPv6 in brackets, and perhaps a port."""
    found = _HOST.fullmatch(host)
    if not found or int(found["port"] or 0) > _LAST_PORT:
        return False
    try:
        if found["number"]:
            IPv6Address(found["number"])
        else:
            host.encode("ascii").decode("idna")  # as werkzeug and urllib do
    except ValueError:
        return False
    return len(host) <= _LONGEST_NAME


class _PublicAddress:
    """The wrapped application; each request gets the host, scheme and prefix of the public address."""

    def __init__(self, application: Application, settings: Settings) -> None:
        self._application = application
        self._behind_proxy = bool(settings.behind_proxy)
        self._trusted = [host.strip() for host in settings.trusted_hosts.split(",") if host.strip()]
        public = urlsplit(settings.public_address)
        self._scheme, self._host, self._prefix = public.scheme, public.netloc, public.path.rstrip("/")
        name = "localhost" if settings.host in _ANYWHERE else settings.host
        self._own_name = f"[{name}]" if ":" in name else name

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        self._check(environ)
        if self._host:
            environ["wsgi.url_scheme"], environ["HTTP_HOST"] = self._scheme, self._host
            self._mount(environ)
        return self._application(environ, start_response)

    def _check(self, environ: Environ) -> None:
        """Puts the own name in place of a host that cannot be one or is not trusted, and notes the refusal."""
        host = environ.get("HTTP_HOST")
        usable = bool(host and _can_be_host(host))
        if host and not (usable and (not self._trusted or host_is_trusted(host, self._trusted))):
            environ[_REFUSED] = host
        if not usable or _REFUSED in environ:
            environ["HTTP_HOST"] = f"{self._own_name}:{environ.get('SERVER_PORT', '80')}"
        if not self._behind_proxy:
            return
        if not _PREFIX.fullmatch(environ.get("SCRIPT_NAME", "")):  # a header gave it, as it gave the scheme
            environ["SCRIPT_NAME"] = ""
        if environ.get("wsgi.url_scheme") not in _SCHEMES:
            environ["wsgi.url_scheme"] = "http"

    def _mount(self, environ: Environ) -> None:
        """Takes the prefix of the public address from the path, whether or not a proxy left it there."""
        path = environ.get("PATH_INFO", "")
        if self._prefix and (path == self._prefix or path.startswith(f"{self._prefix}/")):
            environ["PATH_INFO"] = path[len(self._prefix) :] or "/"
        environ["SCRIPT_NAME"] = self._prefix
