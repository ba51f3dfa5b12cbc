"""What was fetched is kept in the folder ``fetched`` of the person's folder of trust.

Lists of revoked certificates are used again until their next update; certificates of issuers
make a chain whole without a network. Neither is believed for being there.
"""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from signing.trust.crl import read_crl
from signing.trust.papers import Paper
from signing.trust.roots import FETCHED

MOST_KEPT_BYTES = 64 * 1024 * 1024
"""of one list; beyond, it is used and not kept"""


@dataclass(frozen=True, slots=True)
class Kept:
    """``folder`` None: nothing is kept."""

    folder: Path | None

    def crl(self, address: str, now: datetime) -> bytes | None:
        """The list last fetched from ``address``, while it is in date."""
        path = self._file(address, "crl")
        if path is None or not path.is_file():
            return None
        try:
            content = path.read_bytes()
        except OSError:
            return None
        found = read_crl(content)
        return content if found is not None and found.in_date(now) else None

    def keep_crl(self, address: str, content: bytes) -> None:
        if len(content) <= MOST_KEPT_BYTES:
            self._write(self._file(address, "crl"), content)

    def keep_issuer(self, one: Paper) -> None:
        self._write(self._file(one.sha256, "cer"), one.der)

    def _file(self, name: str, suffix: str) -> Path | None:
        if self.folder is None:
            return None
        return self.folder / FETCHED / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.{suffix}"

    def _write(self, path: Path | None, content: bytes) -> None:
        """Whole or not at all. A disk that is full or read-only costs only the memory of it."""
        if path is None:
            return
        beside = path.with_suffix(f".{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(content)
            beside.replace(path)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
