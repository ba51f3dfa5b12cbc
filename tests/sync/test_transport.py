"""HTTPS over real sockets on loopback: who is believed, and what each failure is called."""

import gzip
import socket
import ssl
import struct
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from sync import transport
from sync.errors import Permanent, Transient
from sync.http import Reply
from sync.model import Destination
from sync.transport import HttpsTransport, fault_of
from tests.sync.tls import (
    DAY,
    LOOPBACK,
    NOW,
    Behaviour,
    Paper,
    answering,
    authority,
    read_head,
    server_paper,
    serving,
    tls,
)

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
SAY_OK = answering(OK)


def get(port: int, ca_pem: str | None = None, *, host: str = LOOPBACK, seconds: float = 5) -> Reply:
    return send(f"https://{host}:{port}", ca_pem, seconds=seconds)


def send(url: str, ca_pem: str | None = None, *, body: bytes = b"", seconds: float = 5) -> Reply:
    pem = authority().pem if ca_pem is None else ca_pem
    destination = Destination(url=url, ca_pem=pem)
    with HttpsTransport(destination, connect_seconds=seconds, read_seconds=seconds) as http:
        return http.request("POST", f"{url}/v1/dossiers", headers={"X-A": "b"}, body=body)


def transient(act: Callable[[], object]) -> str:
    with pytest.raises(Transient) as caught:
        act()
    return caught.value.code


def permanent(act: Callable[[], object]) -> str:
    with pytest.raises(Permanent) as caught:
        act()
    return caught.value.code


@contextmanager
def good(
    tmp_path: Path,
    behave: Behaviour = SAY_OK,
    *,
    polite: bool = True,
) -> Iterator[int]:
    with serving(behave, tls(server_paper(), tmp_path), polite=polite) as port:
        yield port


