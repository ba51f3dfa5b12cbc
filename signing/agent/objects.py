"""Certificates on a token and the keys that belong to them, read through an open session."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from signing.certificates import is_authority, read_certificate
from signing.errors import CertificateFault

# PKCS#11 numbers; kept here so that only the driver's module needs the library
CKA_CLASS, CKA_VALUE, CKA_ID, CKA_MODULUS = 0x00, 0x11, 0x102, 0x120
CKA_ALWAYS_AUTHENTICATE = 0x202
CKO_CERTIFICATE, CKO_PRIVATE_KEY = 1, 3

ReadAgain = Callable[[Any, Any, int], bytes]
"""(session, object, attribute) → the value, read without asking for its size first"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One certificate. ``key``: the handle of its private key where that can be seen."""

    der: bytes
    serial: str
    """upper-case hex"""
    key_id: bytes
    key: Any
    has_private_key: bool | None
    """None: cannot be told before a login"""
    is_authority: bool
    asks_each_time: bool = False
    """its key wants the PIN for every signature"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    handle: Any
    key_id: bytes
    modulus: bytes
    asks_each_time: bool
    """the PIN is asked for every signature (CKA_ALWAYS_AUTHENTICATE)"""


def find_certificates(session: Any, *, logged_in: bool, again: ReadAgain) -> list[Found]:
    """Every certificate that can be read. One that is no X.509 certificate is left out.

    ``again`` is asked where the driver answers that a certificate or its id has no length.
    """
    keys = list(_private_keys(session, again))
    return [
        found
        for handle in session.findObjects([(CKA_CLASS, CKO_CERTIFICATE)])
        for found in _found(_certificate_values(session, handle, again), keys, logged_in)
    ]


def _certificate_values(session: Any, handle: Any, again: ReadAgain) -> list[bytes]:
    der, key_id = _values(session, handle, CKA_VALUE, CKA_ID)
    if der:
        return [der, key_id]
    return [again(session, handle, CKA_VALUE), again(session, handle, CKA_ID)]


def _private_keys(session: Any, again: ReadAgain) -> Iterator[Key]:
    for handle in session.findObjects([(CKA_CLASS, CKO_PRIVATE_KEY)]):
        key_id, modulus, each_time = _values(
            session, handle, CKA_ID, CKA_MODULUS, CKA_ALWAYS_AUTHENTICATE
        )
        if not key_id and not modulus:
            key_id, modulus = (again(session, handle, each) for each in (CKA_ID, CKA_MODULUS))
        yield Key(
            handle=handle,
            key_id=key_id,
            modulus=modulus.lstrip(b"\0"),
            asks_each_time=any(each_time),
        )


def _values(session: Any, handle: Any, *attributes: int) -> list[bytes]:
    """Empty where the token does not give an attribute, such as a modulus of an EC key."""
    values = session.getAttributeValue(handle, list(attributes), True)
    return [b"" if value is None else bytes(value) for value in values]


def _found(values: list[bytes], keys: list[Key], logged_in: bool) -> Iterator[Found]:
    der, key_id = values
    try:
        serial = read_certificate(der).serial
    except CertificateFault:
        return
    key = _key_of(der, key_id, keys)
    absent = False if logged_in else None
    yield Found(
        der=der,
        serial=serial,
        key_id=key_id,
        key=key.handle if key else None,
        has_private_key=True if key else absent,
        is_authority=is_authority(der),
        asks_each_time=key is not None and key.asks_each_time,
    )


def _key_of(der: bytes, key_id: bytes, keys: list[Key]) -> Key | None:
    """By CKA_ID, else by modulus; a label says nothing (tokens §3).

    Where the token gives no id at all, its only private key is the one that is meant.
    """
    same_id = [key for key in keys if key_id and key.key_id == key_id]
    if len(same_id) == 1:
        return same_id[0]
    modulus = _modulus(der)
    same_modulus = [key for key in keys if modulus and key.modulus == modulus]
    if same_modulus:
        return same_modulus[0]
    alone = not key_id and len(keys) == 1 and not keys[0].modulus and not keys[0].key_id
    return keys[0] if alone and not is_authority(der) else None


def _modulus(der: bytes) -> bytes:
    key = x509.load_der_x509_certificate(der).public_key()
    if not isinstance(key, RSAPublicKey):
        return b""
    number = key.public_numbers().n
    return number.to_bytes((number.bit_length() + 7) // 8, "big")
