"""A key that lies with a provider: the shape of the CSC API, version 2 (tokens §3, remote signing).

``RemoteSigner`` is a Signer like any other, so that no room changes when a provider comes. The
network is a port; the person confirms on a phone while ``Patience`` waits. Nothing of a provider
stands in the program: no address, no client secret.
"""

from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from signing.certificates import read_certificate
from signing.errors import CertificateFault, DeviceFault
from signing.key_kind import KeyKind, key_kind
from signing.model import CertificateInfo
from signing.ports import Signer
from signing.remote_answers import PENDING, Answer, text_in, understood
from signing.remote_waiting import Patience
from signing.secret import Secret
from signing.values import is_right, side_by_side

HASH_OID = {"sha256": "2.16.840.1.101.3.4.2.1", "sha384": "2.16.840.1.101.3.4.2.2"}
ALGORITHMS = {
    "rsa": ("1.2.840.113549.1.1.11", "1.2.840.113549.1.1.1"),
    "p256": ("1.2.840.10045.4.3.2",),
    "p384": ("1.2.840.10045.4.3.3",),
}
"""signAlgo by kind of key, the one that names its hash first"""
MOST_CREDENTIALS = 20


class RemoteSigning(Protocol):
    """An account with a provider, signed in already."""

    def ask(self, method: str, body: Mapping[str, object]) -> Answer:
        """One call of the CSC API, such as ``signatures/signHash``.

        Raises a SurroundingsFault when nothing came back.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteCredential:
    """One key of the account with its certificate."""

    credential_id: str
    certificate: CertificateInfo
    algorithm: str
    """OID of signAlgo"""
    mode: str
    """``implicit`` confirmed elsewhere, ``explicit`` with a PIN or code, ``oauth2code``"""
    wants: tuple[str, ...]
    """names of what is to be typed, such as ``PIN`` or ``OTP``"""
    each_hash: bool
    """SCAL 2: a permission is for the hashes it was asked for"""
    most_signatures: int
    """that one confirmation allows"""


def list_credentials(account: RemoteSigning) -> tuple[RemoteCredential, ...]:
    """What could sign. Disabled keys and kinds of key that are no use here are left out.

    Raises PinFault ``remote.session``, DeviceFault ``remote.refused`` or ``remote.rubbish``.
    """
    wish = {"maxResults": MOST_CREDENTIALS, "onlyValid": True}
    body = understood(account.ask("credentials/list", wish))
    ids = [each for each in _list(body, "credentialIDs") if isinstance(each, str)]
    return tuple(found for each in ids[:MOST_CREDENTIALS] if (found := _credential(account, each)))


@contextmanager
def open_remote(
    account: RemoteSigning,
    serial: str | None = None,
    *,
    typed: Mapping[str, Secret] | None = None,
    signatures: int = 1,
    patience: Patience | None = None,
) -> Iterator[Signer]:
    """A Signer over the account's key, for one batch of ``signatures``.

    ``serial``: the certificate's, hex; None where only one can be meant. ``typed``: what the
    credential wants to have typed, by name. Raises CertificateFault ``remote.no_credential`` or
    ``certificate.several``, and as ``list_credentials``.
    """
    wanted = serial.replace(":", "").upper().lstrip("0") if serial else None
    found = [
        each
        for each in list_credentials(account)
        if wanted in (None, each.certificate.serial.lstrip("0"))
    ]
    if len(found) > 1:
        raise CertificateFault("certificate.several")
    if not found:
        raise CertificateFault("remote.no_credential")
    yield RemoteSigner(
        account=account,
        credential=found[0],
        typed=dict(typed or {}),
        signatures=signatures,
        patience=patience or Patience(),
    )


@dataclass(slots=True, kw_only=True)
class RemoteSigner:
    """A Signer whose key never leaves the provider. Not for two threads at once."""

    account: RemoteSigning = field(repr=False)
    credential: RemoteCredential
    patience: Patience
    typed: Mapping[str, Secret] = field(default_factory=dict, repr=False)
    signatures: int = 1
    _permission: Secret | None = field(default=None, init=False, repr=False)
    _left: int = field(default=0, init=False)

    @property
    def certificate(self) -> bytes:
        return self.credential.certificate.der

    def sign(self, octets: bytes) -> bytes:
        """Raises PinFault ``remote.session`` or ``remote.secret``, DeviceFault ``remote.refused``,
        ``remote.rejected``, ``remote.not_confirmed``, ``remote.cancelled``, ``remote.rubbish``
        or ``remote.wrong_signature``, and what the account raises. Nothing is tried twice."""
        kind = key_kind(self.certificate)
        digest = kind.digest(octets)
        hashed = {"hashes": [_base64(digest)], "hashAlgorithmOID": HASH_OID[kind.hash_name]}
        body: dict[str, object] = {
            "credentialID": self.credential.credential_id,
            **hashed,
            "signAlgo": self.credential.algorithm,
        }
        if self.credential.mode != "oauth2code":
            body["SAD"] = self._allowed(hashed).reveal()
        value = side_by_side(self._signed(body), kind)
        if not is_right(self.certificate, octets, value, kind):
            raise DeviceFault("remote.wrong_signature")
        return value

    def _allowed(self, hashed: Mapping[str, object]) -> Secret:
        """A permission for this hash: the one at hand, renewed for it, or a new one."""
        held, self._permission = self._permission, None  # what fails leaves nothing to reuse
        if held is None or self._left <= 0:
            count = max(1, min(self.signatures, self.credential.most_signatures))
            held, self._left = self._authorise(hashed, count), count
        elif self.credential.each_hash:
            held = self._extend(hashed, held)
        self._permission = held
        self._left -= 1
        return held

    def _authorise(self, hashed: Mapping[str, object], count: int) -> Secret:
        body: dict[str, object] = {
            "credentialID": self.credential.credential_id,
            "numSignatures": count,
            **hashed,
        }
        if self.credential.mode == "explicit":
            body["authData"] = [
                {"id": name, "value": secret.reveal()} for name, secret in self.typed.items()
            ]
        answer = self.account.ask("credentials/authorize", body)
        waiting = self.patience.begin()
        while answer.status == PENDING:
            handle = text_in(understood(answer), "handle")
            waiting.pause()
            answer = self.account.ask("credentials/authorizeCheck", {"handle": handle})
        return Secret(text_in(understood(answer), "SAD"))

    def _extend(self, hashed: Mapping[str, object], permission: Secret) -> Secret:
        """The same confirmation for a hash that could not be known before."""
        body = {
            "credentialID": self.credential.credential_id,
            **hashed,
            "SAD": permission.reveal(),
        }
        answer = self.account.ask("credentials/extendTransaction", body)
        return Secret(text_in(understood(answer), "SAD"))

    def _signed(self, body: Mapping[str, object]) -> bytes:
        """At once, or fetched when the provider says that it works on it."""
        answer = self.account.ask("signatures/signHash", body)
        waiting = self.patience.begin()
        request = answer.body.get("responseID")
        while isinstance(request, str) and "signatures" not in answer.body:
            understood(answer)
            waiting.pause()
            answer = self.account.ask("signatures/signPolling", {"requestID": request})
        values = _list(understood(answer), "signatures")
        if len(values) != 1:
            raise DeviceFault("remote.rubbish")
        return _bytes(values[0])


def _credential(account: RemoteSigning, credential_id: str) -> RemoteCredential | None:
    wish = {"credentialID": credential_id, "certificates": "single", "authInfo": True}
    body = understood(account.ask("credentials/info", wish))
    key, auth = _part(body, "key"), _part(body, "auth")
    certificates = _list(_part(body, "cert"), "certificates")
    if key.get("status") != "enabled" or not certificates:
        return None
    der = _bytes(certificates[0])
    try:
        kind = key_kind(der)
    except CertificateFault:
        return None
    algorithm = _algorithm(kind, _list(key, "algo"))
    if algorithm is None:
        return None
    most = body.get("multisign")
    return RemoteCredential(
        credential_id=credential_id,
        certificate=read_certificate(der),
        algorithm=algorithm,
        mode=str(auth.get("mode", "implicit")),
        wants=tuple(_wanted(auth)),
        each_hash=str(body.get("SCAL", "1")) == "2",
        most_signatures=most if isinstance(most, int) and most > 0 else 1,
    )


def _wanted(auth: Mapping[str, Any]) -> Iterator[str]:
    objects = auth.get("objects")
    for each in objects if isinstance(objects, list) else ():
        if isinstance(each, dict) and isinstance(each.get("id"), str):
            yield each["id"]


def _algorithm(kind: KeyKind, offered: Sequence[object]) -> str | None:
    return next((oid for oid in ALGORITHMS[kind.name] if oid in offered), None)


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name)
    return found if isinstance(found, dict) else {}


def _list(body: Mapping[str, Any], name: str) -> Sequence[object]:
    found = body.get(name)
    if not isinstance(found, list):
        raise DeviceFault("remote.rubbish")
    return found


def _bytes(value: object) -> bytes:
    try:
        return b64decode(str(value), validate=True)
    except (NoBase64, ValueError) as error:
        raise DeviceFault("remote.rubbish") from error


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
