"""The proxy between this computer and the gateway: found, logged in to, and told from it."""

import select
import socket
import ssl
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from resources.faults import SurroundingsFault, UsageFault
from sync import proxies
from sync.errors import Permanent, Transient
from sync.fetching import Fetcher
from sync.model import Destination
from sync.proxies import ProxyLogin, place_of, refusal, system_proxy, with_login
from sync.remote_signing import CscAccount
from sync.timestamping import TimestampAuthority
from sync.transport import HttpsTransport
from tests.sync.tls import LOOPBACK, answering, authority, read_head, server_paper, serving, tls

HOST = "cong.example"
URL = f"https://{HOST}"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
LOGIN = ProxyLogin(user="ke toan@x", password="m:ậ/t")


@dataclass
class Kept:
    """``sync.proxies.ProxyLogins`` in memory."""

    login_: ProxyLogin | None = LOGIN
    asked: list[str] = field(default_factory=list)

    def login(self, proxy: str) -> ProxyLogin | None:
        self.asked.append(proxy)
        return self.login_


@contextmanager
def proxy(
    monkeypatch: pytest.MonkeyPatch,
    *,
    to: int,
    answer: bytes = b"",
    context: ssl.SSLContext | None = None,
) -> Iterator[list[bytes]]:
    """A proxy that leads every name to this port, or answers so; the heads it was sent."""
    heads: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        heads.append(read_head(connection))
        if answer:
            connection.sendall(answer)
            return
        with socket.create_connection((LOOPBACK, to)) as there:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            pump(connection, there)

    with serving(behave, context) as port:
        scheme = "https" if context else "http"
        for name in ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, f"{scheme}://{LOOPBACK}:{port}")
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        yield heads


def pump(client: socket.socket, gateway: socket.socket) -> None:
    """Both ways until one side ends; what TLS holds back already is not seen by ``select``."""
    other = {client: gateway, gateway: client}
    with suppress(OSError):
        while True:
            held = [client] if isinstance(client, ssl.SSLSocket) and client.pending() else []
            for source in held or select.select([client, gateway], [], [], 5)[0]:
                piece = source.recv(65536)
                if not piece:
                    return
                other[source].sendall(piece)


def send(logins: Kept | None = None, pins: tuple[str, ...] = ()) -> str | None:
    destination = Destination(url=URL, ca_pem=authority().pem, pins=pins)
    try:
        with HttpsTransport(destination, connect_seconds=5, read_seconds=5, logins=logins) as http:
            http.request("GET", URL, headers={})
    except (Transient, Permanent) as fault:
        return fault.code
    return None


@contextmanager
def gateway(tmp_path: Path) -> Iterator[int]:
    with serving(answering(OK), tls(server_paper(host=HOST), tmp_path)) as port:
        yield port


def test_the_systems_proxy_is_used_and_the_gateway_verified_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with gateway(tmp_path) as port, proxy(monkeypatch, to=port) as heads:
        assert send() is None
    assert heads[0].startswith(b"CONNECT cong.example:443 ")
    assert b"proxy-authorization" not in heads[0].lower()


def test_a_proxy_that_listens_in_is_not_the_gateway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = server_paper(host=HOST, issuer="CA lạ")
    with (
        serving(answering(OK), tls(paper, tmp_path)) as port,
        proxy(monkeypatch, to=port),
    ):
        assert send() == "gateway.tls"


def test_pins_hold_behind_a_proxy_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with gateway(tmp_path) as port, proxy(monkeypatch, to=port):
        assert send(pins=("A" * 43 + "=",)) == "gateway.pin"


def login_in(head: bytes) -> str:
    (line,) = [
        line for line in head.split(b"\r\n") if line.lower().startswith(b"proxy-authorization:")
    ]
    return b64decode(line.split(b" ")[-1]).decode()


def test_the_login_that_is_kept_for_it_is_shown_to_the_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept()
    with gateway(tmp_path) as port, proxy(monkeypatch, to=port) as heads:
        assert send(kept) is None
    assert login_in(heads[0]) == "ke toan@x:m:ậ/t"
    assert len(kept.asked) == 1


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (407, "gateway.proxy_login"),
        (403, "gateway.proxy"),
        (405, "gateway.proxy"),
        (502, "gateway.unreachable"),
        (504, "gateway.unreachable"),
        (302, "gateway.captive"),
        (511, "gateway.captive"),
    ],
)
def test_what_a_proxy_says_is_called_by_its_name(
    monkeypatch: pytest.MonkeyPatch, status: int, code: str
) -> None:
    answer = f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode()
    with proxy(monkeypatch, to=0, answer=answer):
        assert send() == code


def test_a_proxy_of_a_kind_that_is_not_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", f"socks5://{LOOPBACK}:9")
    assert send() == "gateway.proxy"


def test_an_address_that_the_system_excepts_is_reached_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = Kept()
    with proxy(monkeypatch, to=0) as heads:
        monkeypatch.setenv("no_proxy", HOST)
        assert send(kept) == "gateway.unreachable"
    assert (heads, kept.asked) == ([], [])


