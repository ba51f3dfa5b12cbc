"""From an accountant's workbook to a verified receipt, on the command line, with real parts."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.practice.gateway import Call, PracticeGateway, Trouble
from desktop.practice.sample import sample_unit
from tests.desktop.cli.conftest import Line, Sample, SignWithToken
from tests.fakes.certificates import Identity, unit_identity
from tests.fakes.softhsm import PIN, SoftToken

NOW = datetime.now(UTC)


def certificate(
    tax_code: str = sample_unit().tax_code, days: int = 365, **more: object
) -> Identity:
    return unit_identity(
        user_ids=(f"MST:{tax_code}",),
        not_before=NOW - timedelta(days=400),
        not_after=NOW + timedelta(days=days),
        **more,  # type: ignore[arg-type]  # passed through
    )


def xmlsec1(path: Path) -> bool:
    """Whether another program, by other hands, accepts the signature."""
    command = ["xmlsec1", "--verify", "--insecure", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.token
def test_the_whole_way_with_a_token(
    line: Line,
    built: str,
    token: SoftToken,
    sign_with_token: SignWithToken,
    gateway: PracticeGateway,
    ca: Path,
    tmp_path: Path,
) -> None:
    token.put(certificate())
    signed = sign_with_token()
    assert signed.code == 0, signed.err
    assert signed.document["state"] == "signed"
    assert all(file["signed"] for file in signed.document["files"])
    sent = line.json("send", built, "--gateway", gateway.url, "--ca", ca)
    assert sent.code == 0, sent.err
    assert sent.document["state"] == "accepted"
    assert re.fullmatch(r"\d{5}/\d{4}/07900", sent.document["number"])
    out = tmp_path / "mang-di"
    assert line("export", built, "--out", out).code == 0
    exported = sorted(out.glob("*.xml"))
    assert {path.name for path in exported} >= {"BHXHDienTu.xml", "D02-TS-595.xml"}
    assert all(xmlsec1(path) for path in exported)
    checked = line.json("verify", *exported)
    assert checked.code == 0
    for file in checked.document["files"]:
        assert all(each["intact"] == "yes" and each["strict"] for each in file["signatures"])


def test_one_changed_byte_is_refused(line: Line, signed: str, tmp_path: Path) -> None:
    line("export", signed, "--out", tmp_path / "ra")
    form = tmp_path / "ra" / "D02-TS-595.xml"
    changed = form.read_bytes().replace(b"<TienLuong>", b"<TienLuong>9", 1)
    form.write_bytes(changed)
    assert not xmlsec1(form)
    checked = line.json("verify", form)
    assert checked.code == 1
    assert checked.document["files"][0]["signatures"][0]["intact"] == "no"


@pytest.mark.token
@pytest.mark.parametrize(
    ("identity", "code"),
    [
        (lambda: certificate("0109999990"), "certificate.other_unit"),
        (lambda: certificate(days=-1), "certificate.expired"),
    ],
)
def test_a_certificate_that_may_not_sign_signs_nothing(
    line: Line,
    built: str,
    token: SoftToken,
    sign_with_token: SignWithToken,
    identity: object,
    code: str,
) -> None:
    token.put(identity())  # type: ignore[operator]  # a lambda of the table
    said = sign_with_token()
    assert (said.code, said.document["error"]["code"]) == (3, code)
    assert line.json("status", built).document["state"] == "checked"


@pytest.mark.token
def test_what_to_mind_about_the_certificate_is_said_and_stops_nothing(
    token: SoftToken, sign_with_token: SignWithToken
) -> None:
    token.put(certificate(f"{sample_unit().tax_code}-001", days=20))
    said = sign_with_token()
    assert (said.code, said.document["state"]) == (0, "signed")
    notices = said.document["notices"]
    assert [each["code"] for each in notices] == ["certificate.branch", "certificate.expiring_soon"]
    assert set(notices[0]) == {"code", "params", "message"}
    assert all(each["message"] in said.err for each in notices)
    assert said.document["unproven"] == []


@pytest.mark.token
def test_a_wrong_pin_is_said_as_such_and_asked_for_once(
    line: Line, built: str, token: SoftToken, sign_with_token: SignWithToken
) -> None:
    token.put(certificate())
    said = sign_with_token(pin="864209")
    assert said.code == 3
    assert said.document["error"]["code"] in {"pin.wrong", "pin.final_try"}
    assert "864209" not in said.out + said.err
    assert line.json("status", built).document["state"] == "checked"
    assert sign_with_token(pin=PIN).code == 0


@pytest.mark.token
def test_no_certificate_and_no_token(
    line: Line, built: str, token: SoftToken, sign_with_token: SignWithToken, tmp_path: Path
) -> None:
    assert sign_with_token().document["error"]["code"] == "certificate.none"
    text = tmp_path / "khong-phai-thu-vien.so"
    text.write_text("chữ", encoding="utf-8")
    for module, code in ((text, "token.module_broken"), (tmp_path / "x", "token.module_missing")):
        said = line.json("sign", built, "--module", module, "--pin-stdin", stdin="1\n")
        assert (said.code, said.document["error"]["code"]) == (3, code)


@pytest.mark.token
def test_tokens_are_listed_without_a_pin(line: Line, token: SoftToken) -> None:
    token.put(certificate())
    listed = line.json("token", "list", "--module", token.module)
    assert listed.code == 0
    (slot,) = listed.document["slots"]
    assert slot["certificates"][0]["tax_code"] == sample_unit().tax_code
    assert slot["certificates"][0]["valid_now"]


def test_the_gateway_is_down_and_comes_back(
    line: Line, signed: str, gateway: PracticeGateway, ca: Path
) -> None:
    gateway.stop()
    down = line.json("send", signed, "--gateway", gateway.url, "--ca", ca)
    assert (down.code, down.document["state"]) == (3, "waiting")
    assert line.json("outbox").document["parcels"][0]["state"] == "waiting"
    assert "waiting" in line("send", signed, "--json").out


@pytest.mark.parametrize(
    ("call", "trouble", "amount"),
    [
        (Call.ANNOUNCE, Trouble.STATUS, 500),
        (Call.ANNOUNCE, Trouble.RUBBISH, 0),
        (Call.ANNOUNCE, Trouble.CAPTIVE, 0),
        (Call.CREATE, Trouble.STATUS, 503),
        (Call.CHUNK, Trouble.CUT, 0),
        (Call.CHUNK, Trouble.CUT, 1000),
        (Call.SUBMIT, Trouble.CUT, 0),
        (Call.SUBMIT, Trouble.STATUS, 500),
    ],
)
def test_what_the_way_does_wrong_keeps_the_parcel_and_it_goes_on(
    line: Line,
    signed: str,
    gateway: PracticeGateway,
    ca: Path,
    call: Call,
    trouble: Trouble,
    amount: int,
) -> None:
    gateway.faults.plan(call, trouble, amount)
    first = line.json("send", signed, "--gateway", gateway.url, "--ca", ca)
    assert (first.code, first.document["state"]) == (3, "waiting")
    assert first.document["number"] is None
    second = line.json("send", signed)
    assert (second.code, second.document["state"]) == (0, "accepted")
    assert [entry.state for entry in gateway.ledger.all()] == ["accepted"]


@pytest.mark.parametrize("trouble", [Trouble.FORGED, Trouble.STALE, Trouble.TAMPERED])
def test_an_unbelievable_receipt_never_means_filed(
    line: Line, signed: str, gateway: PracticeGateway, ca: Path, trouble: Trouble
) -> None:
    gateway.faults.plan(Call.SUBMIT, trouble)
    said = line.json("send", signed, "--gateway", gateway.url, "--ca", ca)
    assert (said.code, said.document["state"], said.document["number"]) == (3, "sent", None)
    assert line.json("send", signed).document["state"] == "accepted"


def test_a_wrong_authority_is_refused_and_can_be_put_right(
    line: Line, signed: str, gateway: PracticeGateway, ca: Path, tmp_path: Path
) -> None:
    with PracticeGateway(tmp_path / "another") as another:
        wrong = tmp_path / "wrong.pem"
        wrong.write_text(another.ca_pem, encoding="ascii")
    said = line.json("send", signed, "--gateway", gateway.url, "--ca", wrong)
    assert (said.code, said.document["attempts"][0]["outcome"]) == (3, "gateway.tls")
    assert line.json("send", signed, "--gateway", gateway.url, "--ca", ca).code == 0


def test_practice_reaches_nothing_but_this_computer(line: Line, signed: str) -> None:
    said = line.json("send", signed, "--gateway", "https://cong.example")
    assert (said.code, said.document["error"]["code"]) == (2, "practice.loopback_only")


def test_practice_sends_to_its_own_gateway_by_itself(line: Line, signed: str) -> None:
    assert line.json("send", signed).document["state"] == "accepted"
    assert line.json("send").document["attempts"] == []


def test_a_receipt_is_taken_in_by_hand(line: Line, signed: str, tmp_path: Path) -> None:
    line("send", signed)
    line("export", signed, "--out", tmp_path / "ra")
    receipt = tmp_path / "ra" / "BienNhan.xml"
    assert line.json("receipt", receipt).document["verified"] is True
    forged = tmp_path / "gia.xml"
    forged.write_bytes(receipt.read_bytes().replace(b"00001/", b"00002/"))
    said = line.json("receipt", forged)
    assert (said.code, said.document["verified"]) == (1, False)
    assert said.document["number"].startswith("00001/")


def test_attachments_travel_along(
    line: Line, imported: str, sample: Sample, tmp_path: Path
) -> None:
    paper = tmp_path / "hop-dong.pdf"
    paper.write_bytes(b"%PDF-1.7\n%%EOF\n")
    arguments = ("build", "--unit", "ZZ0001Z", "--period", "2026-11", "--attach", paper)
    built = line.json(*arguments, "--out", tmp_path / "to-khai")
    assert built.code == 0, built.out
    kinds = {file["name"]: file["form"] for file in built.document["files"]}
    assert kinds["hop-dong.pdf"] == "CT-DK"
    assert (tmp_path / "to-khai" / "D02-TS-595.xml").exists()


def test_the_demo_ends_with_a_dossier_number(line: Line, tmp_path: Path) -> None:
    said = line.json("demo", "--keep", tmp_path / "thu")
    assert said.code == 0, said.err
    assert re.fullmatch(r"\d{5}/\d{4}/\d{5}", said.document["number"])
    assert len(said.document["steps"]) >= 9
