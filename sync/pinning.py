"""TLS as a gateway must speak it: 1.2 or newer, a verified chain, a pinned key where one is named,
and no call longer than its time.

A pin is checked as the handshake ends, before a byte of ours goes out. The time of a call is
kept at every read and write: the limits of a socket are for each piece that comes, so that a
server that sends a letter a second would never be late.
"""

import _ssl
import ssl
from base64 import b64decode, b64encode
from hashlib import sha256
from time import monotonic
from typing import Any

from asn1crypto import pem, x509

from resources.faults import UsageFault
from sync.errors import Permanent

PIN_BYTES = 32
STALL_SECONDS = 60.0
SIP = 256 * 1024
"""bytes given to the line at once, so that the time is looked at in between and a slow line that
moves is not taken for a dead one"""


class WrongPin(ssl.SSLError):
    """None of the pinned keys stands in the verified chain."""


class GatewayContext(ssl.SSLContext):
    """For one connection at a time, as the time of its call stands here."""

    pins: frozenset[str] = frozenset()
    until: float | None = None
    """``time.monotonic`` by which the call must have ended"""
    stall: float = STALL_SECONDS
    """seconds in which the other side must do something"""


class GatewaySocket(ssl.SSLSocket):
    """The connection itself; reached through a proxy as well."""

    def do_handshake(self, block: bool = False) -> None:
        super().do_handshake(block)
        check_pins(self)

    def read(self, len: int = 1024, buffer: Any = None) -> Any:
        self._keep_time()
        return super().read(len, buffer)

    def send(self, data: Any, flags: int = 0) -> int:
        self._keep_time()
        return super().send(memoryview(data)[:SIP], flags)

    def _keep_time(self) -> None:
        context = self.context
        if not isinstance(context, GatewayContext) or context.until is None:
            return
        left = context.until - monotonic()
        if left <= 0:
            raise TimeoutError("the call took too long")
        limit = min(left, context.stall)
        if limit != self.gettimeout():  # setting it is a call to the system
            self.settimeout(limit)


class GatewayInside(ssl.SSLObject):
    """The same inside the TLS of a proxy."""

    def do_handshake(self) -> None:
        super().do_handshake()
        check_pins(self)


def gateway_context(ca_pem: str, pins: tuple[str, ...] = ()) -> GatewayContext:
    """``ca_pem``: this authority and no other; empty: the system's. Raises Permanent
    ``gateway.ca`` when the authority's certificate cannot be read."""
    context = GatewayContext(ssl.PROTOCOL_TLS_CLIENT)
    context.sslsocket_class = GatewaySocket
    context.sslobject_class = GatewayInside
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.pins = frozenset(pins)
    try:
        if ca_pem:
            context.load_verify_locations(cadata=ca_pem)
        else:
            context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    except (ssl.SSLError, ValueError, TypeError) as error:
        raise Permanent("gateway.ca") from error
    return context


def check_pins(line: ssl.SSLSocket | ssl.SSLObject) -> None:
    """Raises WrongPin."""
    context = line.context
    pins = context.pins if isinstance(context, GatewayContext) else frozenset()
    if pins and pins.isdisjoint(map(pin_of, verified_chain(line))):
        raise WrongPin("no pinned key in the chain")


def verified_chain(line: ssl.SSLSocket | ssl.SSLObject) -> list[bytes]:
    """DER, the server's own first. Public from Python 3.13 on."""
    if hasattr(line, "get_verified_chain"):
        return list(line.get_verified_chain())
    inner: Any = line._sslobj  # type: ignore[union-attr]  # no other way before 3.13
    return [each.public_bytes(_ssl.ENCODING_DER) for each in inner.get_verified_chain()]


def pin_of(certificate: bytes) -> str:
    """base64 of SHA-256 over the public key (SPKI) of a certificate, DER or PEM."""
    der = pem.unarmor(certificate)[2] if pem.detect(certificate) else certificate
    key = x509.Certificate.load(der).public_key.dump()
    return b64encode(sha256(key).digest()).decode("ascii")


def read_pin(text: str) -> str:
    """Base64 of 32 bytes, also as ``sha256//…``.

    Raises UsageFault ``cli.server_key_unreadable``.
    """
    pin = text.removeprefix("sha256//")
    try:
        whole = len(b64decode(pin, validate=True)) == PIN_BYTES
    except ValueError:
        whole = False
    if not whole:
        raise UsageFault("cli.server_key_unreadable")
    return pin
