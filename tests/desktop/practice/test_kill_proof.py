"""Kill −9 at any step, over a wire that fails: every dossier is accepted exactly once."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.practice.gateway.ledger import LEDGER_FILE, Ledger
from desktop.store.opening import open_store
from sync.model import Destination
from tests.desktop.store.samples import accepted

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")

if sys.platform != "win32":
    from tests.fakes.kills import Proof, compare, fill, prove

PARCELS = 12


def test_every_dossier_is_accepted_exactly_once_whatever_kills_the_client(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = prove(tmp_path, parcels=PARCELS, seed=6)
    with capsys.disabled():
        sys.stdout.write(f"\n{proof.line()}\n")
    assert (proof.once, proof.lost, proof.twice) == (PARCELS, 0, 0)
    assert proof.kills >= PARCELS / 2
    assert len(proof.where) >= 6
    assert sum(proof.faults.values()) >= PARCELS / 2


def test_what_the_client_believes_without_the_gateway_is_lost(tmp_path: Path) -> None:
    """So that the proof can fail: receipts that no ledger knows."""
    client, server, proof = tmp_path / "client", tmp_path / "server", Proof(parcels=2)
    server.mkdir()
    Ledger(server / LEDGER_FILE)
    fill(client, Destination(url="https://127.0.0.1:9", ca_pem=""), 2)
    store = open_store(client, mode="real", now=datetime.now(UTC))
    with store.reading() as work:
        sent = work.parcels.all()
    for one in sent:
        store.outbox.settle(accepted(one))
    compare(proof, client, server)
    assert (proof.once, proof.lost, proof.twice) == (0, 2, 0)
