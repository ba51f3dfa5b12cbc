"""The JSON shapes of README, exit codes, and bad input: one document, one clear sentence."""

import zipfile
from pathlib import Path

import pytest

from desktop.practice.roster import make_roster, write_roster
from forms.model import Period
from tests.desktop.cli.conftest import Line, Sample

DOSSIER = {
    "id",
    "unit",
    "period",
    "procedure",
    "batch",
    "state",
    "files",
    "transaction",
    "number",
    "rules",
}
FINDING = {"code", "severity", "sheet", "row", "column", "field", "params", "message"}
FILE = {"name", "kind", "form", "size", "signed"}
SIGNATURE = {
    "node",
    "intact",
    "strict",
    "quirks",
    "signer",
    "tax_code",
    "certificate",
    "chain",
    "revocation",
    "algorithms",
    "weak",
    "signing_time",
    "signing_time_protected",
    "signing_time_stamped_by",
    "covers_whole_file",
}
CERTIFICATE = {
    "serial",
    "issuer",
    "not_before",
    "not_after",
    "key_bits",
    "valid_at_signing",
    "valid_now",
}


def faulty_workbook(path: Path) -> Path:
    roster = make_roster(6, seed=3, period=Period(2026, 11), faults=("no_name",))
    write_roster(path, roster)
    return path


def test_import_gives_a_dossier_with_findings(line: Line, sample: Sample, tmp_path: Path) -> None:
    workbook = tmp_path / "sai.xlsx"
    write_roster(
        workbook,
        make_roster(8, seed=3, period=Period(2026, 11), faults=sorted(all_faults())),
    )
    report = tmp_path / "loi.xlsx"
    arguments = ("import", workbook, "--unit", "ZZ0001Z", "--period", "2026-11")
    said = line.json(*arguments, "--report", report)
    assert said.code == 1
    assert set(said.document) >= DOSSIER | {"rows", "people", "report", "findings"}
    assert said.document["state"] == "draft"
    errors = [each for each in said.document["findings"] if each["severity"] == "error"]
    assert errors
    assert all(set(each) == FINDING for each in said.document["findings"])
    assert any(each["row"] and each["column"] and each["field"] for each in errors)
    assert zipfile.is_zipfile(report)


def all_faults() -> set[str]:
    from desktop.practice.roster import FAULTS

    return set(list(FAULTS)[:8])


def test_errors_stop_the_build(line: Line, sample: Sample, tmp_path: Path) -> None:
    workbook = tmp_path / "sai.xlsx"
    write_roster(
        workbook,
        make_roster(8, seed=3, period=Period(2026, 11), faults=sorted(all_faults())),
    )
    dossier = line.json("import", workbook, "--unit", "ZZ0001Z", "--period", "2026-11").document
    assert line.json("check", dossier["id"]).code == 1
    said = line.json("build", "--unit", "ZZ0001Z", "--period", "2026-11")
    assert said.code == 1
    assert (said.document["state"], said.document["files"]) == ("draft", [])


def test_build_sign_status_and_outbox(line: Line, signed: str) -> None:
    status = line.json("status", signed).document
    assert set(status) >= DOSSIER | {"journal"}
    assert all(set(file) == FILE for file in status["files"])
    assert {entry["event"] for entry in status["journal"]} >= {"event.imported"}
    line("send", signed)
    (parcel,) = line.json("outbox").document["parcels"]
    assert (parcel["dossier"], parcel["state"]) == (signed, "accepted")
    assert len(parcel["sha256"]) == 64


def test_verify_tells_of_every_signature(line: Line, signed: str, tmp_path: Path) -> None:
    line("export", signed, "--out", tmp_path / "ra")
    said = line.json("verify", tmp_path / "ra" / "BHXHDienTu.xml")
    assert said.code == 0
    signatures = said.document["files"][0]["signatures"]
    assert {each["node"].rpartition("#")[0] for each in signatures} >= {"", "D02-TS-595.xml"}
    for each in signatures:
        assert set(each) == SIGNATURE
        assert set(each["certificate"]) >= CERTIFICATE
        assert each["certificate"]["valid_now"] is True
        assert each["signing_time_protected"] is False


