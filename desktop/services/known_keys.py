"""Which token and certificate a unit signed with last, and whether a certificate is new to it.

A certificate whose serial the agency does not know yet signs in vain: it is registered first, by
mẫu 04 or 05-IVAN, which takes days (tokens §4.1). The program can only know what it has seen.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.services.api import Remark
from desktop.services.ports import Reading, UnitOfWork
from desktop.services.token_api import LastKey as LastKey
from signing.model import CertificateInfo
from signing.ports import Signer

_MOST_SERIALS = 20


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key on a token, with the driver by which it was opened, so that it can be remembered."""

    key: Signer
    module: str

    @property
    def certificate(self) -> bytes:
        return self.key.certificate

    def sign(self, octets: bytes) -> bytes:
        return self.key.sign(octets)


def remember_signer(
    work: UnitOfWork, unit_code: str, signer: Signer, certificate: CertificateInfo
) -> None:
    """After a dossier of the unit was signed: its serial, and for a token the driver too."""
    remember_key(work, unit_code, certificate)
    if isinstance(signer, TokenKey):
        known = LastKey(module=signer.module, serial=certificate.serial)
        remember_module(work, unit_code, known)


def remember_key(work: UnitOfWork, unit_code: str, certificate: CertificateInfo) -> None:
    """After a dossier of the unit was signed with it."""
    serials = [certificate.serial, *_serials(work, unit_code)]
    kept = list(dict.fromkeys(serials))[:_MOST_SERIALS]
    work.settings.put(_serials_key(unit_code), json.dumps(kept))


def newness(work: Reading, unit_code: str, certificate: CertificateInfo) -> Iterable[Remark]:
    """A remark where this certificate has signed nothing of the unit before."""
    known = _serials(work, unit_code)
    if certificate.serial in known:
        return ()
    code = "certificate.new_serial" if known else "certificate.first_use"
    return (Remark(code=code, params={"serial": certificate.serial}),)


def remember_module(work: UnitOfWork, unit_code: str, key: LastKey) -> None:
    work.settings.put(_module_key(unit_code), json.dumps([key.module, key.serial]))


def last_key(work: Reading, unit_code: str) -> LastKey | None:
    """What the person chose last time for this unit."""
    stored = work.settings.get(_module_key(unit_code))
    if stored is None:
        return None
    module, serial = json.loads(stored)
    return LastKey(module=module, serial=serial)


def _serials(work: Reading, unit_code: str) -> list[str]:
    stored = work.settings.get(_serials_key(unit_code))
    serials: list[str] = json.loads(stored) if stored else []
    return serials


def _serials_key(unit_code: str) -> str:
    return f"signing/serials/{unit_code}"


def _module_key(unit_code: str) -> str:
    return f"signing/module/{unit_code}"
