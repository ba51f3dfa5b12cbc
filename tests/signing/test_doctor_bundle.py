"""The support bundle tells support everything about the machine and nothing about anybody."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from resources.faults import Param, SurroundingsFault
from resources.messages import text
from signing.doctor.bundle import without_persons, write_bundle
from signing.doctor.model import Check, Examination, Status
from signing.errors import DeviceFault
from signing.finding.places import Reader
from tests.fakes.certificates import TAX_CODE, unit_identity
from tests.fakes.doctor import FakeBench, SlotState, computer, examine, held, slot
from tests.fakes.libraries import MODULE_ENTRY, dll

PERSON, ACCOUNT, CITIZEN = "Nguyễn Thị Gió Thử", "gio.thu", "001099123456"
READER_SERIAL, TOKEN_SERIAL = "70D7E2EE", "0A1B2C3D4E5F"
COMPANY = "CÔNG TY MÂY TRẮNG"
PLANTED = unit_identity(
    common_name=f"{COMPANY} {PERSON}", user_ids=(f"MST:{TAX_CODE}", f"CCCD:{CITIZEN}")
)
CHOSEN = rf"C:\Users\{ACCOUNT}\Desktop\{ACCOUNT}-{CITIZEN}.dll"


def planted() -> Examination:
    """Names and numbers wherever a driver, a file or a certificate could carry them."""
    identity = PLANTED
    token = slot(held(identity), label=f"Token của {PERSON}", serial=TOKEN_SERIAL, model=CITIZEN)
    bench = FakeBench(
        slots=(
            SlotState(slot=0, reader=f"Gemalto PC Twin ({READER_SERIAL}) 00", state="token"),
            SlotState(slot=1, reader=f"{PERSON} reader", state="unset"),
        ),
        listed=(token,),
    )
    desk = computer(content={CHOSEN: dll(MODULE_ENTRY)})
    desk.plugged = (Reader(name=f"Feitian ePass2003 [{TOKEN_SERIAL}] 0", state=1),)
    return examine(bench, desk, chosen=CHOSEN)


def words(code: str, params: Mapping[str, Param]) -> str:
    return text(code, **params)


def bundled(examination: Examination, folder: Path) -> dict[str, str]:
    out = folder / "goi.zip"
    write_bundle(examination, out, version="0.1.0", words=words)
    with zipfile.ZipFile(out) as bundle:
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


def secrets() -> list[str]:
    parts = [*PERSON.split(), *COMPANY.split(), ACCOUNT, CITIZEN, TAX_CODE]
    return [*parts, READER_SERIAL, TOKEN_SERIAL, PLANTED.serial]


@pytest.mark.parametrize("secret", secrets(), ids=lambda _: "")
def test_nothing_planted_comes_through(secret: str, tmp_path: Path) -> None:
    shown = "\n".join(text(check.code, **check.params) for check in planted().checks)
    content = bundled(planted(), tmp_path)
    assert secret in shown + TOKEN_SERIAL + READER_SERIAL
    for part in content.values():
        assert secret.casefold() not in part.casefold()
    assert secret.encode() not in (tmp_path / "goi.zip").read_bytes()


def test_what_support_needs_is_there(tmp_path: Path) -> None:
    examination = examine(
        FakeBench(failing={"tokens": DeviceFault("token.device", ckr="CKR_GENERAL_ERROR")})
    )
    content = bundled(examination, tmp_path)
    report = json.loads(content["report.json"])
    assert report["program"] == "0.1.0"
    for part in ("Windows 11", "CKR_GENERAL_ERROR", "viettel-ca_v6.dll", "64"):
        assert all(part in each for each in content.values())
    assert [check["code"] for check in report["checks"]] == [
        check.code for check in examination.checks
    ]


def test_the_same_certificate_has_the_same_hash_in_one_bundle_and_another_in_the_next() -> None:
    check = Check(code="a", status=Status.OK, params={"serial": "0A1B"})
    first = without_persons([check, check], b"salt 1")
    second = without_persons([check], b"salt 2")
    assert first[0] == first[1]
    assert first[0].params["serial"] not in ("0A1B", second[0].params["serial"])


def test_a_parameter_nobody_thought_of_is_left_out() -> None:
    check = Check(code="a", status=Status.OK, params={"new": "Người Nào Đó"})
    assert without_persons([check], b"")[0].params == {"new": "…"}


def test_devices_keep_their_maker_and_model(tmp_path: Path) -> None:
    content = bundled(planted(), tmp_path)["report.json"]
    assert "Feitian ePass2003 0" in content
    assert "Gemalto PC Twin 00" not in content  # the slot that holds a token is not told by name


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsFault, match=r"doctor\.bundle_failed"):
        write_bundle(planted(), tmp_path / "none" / "a.zip", version="", words=words)
