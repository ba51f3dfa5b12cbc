"""Gateways without a network: one that does tus and JSON, one that says what it is told to."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sync.errors import Transient
from sync.http import Reply

OCTETS = "application/offset+octet-stream"
Headers = Mapping[str, str]


def reply(status: int = 200, body: bytes = b"", **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, headers=named, body=body)


def as_json(document: object, status: int = 200) -> Reply:
    return reply(status, json.dumps(document).encode(), content_type="application/json")


def fault_code(act: Callable[[], object]) -> str | None:
    """How a call that may succeed or stop ended."""
    try:
        act()
    except Transient as fault:
        return fault.code
    return None


@dataclass
class Request:
    method: str
    url: str
    headers: Headers
    body: bytes


@dataclass
class Scripted:
    """Answers each request with the next of what it was given; remembers the requests."""

    replies: list[Reply | BaseException]
    requests: list[Request] = field(default_factory=list)

    def request(self, method: str, url: str, *, headers: Headers, body: bytes = b"") -> Reply:
        self.requests.append(Request(method, url, headers, body))
        answer = self.replies.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer


@dataclass(frozen=True)
class Cut:
    """Where the way is cut: the server keeps so many bytes of the chunk, then silence."""

    kept: int


@dataclass
class TusServer:
    """One upload, kept in memory. ``cuts`` says what happens to the next chunks."""

    length: int
    cuts: Iterator[Cut | None]
    held: bytearray = field(default_factory=bytearray)
    received: int = 0
    """bytes of bodies that went over the wire, also those that were lost"""
    url: str = "https://127.0.0.1:8443/v1/uploads/1"
    refuse: Callable[[Request], Reply | None] = lambda _request: None

    def request(self, method: str, url: str, *, headers: Headers, body: bytes = b"") -> Reply:
        asked = Request(method, url, headers, body)
        assert headers["Tus-Resumable"] == "1.0.0"
        refused = self.refuse(asked)
        return refused or {"POST": self._create, "HEAD": self._head, "PATCH": self._patch}[method](
            asked
        )

    def _create(self, asked: Request) -> Reply:
        assert int(asked.headers["Upload-Length"]) == self.length
        self.held.clear()
        return reply(201, location=self.url)

    def _head(self, asked: Request) -> Reply:
        return reply(200, upload_offset=str(len(self.held)))

    def _patch(self, asked: Request) -> Reply:
        assert asked.headers["Content-Type"] == OCTETS
        if int(asked.headers["Upload-Offset"]) != len(self.held):
            return reply(409)
        self.received += len(asked.body)
        cut = next(self.cuts, None)
        if cut is not None:
            self.held += asked.body[: cut.kept]
            raise Transient("gateway.cut")
        self.held += asked.body
        return reply(204, upload_offset=str(len(self.held)))
