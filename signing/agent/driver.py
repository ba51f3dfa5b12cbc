"""The only place that knows PyKCS11. Runs in the agent's process and nowhere else.

Read-only sessions, since drivers refuse others (tokens §3). A key belongs to a certificate by
CKA_ID, else by modulus, never by label. A wrong PIN is tried once and never again; the last try
before a lock needs a yes of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import PyKCS11
from PyKCS11 import PyKCS11Error

from resources.faults import Fault
from signing.agent.objects import Found, ReadAgain, find_certificates
from signing.agent.opening import is_virtual, open_library
from signing.agent.outcome import ckr_fault
from signing.agent.protocol import Message, to_text
from signing.agent.raw import RawModule
from signing.agent.touch import Touch
from signing.errors import CertificateFault, DeviceFault, PinFault
from signing.key_kind import key_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token in a slot, with what it shows."""

    slot: int
    info: Any
    session: Any
    found: tuple[Found, ...]

    def has(self, flag: int) -> bool:
        return bool(self.info.flags & flag)

    @property
    def hides(self) -> bool:
        """Whether certificates may appear after a login only."""
        return not self.found and self.has(PyKCS11.CKF_LOGIN_REQUIRED)

    @property
    def has_pin_pad(self) -> bool:
        """The PIN is typed on the device and never passes through the program."""
        return self.has(PyKCS11.CKF_PROTECTED_AUTHENTICATION_PATH)


class Driver:
    """One PKCS#11 module and, after ``login``, one key on one of its tokens.

    ``library``: a PyKCS11Lib that is loaded already; else the module is loaded on first use.
    ``again``: how a value is read that has no length; by the module itself when not said.
    """

    def __init__(self, module: Path, library: Any = None, again: ReadAgain | None = None) -> None:
        self._module = module
        self._lib = library
        self._again = again or self._read_again
        self._touch: Touch | None = None

    def probe(self) -> int:
        """Loads and initialises the module. Number of slots that hold something."""
        return len(self._slots())

    def scan(self) -> Message:
        """What every readable slot shows; which slots could not be read and why."""
        tokens, unreadable = self._tokens()
        return {"slots": [_described(token) for token in tokens], "unreadable": unreadable}

    def login(self, pin: str, serial: str | None, *, last_try: bool = False) -> bytes:
        """Logs in where the wanted certificate is. DER of that certificate.

        ``pin`` is empty for a device with a PIN pad. ``last_try``: the person said yes to a try
        after which the token may be locked. Raises PinFault, CertificateFault
        ``certificate.none``, ``certificate.several``, ``certificate.no_private_key`` or
        ``certificate.key_type``, DeviceFault.
        """
        token = self._token_of(serial)
        self._enter(token, pin, last_try=last_try)
        chosen = _choose(self._certificates(token.session, logged_in=True), serial)
        if chosen.key is None:
            raise CertificateFault("certificate.no_private_key")
        each_time = None if token.has_pin_pad else pin
        self._touch = Touch(
            session=token.session,
            key=chosen.key,
            kind=key_kind(chosen.der),
            asks_each_time=chosen.asks_each_time,
            pin=each_time if chosen.asks_each_time else None,
        )
        return chosen.der

    def sign(self, digest: bytes) -> bytes:
        """The value over a digest made with the key's own hash."""
        if self._touch is None:
            raise PinFault("pin.needed")
        try:
            return self._touch.sign(digest)
        except PyKCS11Error as error:
            raise ckr_fault(error.value) from error

    def logout(self) -> None:
        touch, self._touch = self._touch, None
        if touch is None:
            return
        try:
            touch.session.logout()
        except PyKCS11Error as error:
            raise ckr_fault(error.value) from error

    def _certificates(self, session: Any, *, logged_in: bool) -> list[Found]:
        return find_certificates(session, logged_in=logged_in, again=self._again)

    def _read_again(self, session: Any, handle: Any, attribute: int) -> bytes:
        """For a driver that answers length 0 when it is asked for a size (tokens §3)."""
        raw = RawModule(self._module)
        return raw.attribute(session.session.value(), handle.value(), attribute)

    def _slots(self) -> list[int]:
        try:
            return list(self._library().getSlotList(tokenPresent=True))
        except PyKCS11Error as error:
            raise ckr_fault(error.value) from error

    def _library(self) -> Any:
        if self._lib is None:
            self._lib = open_library(self._module)
        return self._lib

    def _tokens(self) -> tuple[list[Token], list[Message]]:
        """One bad slot never stops the scan."""
        tokens: list[Token] = []
        unreadable: list[Message] = []
        for slot in self._slots():
            try:
                tokens.extend(self._token(slot))
            except PyKCS11Error as error:
                fault = ckr_fault(error.value)
                unreadable.append({"slot": slot, "fault": fault.code, "params": dict(fault.params)})
        return tokens, unreadable

    def _token(self, slot: int) -> Iterator[Token]:
        """Nothing for a slot whose token was never set up, or that is none but Windows' own."""
        if is_virtual(self._library(), slot):
            return
        info = self._library().getTokenInfo(slot)
        if info.flags & PyKCS11.CKF_TOKEN_INITIALIZED:
            session = self._library().openSession(slot, PyKCS11.CKF_SERIAL_SESSION)
            logged_in = not info.flags & PyKCS11.CKF_LOGIN_REQUIRED
            found = self._certificates(session, logged_in=logged_in)
            yield Token(slot=slot, info=info, session=session, found=tuple(found))

    def _token_of(self, serial: str | None) -> Token:
        """The one token to log in to. A PIN is never tried on a second one."""
        tokens, unreadable = self._tokens()
        if not tokens:
            raise _no_token(unreadable)
        showing = [token for token in tokens if _usable(token.found, serial)]
        if sum(len(_usable(token.found, serial)) for token in showing) > 1:
            raise CertificateFault("certificate.several")
        candidates = showing or [token for token in tokens if token.hides]
        if len(candidates) > 1:
            raise CertificateFault("certificate.several")
        if not candidates:
            raise CertificateFault(_nothing_usable(tokens, serial))
        return candidates[0]

    def _enter(self, token: Token, pin: str, *, last_try: bool) -> None:
        if token.has(PyKCS11.CKF_USER_PIN_LOCKED):
            raise PinFault("pin.locked")
        if not pin and not token.has_pin_pad:
            raise PinFault("pin.needed")
        if token.has(PyKCS11.CKF_USER_PIN_FINAL_TRY) and not last_try:
            raise PinFault("pin.last_try_unasked")
        try:
            token.session.login(None if token.has_pin_pad else pin.encode())
        except PyKCS11Error as error:
            if error.value != PyKCS11.CKR_USER_ALREADY_LOGGED_IN:
                raise self._refused(token.slot, error.value) from error

    def _refused(self, slot: int, value: int) -> Fault:
        """After a wrong PIN the token is asked anew how many tries are left."""
        if value != PyKCS11.CKR_PIN_INCORRECT:
            return ckr_fault(value)
        flags = self._library().getTokenInfo(slot).flags
        if flags & PyKCS11.CKF_USER_PIN_LOCKED:
            return PinFault("pin.locked")
        if flags & PyKCS11.CKF_USER_PIN_FINAL_TRY:
            return PinFault("pin.final_try")
        return ckr_fault(value)


