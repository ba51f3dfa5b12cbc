"""The line to gateways over real sockets: tokens, peace, portals and files in one."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest

from sync.breaker import FAILURES
from sync.errors import Permanent, Transient
from sync.http import Reply
from sync.line import Line
from sync.mailbox import LARGEST_FILE
from sync.model import Destination, PostedFile
from sync.transport import MOST_ANSWER_BYTES
from tests.fakes.outbox import parcel
from tests.sync.servers import Scripted, reply
from tests.sync.tls import LOOPBACK, authority, read_head, server_paper, serving, tls

TOKEN = {"access_token": "t-1", "token_type": "Bearer", "expires_in": 600}
EMPTY = {"notices": [], "cursor": "c-1", "more": False}
BIG = bytes(MOST_ANSWER_BYTES + 1)


class Kept:
    """``sync.ports.Secrets`` with one secret for all."""

    def get(self, destination: Destination) -> str | None:
        return "mat khau khong co that"

    def put(self, destination: Destination, secret: str) -> None:
        raise AssertionError


def http(body: bytes, status: int = 200, kind: str = "application/json") -> bytes:
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@dataclass
class Server:
    """A gateway that answers by path; remembers the heads of requests."""

    answers: dict[str, bytes]
    heads: list[str] = field(default_factory=list)
    connections: int = 0

    def __call__(self, connection: socket.socket) -> None:
        self.connections += 1
        while head := read_head(connection).decode():
            self.heads.append(head)
            path = head.split(" ")[1].partition("?")[0]
            connection.sendall(self.answers.get(path, http(b"", 404)))


@contextmanager
def gateway(tmp_path: Path, **answers: bytes) -> Iterator[tuple[Server, Destination]]:
    paths = {f"/v1/{name.replace('__', '/')}": answer for name, answer in answers.items()}
    server = Server({"/v1/token": http(json.dumps(TOKEN).encode()), **paths})
    with serving(server, tls(server_paper(), tmp_path)) as port:
        url = f"https://{LOOPBACK}:{port}"
        yield server, Destination(url=url, ca_pem=authority().pem, client_id="may-1")


def line(**more: object) -> Line:
    return Line(secrets=Kept(), **more)  # type: ignore[arg-type]  # named by the test


def posts(line: Line, there: Destination) -> str:
    return line.mailbox(there).posts(unit_code="ZZ0001Z", tax_code="99", cursor="").cursor


def code(act: Callable[[], object]) -> str:
    with pytest.raises((Transient, Permanent)) as caught:
        act()
    return caught.value.code


def test_a_mailbox_is_asked_with_the_programs_token(tmp_path: Path) -> None:
    with gateway(tmp_path, notices=http(json.dumps(EMPTY).encode())) as (server, there):
        mine = line()
        assert (posts(mine, there), posts(mine, there)) == ("c-1", "c-1")
    assert [head.split(" ")[1].partition("?")[0] for head in server.heads] == [
        "/v1/token",
        "/v1/notices",
        "/v1/notices",
    ]
    assert all("Bearer t-1" in head for head in server.heads[1:])
    assert server.connections == 2


def test_results_may_be_larger_than_answers(tmp_path: Path) -> None:
    result = http(BIG, kind="application/octet-stream")
    file = PostedFile(id="f", name="a", size=len(BIG), sha256=sha256(BIG).hexdigest())
    with gateway(tmp_path, results__f=result, notices=result) as (_server, there):
        assert line().mailbox(there).fetch(file) == BIG
        assert code(lambda: line().gateway(there).ask(parcel())) == "gateway.upload_lost"
    assert LARGEST_FILE > MOST_ANSWER_BYTES


def test_all_parcels_leave_a_gateway_in_trouble_in_peace(tmp_path: Path) -> None:
    with gateway(tmp_path, notices=http(b"", 500)) as (server, there):
        mine = line()
        codes = [code(lambda: posts(mine, there)) for _ in range(FAILURES + 3)]
        asked = len(server.heads)
        assert code(lambda: mine.gateway(there).ask(parcel())) == "gateway.resting"
        assert len(server.heads) == asked
        mine.hosts.forgive(there.url)
        assert code(lambda: posts(mine, there)) == "gateway.server"
    assert codes.count("gateway.resting") == len(codes) - codes.count("gateway.server") > 0


@pytest.fixture
def another_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Destination]:
    """Every name leads to a server that is not the gateway."""
    resolve = socket.getaddrinfo
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving(Server({}), tls(server_paper(host="khac.example"), tmp_path)) as port:
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda _host, _port, *rest, **more: resolve(LOOPBACK, port, *rest, **more),
        )
        yield Destination(url="https://cong.example", ca_pem=authority().pem)


def test_a_portal_before_the_gateway_is_told_from_a_wrong_certificate(
    another_answers: Destination,
) -> None:
    portal = Scripted([reply(302, location="http://login.wifi.example/")])
    assert code(lambda: posts(line(plain=portal), another_answers)) == "gateway.captive"
    nothing = Scripted([Transient("gateway.unreachable")])
    assert code(lambda: posts(line(plain=nothing), another_answers)) == "gateway.tls"


def test_a_portal_that_keeps_silent_is_not_waited_for(
    another_answers: Destination, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = Event()

    class Silent:
        def request(self, *_asked: object, **_more: object) -> Reply:
            waiting.wait(5)
            return reply(302, location="http://login.wifi.example/")

    monkeypatch.setattr("sync.line.PORTAL_SECONDS", 0.1)
    assert code(lambda: posts(line(plain=Silent()), another_answers)) == "gateway.tls"
    waiting.set()


@pytest.mark.parametrize("url", ["http://cong.example", "https://[", ""])
def test_an_address_that_cannot_be_used_is_told_at_once(url: str) -> None:
    there = Destination(url=url, ca_pem="")
    assert code(lambda: line().gateway(there)) == "gateway.address"
    assert code(lambda: posts(line(), there)) == "gateway.address"