def test_verify_says_what_is_no_signed_xml(line: Line, tmp_path: Path) -> None:
    plain, text = tmp_path / "a.xml", tmp_path / "b.xml"
    plain.write_text("<a/>")
    text.write_text("không phải XML", encoding="utf-8")
    said = line.json("verify", plain, text)
    assert said.code == 1
    assert [file["fault"] for file in said.document["files"]] == [
        "verify.not_signed",
        "verify.not_xml",
    ]


def test_units(line: Line) -> None:
    unit = {
        "--code": "TZ0000Z",
        "--name": "CÔNG TY NẮNG SỚM (không có thật)",
        "--tax-code": "0109999005",
        "--agency": "07900",
        "--region": "1",
        "--signer": "Người Thử",
        "--phone": "0900000001",
    }
    added = line.json("unit", "add", *(part for pair in unit.items() for part in pair))
    assert added.code == 0, added.err
    assert added.document["unit"]["code"] == "TZ0000Z"
    assert [each["code"] for each in line.json("unit", "list").document["units"]] == ["TZ0000Z"]
    wrong = {**unit, "--code": "TZ0001Z", "--tax-code": "0109999004"}
    refused = line.json("unit", "add", *(part for pair in wrong.items() for part in pair))
    assert (refused.code, refused.document["error"]["sort"]) == (1, "mend")
    again = line.json("unit", "add", *(part for pair in unit.items() for part in pair))
    assert (again.code, again.document["error"]["code"]) == (2, "unit.exists")


BAD = {
    "text.xlsx": (b"ho ten,luong\n", "workbook.is_text"),
    "empty.xlsx": (b"", "workbook.empty"),
    "broken.xlsx": (b"PK\x03\x04" + b"\0" * 60, "workbook."),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_workbook_stores_nothing(
    line: Line, sample: Sample, tmp_path: Path, name: str
) -> None:
    content, code = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    said = line.json("import", path, "--unit", "ZZ0001Z", "--period", "2026-11")
    assert said.code == 1
    assert said.document["error"]["code"].startswith(code)
    assert "Traceback" not in said.err
    nothing = line.json("build", "--unit", "ZZ0001Z", "--period", "2026-11")
    assert (nothing.code, nothing.document["error"]["code"]) == (2, "build.no_draft")


@pytest.mark.parametrize(
    "arguments",
    [
        ["frob"],
        ["import"],
        ["status", "khong-co"],
        ["build", "--unit", "KHONG", "--period", "2026-11"],
        ["import", "x.xlsx", "--unit", "ZZ0001Z", "--period", "2026-13"],
        ["send", "--ca", "x.pem"],
        ["sign", "x", "--p12", "a", "--module", "b"],
        ["calc", "--group", "standard", "--month", "2026-01", "--region", "5"],
        ["code", "khong-co", "x"],
        ["form", "khong-co", "--filed", "2026-01-01"],
    ],
)
def test_wrong_usage_ends_with_two_and_one_document(line: Line, arguments: list[str]) -> None:
    said = line.json(*arguments)
    assert said.code == 2
    assert said.document["error"]["message"]
    assert "Traceback" not in said.err


def test_a_pin_is_never_an_argument(line: Line, built: str, sample: Sample) -> None:
    said = line.json("sign", built, "--p12", sample.key_file)
    assert (said.code, said.document["error"]["code"]) == (2, "cli.pin_source")


def test_practice_data_does_not_open_as_real(line: Line, imported: str, real: Line) -> None:
    said = real("--data", line.data, "unit", "list", "--json")
    assert said.code == 2
    assert said.document["error"]["code"] == "store.mode"


def test_english_is_there_too(line: Line) -> None:
    said = line("--lang", "en", "unit", "list")
    assert "No unit yet" in said.out