def _no_token(unreadable: list[Message]) -> Fault:
    for slot in unreadable:
        return DeviceFault(slot["fault"], **slot["params"])
    return DeviceFault("token.none")


def _usable(found: tuple[Found, ...], serial: str | None) -> list[Found]:
    """Certificates that could be meant: not an authority's, not known to be without a key."""
    return [
        each
        for each in found
        if not each.is_authority
        and each.has_private_key is not False
        and serial in (None, each.serial)
    ]


def _nothing_usable(tokens: list[Token], serial: str | None) -> str:
    """Whether the certificate is missing or only its private key."""
    found = [each for token in tokens for each in token.found]
    meant = [each for each in found if not each.is_authority and serial in (None, each.serial)]
    return "certificate.no_private_key" if meant else "certificate.none"


def _choose(found: list[Found], serial: str | None) -> Found:
    """The certificate to sign with, now that the private keys can be seen."""
    meant = [each for each in found if not each.is_authority and serial in (None, each.serial)]
    with_key = [each for each in meant if each.key is not None]
    if len(with_key) > 1:
        raise CertificateFault("certificate.several")
    if not meant:
        raise CertificateFault("certificate.none")
    return (with_key or meant)[0]


def _described(token: Token) -> Message:
    return {
        "slot": token.slot,
        "label": _text(token.info.label),
        "manufacturer": _text(token.info.manufacturerID),
        "model": _text(token.info.model),
        "serial": _text(token.info.serialNumber),
        "pin_count_low": token.has(PyKCS11.CKF_USER_PIN_COUNT_LOW),
        "pin_final_try": token.has(PyKCS11.CKF_USER_PIN_FINAL_TRY),
        "pin_locked": token.has(PyKCS11.CKF_USER_PIN_LOCKED),
        "needs_login_to_list": token.hides,
        "has_pin_pad": token.has_pin_pad,
        "certificates": [
            {
                "der": to_text(each.der),
                "key_id": each.key_id.hex(),
                "has_private_key": each.has_private_key,
            }
            for each in token.found
        ],
    }


def _text(value: object) -> str:
    return str(value).replace("\x00", " ").strip()
