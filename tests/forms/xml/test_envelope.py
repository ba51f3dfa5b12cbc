"""The envelope as real files lay it out, and what is refused when one was tampered with."""

from datetime import date
from pathlib import Path

import pytest

from forms.model import Period
from forms.render import open_envelope
from resources.faults import DataFault

DATA = Path(__file__).parents[2] / "data" / "xml"
ENVELOPE = (DATA / "BHXHDienTu.xml").read_text(encoding="utf-8")


def test_everything_the_envelope_says_is_read() -> None:
    envelope = open_envelope(ENVELOPE.encode())
    assert envelope.unit_code == "TZ0001Z"
    assert envelope.unit_name == "Công ty Ví Dụ & Bạn"
    assert envelope.tax_code == "0100000000"
    assert envelope.agency == "07906"
    assert envelope.procedure == "600"
    assert envelope.period == Period(2026, 10)
    assert envelope.filing_date == date(2026, 10, 5)
    assert [(file.form_code, file.name, file.content) for file in envelope.files] == [
        ("D02-TS", "D02-TS-595.xml", b"<a/>"),
        ("CT-DK", "hop dong.pdf", b"%PDF-1.4 x"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<DoDaiFile>8<", "<DoDaiFile>4<", "envelope.length"),
        ("PGEvPg==", "PGEv!g==", "envelope.encoding"),
        ("<SoLuongFile>2<", "<SoLuongFile>1<", "envelope.count"),
        ("<LoaiFile>.xml<", "<LoaiFile>xml<", "envelope.file_name"),
        ("<MaToKhai>D02-TS<", "<MaToKhai>.xml<", "envelope.file_name"),
        ("<MaToKhai>CT-DK<", "<MaToKhai>hop dong<", "envelope.file_name"),
        ("<TenFile>D02-TS-595.xml<", "<TenFile>../D02-TS-595.xml<", "envelope.file_name"),
        ("<TenFile>D02-TS-595.xml<", "<TenFile>..\\D02-TS-595.xml<", "envelope.file_name"),
        ("<KyKeKhai>10/2026<", "<KyKeKhai>13/2026<", "envelope.date"),
        ("<NgayLap>05/10/2026<", "<NgayLap>31/02/2026<", "envelope.date"),
        ("<QuyTrinhISO />", "", "xml.unexpected_element"),
    ],
)
def test_a_changed_envelope_is_refused(old: str, new: str, code: str) -> None:
    changed = ENVELOPE.replace(old, new, 1)
    assert changed != ENVELOPE
    with pytest.raises(DataFault) as fault:
        open_envelope(changed.encode())
    assert fault.value.code == code
