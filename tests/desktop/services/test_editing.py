"""Typing over a row of a draft."""

import pytest

from forms.findings import Finding, Severity
from forms.model import DossierState, Part, Row
from resources.faults import UsageFault
from tests.fakes.desk import PERIOD, UNIT, Desk, Read, draft_of, name_missing, person, wage_missing

NO_VALUE = Finding(
    code="cell.no_value", severity=Severity.ERROR, sheet="Dữ Liệu", row=4, column="C"
)


def test_a_mended_row_is_cleaned_checked_and_stored(desk: Desk) -> None:
    dossier = desk.imported(person(4, ""), person(5, "Lê Văn Mưa"))
    findings = desk.services.change_rows(dossier, "lao_dong", [person(4, "  Trần Thị Gió ")])
    assert list(findings) == []
    rows = desk.services.draft(dossier).rows(Part.LAO_DONG)
    assert [row.get("ho_ten") for row in rows] == ["Trần Thị Gió", "Lê Văn Mưa"]
    assert list(desk.services.findings(dossier)) == []


def test_an_emptied_field_is_left_out_and_found_missing(desk: Desk) -> None:
    dossier = desk.imported(person(4, "Trần Thị Gió"))
    findings = desk.services.change_rows(dossier, "lao_dong", [person(4, "")])
    assert list(findings) == [name_missing(4)]
    (row,) = desk.services.draft(dossier).rows(Part.LAO_DONG)
    assert "ho_ten" not in row.values


def test_what_only_reading_found_stays_until_its_cell_is_typed_over(desk: Desk) -> None:
    desk.forms.read = Read(draft_of(person(4, "Trần Thị Gió")), (NO_VALUE,))
    dossier = desk.imported()
    other = desk.services.change_rows(dossier, "lao_dong", [person(4, "Trần Thị Gió Mát")])
    assert list(other) == [NO_VALUE]
    assert list(desk.services.check(dossier)) == [NO_VALUE]
    row = person(4, "Trần Thị Gió Mát", ma_so_bhxh="0100000001")
    assert list(desk.services.change_rows(dossier, "lao_dong", [row])) == []


def test_what_typing_finds_has_its_place_and_goes_when_typed_right(desk: Desk) -> None:
    dossier = desk.imported(person(4, "Trần Thị Gió"))
    wrong = person(4, "Trần Thị Gió", tien_luong="bảy triệu")
    (finding,) = desk.services.change_rows(dossier, "lao_dong", [wrong])
    assert (finding.code, finding.sheet, finding.row, finding.column) == (
        "clean.not_a_number",
        "Dữ Liệu",
        4,
        "J",
    )
    assert list(desk.services.check(dossier)) == [finding]
    right = person(4, "Trần Thị Gió", tien_luong="7000000")
    assert list(desk.services.change_rows(dossier, "lao_dong", [right])) == []


def test_what_could_not_be_understood_is_said_once(desk: Desk) -> None:
    """The check says of the same cell that it is no amount: reading has said so better."""
    wrong = person(4, "", tien_luong="bảy triệu")
    refused = Finding(
        code="clean.not_a_number",
        severity=Severity.ERROR,
        sheet="Dữ Liệu",
        row=4,
        column="J",
        field="tien_luong",
    )
    desk.forms.read = Read(draft_of(wrong, person(5, "", tien_luong="x")), (refused,))
    dossier = desk.imported()
    found = [name_missing(4), refused, name_missing(5), wage_missing(5)]
    assert list(desk.services.findings(dossier)) == found
    assert list(desk.services.check(dossier)) == found


def test_a_change_that_reading_made_hides_no_error(desk: Desk) -> None:
    mended = Finding(
        code="clean.separators", severity=Severity.INFO, sheet="Dữ Liệu", row=4, column="J"
    )
    desk.forms.read = Read(draft_of(person(4, "Trần Thị Gió", tien_luong="7 tr")), (mended,))
    assert list(desk.services.findings(desk.imported())) == [mended, wage_missing(4)]


def test_a_built_dossier_goes_back_to_draft_and_loses_its_forms(desk: Desk) -> None:
    dossier = desk.built(person(4, "Trần Thị Gió"))
    desk.services.change_rows(dossier, "lao_dong", [person(4, "Trần Thị Mây")])
    assert desk.services.dossier(dossier).state is DossierState.DRAFT
    assert list(desk.services.files(dossier)) == []
    assert desk.services.journal(dossier)[-1].event == "event.changed"


def test_a_signed_dossier_refuses(desk: Desk) -> None:
    dossier = desk.signed()
    with pytest.raises(UsageFault, match=r"dossier\.signed"):
        desk.services.change_rows(dossier, "lao_dong", [person(4, "Trần Thị Mây")])


@pytest.mark.parametrize(
    ("part", "row", "code"),
    [
        ("lao_dong", person(99, "Ai Đó"), "row.unknown"),
        ("phu_luc", person(4, "Ai Đó"), "row.unknown"),
        ("lao_dong", Row(4, {"khong_co": "1"}), "field.unknown"),
    ],
)
def test_a_row_or_column_that_is_not_there_is_refused(
    desk: Desk, part: str, row: Row, code: str
) -> None:
    dossier = desk.imported(person(4, "Trần Thị Gió"))
    before = desk.services.draft(dossier)
    with pytest.raises(UsageFault) as caught:
        desk.services.change_rows(dossier, part, [row])
    assert caught.value.code == code
    assert desk.services.draft(dossier) == before


def test_after_mending_it_can_be_built(desk: Desk) -> None:
    dossier = desk.imported(person(4, ""))
    assert desk.services.build(unit_code=UNIT.code, period=PERIOD).files == ()
    desk.services.change_rows(dossier, "lao_dong", [person(4, "Trần Thị Gió")])
    built = desk.services.build(unit_code=UNIT.code, period=PERIOD)
    assert built.dossier.id == dossier
    assert len(built.files) == 2
