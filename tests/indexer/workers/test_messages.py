"""Messages of worker processes come whole, however long they are and in however many pieces they are sent."""

from __future__ import annotations

import multiprocessing
from threading import Thread

import pytest

from indexer.workers import messages
from indexer.workers.messages import receive_message, send_message


@pytest.mark.parametrize("piece", [1, 7, 100, 2**17])
def test_a_message_comes_as_it_was_sent(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    monkeypatch.setattr(messages, "_PIECE", piece)
    sent = [bytes([at]) * size for at, size in enumerate((3, 700, 0, 699, 701, 2))]
    ours, theirs = multiprocessing.Pipe()
    sender = Thread(target=lambda: [send_message(theirs, each) for each in sent])
    sender.start()
    room = bytearray()
    assert [bytes(receive_message(ours, room)) for _ in sent] == sent
    sender.join()
    assert len(room) == 701


def test_the_room_for_messages_does_not_stay_as_large_as_the_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "_KEPT", 500)
    ours, theirs = multiprocessing.Pipe()
    room = bytearray()
    for size in (400, 501, 300):
        send_message(theirs, b"m" * size)
        assert bytes(receive_message(ours, room)) == b"m" * size
    assert len(room) == 400


def test_a_message_that_breaks_off_is_no_message() -> None:
    ours, theirs = multiprocessing.Pipe()
    theirs.send_bytes((1_000).to_bytes(8, "big"))
    theirs.send_bytes(b"the beginning")
    theirs.close()
    with pytest.raises(EOFError):
        receive_message(ours, bytearray())
