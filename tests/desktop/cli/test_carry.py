"""``tokhai export`` and ``outbox --take``: out of one program and into another."""

import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.compose import compose
from desktop.practice.gateway import PracticeGateway
from desktop.practice.sample import sample_unit
from forms.model import Draft, Part
from tests.desktop.cli.conftest import PERIOD, UNIT, Line

UNIT_OPTIONS = (
    *("unit", "add", "--code", UNIT, "--name", "Đơn vị mẫu", "--tax-code", sample_unit().tax_code),
    *("--agency", "07900", "--region", "1", "--signer", "Ngô Văn Mây", "--phone", "0900000001"),
)


def other_computer(line: Line, tmp_path: Path) -> Line:
    return replace(line, data=tmp_path / "may-khac")


def draft_of(line: Line, dossier: str) -> Draft:
    with compose(data=line.data, practice=True, lang="vi") as app:
        return app.services.draft(dossier)


def values(draft: Draft, part: Part) -> list[dict[str, str]]:
    return [dict(row.values) for row in draft.rows(part)]


def test_the_workbook_of_another_provider_makes_the_same_draft(
    line: Line, imported: str, tmp_path: Path
) -> None:
    said = line.json("export", imported, "--as", "vnpt", "--out", tmp_path / "ra")
    assert said.code == 0, said.err
    assert {each["severity"] for each in said.document["findings"]} == {"info"}
    there = other_computer(line, tmp_path)
    assert there(*UNIT_OPTIONS).code == 0
    (written,) = said.document["written"]
    taken = there.json("import", written, "--unit", UNIT, "--period", PERIOD)
    ours, theirs = draft_of(line, imported), draft_of(there, taken.document["id"])
    assert theirs.layout == "vnpt-d02-tk1-2025-11"
    for part in Part:
        assert values(theirs, part) == values(ours, part)


def test_what_kbhxh_has_no_place_for_is_told_and_the_rest_is_the_same(
    line: Line, imported: str, tmp_path: Path
) -> None:
    said = line.json("export", imported, "--as", "kbhxh", "--out", tmp_path / "ra")
    assert said.code == 0, said.err
    lost = {each["field"] for each in said.document["findings"] if each["field"]}
    assert "cccd" not in lost
    there = other_computer(line, tmp_path)
    assert there(*UNIT_OPTIONS).code == 0
    taken = there.json("import", said.document["written"][0], "--unit", UNIT, "--period", PERIOD)
    ours, theirs = draft_of(line, imported), draft_of(there, taken.document["id"])
    held = [
        {key: value for key, value in row.items() if key not in lost}
        for row in values(ours, Part.LAO_DONG)
    ]
    assert values(theirs, Part.LAO_DONG) == held


def test_the_cover_sheet_can_be_read_and_compared(line: Line, signed: str, tmp_path: Path) -> None:
    assert line("export", signed, "--out", tmp_path / "ra").code == 0
    command = ["pdftotext", "-layout", str(tmp_path / "ra" / "PHIEU-BAN-GIAO.pdf"), "-"]
    sheet = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    for path in (tmp_path / "ra").glob("*.xml"):
        assert path.name in sheet
        assert sha256(path.read_bytes()).hexdigest() in sheet
    paper = tmp_path / "ra" / "BAN-IN-D02-LT.pdf"
    assert paper.name in sheet
    assert sha256(paper.read_bytes()).hexdigest() in sheet
    assert "PHIẾU BÀN GIAO" in sheet
    assert "ký lúc" in sheet
    assert signed in sheet


@pytest.mark.parametrize("kind", ["zip", ""])
def test_a_kind_that_there_is_not_is_wrong_usage(line: Line, tmp_path: Path, kind: str) -> None:
    said = line.json("export", "X-2026-11-600-1", "--as", kind, "--out", tmp_path)
    assert (said.code, said.document["error"]["code"]) == (2, "cli.usage")


PASSWORD = "gio-may-trang"
RECEIPT = "BienNhan.xml"


@pytest.fixture
def gateway_options(gateway: PracticeGateway, ca: Path) -> tuple[str | Path, ...]:
    return ("--gateway", gateway.url, "--ca", ca)


def test_another_computer_sends_it_once_even_if_both_try(
    line: Line,
    signed: str,
    gateway: PracticeGateway,
    gateway_options: tuple[str | Path, ...],
    tmp_path: Path,
) -> None:
    out, there = tmp_path / "usb", other_computer(line, tmp_path)
    said = line.json(
        *("export", signed, "--as", "sealed", "--lock", "--pin-stdin", "--out", out),
        *gateway_options,
        stdin=f"{PASSWORD}\n",
    )
    assert said.code == 0, said.err
    (file,) = said.document["written"]
    assert line.json("outbox").document["parcels"][0]["handed_over"]
    assert line.json("send", signed).document["error"]["code"] == "send.handed_over"
    assert line.json("send").code == 0

    asked = there.json("outbox", "--take", file, "--pin-stdin", stdin=f"{PASSWORD}\n")
    assert (asked.code, asked.document["error"]["code"]) == (2, "handover.unknown_gateway")
    take = ("outbox", "--take", file, "--yes", "--pin-stdin")
    taken = there.json(*take, stdin=f"{PASSWORD}\n").document["taken"][0]
    assert taken["parcel"]["id"] == line.json("outbox").document["parcels"][0]["id"]
    assert not there.json(*take, stdin=f"{PASSWORD}\n").document["taken"][0]["new"]
    sent = there.json("send", taken["id"])
    assert sent.document["state"] == "accepted", sent.err

    assert line.json("outbox", "--take-back", signed).code == 0
    again = line.json("send", signed)
    assert (again.document["state"], again.document["number"]) == (
        "accepted",
        sent.document["number"],
    )
    assert [entry.state for entry in gateway.ledger.all()] == ["accepted"]
    events = [each["event"] for each in line.json("status", signed).document["journal"]]
    assert {"event.handed_over", "event.taken_back"} <= set(events)


def test_its_receipt_comes_home_in_a_file(
    line: Line, signed: str, gateway_options: tuple[str | Path, ...], tmp_path: Path
) -> None:
    there = other_computer(line, tmp_path)
    export = ("export", signed, "--as", "sealed", "--out", tmp_path / "usb")
    (file,) = line.json(*export, *gateway_options).document["written"]
    taken = there.json("outbox", "--take", file, "--yes").document["taken"][0]
    assert there("send").code == 0
    there("export", taken["id"], "--out", tmp_path / "ve")
    home = line.json("receipt", tmp_path / "ve" / RECEIPT)
    assert (home.document["verified"], home.document["state"]) == (True, "accepted")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["export", "X-2026-11-600-1", "--lock", "--out", "ra"], "cli.export.sealed_alone"),
        (["export", "X-2026-11-600-1", "--gateway", "g", "--out", "ra"], "cli.export.sealed_alone"),
        (["outbox", "--yes"], "cli.outbox.take_alone"),
    ],
)
def test_options_that_mean_nothing_are_refused(line: Line, arguments: list[str], code: str) -> None:
    said = line.json(*arguments)
    assert (said.code, said.document["error"]["code"]) == (2, code)
