"""A PyKCS11 library in memory: slots, tokens, objects, and return values to order."""

from dataclasses import dataclass, field
from typing import Any

import PyKCS11
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from tests.fakes.certificates import Identity

READY = PyKCS11.CKF_TOKEN_INITIALIZED | PyKCS11.CKF_LOGIN_REQUIRED
PIN = b"246813"


def refuse(name: str) -> Exception:
    error: Exception = PyKCS11.PyKCS11Error(getattr(PyKCS11, name))
    return error


@dataclass
class FakeInfo:
    flags: int
    label: str = "Token\x00\x00"
    manufacturerID: str = "Hãng không có thật "  # noqa: N815 - PyKCS11's own name
    model: str = "M1"
    serialNumber: str = "0001 "  # noqa: N815 - PyKCS11's own name


@dataclass
class FakeObject:
    kind: int
    values: dict[int, bytes | None]
    private: bool = False


def certificate_object(
    identity: Identity, *, key_id: bytes = b"\x01", private: bool = False
) -> FakeObject:
    values = {PyKCS11.CKA_VALUE: identity.der, PyKCS11.CKA_ID: key_id}
    return FakeObject(PyKCS11.CKO_CERTIFICATE, {**values}, private)


def key_object(identity: Identity, *, key_id: bytes = b"\x01", modulus: bool = True) -> FakeObject:
    number = None
    if modulus and isinstance(identity.key, RSAPrivateKey):
        number = b"\0" + identity.key.public_key().public_numbers().n.to_bytes(256, "big")
    values = {PyKCS11.CKA_ID: key_id, PyKCS11.CKA_MODULUS: number}
    return FakeObject(PyKCS11.CKO_PRIVATE_KEY, values, private=True)


@dataclass
class FakeSession:
    slot: "FakeSlot"
    logged_in: bool = False

    def findObjects(self, template: list[tuple[int, int]]) -> list[FakeObject]:
        kind = template[0][1]
        return [
            each
            for each in self.slot.objects
            if each.kind == kind and (self.logged_in or not each.private)
        ]

    def getAttributeValue(
        self, handle: FakeObject, attributes: list[int], as_binary: bool
    ) -> list[bytes | None]:
        assert as_binary
        return [handle.values.get(attribute) for attribute in attributes]

    def login(self, pin: bytes | None) -> None:
        self.slot.pins.append(pin)
        if pin is None:
            self.logged_in = True
            return
        if self.slot.login_answer:
            self.slot.info.flags |= self.slot.flags_after_login
            raise refuse(self.slot.login_answer)
        if pin != PIN:
            raise refuse("CKR_PIN_INCORRECT")
        self.logged_in = True

    def logout(self) -> None:
        if self.slot.logout_answer:
            raise refuse(self.slot.logout_answer)
        self.logged_in = False

    def sign(self, key: FakeObject, data: bytes, mechanism: Any) -> list[int]:
        if self.slot.sign_answers:
            raise refuse(self.slot.sign_answers.pop(0))
        if self.slot.sign_answer:
            raise refuse(self.slot.sign_answer)
        return list(b"signed " + data[-4:])


@dataclass
class FakeSlot:
    objects: list[FakeObject] = field(default_factory=list)
    info: FakeInfo = field(default_factory=lambda: FakeInfo(READY))
    info_answer: str = ""
    login_answer: str = ""
    flags_after_login: int = 0
    logout_answer: str = ""
    sign_answer: str = ""
    pins: list[bytes | None] = field(default_factory=list)
    description: str = "A reader"
    empty: bool = False
    sessions: int = 0
    sign_answers: list[str] = field(default_factory=list)
    """one for each signature to come; then ``sign_answer``"""
    stays_logged_in: bool = False
    """the login outlives the session"""


@dataclass
class FakeSlotInfo:
    slotDescription: str  # noqa: N815 - PyKCS11's own name


@dataclass
class FakeLibrary:
    slots: list[FakeSlot]
    slots_answer: str = ""
    opened: list[int] = field(default_factory=list)

    def getSlotList(self, tokenPresent: bool) -> list[int]:  # noqa: N803 - PyKCS11's own names
        if self.slots_answer:
            raise refuse(self.slots_answer)
        every = range(len(self.slots))
        return [at for at in every if not (tokenPresent and self.slots[at].empty)]

    def getSlotInfo(self, slot: int) -> "FakeSlotInfo":
        return FakeSlotInfo(self.slots[slot].description)

    def getTokenInfo(self, slot: int) -> FakeInfo:
        if self.slots[slot].info_answer:
            raise refuse(self.slots[slot].info_answer)
        return self.slots[slot].info

    def openSession(self, slot: int, flags: int) -> FakeSession:
        self.opened.append(flags)
        found = self.slots[slot]
        found.sessions += 1
        return FakeSession(found, logged_in=found.stays_logged_in and bool(found.pins))
