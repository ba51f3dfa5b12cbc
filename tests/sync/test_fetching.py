"""Fetching what authorities publish, from servers on loopback with one fault each."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from resources.messages import catalogue
from sync import fetching
from sync.errors import Permanent, Transient
from sync.fetching import Fetcher, is_public
from tests.sync.tls import Behaviour, answering, read_head, server_paper, serving, tls

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ncrl"


def fetcher(**more: float) -> Fetcher:
    return Fetcher(inside=True, connect_seconds=1, **{"seconds": 2, **more})  # type: ignore[arg-type]  # numbers of either kind


@contextmanager
def at(behave: Behaviour) -> Iterator[str]:
    with serving(behave) as port:
        yield f"http://127.0.0.1:{port}/ds.crl?a=1"


def test_a_list_is_fetched() -> None:
    heads: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        heads.append(read_head(connection))
        connection.sendall(OK)

    with at(behave) as url:
        assert fetcher()(url) == b"crl"
    assert heads[0].startswith(b"GET /ds.crl?a=1 HTTP/1.1")


def test_a_question_is_put() -> None:
    heads: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        head = read_head(connection)
        while not head.endswith(b"hoi?"):
            head += connection.recv(100)
        heads.append(head)
        connection.sendall(OK)

    with at(behave) as url:
        answered = fetcher()(url, body=b"hoi?", content_type="application/ocsp-request")
    assert answered == b"crl"
    assert heads[0].startswith(b"POST /ds.crl?a=1")
    assert b"content-type: application/ocsp-request" in heads[0].lower()


def test_an_answer_that_ends_with_the_connection() -> None:
    """Old servers say no length; what they send is signed."""
    with at(answering(b"HTTP/1.0 200 OK\r\n\r\ncrl")) as url:
        assert fetcher()(url) == b"crl"


def test_what_has_moved_is_followed() -> None:
    with at(answering(OK)) as there:
        moved = f"HTTP/1.1 301 Moved\r\nLocation: {there}\r\nContent-Length: 0\r\n\r\n".encode()
        with at(answering(moved)) as here:
            assert fetcher()(here) == b"crl"


def test_but_not_in_circles() -> None:
    circle = b"HTTP/1.1 302 Found\r\nLocation: /ds.crl\r\nContent-Length: 0\r\n\r\n"
    with at(answering(circle)) as url, pytest.raises(Transient, match=r"fetch\.no_answer"):
        fetcher()(url)


def test_nor_out_of_the_web() -> None:
    away = b"HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\n\r\n"
    with at(answering(away)) as url, pytest.raises(Permanent, match=r"fetch\.address"):
        fetcher()(url)


def pouring(connection: socket.socket) -> None:
    """Never silent for long, and never done."""
    read_head(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
    for _ in range(100):
        connection.sendall(bytes(70_000))
        time.sleep(0.1)


def dripping(connection: socket.socket) -> None:
    """A letter at a time, already in the head."""
    read_head(connection)
    for letter in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100:
        connection.sendall(bytes([letter]))
        time.sleep(0.05)


@pytest.mark.parametrize(
    "behave",
    [
        answering(b""),
        answering(b"rubbish"),
        answering(b"HTTP/1.1 404 No\r\nContent-Length: 1\r\n\r\nx"),
        answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        answering(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut"),
        lambda connection: read_head(connection) and connection.recv(10_000) and None,
    ],
    ids=["nothing", "rubbish", "not there", "empty", "cut", "silent"],
)
def test_no_usable_answer(behave: Behaviour) -> None:
    with at(behave) as url, pytest.raises(Transient, match=r"fetch\.no_answer"):
        fetcher(seconds=1)(url)


@pytest.mark.parametrize("behave", [pouring, dripping])
def test_one_that_never_ends_is_left(behave: Behaviour) -> None:
    with at(behave) as url, pytest.raises(Transient, match=r"fetch\.no_answer"):
        fetcher(seconds=1)(url)


def test_one_that_is_too_large_is_left() -> None:
    with at(answering(OK)) as url, pytest.raises(Transient, match=r"fetch\.no_answer"):
        fetcher(most_bytes=2)(url)


def test_tls_is_verified(tmp_path: Path) -> None:
    with (
        serving(answering(OK), tls(server_paper(), tmp_path)) as port,
        pytest.raises(Transient, match=r"fetch\.no_answer"),
    ):
        fetcher()(f"https://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url", ["ldap:///cn=x", "file:///etc/hostname", "ftp://a/b", "http://", "http://[x/", "x", ""]
)
def test_only_the_web_is_asked(url: str) -> None:
    with pytest.raises(Permanent, match=r"fetch\.address"):
        fetcher()(url)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "[::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "localhost",
    ],
)
def test_nothing_inside_is_ever_asked(host: str) -> None:
    """The addresses are written by whoever made the certificate."""
    with pytest.raises(Permanent, match=r"fetch\.address"):
        Fetcher(connect_seconds=0.1, seconds=0.1)(f"http://{host}:9/")


def test_nor_after_a_move() -> None:
    inside = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    asked: list[str] = []

    class Careful(Fetcher):
        """Lets the test's own server pass, and nothing after it."""

        def _refuse_inside(self, url: str) -> None:
            asked.append(url)
            if len(asked) > 1:
                super()._refuse_inside(url)

    with at(answering(inside)) as url, pytest.raises(Permanent, match=r"fetch\.address"):
        Careful(connect_seconds=1, seconds=1)(url)
    assert len(asked) == 2


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_of: object, **_more: object) -> None:
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(fetching, "getproxies", dict)
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Transient, match=r"fetch\.no_answer"):
        Fetcher()("http://khong-co.example.vn/")


def test_behind_a_proxy_names_are_the_proxys_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_of: object, **_more: object) -> None:
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(fetching, "getproxies", lambda: {"http": "http://proxy:3128"})
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert fetching.addresses_of("crl.example.vn", 80) == []
    with pytest.raises(Transient):
        fetching.addresses_of("localhost", 80)


def test_what_is_public() -> None:
    assert is_public("203.113.131.1")
    assert not is_public("fe80::1%eth0")


def test_the_codes_have_words() -> None:
    assert {"fetch.no_answer", "fetch.address"} <= catalogue().keys()
