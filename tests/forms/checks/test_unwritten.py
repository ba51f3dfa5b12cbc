"""What has no proven place in the electronic form is said, not dropped."""

from datetime import date

from forms.checks.unwritten import unwritten
from forms.findings import Severity
from forms.model import Draft, Part, Row, Section

FILED = date(2026, 11, 22)


def draft(**values: str) -> Draft:
    row = Row(4, {"ho_ten": "Mây Thị Trắng", "kem_tk1": "1", **values})
    columns = {"ho_ten": "B", "kem_tk1": "AA", "nhan_ban_giay": "BY", "dia_chi_nhan": "BZ"}
    return Draft("l", "a.xlsx", (Section(Part.LAO_DONG, "Dữ Liệu", columns, (row,)),))


def test_an_address_for_the_paper_copy_is_not_written_and_it_is_said() -> None:
    found = unwritten(
        draft(nhan_ban_giay="1", dia_chi_nhan="Số 1"), procedure="600", filing_date=FILED
    )
    assert [(each.code, each.column, each.severity) for each in found] == [
        ("form.not_written", "BY", Severity.INFO),
        ("form.not_written", "BZ", Severity.INFO),
    ]


def test_what_is_written_or_left_empty_is_not_mentioned() -> None:
    assert unwritten(draft(nhan_ban_giay="0"), procedure="600", filing_date=FILED) == ()
