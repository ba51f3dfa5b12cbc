"""Real TLS servers on loopback, each with one fault. Nobody here exists."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

LOOPBACK = "127.0.0.1"
AUTHORITY = "CA thử (không có thật)"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
Behaviour = Callable[[socket.socket], None]


@dataclass(frozen=True)
class Paper:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    def write(self, folder: Path) -> Path:
        """Certificate and key in one file, as the ssl module reads them."""
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path = folder / f"{self.certificate.serial_number}.pem"
        path.write_bytes(self.pem.encode() + key)
        return path


def authority(name: str = AUTHORITY) -> Paper:
    return _authority(name)


@cache
def _authority(name: str) -> Paper:
    return _paper(name, None, ca=True)


@cache
def server_paper(
    *,
    host: str = LOOPBACK,
    issuer: str | None = AUTHORITY,
    first: datetime = NOW - DAY,
    last: datetime = NOW + DAY,
) -> Paper:
    """``issuer`` None: signed by itself."""
    return _paper(host, authority(issuer) if issuer else None, host=host, first=first, last=last)


def _paper(
    name: str,
    issuer: Paper | None,
    *,
    host: str = "",
    ca: bool = False,
    first: datetime = NOW - DAY,
    last: datetime = NOW + DAY,
) -> Paper:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if host:
        builder = builder.add_extension(x509.SubjectAlternativeName([_named(host)]), critical=False)
    return Paper(key, builder.sign(issuer.key if issuer else key, SHA256()))


def _named(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def tls(paper: Paper, folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paper.write(folder))
    return context


def answering(raw: bytes) -> Behaviour:
    """Reads the head of a request and writes these bytes, then ends the connection."""

    def behave(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(raw)

    return behave


def read_head(connection: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(4096)
        if not piece:
            break
        head += piece
    return head


@contextmanager
def serving(
    behave: Behaviour, context: ssl.SSLContext | None = None, *, polite: bool = True
) -> Iterator[int]:
    """The port of a server that does this with every connection.

    ``polite``: says good-bye as TLS asks for; otherwise the line simply goes dead.
    """
    listener = socket.create_server((LOOPBACK, 0))
    listener.settimeout(0.1)
    ended = threading.Event()

    def one(plain: socket.socket) -> None:
        with suppress(OSError), plain:
            plain.settimeout(1)
            if context is None:
                behave(plain)
                return
            with context.wrap_socket(plain, server_side=True) as wrapped:
                behave(wrapped)
                if polite:
                    wrapped.unwrap()

    def accept() -> None:
        while not ended.is_set():
            with suppress(TimeoutError):
                one(listener.accept()[0])

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        ended.set()
        thread.join(timeout=15)
        listener.close()