@pytest.mark.parametrize(
    ("proxy_url", "reached"),
    [
        ("http://p.example:3128", "http://ke%20toan%40x:m%3A%E1%BA%AD%2Ft@p.example:3128"),
        ("p.example:3128", "http://ke%20toan%40x:m%3A%E1%BA%AD%2Ft@p.example:3128"),
        ("http://a:b@p.example:3128", "http://a:b@p.example:3128"),
    ],
)
def test_a_login_in_the_address_goes_before_the_one_that_is_kept(
    proxy_url: str, reached: str
) -> None:
    assert with_login(proxy_url, Kept()) == reached


def test_no_login_is_shown_where_none_is_kept() -> None:
    kept = Kept(None)
    assert with_login("http://p.example:3128", kept) == "http://p.example:3128"
    assert kept.asked == ["p.example:3128"]


def test_a_key_store_that_is_locked_does_not_bar_the_way_to_a_proxy_without_login() -> None:
    class Locked(Kept):
        def login(self, proxy: str) -> ProxyLogin | None:
            raise SurroundingsFault("secrets.unavailable")

    assert with_login("http://p.example:3128", Locked()) == "http://p.example:3128"


def test_a_password_is_not_written_where_a_login_is_shown() -> None:
    assert LOGIN.password not in repr(LOGIN)


def test_other_faults_are_not_a_proxys() -> None:
    assert refusal("Tunnel connection failed: soon") is None


@pytest.mark.parametrize(
    ("pins", "code"), [((), None), (("A" * 43 + "=",), "gateway.pin")], ids=["none", "wrong"]
)
def test_pins_hold_inside_the_tls_of_a_proxy_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pins: tuple[str, ...], code: str | None
) -> None:
    """The proxy itself is believed as the system believes."""
    roots = tmp_path / "roots.pem"
    roots.write_text(authority("CA mạng").pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(roots))
    own = tls(server_paper(issuer="CA mạng"), tmp_path)
    with gateway(tmp_path) as port, proxy(monkeypatch, to=port, context=own) as heads:
        assert send(pins=pins) == code
    assert len(heads) == 1


def test_what_goes_without_tls_shows_the_proxy_its_login_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A timestamp and a list of revoked certificates are often had without TLS alone."""
    with proxy(monkeypatch, to=0, answer=OK) as heads:
        authority_ = TimestampAuthority(url="http://tsa.example/x", seconds=5, logins=Kept())
        assert authority_.ask(b"query") == b"{}"
        assert Fetcher(logins=Kept(), inside=True)("http://crl.example/a.crl") == b"{}"
    assert heads[0].startswith(b"POST http://tsa.example/x ")
    assert heads[1].startswith(b"GET http://crl.example/a.crl ")
    assert {login_in(head) for head in heads} == {"ke toan@x:m:ậ/t"}


def test_a_proxy_that_wants_a_login_is_no_wrong_address(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = b"HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n"
    with proxy(monkeypatch, to=0, answer=answer):
        with pytest.raises(Transient) as fetched:
            Fetcher(inside=True)("https://crl.example/a.crl")
        with pytest.raises(Permanent) as stamped:
            TimestampAuthority(url="https://tsa.example/x", seconds=5).ask(b"query")
        account = CscAccount(
            http=HttpsTransport(Destination(url=URL, ca_pem="")), base=URL, token=lambda: "t"
        )
        with pytest.raises(Permanent) as signed:
            account.ask("info", {})
    assert fetched.value.code == "fetch.no_answer"
    assert {stamped.value.code, signed.value.code} == {"gateway.proxy_login"}


@pytest.mark.parametrize(
    "typed",
    ["proxy.example:8080", " HTTP://Proxy.Example:8080/ ", "http://ten:mk@PROXY.example:8080"],
    ids=["plain", "address", "with a login"],
)
def test_however_a_proxy_is_written_its_login_has_one_place(typed: str) -> None:
    assert place_of(typed) == "proxy.example:8080"


@pytest.mark.parametrize(
    "typed",
    ["", "proxy.example", "proxy.example:tám", "proxy.example:99999", "proxy example:8080", ":80"],
    ids=["nothing", "no port", "no number", "too large", "a space", "no host"],
)
def test_what_names_no_host_with_a_port_is_said(typed: str) -> None:
    with pytest.raises(UsageFault, match=r"secret\.bad_proxy"):
        place_of(typed)


def test_the_login_of_the_systems_proxy_is_found_however_it_writes_the_host() -> None:
    kept = Kept()
    with_login("http://Proxy.Example:8080", kept)
    assert kept.asked == ["proxy.example:8080"]


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({}, ""),
        ({"http": "http://a.example:1", "https": "http://ten:mk@B.example:2"}, "b.example:2"),
        ({"all": "socks5://c.example:3"}, "c.example:3"),
        ({"https": "http://no-port.example"}, ""),
    ],
    ids=["none", "that of https", "that of all", "no port"],
)
def test_the_systems_proxy_is_told_without_its_login(
    monkeypatch: pytest.MonkeyPatch, known: dict[str, str], place: str
) -> None:
    monkeypatch.setattr(proxies, "getproxies", lambda: known)
    assert system_proxy() == place