@pytest.fixture
def every_name_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gateway with a name, and still no network."""
    resolve = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda _host, *rest, **more: resolve(LOOPBACK, *rest, **more)
    )


def test_a_verified_gateway_is_heard(tmp_path: Path) -> None:
    with good(tmp_path) as port:
        reply = get(port)
    assert (reply.status, reply.body) == (200, b"{}")
    assert reply.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "paper",
    [
        pytest.param(lambda: server_paper(issuer="CA lạ"), id="another authority"),
        pytest.param(lambda: server_paper(issuer=None), id="signed by itself"),
        pytest.param(lambda: server_paper(last=NOW - timedelta(hours=1)), id="expired"),
        pytest.param(lambda: server_paper(first=NOW + DAY / 2), id="not yet valid"),
        pytest.param(lambda: server_paper(host="cong.example"), id="another host"),
        pytest.param(lambda: server_paper(host="127.0.0.2"), id="another address"),
    ],
)
def test_a_gateway_that_cannot_prove_itself_gets_nothing(
    tmp_path: Path, paper: Callable[[], Paper]
) -> None:
    heard: list[bytes] = []

    def listen(connection: socket.socket) -> None:
        heard.append(connection.recv(4096))

    with serving(listen, tls(paper(), tmp_path)) as port:
        assert transient(lambda: get(port)) == "gateway.tls"
    assert heard in ([], [b""])


def test_the_systems_roots_do_not_know_a_practice_authority(tmp_path: Path) -> None:
    with good(tmp_path) as port:
        assert transient(lambda: get(port, "")) == "gateway.tls"


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
@pytest.mark.parametrize("host", [LOOPBACK, "gateway.localhost"])
def test_no_bundle_of_the_environment_is_believed_beside_the_gateways_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, every_name_is_here: None, name: str, host: str
) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_text(authority("CA lạ").pem, encoding="utf-8")
    monkeypatch.setenv(name, str(bundle))
    paper = server_paper(issuer="CA lạ", host=host)
    with serving(answering(OK), tls(paper, tmp_path)) as port:
        assert transient(lambda: get(port, host=host)) == "gateway.tls"


@pytest.mark.parametrize("name", ["https_proxy", "all_proxy"])
def test_this_computer_is_never_reached_through_a_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, f"http://{LOOPBACK}:9")
    with good(tmp_path) as port:
        assert get(port).status == 200


def test_a_proxy_that_is_down_is_no_gateway_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", f"http://{LOOPBACK}:9")
    assert transient(lambda: send("https://cong.example")) == "gateway.unreachable"


def test_no_password_out_of_the_users_files_is_sent(
    tmp_path: Path, own_home: Path, every_name_is_here: None
) -> None:
    (own_home / ".netrc").write_text("machine cong.example login ai password mat-khau\n")
    heard: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        heard.append(read_head(connection))
        connection.sendall(OK)

    with serving(behave, tls(server_paper(host="cong.example"), tmp_path)) as port:
        get(port, host="cong.example")
    assert b"authorization" not in heard[0].lower()


def test_a_plain_server_on_the_port_is_not_believed() -> None:
    def plain(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    with serving(plain) as port:
        assert transient(lambda: get(port)) == "gateway.tls"


def test_an_old_tls_is_not_spoken(tmp_path: Path) -> None:
    context = tls(server_paper(), tmp_path)
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that is what is tried here
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with serving(answering(OK), context) as port:
        assert transient(lambda: get(port)) == "gateway.tls"


def test_nobody_at_the_port() -> None:
    with socket.create_server((LOOPBACK, 0)) as listener:
        port = listener.getsockname()[1]
    assert transient(lambda: get(port)) == "gateway.unreachable"


def test_no_such_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_named: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert transient(lambda: send("https://cong.example")) == "gateway.unreachable"


def test_silence(tmp_path: Path) -> None:
    waiting = threading.Event()

    def silent(connection: socket.socket) -> None:
        read_head(connection)
        waiting.wait(5)

    with good(tmp_path, silent) as port:
        assert transient(lambda: get(port, seconds=0.3)) == "gateway.timeout"
        waiting.set()


def test_silence_in_the_middle_of_an_answer(tmp_path: Path) -> None:
    waiting = threading.Event()

    def half(connection: socket.socket) -> None:
        answering(OK[:-1])(connection)
        waiting.wait(5)

    with good(tmp_path, half) as port:
        assert transient(lambda: get(port, seconds=0.3)) == "gateway.timeout"
        waiting.set()


@pytest.mark.parametrize("polite", [True, False])
@pytest.mark.parametrize("length", [0, 1, 8, 40, len(OK) - 2, len(OK) - 1])
def test_an_answer_cut_at_any_byte_is_a_cut(tmp_path: Path, length: int, polite: bool) -> None:
    with good(tmp_path, answering(OK[:length]), polite=polite) as port:
        assert transient(lambda: get(port)) == "gateway.cut"


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_line_reset_while_we_speak_is_a_cut(tmp_path: Path, encrypted: bool) -> None:
    """Never a wrong certificate, also when it happens within the handshake."""

    def reset(connection: socket.socket) -> None:
        connection.recv(1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    context = tls(server_paper(), tmp_path) if encrypted else None
    with serving(reset, context, polite=False) as port:
        big = bytes(4 * 1024 * 1024)
        url = f"https://{LOOPBACK}:{port}"
        assert transient(lambda: send(url, body=big)) == "gateway.cut"


def test_a_server_that_hangs_up_before_greeting_is_a_cut() -> None:
    with serving(lambda connection: connection.close()) as port:
        assert transient(lambda: get(port)) == "gateway.cut"


def answer(head: str, body: bytes) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body


def test_an_endless_answer_is_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MOST_ANSWER_BYTES", 1000)
    with good(tmp_path, answering(answer("", bytes(1001)))) as port:
        assert transient(lambda: get(port)) == "gateway.rubbish"
    with good(tmp_path, answering(answer("", bytes(1000)))) as port:
        assert len(get(port).body) == 1000


def test_so_is_one_that_grows_when_it_is_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(transport.MOST_ANSWER_BYTES + 1))
    assert len(bomb) < 100_000
    packed = answer("Content-Encoding: gzip\r\n", bomb)
    with good(tmp_path, answering(packed)) as port:
        assert transient(lambda: get(port)) == "gateway.rubbish"


@pytest.mark.parametrize(
    "raw",
    [
        b"not HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nA: " + b"x" * 70_000 + b"\r\n\r\n",
        answer("Content-Encoding: gzip\r\n", b"not packed"),
    ],
)
def test_an_answer_that_is_no_http_breaks_nothing(tmp_path: Path, raw: bytes) -> None:
    with good(tmp_path, answering(raw)) as port:
        assert transient(lambda: get(port)) in {"gateway.cut", "gateway.rubbish"}


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_answers_and_not_followed(tmp_path: Path, status: int) -> None:
    moved = f"HTTP/1.1 {status} X\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n".encode()
    with good(tmp_path, answering(moved)) as port:
        assert get(port).status == status


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1", "ftp://127.0.0.1", "127.0.0.1", "", "file:///etc/hosts"]
)
def test_only_https_is_spoken(url: str) -> None:
    assert permanent(lambda: send(url)) == "gateway.address"


def test_nor_does_an_answer_lead_out_of_https() -> None:
    with HttpsTransport(Destination(url="https://127.0.0.1", ca_pem="")) as http:
        assert (
            permanent(lambda: http.request("GET", "http://127.0.0.1/", headers={}))
            == "gateway.address"
        )


@pytest.mark.parametrize("url", ["https://", "https://[::1", "https://a:99999", "https://a b"])
def test_an_address_that_is_none(url: str) -> None:
    assert permanent(lambda: send(url)) == "gateway.address"


def test_the_scheme_may_be_written_large(tmp_path: Path) -> None:
    with good(tmp_path) as port:
        assert send(f"HTTPS://{LOOPBACK}:{port}").status == 200


@pytest.mark.parametrize(
    "pem",
    ["rubbish", "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n", " ", "chứng thư"],
)
def test_an_authority_that_cannot_be_read(pem: str) -> None:
    assert permanent(lambda: get(1, pem)) == "gateway.ca"


def test_causes_that_go_in_a_ring_are_told_once() -> None:
    first, second = OSError("a"), OSError("b")
    first.__cause__, second.__cause__ = second, first
    assert fault_of(first).code == "gateway.cut"
