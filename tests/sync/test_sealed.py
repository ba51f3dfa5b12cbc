"""An outbox in a file: whole or refused, and no more unpacked than it says."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.faults import DataFault, Fault, UsageFault
from sync.model import Destination, Parcel, ParcelState
from sync.sealed import Sealed, SealedParcel, read_sealed, write_sealed
from sync.sealing import is_locked, lock, unlock

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PACKAGE = b"<Hoso>goi da ky</Hoso>"
PASSWORD = "gio-may-trang"


def sealed_parcel(number: int = 1, content: bytes = PACKAGE) -> SealedParcel:
    parcel = Parcel(
        id=f"00000000-0000-4000-8000-00000000000{number}",
        dossier_id=f"ZZ0001Z-2026-11-600-{number}",
        destination=Destination(
            url="https://cong.example.vn", ca_pem="ca", client_id="k", pins=("abc=", "def=")
        ),
        file_name="BHXHDienTu.xml",
        sha256=sha256(content).hexdigest(),
        size=len(content),
        labels={
            "unit_code": "ZZ0001Z",
            "tax_code": "9900000016",
            "procedure": "600",
            "period": "11/2026",
        },
        state=ParcelState.WAITING,
        attempts=2,
        next_try=NOW,
    )
    return SealedParcel(parcel=parcel, content=content, region=1)


SEALED = Sealed(made=NOW, practice=True, parcels=(sealed_parcel(1), sealed_parcel(2, b"<b/>")))


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The file with another manifest."""
    with ZipFile(BytesIO(write_sealed(SEALED))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    manifest = json.loads(parts["manifest.json"])
    change(manifest)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in {**parts, "manifest.json": json.dumps(manifest).encode()}.items():
            package.writestr(name, content)
    return out.getvalue()


def test_parcels_come_out_as_they_went_in() -> None:
    assert read_sealed(write_sealed(SEALED)) == SEALED


def test_an_upload_begun_elsewhere_is_nobody_elses() -> None:
    begun = replace(sealed_parcel().parcel, upload_url="https://cong.example.vn/tus/1")
    sealed = replace(SEALED, parcels=(replace(sealed_parcel(), parcel=begun),))
    assert b"/tus/1" not in ZipFile(BytesIO(write_sealed(sealed))).read("manifest.json")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda told: told.update(format="khac"), "sealed.not_one"),
        (lambda told: told.update(version=2), "sealed.newer"),
        (lambda told: told.update(parcels=[]), "sealed.damaged"),
        (lambda told: told.update(made="2026-11-23T02:00:00"), "sealed.damaged"),
        (lambda told: told["parcels"].append(told["parcels"][0]), "sealed.damaged"),
        (lambda told: told["parcels"][0].update(sha256="0" * 64), "sealed.damaged"),
        (lambda told: told["parcels"][0].update(sha256="x"), "sealed.damaged"),
        (lambda told: told["parcels"][0].update(size=3), "sealed.damaged"),
        (lambda told: told["parcels"][0].update(size=10**9), "sealed.too_large"),
        (lambda told: told["parcels"][0].update(id="1"), "sealed.damaged"),
        (lambda told: told["parcels"][0].update(entry="../khac.xml"), "sealed.damaged"),
        (lambda told: told["parcels"][0].update(file_name="../a.xml"), "sealed.damaged"),
        (lambda told: told["parcels"][0].update(region=5), "sealed.damaged"),
        (lambda told: told["parcels"][0]["labels"].pop("tax_code"), "sealed.damaged"),
        (lambda told: told["parcels"][0]["labels"].update(period="a\nb"), "sealed.damaged"),
        (lambda told: told["parcels"][0]["destination"].update(url=1), "sealed.damaged"),
    ],
)
def test_a_file_that_does_not_agree_with_itself(
    change: Callable[[dict[str, Any]], object], code: str
) -> None:
    with pytest.raises(DataFault, match=code.replace(".", r"\.")):
        read_sealed(changed(change))


def test_no_more_is_unpacked_than_the_manifest_says() -> None:
    """A zip bomb: a thousand times smaller than what it unpacks to."""
    out = BytesIO(write_sealed(SEALED))
    with ZipFile(out, "a", ZIP_DEFLATED) as package:
        package.writestr("bom.xml", bytes(4 * 1024 * 1024))
        manifest = json.loads(package.read("manifest.json"))
    manifest["parcels"][0]["entry"] = "bom.xml"
    bomb = BytesIO()
    with ZipFile(out) as old, ZipFile(bomb, "w", ZIP_DEFLATED) as new:
        new.writestr("manifest.json", json.dumps(manifest))
        new.writestr("bom.xml", old.read("bom.xml"))
    with pytest.raises(DataFault, match=r"sealed\.damaged"):
        read_sealed(bomb.getvalue())


@settings(max_examples=40, deadline=None)
@given(place=st.integers(min_value=0), byte=st.integers(0, 255))
def test_a_byte_that_changed_on_the_way_changes_no_parcel(place: int, byte: int) -> None:
    content = bytearray(write_sealed(SEALED))
    content[place % len(content)] = byte
    try:
        read = read_sealed(bytes(content))
    except Fault:
        return
    for found, sent in zip(read.parcels, SEALED.parcels, strict=True):
        assert found.content == sent.content


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<xml/>"])
def test_what_is_no_such_file(content: bytes) -> None:
    with pytest.raises(DataFault, match=r"sealed\.not_one"):
        read_sealed(content)


@pytest.fixture(scope="module")
def locked() -> bytes:
    return lock(write_sealed(SEALED), PASSWORD)


def test_a_locked_file_opens_with_its_password_alone(locked: bytes) -> None:
    assert is_locked(locked)
    assert b"ZZ0001Z" not in locked
    assert unlock(locked, PASSWORD) == write_sealed(SEALED)
    with pytest.raises(UsageFault, match=r"sealed\.password_wrong"):
        unlock(locked, PASSWORD + "x")


def test_a_locked_file_that_was_changed_does_not_open(locked: bytes) -> None:
    changed = locked[:-1] + bytes([locked[-1] ^ 1])
    with pytest.raises(UsageFault, match=r"sealed\.password_wrong"):
        unlock(changed, PASSWORD)


@pytest.mark.parametrize("header", [b"", b"{}\n", b'{"salt": "AA==", "nonce": "AA=="}\n', b"[]\n"])
def test_a_locked_file_with_a_broken_head(header: bytes) -> None:
    with pytest.raises(DataFault, match=r"sealed\.damaged"):
        unlock(b"TOKHAI-OUTBOX-LOCKED-1\n" + header, PASSWORD)


def test_passwords_that_are_none() -> None:
    with pytest.raises(UsageFault, match=r"sealed\.password_needed"):
        unlock(b"TOKHAI-OUTBOX-LOCKED-1\n{}\n", "")
    with pytest.raises(UsageFault, match=r"sealed\.password_short"):
        lock(b"", "ngan")
