"""Files signed once stay what they were (tests/data/signed)."""

from pathlib import Path

from signing.model import Intact
from signing.verify import verify_package

DATA = Path(__file__).parents[1] / "data" / "signed"


def verdicts(name: str) -> list[tuple[str, Intact, bool]]:
    reports = verify_package((DATA / name).read_bytes())
    return [(report.node, report.intact, report.strict) for report in reports]


def test_a_form() -> None:
    assert verdicts("D02-TS-595.signed.xml") == [("D02-TS/Cky", Intact.YES, True)]


def test_a_form_as_remote_signing_writes_it() -> None:
    name = "D02-TS-595.object-no-namespace.xml"
    assert verdicts(name) == [("D02-TS/Cky", Intact.YES, False)]


def test_an_envelope() -> None:
    assert verdicts("BHXHDienTu.signed.xml") == [
        ("Hoso/CKy_Dvi", Intact.YES, True),
        ("D02-TS-595.xml#D02-TS/Cky", Intact.YES, True),
    ]
