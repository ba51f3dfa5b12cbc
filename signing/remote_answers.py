"""What a remote signing service answers, and which fault a refusal is (CSC API v2, §10.1)."""

import re
from collections.abc import Mapping
from typing import Any, Protocol

from signing.errors import DeviceFault, PinFault

DONE, PENDING = 200, 202
_NOT_SIGNED_IN = {401, 403}
_WRONG_SECRET = {"invalid_authentication_data", "invalid_pin", "invalid_otp"}
_REJECTED = {"access_denied", "authorization_denied", "user_rejected"}
_CODE = re.compile(r"[a-z][a-z_]{0,39}")


class Answer(Protocol):
    """Status of HTTP and the JSON object; an empty one where there was none."""

    @property
    def status(self) -> int: ...

    @property
    def body(self) -> Mapping[str, Any]: ...


def understood(answer: Answer) -> Mapping[str, Any]:
    """The body of a success. What the service says in words is not passed on: it may name people.

    Raises PinFault ``remote.session`` or ``remote.secret``; DeviceFault ``remote.rejected``,
    ``remote.refused`` or ``remote.rubbish``.
    """
    if answer.status in {DONE, PENDING}:
        return answer.body
    error = answer.body.get("error")
    code = error if isinstance(error, str) and _CODE.fullmatch(error) else str(answer.status)
    if code in _WRONG_SECRET:
        raise PinFault("remote.secret")
    if code in _REJECTED:
        raise DeviceFault("remote.rejected")
    if answer.status in _NOT_SIGNED_IN:
        raise PinFault("remote.session")
    raise DeviceFault("remote.refused", error=code)


def text_in(body: Mapping[str, Any], name: str) -> str:
    """Raises DeviceFault ``remote.rubbish`` when it is missing."""
    found = body.get(name)
    if not isinstance(found, str) or not found:
        raise DeviceFault("remote.rubbish")
    return found
