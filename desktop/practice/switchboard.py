"""Turning the switchboard of the practice gateway that runs over a folder, from another process."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.practice.ca import STRANGER
from forms.model import Period
from resources.faults import DataFault, SurroundingsFault, UsageFault
from sync.errors import Permanent, Transient
from sync.http import Reply
from sync.model import Destination
from sync.transport import HttpsTransport

TOKEN_FILE, ADDRESS_FILE, CA_FILE = "switchboard.token", "address", "ca.pem"
"""in the gateway's folder"""
MADE_WRONG = 409
PATIENCE, GLANCE = 120.0, 3.0
"""seconds for a command, and for a look whether somebody is there"""


@dataclass(frozen=True, slots=True)
class Turned:
    url: str
    count: int
    """faults planned, steps taken, statements laid out, or clients known"""


def turn(folder: Path, call: str, asked: Mapping[str, Any], *, seconds: float = PATIENCE) -> Turned:
    """``call``: ``faults`` (with ``faults``, ``clear``), ``step``, ``month`` (with ``period``,
    ``unit_code``), ``here`` (nothing: how many clients it knows).

    Raises SurroundingsFault ``practice.not_running``, ``practice.switchboard``, and what the
    gateway says of the command, by its own code.
    """
    url, token = _read(folder / ADDRESS_FILE), _read(folder / TOKEN_FILE)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    place, body = f"{url}/practice/{call}", json.dumps(asked).encode()

    def once() -> Reply:
        destination = Destination(url=url, ca_pem=_authorities(folder))
        with HttpsTransport(destination, read_seconds=seconds) as http:
            return http.request("POST", place, headers=headers, body=body)

    try:
        reply = once()
    except (Transient, Permanent):
        reply = _again(once)
    return Turned(url, _count(reply))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The gateway of the folder that another process runs, such as ``tokhai practice serve``."""

    folder: Path
    url: str
    ca_pem: str

    def start(self) -> None:
        """It runs already."""

    def stop(self) -> None:
        """Whoever started it stops it."""

    def officer_step(self) -> int:
        return turn(self.folder, "step", {}).count

    def post_month(self, period: Period, unit_code: str | None = None) -> int:
        return turn(self.folder, "month", {"period": period.iso, "unit_code": unit_code}).count


def found_elsewhere(folder: Path) -> Elsewhere | None:
    """None when none runs over the folder, or one that wants a login."""
    try:
        here = turn(folder, "here", {}, seconds=GLANCE)
        ca_pem = (folder / CA_FILE).read_text(encoding="ascii")
        return None if here.count else Elsewhere(folder, here.url, ca_pem)
    except (SurroundingsFault, OSError):
        return None


def _again(once: Callable[[], Reply]) -> Reply:
    """The first call may be what made the stranger's certificate."""
    try:
        return once()
    except (Transient, Permanent) as fault:
        raise SurroundingsFault("practice.not_running") from fault


def _authorities(folder: Path) -> str:
    """The gateway's, and the stranger's whose certificate it shows when that is practised."""
    stranger = folder / STRANGER / CA_FILE
    return _read(folder / CA_FILE) + "\n" + (_read(stranger) if stranger.exists() else "")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SurroundingsFault("practice.not_running") from error


def _count(reply: Reply) -> int:
    if reply.status == MADE_WRONG:
        said = json.loads(reply.body)
        if str(said["code"]).startswith("practice."):
            raise UsageFault(said["code"], **said["params"])
        raise DataFault(said["code"], **said["params"])
    if reply.status != 200:
        raise SurroundingsFault("practice.switchboard", status=reply.status)
    return int(json.loads(reply.body)["count"])
