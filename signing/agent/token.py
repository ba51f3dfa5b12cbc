"""A token in a slot, with what it shows. Lives in the agent's process."""

from dataclasses import dataclass
from typing import Any

import PyKCS11

from signing.agent.objects import Found
from signing.agent.protocol import Message, to_text


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


def described(token: Token) -> Message:
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
