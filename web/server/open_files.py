"""How many files the process may hold open: each connection is one."""

from __future__ import annotations

import logging

_OTHERS = 200  # files of the index, of two generations while one is replaced, of Python
_LOGGER = logging.getLogger("kashaf.server")


def room_for_files(connections: int) -> int:
    """As many of these connections as the system allows; raises the process's own limit where it may."""
    try:
        import resource
    except ImportError:  # not on Windows
        return connections
    wanted = connections + _OTHERS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return connections
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    except (OSError, ValueError):
        allowed = soft
    room = max(allowed - _OTHERS, allowed // 2)
    if room < connections:
        _LOGGER.warning("only %d open files are allowed (ulimit -n): at most %d connections", allowed, room)
    return min(room, connections)
