"""Building the unsigned forms of the latest draft."""

from collections.abc import Callable
from pathlib import Path

import pytest

from forms.findings import Finding, Severity
from forms.model import DossierState, Part, Period
from resources.faults import DataFault, SurroundingsFault, UsageFault
from tests.fakes.desk import NOW, PERIOD, UNIT, Desk, name_missing, person

XMLDSIG = b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'


def test_a_clean_draft_is_rendered_for_today_in_viet_nam_and_stored(desk: Desk) -> None:
    dossier = desk.imported(person(4, "Trần Thị Gió"))
    built = desk.services.build(unit_code=UNIT.code, period=PERIOD)
    assert built.dossier.id == dossier
    assert built.dossier.state is DossierState.CHECKED
    assert f"{built.dossier.filed_on:%d/%m/%Y}" == "23/11/2026"
    assert [file.form.name for file in built.files] == ["D02-TS-595.xml", "TK1-TS-595.xml"]
    assert "Trần Thị Gió 23/11/2026".encode() in built.files[0].form.content
    assert list(desk.services.files(dossier)) == list(built.files)


def test_errors_stop_it_without_files(desk: Desk, tmp_path: Path) -> None:
    desk.imported(person(4, ""))
    built = desk.services.build(unit_code=UNIT.code, period=PERIOD, out=tmp_path / "ra")
    assert built.files == ()
    assert built.findings == (name_missing(4),)
    assert built.dossier.state is DossierState.DRAFT
    assert list((tmp_path / "ra").iterdir()) == []


def test_without_a_draft_there_is_nothing_to_build(desk: Desk) -> None:
    desk.imported()
    with pytest.raises(UsageFault, match=r"build\.no_draft"):
        desk.services.build(unit_code=UNIT.code, period=Period(2026, 10))


def test_a_signed_dossier_is_not_built_again(desk: Desk) -> None:
    desk.signed()
    with pytest.raises(UsageFault, match=r"build\.no_draft"):
        desk.services.build(unit_code=UNIT.code, period=PERIOD)


def test_an_unknown_procedure_is_refused(desk: Desk) -> None:
    desk.imported()
    with pytest.raises(UsageFault, match=r"procedure\.unknown"):
        desk.services.build(unit_code=UNIT.code, period=PERIOD, procedure="999")


