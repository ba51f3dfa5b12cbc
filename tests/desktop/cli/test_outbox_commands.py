"""``tokhai outbox`` and how a gateway is named: what is awaited, paused, refused."""

from base64 import b64encode
from pathlib import Path

import pytest

from desktop.practice.gateway import Call, PracticeGateway, Trouble
from tests.desktop.cli.conftest import Line

KEY = b64encode(bytes(32)).decode()
FAR = ["--gateway", "https://127.0.0.1:9"]


def test_what_is_awaited_of_a_filed_dossier_is_told(
    line: Line, signed: str, gateway: PracticeGateway, ca: Path
) -> None:
    assert line.json("send", signed, "--gateway", gateway.url, "--ca", ca).code == 0
    said = line.json("outbox")
    result = said.document["awaited"][0]
    assert (result["dossier"], result["awaited"], result["overdue"]) == (signed, "result", False)
    assert result["due"]
    assert "Chờ kết quả" in result["message"]
    assert "Chờ kết quả" in line("outbox").out


def test_a_paused_outbox_says_so_until_it_is_resumed(
    line: Line, signed: str, gateway: PracticeGateway, ca: Path
) -> None:
    gateway.faults.plan(Call.ANNOUNCE, Trouble.STATUS, 500)
    line.json("send", signed, "--gateway", gateway.url, "--ca", ca)
    assert line.json("outbox", "--pause").document["paused"]
    said = line("outbox")
    assert "tạm dừng" in said.out
    assert "đã thử 1 lần" in said.out
    held = line.json("send")
    assert (held.code, held.document["attempts"]) == (3, [])
    assert line.json("send", signed).code == 0
    assert line.json("send").code == 0
    assert not line.json("outbox", "--resume").document["paused"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--adapter", "vidu"], "cli.needs_gateway"),
        (["--client-id", "k"], "cli.needs_gateway"),
        (["--server-key", KEY], "cli.needs_gateway"),
        ([*FAR, "--server-key", "abc"], "cli.server_key_unreadable"),
        ([*FAR, "--server-key", "khoá"], "cli.server_key_unreadable"),
        ([*FAR, "--server-key", KEY[4:]], "cli.server_key_unreadable"),
    ],
)
def test_half_a_gateway_is_refused_before_anything_is_enqueued(
    line: Line, signed: str, arguments: list[str], code: str
) -> None:
    said = line.json("send", signed, *arguments)
    assert (said.code, said.document["error"]["code"]) == (2, code)
    assert line.json("outbox").document["parcels"] == []
