"""A month of practice from the workbook to its statement, and the gateway's switchboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.practice.gateway import Call, PracticeGateway, Trouble
from desktop.practice.mode import GATEWAY_FOLDER
from desktop.practice.sample import sample_unit
from forms.xml.notice import read_notice
from tests.desktop.cli.conftest import PASSWORD, PERIOD, UNIT, Line

PEOPLE = 60


@pytest.fixture
def running(line: Line) -> Iterator[PracticeGateway]:
    """The gateway of the data folder, as ``tokhai practice serve`` runs it."""
    folder = line.data / GATEWAY_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with PracticeGateway(folder) as gateway:
        (folder / "ca.pem").write_text(gateway.ca_pem, encoding="ascii")
        yield gateway


def file_a_month(line: Line, folder: Path, gateway: PracticeGateway) -> str:
    """A clean list of many invented people, filed and accepted. Returns the dossier's id."""
    making = ("practice", "sample", "--out", folder, "--people", str(PEOPLE), "--pin-stdin")
    assert line(*making, stdin=f"{PASSWORD}\n").code == 0
    workbook = folder / "danh-sach-mau.xlsx"
    dossier = str(line.json("import", workbook, "--unit", UNIT, "--period", PERIOD).document["id"])
    assert line("build", "--unit", UNIT, "--period", PERIOD, "--procedure", "600").code == 0
    signing = ("sign", dossier, "--p12", folder / "khoa-luyen-tap.p12", "--pin-stdin")
    assert line(*signing, stdin=f"{PASSWORD}\n").code == 0
    ca = line.data / GATEWAY_FOLDER / "ca.pem"
    sent = line.json("send", dossier, "--gateway", gateway.url, "--ca", ca)
    assert sent.document["state"] == "accepted", sent.out
    return dossier


def statements(gateway: PracticeGateway, folder: Path) -> list[Path]:
    """The files of the last statement, as a client takes them from the gateway."""
    unit = sample_unit()
    posts, _ = gateway.ledger.letters.page(unit.code, unit.tax_code, 0)
    last = [post for post in posts if post.kind == "statement"][-1]
    folder.mkdir()
    for file in last.files:
        (folder / file.name).write_bytes(gateway.ledger.letters.file(file.id) or b"")
    assert read_notice(last.document or b"").unit_code == unit.code
    return sorted(folder.iterdir())


def test_an_untouched_practice_month_agrees_with_its_statement(
    line: Line, running: PracticeGateway, tmp_path: Path
) -> None:
    file_a_month(line, tmp_path / "mau", running)
    said = line.json("practice", "month", "--period", PERIOD)
    assert (said.code, said.document["count"]) == (0, 1), said.err
    files = statements(running, tmp_path / "thong-bao")
    assert [path.name for path in files] == ["C12-TS-2026-11.xlsx", "D09-TS-2026-11.xlsx"]
    compared = line.json("reconcile", *files, "--unit", UNIT, "--period", PERIOD)
    found = compared.document
    assert found["differences"] == []
    assert found["findings"] == []
    assert found["compared"] >= 4 * 5 + 4 * 10, "something was really compared"
    assert compared.code == 0


def test_a_refused_dossier_does_not_count(
    line: Line, running: PracticeGateway, tmp_path: Path
) -> None:
    file_a_month(line, tmp_path / "mau", running)
    (entry,) = running.ledger.all()
    play = running.ledger.letters
    play.put_on_table(entry.id, "refuse", running.ledger.accepted()[0][1])
    (waiting,) = play.waiting()
    play.advance(waiting, waiting.since, post=None, outcome="refusal", done=True)
    assert line.json("practice", "month", "--period", PERIOD).document["count"] == 0


def test_the_officer_steps_on_request(line: Line, running: PracticeGateway, tmp_path: Path) -> None:
    assert line.json("practice", "step").document == {"count": 0}
    file_a_month(line, tmp_path / "mau", running)
    assert line.json("practice", "step").document == {"count": 1}
    assert line.json("practice", "step").document == {"count": 1}
    assert line.json("practice", "step").document == {"count": 0}


def test_faults_are_set_and_cleared_while_it_runs(line: Line, running: PracticeGateway) -> None:
    said = line.json("practice", "fault", "submit=500", "announce=429:7*2")
    assert (said.code, said.document["count"]) == (0, 2)
    planned = running.faults.take(Call.ANNOUNCE)
    assert planned
    assert (planned.trouble, planned.amount, planned.wait) == (Trouble.STATUS, 429, 7)
    assert line("practice", "fault", "--clear").code == 0
    assert running.faults.take(Call.SUBMIT) is None
    assert running.faults.take(Call.ANNOUNCE) is None


def test_a_fault_that_is_none_is_told(line: Line, running: PracticeGateway) -> None:
    said = line.json("practice", "fault", "submit=chậm")
    assert (said.code, said.document["error"]["code"]) == (2, "practice.fault")


def test_a_month_to_come_has_no_statement(line: Line, running: PracticeGateway) -> None:
    said = line.json("practice", "month", "--period", "2099-01")
    assert (said.code, said.document["error"]["code"]) == (2, "practice.month_not_over")


def test_a_wrong_certificate_does_not_lock_the_person_out(
    line: Line, running: PracticeGateway
) -> None:
    assert line("practice", "fault", "connection=certificate*0").code == 0
    assert line("practice", "fault", "--clear").code == 0
    assert running.faults.take(Call.CONNECTION) is None


def test_without_a_gateway_it_is_said(line: Line) -> None:
    for command in (("step",), ("fault", "submit=500"), ("month", "--period", PERIOD)):
        said = line.json("practice", *command)
        assert (said.code, said.document["error"]["code"]) == (3, "practice.not_running")


def test_the_switchboard_asks_for_its_token(line: Line, running: PracticeGateway) -> None:
    (line.data / GATEWAY_FOLDER / "switchboard.token").write_text("khac", encoding="ascii")
    said = line.json("practice", "fault", "submit=500")
    assert (said.code, said.document["error"]["code"]) == (3, "practice.switchboard")
    assert running.faults.take(Call.SUBMIT) is None
