"""Signing a dossier: everything is signed, proved and stored together, or nothing is."""

from pathlib import Path

import pytest

from desktop.services.api import Remark
from forms.model import DossierState, FileKind
from resources.faults import Fault, UsageFault
from signing.errors import CertificateFault
from tests.fakes.desk import PERIOD, UNIT, Desk, Key, certificate, person

SIGNED = b"|signed by " + UNIT.tax_code.encode()


def test_every_form_then_the_envelope_of_the_signed_bytes(desk: Desk) -> None:
    dossier = desk.built()
    after = desk.services.sign(dossier, Key())
    *forms, envelope = desk.services.files(dossier)
    assert after.state is DossierState.SIGNED
    assert envelope.form.kind is FileKind.ENVELOPE
    assert envelope.signed
    assert envelope.signed.endswith(SIGNED)
    for form in forms:
        assert form.signed == form.form.content + SIGNED
        assert form.signed in envelope.signed


def test_papers_pass_unsigned(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.imported()
    paper = tmp_path / "giay.pdf"
    paper.write_bytes(b"%PDF-1.7")
    desk.services.build(unit_code=UNIT.code, period=PERIOD, attachments=[paper])
    desk.services.sign(dossier, Key())
    stored = next(
        file for file in desk.services.files(dossier) if file.form.kind is FileKind.ATTACHMENT
    )
    assert (stored.form.content, stored.signed) == (b"%PDF-1.7", None)
    assert b"%PDF-1.7" in (desk.services.files(dossier)[-1].signed or b"")


def test_the_certificate_of_another_unit_signs_nothing(desk: Desk) -> None:
    dossier = desk.built()
    with pytest.raises(CertificateFault, match=r"certificate\.other_unit"):
        desk.services.sign(dossier, Key(tax_code="0100000000"))
    assert desk.services.dossier(dossier).state is DossierState.CHECKED


def test_the_certificate_can_be_checked_before_the_pin(desk: Desk) -> None:
    dossier = desk.imported()
    assert desk.services.check_certificate(dossier, certificate(UNIT.tax_code.encode())) == ()
    with pytest.raises(CertificateFault):
        desk.services.check_certificate(dossier, certificate(b"0100000000"))


def test_what_to_mind_about_a_certificate_is_told_and_stops_nothing(desk: Desk) -> None:
    dossier = desk.built()
    branch = f"{UNIT.tax_code}-001"
    told = (Remark(code="certificate.branch", params={"branch": "001"}),)
    assert desk.services.check_certificate(dossier, certificate(branch.encode())) == told
    assert desk.services.check_signer(dossier, Key(tax_code=branch)) == told
    assert desk.services.check_signer(dossier, Key()) == ()
    assert desk.services.sign(dossier, Key(tax_code=branch)).state is DossierState.SIGNED


def test_an_open_key_that_may_not_sign_is_refused_like_its_certificate(desk: Desk) -> None:
    dossier = desk.built()
    with pytest.raises(CertificateFault, match=r"certificate\.other_unit"):
        desk.services.check_signer(dossier, Key(tax_code="0100000000"))


@pytest.mark.parametrize("node", ["D02-TS/Cky", "TK1-TS/Cky", "Hoso/CKy_Dvi"])
def test_a_signature_that_does_not_verify_is_never_stored(desk: Desk, node: str) -> None:
    dossier = desk.built()
    desk.signing.spoil = node
    with pytest.raises(Fault, match=r"sign\.unverified"):
        desk.services.sign(dossier, Key())
    assert desk.services.dossier(dossier).state is DossierState.CHECKED
    assert all(file.signed is None for file in desk.services.files(dossier))


def test_a_token_pulled_out_leaves_everything_as_it_was(desk: Desk) -> None:
    dossier = desk.built()
    before = list(desk.services.files(dossier))
    with pytest.raises(Fault, match=r"token\.removed"):
        desk.services.sign(dossier, Key(broken=True))
    assert list(desk.services.files(dossier)) == before


def test_a_draft_is_not_signed(desk: Desk) -> None:
    with pytest.raises(UsageFault, match=r"sign\.not_built"):
        desk.services.sign(desk.imported(), Key())


def test_what_is_signed_is_not_signed_again(desk: Desk) -> None:
    dossier = desk.signed()
    with pytest.raises(UsageFault, match=r"dossier\.signed"):
        desk.services.sign(dossier, Key())


def test_a_change_during_signing_is_noticed(desk: Desk) -> None:
    dossier = desk.built(person(4, "Trần Thị Gió"))

    def change(done: int, total: int) -> None:
        if done == total:
            desk.services.change_rows(dossier, "lao_dong", [person(4, "Trần Thị Mây")])

    with pytest.raises(UsageFault, match=r"sign\.changed_meanwhile"):
        desk.services.sign(dossier, Key(), change)
    assert desk.services.dossier(dossier).state is DossierState.DRAFT


def test_progress_counts_the_signatures(desk: Desk) -> None:
    dossier = desk.built()
    told: list[tuple[int, int]] = []
    desk.services.sign(dossier, Key(), lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_key_from_a_file_is_told_in_the_journal(real_desk: Desk) -> None:
    dossier = real_desk.built()
    with real_desk.services.open_key_file(Path("khoa.p12"), "mat-khau") as signer:
        real_desk.services.sign(dossier, signer)
    entry = real_desk.services.journal(dossier)[-1]
    assert (entry.event, entry.detail) == ("event.signed_with_file", "serial 0A1B")


def test_a_token_is_told_as_such(real_desk: Desk) -> None:
    assert real_desk.services.journal(real_desk.signed())[-1].event == "event.signed"
