"""What a PKCS#11 return value or a code of the agent is to the rest of the program."""

import tomllib
from functools import cache

from resources import read_text
from resources.faults import Fault, Param
from signing.errors import CertificateFault, DeviceFault, PinFault, SigningBug

FAULTS: dict[str, type[Fault]] = {
    "pin": PinFault,
    "certificate": CertificateFault,
    "token": DeviceFault,
}
UNLISTED = "token.device"


def fault(code: str, params: dict[str, Param]) -> Fault:
    """The fault of the sort that the first part of ``code`` names."""
    return FAULTS.get(code.split(".")[0], SigningBug)(code, **params)


def ckr_fault(value: int) -> Fault:
    """The fault for a PKCS#11 return value, with its name for the log."""
    name, code = ckr_table().get(value, (f"0x{value:X}", UNLISTED))
    return fault(code, {"ckr": name})


def cure_of(fault: Fault) -> str | None:
    """Code of what the person can do about it; None where nothing is known to help."""
    name = str(fault.params.get("ckr", ""))
    return _ckr_cures().get(name) or _other_cures().get(fault.code)


@cache
def _ckr_cures() -> dict[str, str]:
    table = tomllib.loads(read_text("tokens/ckr.toml"))
    return {name: row["cure"] for name, row in table.items()}


@cache
def _other_cures() -> dict[str, str]:
    cures: dict[str, str] = tomllib.loads(read_text("tokens/cures.toml"))
    return cures


@cache
def ckr_table() -> dict[int, tuple[str, str]]:
    """value → name and code, from ``resources/tokens/ckr.toml``."""
    table = tomllib.loads(read_text("tokens/ckr.toml"))
    return {row["value"]: (name, row["code"]) for name, row in table.items()}
