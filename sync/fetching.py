"""Fetching what authorities publish: revocation lists, answers of responders, certificates.

Most of it has no TLS and needs none, as it is signed itself. The addresses come out of
certificates, and those out of files of strangers: so nothing inside this computer or its own
network is ever asked, and size and time are limited.
"""

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

from sync.errors import Permanent, Transient
from sync.http import Http, Reply
from sync.proxies import ProxyLogins
from sync.transport import OpenTransport
from sync.waiting import in_time

CONNECT_SECONDS = 5.0
SECONDS = 20.0
MOST_BYTES = 32 * 1024 * 1024
"""lists of large authorities have some megabytes"""
MOST_MOVES = 3
MOVED = frozenset({301, 302, 303, 307, 308})
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """``inside``: also addresses of this computer and its network."""

    connect_seconds: float = CONNECT_SECONDS
    seconds: float = SECONDS
    most_bytes: int = MOST_BYTES
    inside: bool = False
    logins: ProxyLogins | None = None
    """of the network's proxy"""

    def __call__(self, url: str, *, body: bytes = b"", content_type: str = "") -> bytes:
        """GET, or POST of ``body``. Raises Transient ``fetch.no_answer``, Permanent
        ``fetch.address``."""
        try:
            return in_time(self.seconds, lambda: self._content(url, body, content_type))
        except Transient as fault:
            raise Transient("fetch.no_answer") from fault
        except Permanent as fault:
            if fault.code == "gateway.proxy_login":
                raise Transient("fetch.no_answer") from fault
            raise Permanent("fetch.address") from fault

    def _content(self, url: str, body: bytes, content_type: str) -> bytes:
        http: Http = OpenTransport(
            connect_seconds=self.connect_seconds,
            seconds=self.seconds,
            most_bytes=self.most_bytes,
            logins=self.logins,
        )
        headers = {"Content-Type": content_type} if content_type else {}
        for _ in range(MOST_MOVES + 1):
            self._refuse_inside(url)
            method = "POST" if body else "GET"
            reply = http.request(method, url, headers=headers, body=body)
            if reply.status not in MOVED or body:
                return usable(reply)
            url = urljoin(url, reply.headers.get("location", ""))
        raise Transient("fetch.no_answer")

    def _refuse_inside(self, url: str) -> None:
        host, port = parts_of(url)
        if not self.inside and not all(map(is_public, addresses_of(host, port))):
            raise Permanent("fetch.address")


def usable(reply: Reply) -> bytes:
    if reply.status != 200 or not reply.body:
        raise Transient("fetch.no_answer")
    return reply.body


def parts_of(url: str) -> tuple[str, int]:
    """Raises Permanent ``fetch.address`` for anything but an address of the web."""
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() not in PORTS or not parts.hostname:
            raise Permanent("fetch.address")
        return parts.hostname, parts.port or PORTS[parts.scheme.lower()]
    except ValueError as error:
        raise Permanent("fetch.address") from error


def addresses_of(host: str, port: int) -> list[str]:
    """The numbers behind a name; none where only a proxy can tell them."""
    try:
        return [str(ip_address(host))]
    except ValueError:
        pass  # a name
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        if getproxies() and host.lower() != "localhost":
            return []
        raise Transient("fetch.no_answer") from error
    return [str(each[4][0]) for each in found]


def is_public(number: str) -> bool:
    return ip_address(number.split("%")[0]).is_global
