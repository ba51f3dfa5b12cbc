"""The agency's answers as they come: fetched from the practice gateway, or taken from files."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.practice.gateway import PracticeGateway
from desktop.practice.gateway.script import load_script
from desktop.practice.mode import GATEWAY_FOLDER
from tests.desktop.cli.conftest import PERIOD, UNIT, Line, Sample

SCRIPT = """
[month]
statements = false
day = 5

[[play]]
name = "ba-buoc"
[[play.step]]
after = 90000
do = "processing"
promise_days = 7
[[play.step]]
after = 90000
do = "supplement"
text = "Thiếu giấy tờ (luyện tập)."
rows = [{ line = 1, reason = "Chưa có hợp đồng lao động." }]
[[play.step]]
after = 90000
do = "result"
files = ["xml", "xlsx"]
"""
Json = dict[str, Any]


@pytest.fixture
def running(line: Line, tmp_path: Path) -> Iterator[PracticeGateway]:
    """As ``tokhai practice serve`` runs it, with an officer who does nothing unless asked."""
    script = tmp_path / "can-bo.toml"
    script.write_text(SCRIPT, encoding="utf-8")
    folder = line.data / GATEWAY_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with PracticeGateway(folder, script=load_script(str(script))) as gateway:
        (folder / "ca.pem").write_text(gateway.ca_pem, encoding="ascii")
        yield gateway


def send(line: Line, dossier: str) -> None:
    sent = line.json("send", dossier)
    assert sent.document["state"] == "accepted", sent.out


def fetched(line: Line, count: int) -> list[Json]:
    """The new letters, oldest first."""
    said = line.json("inbox", "--fetch", "--unit", UNIT)
    assert said.code == 0, said.out
    new, by_id = said.document["new"], {one["id"]: one for one in said.document["letters"]}
    assert len(new) == count
    return [by_id[each] for each in new]


def state(line: Line, dossier: str) -> str:
    return str(line.json("status", dossier).document["state"])


def step(line: Line) -> None:
    assert line.json("practice", "step").document == {"count": 1}


def test_the_whole_way_from_filing_to_the_months_statement(
    line: Line, running: PracticeGateway, signed: str, tmp_path: Path
) -> None:
    send(line, signed)
    [receipt] = fetched(line, 1)
    assert (receipt["kind"], receipt["verified"], receipt["moved"]) == ("receipt", "yes", False)
    assert state(line, signed) == "accepted"

    step(line)
    [processing] = fetched(line, 1)
    assert (processing["verified"], processing["doubt"]) == ("yes", None)
    assert processing["dossier"] == signed
    assert processing["deadline"] is not None
    assert state(line, signed) == "processing"
    told = line.json("status", signed).document["journal"][-1]
    assert (told["event"], told["before"]) == ("event.notice_processing", "accepted")

    step(line)
    [wanted] = fetched(line, 1)
    assert state(line, signed) == "supplement"
    assert [reason["line"] for reason in wanted["reasons"]] == [1]
    assert "hợp đồng" in wanted["reasons"][0]["text"]
    shown = line("inbox", "show", wanted["id"][:8])
    assert "yêu cầu bổ sung" in shown.out
    assert "Thiếu giấy tờ (luyện tập)." in shown.out

    step(line)
    [result] = fetched(line, 1)
    assert state(line, signed) == "done"
    assert [file["vouched"] for file in result["files"]] == [True, True]
    saved = line.json("inbox", "save", result["id"], "--out", tmp_path / "ket-qua")
    assert len(saved.document["written"]) == 3

    assert line.json("practice", "month", "--period", PERIOD).document["count"] == 1
    [statement] = fetched(line, 1)
    assert (statement["kind"], statement["period"]) == ("statement", PERIOD)
    assert (statement["verified"], statement["dossier"]) == ("yes", None)
    compared = line.json("inbox", "compare", statement["id"])
    assert (compared.code, compared.document["differences"]) == (0, [])
    assert compared.document["compared"] > 0

    assert fetched(line, 0) == []
    overview = line.json("inbox")
    assert len(overview.document["letters"]) == 5
    assert overview.document["unread"] == 4

    taken = line.json("inbox", "take", *archive_of(saved.document["written"], tmp_path))
    assert taken.code == 0, taken.out
    assert {one["new"] for one in taken.document["taken"]} == {False}
    assert {one["letter"]["id"] for one in taken.document["taken"]} == {result["id"]}
    assert state(line, signed) == "done"


def archive_of(files: list[str], folder: Path) -> list[Path]:
    path = folder / "thong-bao.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, Path(file).name)
    return [path]


def test_a_forged_notice_is_shown_with_its_reason_and_moves_nothing(
    line: Line, running: PracticeGateway, signed: str, tmp_path: Path
) -> None:
    send(line, signed)
    step(line)
    unit = running.ledger.letters.page(UNIT, tax_code(line), 0)[0]
    genuine = unit[-1].document or b""
    forged = tmp_path / "gia.xml"
    forged.write_bytes(genuine.replace(b"01</MA_KQUA>", b"09</MA_KQUA>"))
    said = line.json("inbox", "take", forged)
    assert said.code == 1
    [taken] = said.document["taken"]
    assert taken["letter"]["verified"] == "no"
    assert taken["letter"]["doubt"]["code"] == "inbox.tampered"
    assert state(line, signed) == "accepted"
    journal = line.json("status", signed).document["journal"]
    assert journal[-1]["event"] == "event.notice_unbelieved"


def tax_code(line: Line) -> str:
    units = line.json("unit", "list").document["units"]
    return str(units[0]["tax_code"])


def test_the_portals_page_is_told_and_opened_only_on_request(
    line: Line, built: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)) or True)
    said = line.json("portal", built)
    assert said.document["address"].startswith("https://dichvucong.baohiemxahoi.gov.vn/")
    assert said.document["opened"] is False
    assert opened == []
    values = {one["key"]: one["value"] for one in said.document["values"]}
    assert (values["unit_code"], values["procedure"], values["period"]) == (UNIT, "600", "11/2026")
    assert "number" not in values
    assert line.json("portal", built, "--open").document["opened"] is True
    assert opened == [said.document["address"]]


def test_what_is_not_there_is_said(line: Line, sample: Sample, tmp_path: Path) -> None:
    assert line.json("inbox").document["letters"] == []
    said = line.json("inbox", "show", "0123456789")
    assert (said.code, said.document["error"]["code"]) == (2, "inbox.unknown")
    nothing = line.json("inbox", "take", tmp_path / "khong-co.xml")
    assert (nothing.code, nothing.document["taken"][0]["fault"]["code"]) == (1, "files.missing")
