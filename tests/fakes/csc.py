"""A remote signing service as CSC API v2 describes one, with an invented account and a phone.

Spoken to directly, or over TLS on loopback (``https_service``). Written from the methods and
parameters of the API; no provider's code or data.
"""

import json
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256, SHA384

from tests.fakes.certificates import Identity, unit_identity
from tests.sync.tls import server_paper, tls

TOKEN = "tam-thoi-4711"
SAD = "duoc-phep-ky-"
PIN = "864209"
HASHES = {"2.16.840.1.101.3.4.2.1": SHA256, "2.16.840.1.101.3.4.2.2": SHA384}
REFUSED = (400, {"error": "invalid_request", "error_description": "Trần Thị Sương Mai"})
Body = Mapping[str, Any]
Reply = tuple[int, dict[str, Any]]


def base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


@dataclass
class Answered:
    status: int
    body: dict[str, Any]


@dataclass
class RemoteService:
    """What the account holds and how the phone behaves."""

    identity: Identity = field(default_factory=unit_identity)
    algorithms: tuple[str, ...] = ("1.2.840.113549.1.1.11",)
    mode: str = "implicit"
    scal: str = "1"
    multisign: int = 10
    status: str = "enabled"
    rounds: int = 0
    """questions before the phone has confirmed"""
    rejected: bool = False
    slow_signing: int = 0
    """questions before a signature is there"""
    spoilt: bool = False
    side_by_side: bool = False
    """values of EC keys as r and s, not as a SEQUENCE"""
    asked: list[tuple[str, Body]] = field(default_factory=list)
    bearer: str = f"Bearer {TOKEN}"
    _allowed: dict[str, list[Any]] = field(default_factory=dict)
    _waiting: dict[str, Reply] = field(default_factory=dict)
    _value: str = ""

    def ask(self, method: str, body: Mapping[str, object]) -> Answered:
        """As the port has it."""
        return Answered(*self.answer(method, body))

    def methods(self) -> list[str]:
        return [method for method, _ in self.asked]

    def answer(self, method: str, body: Body) -> Reply:
        self.asked.append((method, body))
        return {
            "credentials/list": self._list,
            "credentials/info": self._info,
            "credentials/authorize": self._authorise,
            "credentials/authorizeCheck": self._check,
            "credentials/extendTransaction": self._extend,
            "signatures/signHash": self._sign,
            "signatures/signPolling": self._poll,
        }[method](body)

    def _list(self, body: Body) -> Reply:
        return 200, {"credentialIDs": ["khoa-1"]}

    def _info(self, body: Body) -> Reply:
        assert body["credentialID"] == "khoa-1"
        auth: dict[str, Any] = {"mode": self.mode}
        if self.mode == "explicit":
            auth["objects"] = [{"type": "Password", "id": "PIN"}]
        return 200, {
            "key": {"status": self.status, "algo": list(self.algorithms), "len": 2048},
            "cert": {"status": "valid", "certificates": [base64(self.identity.der)]},
            "auth": auth,
            "SCAL": self.scal,
            "multisign": self.multisign,
        }

    def _authorise(self, body: Body) -> Reply:
        if body["numSignatures"] > self.multisign:
            return REFUSED
        if self.mode == "explicit" and body.get("authData") != [{"id": "PIN", "value": PIN}]:
            return 400, {"error": "invalid_authentication_data"}
        reply = 200, {"SAD": self._grant(body["numSignatures"], body["hashes"]), "expiresIn": 300}
        if not self.rounds:
            return reply
        self._waiting["cho-1"] = reply
        return 202, {"handle": "cho-1"}

    def _check(self, body: Body) -> Reply:
        self.rounds -= 1
        if self.rounds > 0:
            return 202, {"handle": body["handle"]}
        if self.rejected:
            return 400, {"error": "access_denied"}
        return self._waiting.pop(body["handle"])

    def _grant(self, count: int, hashes: list[str]) -> str:
        sad = SAD + sha256(f"{count}{hashes}{len(self._allowed)}".encode()).hexdigest()
        self._allowed[sad] = [count, hashes]
        return sad

    def _extend(self, body: Body) -> Reply:
        count, _ = self._allowed.pop(body["SAD"])
        return 200, {"SAD": self._grant(count, body["hashes"])}

    def _sign(self, body: Body) -> Reply:
        assert body["signAlgo"] in self.algorithms
        if self.mode != "oauth2code":
            allowed = self._allowed.get(body["SAD"])
            if allowed is None or allowed[0] < 1:
                return REFUSED
            if self.scal == "2" and body["hashes"] != allowed[1]:
                return REFUSED
            allowed[0] -= 1
        self._value = base64(self._made(body))
        if self.slow_signing:
            return 200, {"responseID": "viec-1"}
        return 200, {"signatures": [self._value]}

    def _poll(self, body: Body) -> Reply:
        assert body == {"requestID": "viec-1"}
        self.slow_signing -= 1
        if self.slow_signing > 0:
            return 202, {"error": "accepted_request"}
        return 200, {"signatures": [self._value]}

    def _made(self, body: Body) -> bytes:
        digest = b64decode(body["hashes"][0])
        hashed = utils.Prehashed(HASHES[body["hashAlgorithmOID"]]())
        if self.spoilt:
            digest = bytes(len(digest))
        key = self.identity.key
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(digest, padding.PKCS1v15(), hashed)
        value = key.sign(digest, ec.ECDSA(hashed))
        if not self.side_by_side:
            return value
        size = (key.key_size + 7) // 8
        numbers = utils.decode_dss_signature(value)
        return b"".join(number.to_bytes(size, "big") for number in numbers)


@contextmanager
def https_service(service: RemoteService, folder: Path) -> Iterator[str]:
    """The address of the service, ``https://127.0.0.1:…/csc/v2``."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            if self.headers["Authorization"] != service.bearer:
                self._send(401, {"error": "invalid_token"})
                return
            self._send(*service.answer(self.path.removeprefix("/csc/v2/"), body))

        def _send(self, status: int, document: dict[str, Any]) -> None:
            content = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = tls(server_paper(), folder).wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}/csc/v2"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
