"""Long messages from a worker process to the one that writes, sent in pieces over a connection.

In: the bytes of a message and the connection, in a worker. Out: the same bytes, in the process that writes. Called by
`worker.py` and `processes.py`. A message of a batch has some megabytes. A connection that is asked for all of them
makes room for all that is missing each time the system hands over a part, which took a third of a second for 30,000
articles; of pieces that the system hands over whole it takes a sixth of that.
"""

from __future__ import annotations

from multiprocessing.connection import Connection
from typing import Final

_PIECE: Final = 2**17  # bytes
_KEPT: Final = 2**23  # bytes to which the room for messages grows
_LENGTH: Final = 8  # bytes of the message before it, which says how long it is


def send_message(connection: Connection, message: bytes) -> None:
    """Send a message. Raises OSError where nobody takes it."""
    connection.send_bytes(len(message).to_bytes(_LENGTH, "big"))
    for begin in range(0, len(message), _PIECE):
        connection.send_bytes(message, begin, min(_PIECE, len(message) - begin))


def receive_message(connection: Connection, room: bytearray) -> memoryview:
    """Return the next message of a connection. Raises EOFError and OSError where none comes.

    room: where the message is put, if it is not too long; it grows, and is given again for the next message, before
    which this one must have been read.
    """
    size = int.from_bytes(connection.recv_bytes(), "big")
    if size > _KEPT:
        room = bytearray(size)
    elif size > len(room):
        room.extend(bytes(size - len(room)))
    received = 0
    while received < size:
        received += connection.recv_bytes_into(room, received)
    return memoryview(room)[:size]
