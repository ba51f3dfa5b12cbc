"""A software token for tests: SoftHSM2 in a folder of its own, with keys of invented units.

SoftHSM2 reads its settings from ``SOFTHSM2_CONF``, which the token agent inherits. Setting up a
token needs a read-write session, which the program itself never opens; so it is done here, in a
child process, lest the tests' own process keep the module loaded.
"""

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from tests.fakes.certificates import Identity

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "246813"
SO_PIN = "97531086"
LABEL = "Token thu nghiem"
CURVES = {
    "secp256r1": "06082a8648ce3d030107",
    "secp384r1": "06052b81040022",
    "secp521r1": "06052b81040023",
}
"""object identifiers, DER"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftToken:
    """A folder of software tokens. Give ``module`` and ``PIN`` to what is tested."""

    folder: Path
    module: Path = MODULE

    @property
    def settings(self) -> Path:
        return self.folder / "softhsm2.conf"

    def add_token(self, label: str = LABEL) -> None:
        """Sets up the next free slot."""
        pins = (f"--pin={PIN}", f"--so-pin={SO_PIN}")
        self._run(["softhsm2-util", "--init-token", "--free", f"--label={label}", *pins])

    def put(
        self,
        identity: Identity,
        *,
        label: str = LABEL,
        key_id: bytes = b"\x01",
        certificate_id: bytes | None = None,
        with_key: bool = True,
        hidden: bool = False,
    ) -> None:
        """Stores a certificate and its key. ``hidden``: to be seen after a login only."""
        order = {
            "module": str(self.module),
            "label": label,
            "pin": PIN,
            "certificate": b64encode(identity.der).decode(),
            "key": _pkcs8(identity) if with_key else None,
            "key_id": key_id.hex(),
            "certificate_id": (key_id if certificate_id is None else certificate_id).hex(),
            "hidden": hidden,
        }
        self._run([sys.executable, __file__], json.dumps(order))

    def _run(self, command: list[str], text: str | None = None) -> None:
        environment = {"SOFTHSM2_CONF": str(self.settings), "PATH": "/usr/bin:/bin"}
        environment["PYTHONPATH"] = str(Path(__file__).parents[2])
        subprocess.run(
            command, input=text, env=environment, check=True, capture_output=True, text=True
        )


def soft_token(folder: Path) -> SoftToken:
    """An empty folder of tokens; the caller sets ``SOFTHSM2_CONF`` to its ``settings``."""
    store = folder / "tokens"
    store.mkdir(parents=True)
    token = SoftToken(folder=folder)
    token.settings.write_text(f"directories.tokendir = {store}\nobjectstore.backend = file\n")
    return token


def _pkcs8(identity: Identity) -> str:
    der = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return b64encode(der).decode()


def _store(order: dict[str, object]) -> None:
    """In the child process: the objects, through a read-write session."""
    import PyKCS11

    library = PyKCS11.PyKCS11Lib()
    library.load(order["module"])
    slot = next(
        slot
        for slot in library.getSlotList(tokenPresent=True)
        if library.getTokenInfo(slot).label.strip() == order["label"]
    )
    session = library.openSession(slot, PyKCS11.CKF_SERIAL_SESSION | PyKCS11.CKF_RW_SESSION)
    session.login(order["pin"])
    session.createObject(_certificate_object(order))
    if order["key"]:
        session.createObject(_key_object(order))
    session.logout()


def _certificate_object(order: dict[str, object]) -> list[tuple[int, object]]:
    import PyKCS11
    from cryptography import x509

    der = b64decode(str(order["certificate"]))
    subject = x509.load_der_x509_certificate(der).subject.public_bytes()
    return [
        (PyKCS11.CKA_CLASS, PyKCS11.CKO_CERTIFICATE),
        (PyKCS11.CKA_CERTIFICATE_TYPE, PyKCS11.CKC_X_509),
        (PyKCS11.CKA_TOKEN, PyKCS11.CK_TRUE),
        (PyKCS11.CKA_PRIVATE, PyKCS11.CK_TRUE if order["hidden"] else PyKCS11.CK_FALSE),
        (PyKCS11.CKA_LABEL, "certificate"),
        (PyKCS11.CKA_SUBJECT, subject),
        (PyKCS11.CKA_ID, bytes.fromhex(str(order["certificate_id"]))),
        (PyKCS11.CKA_VALUE, der),
    ]


def _key_object(order: dict[str, object]) -> list[tuple[int, object]]:
    import PyKCS11
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    key = load_der_private_key(b64decode(str(order["key"])), None)
    common: list[tuple[int, object]] = [
        (PyKCS11.CKA_CLASS, PyKCS11.CKO_PRIVATE_KEY),
        (PyKCS11.CKA_TOKEN, PyKCS11.CK_TRUE),
        (PyKCS11.CKA_PRIVATE, PyKCS11.CK_TRUE),
        (PyKCS11.CKA_SENSITIVE, PyKCS11.CK_TRUE),
        (PyKCS11.CKA_SIGN, PyKCS11.CK_TRUE),
        (PyKCS11.CKA_LABEL, "a label that matches nothing"),
        (PyKCS11.CKA_ID, bytes.fromhex(str(order["key_id"]))),
    ]
    if isinstance(key, rsa.RSAPrivateKey):
        return [*common, (PyKCS11.CKA_KEY_TYPE, PyKCS11.CKK_RSA), *_rsa_numbers(key)]
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    value = key.private_numbers().private_value.to_bytes((key.key_size + 7) // 8, "big")
    return [
        *common,
        (PyKCS11.CKA_KEY_TYPE, PyKCS11.CKK_EC),
        (PyKCS11.CKA_EC_PARAMS, bytes.fromhex(CURVES[key.curve.name])),
        (PyKCS11.CKA_VALUE, value),
    ]


def _rsa_numbers(key: rsa.RSAPrivateKey) -> list[tuple[int, object]]:
    import PyKCS11

    private, public = key.private_numbers(), key.public_key().public_numbers()
    numbers = {
        PyKCS11.CKA_MODULUS: public.n,
        PyKCS11.CKA_PUBLIC_EXPONENT: public.e,
        PyKCS11.CKA_PRIVATE_EXPONENT: private.d,
        PyKCS11.CKA_PRIME_1: private.p,
        PyKCS11.CKA_PRIME_2: private.q,
        PyKCS11.CKA_EXPONENT_1: private.dmp1,
        PyKCS11.CKA_EXPONENT_2: private.dmq1,
        PyKCS11.CKA_COEFFICIENT: private.iqmp,
    }
    return [
        (attribute, number.to_bytes((number.bit_length() + 7) // 8, "big"))
        for attribute, number in numbers.items()
    ]


if __name__ == "__main__":
    _store(json.load(sys.stdin))
