"""A timestamp over the wire, with and without TLS, from an authority on loopback."""

import hashlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from signing.timestamp import Timestamping, fetch_token
from sync.errors import Permanent, Transient
from sync.timestamping import TimestampAuthority
from tests.fakes.certificates import authority as root
from tests.fakes.tsa import Tsa
from tests.sync.tls import Behaviour, answering, authority, read_head, server_paper, serving, tls

REDIRECT = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n"
DIGEST = hashlib.sha256(b"chu ky").digest()


def stamping(tsa: Tsa) -> Behaviour:
    """Reads one query and answers it."""

    def behave(connection: socket.socket) -> None:
        head, _, body = read_head(connection).partition(b"\r\n\r\n")
        assert head.startswith(b"POST /tsa?a=1 HTTP/1.1")
        assert b"content-type: application/timestamp-query" in head.lower()
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += connection.recv(4096)
        reply = tsa.ask(body)
        size = str(len(reply)).encode()
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %b\r\n\r\n" % size + reply)

    return behave


@contextmanager
def reached(behave: Behaviour, folder: Path | None = None) -> Iterator[TimestampAuthority]:
    context = tls(server_paper(), folder) if folder else None
    scheme = "https" if folder else "http"
    with serving(behave, context) as port:
        url = f"{scheme}://127.0.0.1:{port}/tsa?a=1"
        yield TimestampAuthority(url=url, ca_pem=authority().pem, seconds=1)


def test_without_tls() -> None:
    with reached(stamping(Tsa())) as service:
        assert fetch_token(DIGEST, "sha256", Timestamping(ask=service.ask, roots=(root().der,)))


def test_with_tls(tmp_path: Path) -> None:
    with reached(stamping(Tsa()), tmp_path) as service:
        assert fetch_token(DIGEST, "sha256", Timestamping(ask=service.ask, roots=(root().der,)))


@pytest.mark.parametrize(
    "behave",
    [
        answering(b""),
        answering(b"rubbish"),
        answering(
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n"
        ),
        answering(b"HTTP/1.1 500 Broken\r\nContent-Length: 1\r\n\r\nx"),
        answering(b"HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n" + bytes(70_000)),
        lambda connection: read_head(connection) and connection.recv(10_000) and None,
    ],
    ids=["nothing", "rubbish", "elsewhere", "broken", "endless", "silent"],
)
def test_no_usable_answer(behave: Behaviour) -> None:
    with reached(behave) as service, pytest.raises(Transient, match=r"timestamp\.no_answer"):
        service.ask(b"query")


def test_nobody_there() -> None:
    with pytest.raises(Transient, match=r"timestamp\.no_answer"):
        TimestampAuthority(url="http://127.0.0.1:1/", seconds=1).ask(b"query")


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "", "http://[::1/", "http://127.0.0.1:x/", "a b"]
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(Permanent, match=r"timestamp\.address"):
        TimestampAuthority(url=url).ask(b"query")
