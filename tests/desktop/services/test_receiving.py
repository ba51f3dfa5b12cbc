"""A receipt from a file: believed or only noted, never in between."""

from hashlib import sha256
from pathlib import Path

import pytest

from forms.model import DossierState
from resources.faults import DataFault
from tests.fakes.desk import FAR, LOOPBACK, UNIT, Desk


def package_hash(desk: Desk, dossier: str) -> str:
    return sha256(desk.services.files(dossier)[-1].signed or b"").hexdigest()


def receipt(
    folder: Path, *, sha: str = "-", transaction: str = "GD7", seal: str = "genuine"
) -> Path:
    path = folder / "thong-bao.xml"
    path.write_text(f"{UNIT.code} 11/2026 600 {transaction} {sha} {seal}", encoding="utf-8")
    return path


def test_a_carried_dossier_is_accepted_by_a_believed_receipt(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    taken = desk.services.take_receipt(receipt(tmp_path, sha=package_hash(desk, dossier)))
    assert taken.verified
    assert taken.dossier.state is DossierState.ACCEPTED
    assert (taken.dossier.number, taken.dossier.transaction) == ("00001/2026/07900", "GD7")
    assert [entry.event for entry in desk.services.journal(dossier)][-2:] == [
        "event.carried",
        "outcome.accepted",
    ]


@pytest.mark.parametrize("queued", [True, False])
def test_a_believed_refusal_is_one_whichever_way_it_was_handed_in(
    desk: Desk, tmp_path: Path, queued: bool
) -> None:
    dossier = desk.signed()
    if queued:
        desk.services.enqueue(dossier)
    path = receipt(tmp_path, sha=package_hash(desk, dossier), seal="refusal")
    taken = desk.services.take_receipt(path)
    assert taken.verified
    assert taken.dossier.state is DossierState.REJECTED
    assert taken.dossier.number is None
    assert desk.services.journal(dossier)[-1].event == "outcome.refused"
    assert desk.services.take_receipt(path) == taken


def test_a_dossier_in_the_outbox_is_settled_with_its_parcel(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    parcel = desk.services.enqueue(dossier)
    taken = desk.services.take_receipt(receipt(tmp_path, sha=parcel.sha256))
    assert taken.dossier.state is DossierState.ACCEPTED
    assert desk.services.drain() == []


def test_an_unbelieved_receipt_changes_no_state(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    desk.services.enqueue(dossier, LOOPBACK)
    path = receipt(tmp_path, sha=package_hash(desk, dossier), seal="forged")
    taken = desk.services.take_receipt(path)
    assert not taken.verified
    assert taken.dossier.state is DossierState.WAITING
    assert taken.dossier.number is None
    entry = desk.services.journal(dossier)[-1]
    assert (entry.event, entry.answer) == ("event.receipt_unbelieved", path.read_bytes())
    assert len(desk.services.drain()) == 1


def test_an_unbelieved_receipt_of_a_carried_dossier_is_in_the_journal_too(
    desk: Desk, tmp_path: Path
) -> None:
    dossier = desk.signed()
    before = len(desk.services.journal(dossier))
    path = receipt(tmp_path, sha=package_hash(desk, dossier), seal="forged")
    assert desk.services.take_receipt(path).dossier.state is DossierState.SIGNED
    *past, entry = desk.services.journal(dossier)
    assert len(past) == before
    assert (entry.event, entry.detail) == ("event.receipt_unbelieved", "receipt.untrusted")
    assert entry.answer == path.read_bytes()
    assert desk.services.receipt(dossier) is None


def test_without_any_known_gateway_nothing_is_believed(real_desk: Desk, tmp_path: Path) -> None:
    dossier = real_desk.signed()
    taken = real_desk.services.take_receipt(receipt(tmp_path, sha=package_hash(real_desk, dossier)))
    assert not taken.verified
    assert taken.dossier.state is DossierState.SIGNED


def test_another_package_is_not_taken_for_ours(desk: Desk, tmp_path: Path) -> None:
    desk.signed()
    with pytest.raises(DataFault, match=r"receipt\.no_dossier"):
        desk.services.take_receipt(receipt(tmp_path, sha="0" * 64))


def test_without_a_hash_the_only_signed_dossier_is_meant(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    assert desk.services.take_receipt(receipt(tmp_path)).dossier.id == dossier


def test_without_a_hash_several_are_not_guessed_from(desk: Desk, tmp_path: Path) -> None:
    desk.signed()
    desk.signed()
    with pytest.raises(DataFault, match=r"receipt\.several_dossiers"):
        desk.services.take_receipt(receipt(tmp_path))


def test_the_same_receipt_again_is_harmless(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.signed()
    path = receipt(tmp_path, sha=package_hash(desk, dossier))
    first, second = desk.services.take_receipt(path), desk.services.take_receipt(path)
    assert first == second


def test_an_unsigned_dossier_never_gets_a_receipt(desk: Desk, tmp_path: Path) -> None:
    desk.built()
    with pytest.raises(DataFault, match=r"receipt\.no_dossier"):
        desk.services.take_receipt(receipt(tmp_path))


def test_what_is_no_notice_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "anh.xml"
    path.write_bytes(b"something else")
    with pytest.raises(DataFault):
        desk.services.take_receipt(path)


def test_the_far_gateways_word_counts_once_it_was_used(real_desk: Desk, tmp_path: Path) -> None:
    dossier = real_desk.signed()
    real_desk.services.enqueue(dossier, FAR)
    taken = real_desk.services.take_receipt(receipt(tmp_path, sha=package_hash(real_desk, dossier)))
    assert not taken.verified  # FAR has no certificates of its own
