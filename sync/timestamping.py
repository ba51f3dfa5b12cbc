"""Asking a timestamp authority over HTTP (RFC 3161 §3.4): a query goes out, a reply comes back.

Most authorities are reached without TLS, the public one of this country among them (tokens §2):
the reply is signed and carries our nonce, and the query holds a digest and nothing else, so
that alone is done without TLS here. Authorities may need minutes, hence the long wait.
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from sync.errors import Permanent, Transient
from sync.http import Http, Reply
from sync.model import Destination
from sync.proxies import ProxyLogins
from sync.transport import HttpsTransport, OpenTransport
from sync.waiting import in_time

SECONDS = 180.0
LARGEST_REPLY = 64 * 1024
HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimestampAuthority:
    """``url``: ``http://…`` or ``https://…``; ``ca_pem`` as a Destination has it."""

    url: str
    ca_pem: str = ""
    seconds: float = SECONDS
    logins: ProxyLogins | None = None
    """of the network's proxy"""

    def ask(self, query: bytes) -> bytes:
        """TimeStampReq → TimeStampResp, DER. Raises Transient ``timestamp.no_answer``, Permanent
        ``timestamp.address`` or ``gateway.proxy_login``."""
        try:
            reply = in_time(self.seconds, lambda: self._asked(query))
        except Transient as fault:
            raise Transient("timestamp.no_answer") from fault
        except Permanent as fault:
            if fault.code == "gateway.proxy_login":
                raise
            raise Permanent("timestamp.address") from fault
        if reply.status != 200 or len(reply.body) > LARGEST_REPLY:
            raise Transient("timestamp.no_answer")
        return reply.body

    def _asked(self, query: bytes) -> Reply:
        with self._connected() as http:
            return http.request("POST", self.url, headers=HEADERS, body=query)

    def _connected(self) -> AbstractContextManager[Http]:
        if self.url.lower().startswith("http://"):
            plain = OpenTransport(
                connect_seconds=self.seconds,
                seconds=self.seconds,
                most_bytes=LARGEST_REPLY,
                logins=self.logins,
            )
            return nullcontext(plain)
        return HttpsTransport(
            Destination(url=self.url, ca_pem=self.ca_pem),
            read_seconds=self.seconds,
            call_seconds=self.seconds,
            logins=self.logins,
        )
