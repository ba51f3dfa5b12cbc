"""What a person reads when nothing is wrong, and what is refused before it can do harm."""

import re
from pathlib import Path

import pytest

from desktop.practice.gateway import Call, PracticeGateway, Trouble
from tests.desktop.cli.conftest import PASSWORD, Line, Sample


def test_verify_tells_all_there_is_to_a_signature(line: Line, signed: str, tmp_path: Path) -> None:
    line("export", signed, "--out", tmp_path / "ra")
    said = line("verify", tmp_path / "ra" / "D02-TS-595.xml")
    assert said.code == 0
    assert "D02-TS/Cky: còn nguyên vẹn" in said.out
    assert "MST 9900000016" in said.out
    assert "lúc ký còn hạn, hiện nay còn hạn" in said.out
    assert "rsa-sha256" in said.out
    assert re.search(r"thời điểm ký [\d/]+ [\d:]+, .* không được chữ ký bảo vệ", said.out)


def test_verify_tells_it_in_english(line: Line, signed: str, tmp_path: Path) -> None:
    line("export", signed, "--out", tmp_path / "ra")
    said = line("verify", tmp_path / "ra" / "BHXHDienTu.xml", "--lang", "en")
    assert "valid when signed, valid now" in said.out
    assert "not protected by the signature" in said.out


@pytest.mark.parametrize("content", ["", "khong phai chung thu\n", "-----BEGIN CERTIFICATE-----\n"])
def test_a_file_that_is_no_certificate_enqueues_nothing(
    line: Line, signed: str, tmp_path: Path, content: str
) -> None:
    ca = tmp_path / "ca.pem"
    ca.write_text(content, encoding="ascii")
    said = line.json("send", signed, "--gateway", "https://127.0.0.1:9", "--ca", ca)
    assert (said.code, said.document["error"]["code"]) == (2, "cli.ca_unreadable")
    assert line.json("outbox").document["parcels"] == []
    assert line.json("status", signed).document["state"] == "signed"


def test_sending_all_does_not_wait_for_the_next_round(
    line: Line, signed: str, gateway: PracticeGateway, ca: Path
) -> None:
    gateway.faults.plan(Call.ANNOUNCE, Trouble.STATUS, 500)
    assert line.json("send", signed, "--gateway", gateway.url, "--ca", ca).code == 3
    said = line.json("send")
    assert (said.code, said.document["attempts"][0]["state"]) == (0, "accepted")
    assert line.json("send").document["attempts"] == []


def test_sending_all_says_what_still_waits(
    line: Line, signed: str, gateway: PracticeGateway, ca: Path
) -> None:
    gateway.faults.plan(Call.ANNOUNCE, Trouble.STATUS, 500, times=2)
    line.json("send", signed, "--gateway", gateway.url, "--ca", ca)
    assert line.json("send").code == 3


def test_no_pin_is_asked_for_what_cannot_be_signed(line: Line, signed: str, sample: Sample) -> None:
    said = line.json("sign", signed, "--p12", sample.key_file)
    assert (said.code, said.document["error"]["code"]) == (2, "dossier.signed")
    assert PASSWORD not in said.err
