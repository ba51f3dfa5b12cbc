"""The support bundle: what was tried and found, without anything that tells who anybody is.

Only what is known to be harmless goes through; a serial number becomes a hash with a salt that is
thrown away, so that two lines can be seen to mean the same certificate and nothing else. Names,
tax codes, token labels and folders (which carry the person's account name) are left out.
"""

import hashlib
import json
import re
import secrets
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from resources.faults import Param, SurroundingsFault
from signing.doctor.model import Check, Examination
from signing.finding.drivers import System, driver_list

HARMLESS = frozenset(
    {"system", "bits", "ours", "brand", "slot", "count", "ckr", "date", "from_date", "where"}
)
HASHED = frozenset({"serial"})
FILE_NAMES = frozenset({"module"})
DEVICES = frozenset({"reader", "maker", "model"})
LEFT_OUT = "…"
NUMBERED = re.compile(r"[0-9A-Fa-f]*\d[0-9A-Fa-f]{5,}|\d{6,}|\([^)]*\d[^)]*\)|\[[^\]]*\d[^\]]*\]")
"""serial numbers that drivers write into the name of a reader"""
DEVICE_WORDS = re.compile(r"[A-Za-z0-9 ._:+/-]{1,80}")
Words = Callable[[str, Mapping[str, Param]], str]
"""(code, params) → the sentence"""


@dataclass(frozen=True, slots=True)
class Anonymous:
    """One salt for one bundle."""

    salt: bytes

    def check(self, check: Check) -> Check:
        """Raises nothing; a parameter nobody thought of is left out."""
        params = {name: self._param(name, value) for name, value in check.params.items()}
        return replace(check, params=params)

    def _param(self, name: str, value: Param) -> Param:
        if name in HARMLESS:
            return value
        if name in HASHED:
            return self._hash(str(value))
        if name in FILE_NAMES:
            return self._file_name(str(value))
        return _device(str(value)) if name in DEVICES else LEFT_OUT

    def _file_name(self, name: str) -> str:
        """As it is where a maker chose it; a file of the person's own choosing may say anything."""
        drivers = driver_list()
        known = any(drivers.known(name, system) for system in System)
        return name if known else f"{self._hash(name)}{Path(name).suffix[:6]}"

    def _hash(self, value: str) -> str:
        return hashlib.sha256(self.salt + value.encode()).hexdigest()[:12]


def _device(name: str) -> str:
    """Of a reader or a maker, without the numbers of the single piece."""
    bare = " ".join(NUMBERED.sub(" ", name).split())
    return bare if DEVICE_WORDS.fullmatch(bare) else LEFT_OUT


def without_persons(checks: Sequence[Check], salt: bytes) -> tuple[Check, ...]:
    return tuple(map(Anonymous(salt).check, checks))


def write_bundle(examination: Examination, out: Path, *, version: str, words: Words) -> None:
    """A zip with ``report.json`` and the same in words, ``report.txt``.

    Raises SurroundingsFault ``doctor.bundle_failed``.
    """
    checks = without_persons(examination.checks, secrets.token_bytes(16))
    report = {
        "program": version,
        "usable": examination.usable,
        "checks": [shape(check) for check in checks],
    }
    lines = (f"[{check.status.value}] {words(check.code, check.params)}" for check in checks)
    try:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
            _put(bundle, "report.json", json.dumps(report, ensure_ascii=False, indent=1))
            _put(bundle, "report.txt", "\n".join(lines) + "\n")
    except OSError as error:
        raise SurroundingsFault("doctor.bundle_failed", file=str(out)) from error


def shape(check: Check) -> dict[str, object]:
    return {
        "code": check.code,
        "status": check.status.value,
        "params": dict(check.params),
        "cure": check.cure,
    }


def _put(bundle: zipfile.ZipFile, name: str, text: str) -> None:
    """With no time of day in it."""
    bundle.writestr(zipfile.ZipInfo(name), text.encode())
