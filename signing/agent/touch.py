"""One private key that is open for signing. Lives in the agent's process."""

from dataclasses import dataclass
from typing import Any

import PyKCS11
from PyKCS11 import PyKCS11Error

from signing.digest_info import sha256_digest_info
from signing.key_kind import KeyKind

CONTEXT_SPECIFIC = 2
"""CKU_CONTEXT_SPECIFIC: a login for the one operation that was begun"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """``pin`` is kept for a key alone that asks for it at every signature, and only in the
    process that is killed after the batch; None where the device has a PIN pad of its own."""

    session: Any
    key: Any
    kind: KeyKind
    asks_each_time: bool
    pin: str | None

    def sign(self, digest: bytes) -> bytes:
        """Raises PyKCS11Error."""
        if self.kind.elliptic:
            return self._operate(digest, PyKCS11.CKM_ECDSA)
        return self._operate(sha256_digest_info(digest), PyKCS11.CKM_RSA_PKCS)

    def _operate(self, data: bytes, mechanism: int) -> bytes:
        """CKM_RSA_PKCS over DigestInfo: the one mechanism every token has (tokens §3)."""
        ready = PyKCS11.Mechanism(mechanism, None)
        if not self.asks_each_time:
            return bytes(self.session.sign(self.key, data, ready))
        return self._sign_asked(data, ready)

    def _sign_asked(self, data: bytes, mechanism: Any) -> bytes:
        """C_SignInit, C_Login for this operation, C_Sign: PyKCS11 has no call for the middle."""
        low, session = self.session.lib, self.session.session
        _check(low.C_SignInit(session, mechanism.to_native(), self.key))
        pin = None if self.pin is None else self.pin.encode()
        self.session.login(pin, CONTEXT_SPECIFIC)
        value = PyKCS11.ckbytelist()
        octets = PyKCS11.ckbytelist(data)
        _check(low.C_Sign(session, octets, value))  # the size
        _check(low.C_Sign(session, octets, value))
        return bytes(value)


def _check(value: int) -> None:
    if value != PyKCS11.CKR_OK:
        raise PyKCS11Error(value)
