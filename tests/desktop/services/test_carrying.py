"""The signed package in a folder."""

from hashlib import sha256
from pathlib import Path

import pytest

from resources.faults import UsageFault
from tests.fakes.desk import UNIT, Desk, report_of
from tests.fakes.services import FakePrint


def test_everything_needed_stands_in_the_folder(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    written = desk.services.export(dossier, tmp_path / "ra")
    assert [path.name for path in written] == [
        "BHXHDienTu.xml",
        "D02-TS-595.xml",
        "TK1-TS-595.xml",
        "PHIEU-BAN-GIAO.pdf",
        "DOC-TRUOC.txt",
    ]
    for file in desk.services.files(dossier):
        assert (tmp_path / "ra" / file.form.name).read_bytes() == file.signed


def test_the_readme_holds_the_fingerprints_and_opens_in_notepad(desk: Desk, tmp_path: Path) -> None:
    desk.services.export(desk.signed(), tmp_path)
    about = (tmp_path / "DOC-TRUOC.txt").read_bytes()
    package = (tmp_path / "BHXHDienTu.xml").read_bytes()
    assert about.startswith(b"\xef\xbb\xbf")
    assert about.count(b"\n") == about.count(b"\r\n") > 0
    assert f"{sha256(package).hexdigest()}  BHXHDienTu.xml".encode() in about


def test_the_receipt_comes_with_it_once_accepted(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    desk.services.enqueue(dossier)
    desk.services.drain(dossier)
    desk.services.export(dossier, tmp_path)
    assert (tmp_path / "BienNhan.xml").read_bytes() == desk.services.receipt(dossier)


def test_exporting_changes_no_state(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    before = desk.services.dossier(dossier)
    desk.services.export(dossier, tmp_path)
    assert desk.services.dossier(dossier) == before


def test_what_is_not_signed_cannot_be_carried(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match=r"dossier\.not_signed"):
        desk.services.export(desk.built(), tmp_path / "ra")
    assert not (tmp_path / "ra").exists()


def test_the_cover_sheet_tells_of_every_file(desk: Desk, tmp_path: Path) -> None:
    desk.services.export(desk.signed(), tmp_path)
    (sheet,) = desk.carry.covers
    package = (tmp_path / "BHXHDienTu.xml").read_bytes()
    assert sheet.files[0].name == "BHXHDienTu.xml"
    assert sheet.files[0].sha256 == sha256(package).hexdigest()
    assert str(len(package)) in sheet.files[0].about
    facts = dict(sheet.facts)
    assert facts["cover.fact.unit"] == UNIT.name
    assert facts["cover.fact.period"] == "11/2026"
    assert facts["cover.fact.made"] == "23/11/2026 01:30", "by the clock of Viet Nam"


def test_the_cover_sheet_names_each_signer_once(desk: Desk, tmp_path: Path) -> None:
    desk.signing.reports = (report_of("0A"), report_of("0A"), report_of("0B"))
    desk.services.export(desk.signed(), tmp_path)
    signers = desk.carry.covers[0].signers
    assert [line.split()[0] for line in signers] == ["cover.signer"] * 2
    assert "0A" in signers[0]
    assert "0B" in signers[1]


def test_the_printed_forms_lie_beside_the_package(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    desk.forms.printed = (FakePrint(), FakePrint(name="D01-TS.pdf", code="D01-TS", official=False))
    desk.services.export(dossier, tmp_path)
    paper = (tmp_path / "BAN-IN-D02-LT.pdf").read_bytes()
    assert paper == FakePrint().content
    told = {file.name: file for file in desk.carry.covers[0].files}
    assert told["BAN-IN-D02-LT.pdf"].sha256 == sha256(paper).hexdigest()
    assert told["BAN-IN-D02-LT.pdf"].about.startswith("cover.file cover.printed ")
    assert told["BAN-IN-D01-TS.pdf"].about.startswith("cover.file cover.printed_unproven ")
    about = (tmp_path / "DOC-TRUOC.txt").read_text("utf-8")
    assert f"{sha256(paper).hexdigest()}  BAN-IN-D02-LT.pdf" in about
