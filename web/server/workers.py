"""Several processes that serve one address: gunicorn starts, watches and replaces them, and each answers as one does.

In: settings and a listening socket; `web/commands.py` calls `serve_by_workers` where `workers` is more than one. Each
worker opens and follows the index for itself, since threads of an engine do not survive a fork; what they share is the
program, loaded before. gunicorn's own workers give a thread to each connection that sends nothing, for seconds, and to
one that drips, for ever: so each worker runs the server that a single process runs.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from search.analysis.analyzer import Analyzer
from search.errors import KashafError
from search.service import SearchService
from search.settings import Settings
from web.app import create_app
from web.server.logs import set_up_logging
from web.server.serving import GRACE_SECONDS, Server

SILENT_SECONDS = 60  # after which a worker whose loop stands still is replaced; requests run beside that loop
_IN_MEMORY = "/dev/shm"  # a worker touches a file each second: better not on a disk
_LOGGER = logging.getLogger("kashaf.server")


def check_service(settings: Settings) -> None:
    """Opens the index as a worker will, in a process of its own, since that starts threads. Raises KashafErrors."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        trouble = pool.submit(_trouble, settings).result()
    if trouble:
        raise KashafError(trouble)


def _trouble(settings: Settings) -> str | None:
    """The sentence of the error with which a worker could not begin."""
    try:
        create_app(settings, SearchService.open(settings))
    except KashafError as error:
        return str(error)
    return None


def serve_by_workers(
    settings: Settings, listening: socket.socket, read_again: Callable[[], Settings], ready: Callable[[], None]
) -> None:
    """Serves until SIGTERM or SIGINT, then raises SystemExit; SIGHUP replaces the workers, with settings read anew.

    read_again: reads the settings; may raise KashafError. ready: called before the first worker starts.
    """
    Supervisor(_Application(settings, listening, read_again, ready)).run()


class _Application(BaseApplication):  # type: ignore[misc]
    """What gunicorn asks for: its configuration, and the WSGI application of a worker."""

    def __init__(
        self,
        settings: Settings,
        listening: socket.socket,
        read_again: Callable[[], Settings],
        ready: Callable[[], None],
    ) -> None:
        self.settings, self._read_again, self._ready = settings, read_again, ready
        self._address = f"fd://{listening.detach()}"  # gunicorn owns it from now on
        super().__init__()

    def read_settings(self) -> None:
        """Reads the settings anew. Raises KashafError and keeps the old ones."""
        self.settings = self._read_again()

    def load_config(self) -> None:
        chosen = {
            "bind": [self._address],
            "workers": self.settings.workers,
            "threads": self.settings.threads,
            "worker_class": ServingWorker,
            "logger_class": _Log,
            "timeout": SILENT_SECONDS,
            "graceful_timeout": GRACE_SECONDS + 5,
            "worker_tmp_dir": _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None,
            "control_socket_disable": True,
            "when_ready": self._load_shared,
            "child_exit": self._forget_figures,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def _load_shared(self, arbiter: Arbiter) -> None:
        """Loads what all workers read, and keeps the collector of cycles from writing to its pages."""
        Analyzer.default(self.settings.lexicon)
        gc.collect()
        gc.freeze()
        _LOGGER.info("process %d starts %d workers", os.getpid(), self.settings.workers)
        self._ready()

    def _forget_figures(self, arbiter: Arbiter, worker: Worker) -> None:
        """Takes the connections of a process that has ended out of the figures for /metrics; its counts stay."""
        if self.settings.metrics:
            from prometheus_client.multiprocess import mark_process_dead

            mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]

    def load(self) -> Flask:
        """The application, in a worker. An index that cannot be opened now is tried again by each request."""
        set_up_logging(access=self.settings.access_log)
        try:
            service = SearchService.follow(self.settings)
        except KashafError as error:
            _LOGGER.error("nothing can be searched: %s", error)
            return create_app(self.settings)
        return create_app(self.settings, service)


class Supervisor(Arbiter):  # type: ignore[misc]
    """gunicorn's: SIGINT ends as SIGTERM does, a second signal at once, and unusable settings end nothing."""

    _ending = False

    def signal(self, number: int, frame: object) -> None:
        if number in {signal.SIGTERM, signal.SIGINT}:
            number, self._ending = (signal.SIGQUIT if self._ending else signal.SIGTERM), True
        super().signal(number, frame)

    def handle_hup(self) -> None:
        try:
            self.app.read_settings()
        except KashafError as error:
            _LOGGER.error("the settings stay as they were: %s", error)
        else:
            _LOGGER.info("process %d starts %d workers anew", self.pid, self.app.settings.workers)
            super().handle_hup()

    def handle_usr2(self) -> None:
        _LOGGER.warning("SIGUSR2 does nothing: SIGHUP starts the workers anew")


class ServingWorker(Worker):  # type: ignore[misc]
    """One process: the server of a single one on the socket that all share, until it is told to stop."""

    alive: bool
    _server: Server | None = None

    def run(self) -> None:
        self._server = Server(self.wsgi, self.sockets[0].sock, threads=self.cfg.threads, shared=True)
        if not self.alive:
            self._server.stop()
        self._server.run(self._turn)
        logging.shutdown()
        os._exit(0)  # Python's own exit would stop a thread inside the engine and crash

    def _turn(self) -> None:
        self.notify()
        if self.alive and os.getppid() != self.ppid:
            self.handle_exit()

    def init_signals(self) -> None:
        super().init_signals()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the supervisor as well, which tells the workers

    def handle_exit(self, *_: Any) -> None:
        """Finishes what runs. A service manager may tell all processes at once, and the supervisor each once more."""
        if self.alive:
            self.alive = False
            if self._server:
                self._server.stop()

    def handle_quit(self, *_: Any) -> None:
        """Ends at once."""
        self.handle_exit()
        if self._server:
            self._server.stop()


class _Log(Logger):  # type: ignore[misc]
    """gunicorn's words go where all others go; requests are logged by the application."""

    def setup(self, cfg: Any) -> None:
        self.cfg, self._access_log_enabled = cfg, False
        self.error_log.propagate = True
        self.error_log.setLevel(logging.WARNING)

    def reopen_files(self) -> None:
        """There are none."""
