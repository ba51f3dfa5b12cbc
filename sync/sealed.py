"""An outbox in a file: parcels that another computer sends in this one's place.

A zip file with ``manifest.json`` and the packages. It holds no secret: who opens it may send a
package that is signed already, under the idempotency key that it has here too, so that the gateway
files it once whoever sends it. Each package's SHA-256 stands in the manifest; who signed it is for
the receiver to verify. Personal data stand in the packages: with a password the file is locked
(``sync.sealing``).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - it is an error

from resources.faults import DataFault
from sync.model import Destination, Parcel, ParcelState

SUFFIX = ".tokhai-outbox"
FORMAT, VERSION = "tokhai-outbox", 1
MOST_BYTES = 128 * 1024 * 1024
"""of the file, and of what is in it unpacked"""
MOST_PARCELS = 100
MOST_PACKAGE = 32 * 1024 * 1024
_MOST_MANIFEST = 4 * 1024 * 1024
_MANIFEST = "manifest.json"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_LONGEST_LABEL = 200
_LABELS = frozenset({"unit_code", "tax_code", "procedure", "period"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedParcel:
    """A parcel with its bytes and what its package does not say of itself."""

    parcel: Parcel
    """its dossier's id is that of the computer that sealed it"""
    content: bytes
    region: int
    """minimum-wage region of the unit, 1..4"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What stands in the file."""

    made: datetime
    practice: bool
    parcels: tuple[SealedParcel, ...]


def write_sealed(sealed: Sealed) -> bytes:
    """The same parcels give the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "made": sealed.made.isoformat(),
            "practice": sealed.practice,
            "parcels": [_told(each, n) for n, each in enumerate(sealed.parcels, 1)],
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        package.writestr(_entry(_MANIFEST), text.encode())
        for number, each in enumerate(sealed.parcels, 1):
            package.writestr(_entry(_name(number)), each.content)
    return out.getvalue()


def read_sealed(content: bytes) -> Sealed:
    """Every package has the size and SHA-256 that the manifest states.

    Raises DataFault ``sealed.not_one``, ``sealed.newer``, ``sealed.damaged``, ``sealed.too_large``.
    """
    try:
        with ZipFile(BytesIO(content)) as package:
            return _read(package)
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError) as error:
        raise DataFault("sealed.not_one") from error


def _told(sealed: SealedParcel, number: int) -> dict[str, Any]:
    parcel, to = sealed.parcel, sealed.parcel.destination
    return {
        "id": parcel.id,
        "dossier": parcel.dossier_id,
        "entry": _name(number),
        "file_name": parcel.file_name,
        "sha256": parcel.sha256,
        "size": parcel.size,
        "labels": dict(parcel.labels),
        "attempts": parcel.attempts,
        "region": sealed.region,
        "destination": {
            "url": to.url,
            "ca_pem": to.ca_pem,
            "adapter": to.adapter,
            "client_id": to.client_id,
            "pins": list(to.pins),
        },
    }


def _name(number: int) -> str:
    return f"package-{number}.xml"


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EARLIEST)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _read(package: ZipFile) -> Sealed:
    manifest = _manifest(package)
    try:
        parcels = manifest["parcels"]
        if not 0 < len(parcels) <= MOST_PARCELS:
            raise DataFault("sealed.damaged")
        _refuse_too_large(parcels)
        return Sealed(
            made=_moment(manifest["made"]),
            practice=manifest["practice"] is True,
            parcels=tuple(_parcels(package, parcels, _moment(manifest["made"]))),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataFault("sealed.damaged") from error


def _manifest(package: ZipFile) -> dict[str, Any]:
    if _MANIFEST not in package.namelist():
        raise DataFault("sealed.not_one")
    try:
        found = json.loads(_unpacked(package, _MANIFEST, _MOST_MANIFEST))
    except ValueError as error:
        raise DataFault("sealed.damaged") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise DataFault("sealed.not_one")
    if found.get("version") != VERSION:
        raise DataFault("sealed.newer")
    return found


def _refuse_too_large(parcels: Iterable[Mapping[str, Any]]) -> None:
    sizes = [int(each["size"]) for each in parcels]
    if max(sizes) > MOST_PACKAGE or sum(sizes) > MOST_BYTES:
        raise DataFault("sealed.too_large")


def _unpacked(package: ZipFile, name: str, most: int) -> bytes:
    """However much the entry says that it holds, no more than that is unpacked."""
    with package.open(name) as entry:
        content = entry.read(most + 1)
    if len(content) > most:
        raise DataFault("sealed.damaged")
    return content


def _parcels(
    package: ZipFile, told: Sequence[Mapping[str, Any]], made: datetime
) -> Iterator[SealedParcel]:
    ids = {each["id"] for each in told}
    if len(ids) != len(told):
        raise DataFault("sealed.damaged")
    for each in told:
        parcel = replace(_parcel(each), next_try=made)
        content = _unpacked(package, str(each["entry"]), parcel.size)
        if len(content) != parcel.size or sha256(content).hexdigest() != parcel.sha256:
            raise DataFault("sealed.damaged")
        yield SealedParcel(
            parcel=parcel,
            content=content,
            region=_within(each["region"], 1, 4),
        )


def _parcel(told: Mapping[str, Any]) -> Parcel:
    """As the receiver keeps it: not begun there. Raises ValueError, KeyError, TypeError."""
    return Parcel(
        id=str(UUID(told["id"])),
        dossier_id=_short(told["dossier"]),
        destination=_destination(told["destination"]),
        file_name=_plain(told["file_name"]),
        sha256=_hash(told["sha256"]),
        size=_within(told["size"], 1, MOST_PACKAGE),
        labels=_labels(told["labels"]),
        state=ParcelState.WAITING,
        attempts=_within(told["attempts"], 0, 10**6),
        next_try=datetime.min,  # noqa: DTZ901 - replaced by who knows when
    )


def _destination(told: Mapping[str, Any]) -> Destination:
    return Destination(
        url=_text(told["url"]),
        ca_pem=_text(told["ca_pem"]),
        adapter=_short(told["adapter"]),
        client_id=_text(told["client_id"]),
        pins=tuple(map(_short, told["pins"])),
    )


def _labels(told: Mapping[str, Any]) -> dict[str, str]:
    if set(told) != _LABELS:
        raise ValueError("other labels")
    return {key: _short(value) for key, value in told.items()}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _short(value: object) -> str:
    text = _text(value)
    if len(text) > _LONGEST_LABEL or not text.isprintable():
        raise ValueError("not a label")
    return text


def _plain(value: object) -> str:
    name = _short(value)
    if not name or name != name.replace("\\", "/").rsplit("/", 1)[-1]:
        raise ValueError("not a plain file name")
    return name


def _hash(value: object) -> str:
    text = _text(value)
    if not _HASH.match(text):
        raise ValueError("not a SHA-256")
    return text


def _within(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError("not such a number")
    return value


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment
