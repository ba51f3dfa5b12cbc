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
from signing.agent.choosing import choose, no_token, nothing_usable, usable
from signing.agent.loading import load
from signing.agent.objects import Found, ReadAgain, find_certificates
from signing.agent.opening import is_virtual, open_library
from signing.agent.outcome import ckr_fault
from signing.agent.protocol import Message
from signing.agent.raw import RawModule
from signing.agent.survey import survey
from signing.agent.token import Token, described
from signing.agent.touch import Touch
from signing.errors import CertificateFault, PinFault
from signing.key_kind import key_kind

LOST_SESSION = {
    PyKCS11.CKR_SESSION_CLOSED,
    PyKCS11.CKR_SESSION_HANDLE_INVALID,
    PyKCS11.CKR_USER_NOT_LOGGED_IN,
}
CANCELLED = {PyKCS11.CKR_CANCEL, PyKCS11.CKR_FUNCTION_CANCELED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """What is open for signing."""

    token: Token
    serial: str
    touch: Touch


class Driver:
    """One PKCS#11 module and, after ``login``, one key on one of its tokens.

    ``library``: a PyKCS11Lib that is loaded already; else the module is loaded on first use.
    ``again``: how a value is read that has no length; by the module itself when not said.
    """

    def __init__(self, module: Path, library: Any = None, again: ReadAgain | None = None) -> None:
        self._module = module
        self._lib = library
        self._again = again or self._read_again
        self._login: Login | None = None

    def load(self) -> None:
        """Loads the module without using it. Raises DeviceFault ``token.module_dependency``,
        ``token.module_broken``."""
        load(self._module)

    def open(self) -> None:
        """Loads and initialises the module."""
        self._library()

    def survey(self) -> list[Message]:
        """Every slot, with a token or without; see ``signing.agent.survey``."""
        try:
            return survey(self._library())
        except PyKCS11Error as error:
            raise ckr_fault(error.value) from error

    def probe(self) -> int:
        """Loads and initialises the module. Number of slots that hold something."""
        return len(self._slots())

    def scan(self) -> Message:
        """What every readable slot shows; which slots could not be read and why."""
        tokens, unreadable = self._tokens()
        return {"slots": [described(token) for token in tokens], "unreadable": unreadable}

    def login(self, pin: str, serial: str | None, *, last_try: bool = False) -> bytes:
        """Logs in where the wanted certificate is. DER of that certificate.

        ``pin`` is empty for a device with a PIN pad. ``last_try``: the person said yes to a try
        after which the token may be locked. Raises PinFault, CertificateFault
        ``certificate.none``, ``certificate.several``, ``certificate.no_private_key`` or
        ``certificate.key_type``, DeviceFault.
        """
        token = self._token_of(serial)
        self._enter(token, pin, last_try=last_try)
        chosen = choose(self._certificates(token.session, logged_in=True), serial)
        if chosen.key is None:
            raise CertificateFault("certificate.no_private_key")
        touch = _touch(token.session, chosen, None if token.has_pin_pad else pin)
        self._login = Login(token=token, serial=chosen.serial, touch=touch)
        return chosen.der

    def sign(self, digest: bytes) -> bytes:
        """The value over a digest made with the key's own hash."""
        if self._login is None:
            raise PinFault("pin.needed")
        login = self._login
        try:
            return login.touch.sign(digest)
        except PyKCS11Error as error:
            if error.value not in LOST_SESSION or login.touch.asks_each_time:
                raise _meaning(login.token, error.value) from error
        return self._sign_reopened(login, digest)

    def logout(self) -> None:
        login, self._login = self._login, None
        if login is None:
            return
        try:
            login.touch.session.logout()
        except PyKCS11Error as error:
            raise ckr_fault(error.value) from error

    def _sign_reopened(self, login: Login, digest: bytes) -> bytes:
        """A session was lost, the login perhaps not: once more without a PIN, then the person is
        asked for it (tokens §4.2)."""
        self._login = None
        try:
            session = self._library().openSession(login.token.slot, PyKCS11.CKF_SERIAL_SESSION)
            found = self._certificates(session, logged_in=True)
            same = [each for each in found if each.serial == login.serial and each.key is not None]
            if not same:
                raise PinFault("pin.needed")
            touch = _touch(session, same[0], None)
            value = touch.sign(digest)
        except PyKCS11Error as error:
            raise _meaning(login.token, error.value) from error
        self._login = Login(token=login.token, serial=login.serial, touch=touch)
        return value

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
            raise no_token(unreadable)
        showing = [token for token in tokens if usable(token.found, serial)]
        if sum(len(usable(token.found, serial)) for token in showing) > 1:
            raise CertificateFault("certificate.several")
        candidates = showing or [token for token in tokens if token.hides]
        if len(candidates) > 1:
            raise CertificateFault("certificate.several")
        if not candidates:
            raise CertificateFault(
                nothing_usable([each for token in tokens for each in token.found], serial)
            )
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
                raise self._refused(token, error.value) from error

    def _refused(self, token: Token, value: int) -> Fault:
        """After a wrong PIN the token is asked anew how many tries are left."""
        if value != PyKCS11.CKR_PIN_INCORRECT:
            return _meaning(token, value)
        flags = self._library().getTokenInfo(token.slot).flags
        if flags & PyKCS11.CKF_USER_PIN_LOCKED:
            return PinFault("pin.locked")
        if flags & PyKCS11.CKF_USER_PIN_FINAL_TRY:
            return PinFault("pin.final_try")
        return ckr_fault(value)


def _touch(session: Any, chosen: Found, pin: str | None) -> Touch:
    return Touch(
        session=session,
        key=chosen.key,
        kind=key_kind(chosen.der),
        asks_each_time=chosen.asks_each_time,
        pin=pin if chosen.asks_each_time else None,
    )


def _meaning(token: Token, value: int) -> Fault:
    """ "Cancelled" only where a person could cancel: at the device's own keys (peers §2.1). Drivers
    answer the same when they give up by themselves."""
    if value in CANCELLED and token.has_pin_pad:
        return PinFault("pin.cancelled")
    return ckr_fault(value)
