"""Signing a dossier: every form at its own node, then the envelope made of the signed bytes.

Each signature is verified as soon as it is made, and nothing is stored before all of them
are. Between rendering and the gateway no byte is parsed and written again.

Documents are held in memory here: a package has at most 20 MB, and it must be whole before it is
verified and stored in one transaction. A list of any length is signed while it is written by
``signing.streaming``.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.services.api import Remark
from desktop.services.known_keys import newness, remember_signer
from desktop.services.moments import in_vietnam
from desktop.services.paper_settings import PaperSettings, read_settings
from desktop.services.paper_signing import SignPapers, is_paper
from desktop.services.ports import Clock, Store, StoredFile, UnitOfWork
from desktop.services.progress import Progress
from desktop.services.rooms import FormsRoom, SigningRoom
from forms.model import Dossier, DossierState, FileKind, Unit
from resources.faults import UsageFault
from signing.model import CertificateInfo
from signing.ports import Signer

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeyFileSigner:
    """A key from a file, told apart from a token so that the journal can say so."""

    key: Signer

    @property
    def certificate(self) -> bytes:
        return self.key.certificate

    def sign(self, octets: bytes) -> bytes:
        return self.key.sign(octets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is signed, as it stood when signing began."""

    dossier: Dossier
    unit: Unit
    files: tuple[StoredFile, ...]
    papers: PaperSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What came of it, and what the journal should tell beside: (event, places of papers)."""

    files: tuple[StoredFile, ...]
    events: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignDossier:
    """One signer, one dossier, one transaction."""

    store: Store
    forms: FormsRoom
    signing: SigningRoom
    clock: Clock
    practice: bool = False
    """a practice key is registered nowhere, and need not be"""

    def __call__(
        self, dossier_id: str, signer: Signer, progress: Progress | None = None
    ) -> Dossier:
        """Raises UsageFault ``sign.not_built``, ``dossier.signed``, ``sign.changed_meanwhile``;
        CertificateFault, TokenFault and SigningBug of ``signing.errors``.
        """
        work = self._work(dossier_id)
        now = in_vietnam(self.clock())
        certificate = self.signing.read_certificate(signer.certificate)
        self.signing.check_for_unit(certificate, work.unit.tax_code, now)
        signed = self._sign_all(work, signer, now, progress)
        return self._keep(work, signed, certificate, signer)

    def check_certificate(
        self, dossier_id: str, certificate: CertificateInfo
    ) -> tuple[Remark, ...]:
        """Raises CertificateFault when it may not sign for the dossier's unit, or not now."""
        with self.store.reading() as work:
            unit = work.units.get(work.dossiers.get(dossier_id).unit_code)
            new = () if self.practice else tuple(newness(work, unit.code, certificate))
        notices = self.signing.check_for_unit(certificate, unit.tax_code, self.clock())
        told = (Remark(code=each.code, params=dict(each.params)) for each in notices)
        return (*told, *new)

    def _work(self, dossier_id: str) -> Work:
        with self.store.reading() as work:
            dossier = require_built(work.dossiers.get(dossier_id))
            unit = work.units.get(dossier.unit_code)
            files = tuple(work.dossiers.files(dossier_id))
            return Work(dossier=dossier, unit=unit, files=files, papers=read_settings(work))

    def _sign_all(
        self, work: Work, signer: Signer, now: datetime, progress: Progress | None
    ) -> Signed:
        papers = SignPapers(signing=self.signing, settings=work.papers)
        steps = [int(_has_slot(file) or papers.may_sign(file)) for file in work.files]
        signed: list[StoredFile] = []
        events: dict[str, list[int]] = {}
        for file in work.files:
            if is_paper(file):
                paper = papers(file, signer, now)
                signed.append(paper.file)
                events.setdefault(paper.event, []).append(sum(map(is_paper, signed)))
            else:
                signed.append(self._sign(file, signer, now))
            _tell(progress, sum(steps[: len(signed)]), sum(steps) + 1)
        envelope = self._sign(self._envelope(work, signed), signer, now)
        _tell(progress, sum(steps) + 1, sum(steps) + 1)
        events.pop("", None)
        return Signed(files=(*signed, envelope), events=events)

    def _sign(self, file: StoredFile, signer: Signer, now: datetime) -> StoredFile:
        """At its own node, verified at once; a file without one passes as it is."""
        node = file.form.sign_node
        if node is None:
            return replace(file, signed=None)
        document = self.signing.sign_document(file.form.content, node, signer, signing_time=now)
        self.signing.verify_own(document, node, signer.certificate)
        return replace(file, signed=document)

    def _envelope(self, work: Work, signed: Sequence[StoredFile]) -> StoredFile:
        if work.dossier.filed_on is None:
            raise UsageFault("sign.not_built", dossier=work.dossier.id)
        envelope = self.forms.render_envelope(
            [(file.form, final_bytes(file)) for file in signed],
            work.unit,
            work.dossier.period,
            procedure=work.dossier.procedure,
            filing_date=work.dossier.filed_on,
        )
        return StoredFile(form=envelope, signed=None)

    def _keep(
        self,
        signed_from: Work,
        signed: Signed,
        certificate: CertificateInfo,
        signer: Signer,
    ) -> Dossier:
        dossier = signed_from.dossier
        from_file = isinstance(signer, KeyFileSigner)
        event = "event.signed_with_file" if from_file else "event.signed"
        with self.store.begin() as work:
            _refuse_changed(work, signed_from)
            work.dossiers.store_signed(dossier.id, signed.files)
            remember_signer(work, dossier.unit_code, signer, certificate)
            after = work.dossiers.move(
                dossier.id,
                DossierState.SIGNED,
                now=self.clock(),
                event=event,
                detail=f"serial {certificate.serial}",
            )
            for told, places in signed.events.items():
                numbers = ", ".join(map(str, places))
                work.dossiers.note(dossier.id, now=self.clock(), event=told, detail=numbers)
            work.commit()
        _LOG.info("signed %s: %d files", dossier.id, len(signed.files))
        return after


def _has_slot(file: StoredFile) -> bool:
    return file.form.sign_node is not None


def final_bytes(file: StoredFile) -> bytes:
    """What is sent: the signed bytes, or the paper as it is."""
    return file.form.content if file.signed is None else file.signed


def require_built(dossier: Dossier) -> Dossier:
    """Raises UsageFault ``sign.not_built`` before building, ``dossier.signed`` after signing."""
    if dossier.state is DossierState.DRAFT:
        raise UsageFault("sign.not_built", dossier=dossier.id)
    if dossier.state is not DossierState.CHECKED:
        raise UsageFault("dossier.signed", dossier=dossier.id)
    return dossier


def package_of(files: Sequence[StoredFile], dossier_id: str) -> tuple[str, bytes]:
    """Name and bytes of the signed envelope. Raises UsageFault ``dossier.not_signed``."""
    for file in files:
        if file.form.kind is FileKind.ENVELOPE and file.signed is not None:
            return file.form.name, file.signed
    raise UsageFault("dossier.not_signed", dossier=dossier_id)


def _refuse_changed(work: UnitOfWork, before: Work) -> None:
    """The window may have changed a row while the PIN was typed."""
    dossier_id = before.dossier.id
    same_state = work.dossiers.get(dossier_id).state is before.dossier.state
    if not same_state or tuple(work.dossiers.files(dossier_id)) != before.files:
        raise UsageFault("sign.changed_meanwhile", dossier=dossier_id)


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress:
        progress(done, total)
