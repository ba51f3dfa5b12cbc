"""TLS of a gateway over real sockets: pinned keys, and calls that end however the other drips."""

import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.errors import Transient
from sync.hosts import WAIT_SECONDS
from sync.model import Destination
from sync.pinning import STALL_SECONDS, gateway_context, pin_of
from sync.transport import CALL_SECONDS, HttpsTransport
from tests.sync.tls import LOOPBACK, authority, read_head, server_paper, serving, tls

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


def pin(paper_pem: str) -> str:
    return pin_of(paper_pem.encode())


def call(
    port: int, *, pins: tuple[str, ...] = (), seconds: float = 5, body: bytes = b""
) -> str | None:
    url = f"https://{LOOPBACK}:{port}"
    destination = Destination(url=url, ca_pem=authority().pem, pins=pins)
    try:
        with HttpsTransport(destination, call_seconds=seconds) as http:
            http.request("POST", url, headers={}, body=body)
    except Transient as fault:
        return fault.code
    return None


def answered(tmp_path: Path, pins: tuple[str, ...]) -> tuple[str | None, list[bytes]]:
    """How the call ended, and what the server heard of it."""
    heard: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        heard.append(read_head(connection))
        connection.sendall(OK)

    with serving(behave, tls(server_paper(), tmp_path)) as port:
        code = call(port, pins=pins)
    return code, heard


def test_a_pin_is_the_digest_of_the_public_key() -> None:
    """As RFC 7469 §2.4 has it, so that what providers publish can be pasted."""
    from base64 import b64encode
    from hashlib import sha256

    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    certificate = server_paper().certificate
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    expected = b64encode(sha256(key).digest()).decode()
    assert pin_of(certificate.public_bytes(Encoding.DER)) == expected
    assert pin_of(certificate.public_bytes(Encoding.PEM)) == expected


@pytest.mark.parametrize(
    "pins",
    [
        pytest.param(lambda: (), id="none"),
        pytest.param(lambda: (pin(server_paper().pem),), id="the server's"),
        pytest.param(lambda: (pin(authority().pem),), id="the authority's"),
        pytest.param(lambda: ("A" * 43 + "=", pin(authority().pem)), id="one of several"),
    ],
)
def test_a_pinned_key_in_the_chain_is_enough(
    tmp_path: Path, pins: Callable[[], tuple[str, ...]]
) -> None:
    code, heard = answered(tmp_path, pins())
    assert (code, len(heard)) == (None, 1)


@pytest.mark.parametrize("pins", [("A" * 43 + "=",), ("rubbish",), ("",)])
def test_without_one_not_a_byte_goes_out(tmp_path: Path, pins: tuple[str, ...]) -> None:
    """Though the authority itself is believed."""
    code, heard = answered(tmp_path, pins)
    assert (code, heard) in (("gateway.pin", []), ("gateway.pin", [b""]))


def test_a_pin_does_not_stand_in_for_the_chain(tmp_path: Path) -> None:
    paper = server_paper(issuer="CA lạ")
    with serving(lambda connection: None, tls(paper, tmp_path)) as port:
        assert call(port, pins=(pin(paper.pem),)) == "gateway.tls"


def dripping(raw: bytes, every: float, stop: threading.Event) -> Callable[[socket.socket], None]:
    def behave(connection: socket.socket) -> None:
        read_head(connection)
        for position in range(len(raw)):
            connection.sendall(raw[position : position + 1])
            if stop.wait(every):
                return

    return behave


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000, id="the head"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + b"x" * 1000, id="the body"
        ),
    ],
)
def test_an_answer_that_drips_ends_in_time(tmp_path: Path, raw: bytes) -> None:
    """Each letter comes well within the silence that is borne."""
    stop = threading.Event()
    behave = dripping(raw, 0.02, stop)
    with serving(behave, tls(server_paper(), tmp_path)) as port:
        assert call(port, seconds=0.5) == "gateway.timeout"
        stop.set()


def test_a_server_that_sips_ends_in_time_too(tmp_path: Path) -> None:
    stop = threading.Event()

    def sip(connection: socket.socket) -> None:
        while connection.recv(1000) and not stop.wait(0.02):
            pass

    with serving(sip, tls(server_paper(), tmp_path)) as port:
        assert call(port, seconds=0.5, body=bytes(64 * 1024 * 1024)) == "gateway.timeout"
        stop.set()


def test_the_next_call_has_its_own_time(tmp_path: Path) -> None:
    def twice(connection: socket.socket) -> None:
        for _ in range(2):
            read_head(connection)
            threading.Event().wait(0.4)
            connection.sendall(OK)

    with serving(twice, tls(server_paper(), tmp_path)) as port:
        url = f"https://{LOOPBACK}:{port}"
        destination = Destination(url=url, ca_pem=authority().pem)
        with HttpsTransport(destination, call_seconds=0.7) as http:
            for _ in range(2):
                assert http.request("GET", url, headers={}).status == 200


def test_no_call_with_its_wait_lasts_as_long_as_a_claim_of_the_outbox() -> None:
    from sync.outbox import STALE_AFTER

    assert STALE_AFTER.total_seconds() > WAIT_SECONDS + CALL_SECONDS
    assert STALL_SECONDS < CALL_SECONDS


def test_another_authority_is_not_believed_beside_the_gateways_own() -> None:
    assert len(gateway_context(authority().pem).get_ca_certs()) == 1
