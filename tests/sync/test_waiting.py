"""Work that may never end is waited for no longer than was said."""

import socket
import threading

import pytest

from sync.errors import Permanent, Transient
from sync.timestamping import TimestampAuthority
from sync.waiting import in_time
from tests.sync.tls import LOOPBACK, read_head, serving


def test_what_the_work_gives_comes_back() -> None:
    assert in_time(5, lambda: [1]) == [1]


def test_what_it_raises_is_raised() -> None:
    def fail() -> None:
        raise Permanent("gateway.address")

    with pytest.raises(Permanent):
        in_time(5, fail)


def test_what_does_not_end_is_left() -> None:
    ended = threading.Event()
    with pytest.raises(Transient) as caught:
        in_time(0.1, ended.wait)
    assert caught.value.code == "gateway.timeout"
    ended.set()


def test_a_timestamp_authority_that_drips_without_tls_ends_too() -> None:
    stop = threading.Event()

    def drip(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n")
        while not stop.wait(0.05):
            connection.sendall(b"x")

    with serving(drip) as port:
        authority = TimestampAuthority(url=f"http://{LOOPBACK}:{port}/", seconds=0.5)
        with pytest.raises(Transient) as caught:
            authority.ask(b"query")
        assert caught.value.code == "timestamp.no_answer"
        stop.set()