def test_building_again_overwrites_its_own_unsigned_forms(desk: Desk, tmp_path: Path) -> None:
    desk.imported(person(4, "Trần Thị Gió"))
    for _ in range(2):
        desk.services.build(unit_code=UNIT.code, period=PERIOD, out=tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["D02-TS-595.xml", "TK1-TS-595.xml"]


def test_a_signed_form_in_the_folder_is_never_overwritten(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.imported()
    (tmp_path / "TK1-TS-595.xml").write_bytes(XMLDSIG)
    with pytest.raises(UsageFault, match=r"files\.signed_there"):
        desk.services.build(unit_code=UNIT.code, period=PERIOD, out=tmp_path)
    assert (tmp_path / "TK1-TS-595.xml").read_bytes() == XMLDSIG
    assert not (tmp_path / "D02-TS-595.xml").exists()
    assert desk.services.dossier(dossier).state is DossierState.DRAFT


def test_a_file_is_no_folder(desk: Desk, tmp_path: Path) -> None:
    desk.imported()
    (tmp_path / "ra").write_bytes(b"own")
    with pytest.raises(UsageFault, match=r"files\.not_a_folder"):
        desk.services.build(unit_code=UNIT.code, period=PERIOD, out=tmp_path / "ra")
    assert (tmp_path / "ra").read_bytes() == b"own"


def test_a_folder_that_cannot_be_made_is_a_matter_of_the_surroundings(
    desk: Desk, tmp_path: Path
) -> None:
    desk.imported()
    (tmp_path / "ra").write_bytes(b"own")
    with pytest.raises(SurroundingsFault, match=r"files\.disk"):
        desk.services.build(unit_code=UNIT.code, period=PERIOD, out=tmp_path / "ra" / "trong")


def test_papers_are_stored_after_the_forms(desk: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "quyet-dinh.pdf"
    paper.write_bytes(b"%PDF-1.7")
    desk.imported()
    built = desk.services.build(unit_code=UNIT.code, period=PERIOD, attachments=[paper])
    assert built.files[-1].form.name == "quyet-dinh.pdf"
    assert built.files[-1].form.content == b"%PDF-1.7"


def test_a_missing_paper_is_named_by_its_place(desk: Desk, tmp_path: Path) -> None:
    desk.imported()
    papers = [tmp_path / "Nguyen Van A.pdf"]
    with pytest.raises(DataFault, match=r"attachment\.missing \(place=1\)"):
        desk.services.build(unit_code=UNIT.code, period=PERIOD, attachments=papers)


def test_papers_over_the_limit_are_not_even_read_whole(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.attachments.TOTAL_LIMIT", 10)
    papers = [tmp_path / "mot.pdf", tmp_path / "hai.pdf"]
    for paper in papers:
        paper.write_bytes(b"123456")
    desk.imported()
    with pytest.raises(DataFault, match=r"attachment\.too_large \(place=2"):
        desk.services.build(unit_code=UNIT.code, period=PERIOD, attachments=papers)


def test_the_same_name_twice_is_refused(desk: Desk, tmp_path: Path) -> None:
    papers = [tmp_path / "a" / "Giay.pdf", tmp_path / "b" / "giay.PDF"]
    desk.imported()
    with pytest.raises(DataFault, match=r"attachment\.twice"):
        desk.services.build(unit_code=UNIT.code, period=PERIOD, attachments=papers)


def test_a_package_too_large_is_known_before_signing(desk: Desk) -> None:
    dossier = desk.imported()
    desk.forms.largest_package = 20
    with pytest.raises(DataFault, match=r"package\.too_large"):
        desk.services.build(unit_code=UNIT.code, period=PERIOD)
    assert desk.services.dossier(dossier).state is DossierState.DRAFT


def test_building_is_told_in_the_journal(desk: Desk) -> None:
    entry = desk.services.journal(desk.built())[-1]
    assert (entry.event, entry.after) == ("event.built", DossierState.CHECKED)
    assert entry.at == NOW


@pytest.mark.parametrize("step", ["check", "build"])
def test_others_may_write_while_it_is_checked_and_are_not_overwritten(
    desk: Desk, step: str
) -> None:
    dossier = desk.imported(person(4, "Trần Thị Gió"))
    steps: dict[str, Callable[[], object]] = {
        "check": lambda: desk.services.check(dossier),
        "build": lambda: desk.services.build(unit_code=UNIT.code, period=PERIOD),
    }
    others = [lambda: desk.services.change_rows(dossier, "lao_dong", [person(4, "Trần Thị Mây")])]
    desk.forms.at_check = lambda: others and others.pop()()
    with pytest.raises(UsageFault, match=r"dossier\.changed_meanwhile"):
        steps[step]()
    (row,) = desk.services.draft(dossier).rows(Part.LAO_DONG)
    assert row.get("ho_ten") == "Trần Thị Mây"
    assert desk.services.dossier(dossier).state is DossierState.DRAFT
    assert desk.services.build(unit_code=UNIT.code, period=PERIOD).files


def test_a_package_that_says_something_else_stops_the_build(desk: Desk) -> None:
    desk.imported(person(4, "Trần Thị Gió"))
    desk.forms.package_findings = (
        Finding(code="envelope.unit", severity=Severity.ERROR, params={}),
    )
    built = desk.services.build(unit_code=UNIT.code, period=PERIOD)
    assert built.files == ()
    assert built.dossier.state is DossierState.DRAFT
    assert built.findings[-1].code == "envelope.unit"
