"""A file locked with a password: scrypt makes the key, AES-256-GCM keeps and proves the content.

One line of ASCII says what it is, one of JSON how the key was made; the rest is the ciphertext.
Both lines are proved with it.
"""

import json
from base64 import b64decode, b64encode
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from resources.faults import DataFault, UsageFault

MAGIC = b"TOKHAI-OUTBOX-LOCKED-1\n"
SHORTEST_PASSWORD = 8
_KEY, _SALT, _NONCE = 32, 16, 12
"""bytes"""
_COST, _BLOCK, _LANES = 2**16, 8, 1
"""64 MB and a quarter of a second"""
_LONGEST_HEADER = 400


def is_locked(content: bytes) -> bool:
    return content.startswith(MAGIC)


def lock(content: bytes, password: str) -> bytes:
    """Raises UsageFault ``sealed.password_short``."""
    if len(password) < SHORTEST_PASSWORD:
        raise UsageFault("sealed.password_short", least=SHORTEST_PASSWORD)
    salt, nonce = token_bytes(_SALT), token_bytes(_NONCE)
    told = {"kdf": "scrypt", "salt": _text(salt), "nonce": _text(nonce)}
    header = MAGIC + json.dumps(told).encode() + b"\n"
    return header + AESGCM(_key(password, salt)).encrypt(nonce, content, header)


def unlock(content: bytes, password: str) -> bytes:
    """Raises UsageFault ``sealed.password_needed``, ``sealed.password_wrong``; DataFault
    ``sealed.damaged``. A wrong password and a changed file look alike."""
    if not password:
        raise UsageFault("sealed.password_needed")
    end = content.find(b"\n", len(MAGIC), len(MAGIC) + _LONGEST_HEADER)
    header, locked = content[: end + 1], content[end + 1 :]
    try:
        told = json.loads(header[len(MAGIC) :])
        salt, nonce = _bytes(told["salt"], _SALT), _bytes(told["nonce"], _NONCE)
    except (ValueError, KeyError, TypeError) as error:
        raise DataFault("sealed.damaged") from error
    try:
        return AESGCM(_key(password, salt)).decrypt(nonce, locked, header)
    except InvalidTag as error:
        raise UsageFault("sealed.password_wrong") from error


def _key(password: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=_KEY, n=_COST, r=_BLOCK, p=_LANES).derive(password.encode())


def _text(value: bytes) -> str:
    return b64encode(value).decode("ascii")


def _bytes(value: str, length: int) -> bytes:
    found = b64decode(value, validate=True)
    if len(found) != length:
        raise ValueError("another length")
    return found
