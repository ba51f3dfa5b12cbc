"""Parcels that another computer handed over: verified, kept with a dossier of their own, sent.

Nothing is kept before all of the file was looked at: every package is signed, whole and by the
unit that it speaks of, and it goes where this computer already sends to, or where a person says
that it may.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from desktop.services.carry_api import TakenOver
from desktop.services.carry_rooms import CarryRoom, OpenedEnvelope
from desktop.services.destinations import Destinations
from desktop.services.moments import VIETNAM
from desktop.services.ports import Clock, Reading, Store, StoredFile, UnitOfWork
from desktop.services.rooms import SigningRoom
from desktop.services.verifying import read_limited
from forms.model import (
    Dossier,
    DossierState,
    Draft,
    FileKind,
    FormFile,
    Part,
    Period,
    Section,
    Unit,
)
from resources.faults import DataFault, UsageFault
from signing.model import Intact, SignatureReport
from sync.model import Destination, Parcel
from sync.sealed import MOST_BYTES, Sealed, SealedParcel, read_sealed
from sync.sealing import is_locked, unlock

CAME, CHECKED = "event.taken_over", "event.taken_over_compared"
SIGNED, WAITING = "event.taken_over_verified", "event.enqueued"
ENVELOPE, NODE = "BHXHDienTu", "Hoso/CKy_Dvi"
ATTACHMENT = "CT-DK"
_LAYOUT = "tokhai-2026-11"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A parcel whose package is what it says."""

    sealed: SealedParcel
    envelope: OpenedEnvelope


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """One file, one transaction."""

    store: Store
    signing: SigningRoom
    room: CarryRoom
    destinations: Destinations
    clock: Clock
    practice: bool

    def __call__(self, file: Path, password: str, *, trusted: bool) -> Sequence[TakenOver]:
        """``trusted``: a person looked at the gateways that this computer does not know.

        Raises DataFault ``sealed.*``, ``handover.signature``, ``handover.other_package``;
        UsageFault ``sealed.password_*``, ``handover.other_mode``, ``handover.unknown_gateway``,
        ``handover.other_unit``, ``handover.own``; as verifying signatures and as
        ``Destinations.allowed``.
        """
        sealed = self._read(file, password)
        self._look(sealed, trusted=trusted)
        verified = [self._verified(each) for each in sealed.parcels]
        with self.store.begin() as work:
            taken = [self._take(work, each, file.name) for each in verified]
            work.commit()
        _LOG.info("took over %d parcels", len(taken))
        return taken

    def _read(self, file: Path, password: str) -> Sealed:
        content = read_limited(file, MOST_BYTES)
        sealed = read_sealed(unlock(content, password) if is_locked(content) else content)
        if sealed.practice != self.practice:
            raise UsageFault("handover.other_mode")
        return sealed

    def _verified(self, sealed: SealedParcel) -> Verified:
        reports = self.signing.verify_document(sealed.content)
        self._require_signed(reports, sealed.parcel.labels["tax_code"])
        envelope = self.room.open_envelope(sealed.content)
        if not self._is_about(envelope, sealed.parcel.labels):
            raise DataFault("handover.other_package", dossier=sealed.parcel.dossier_id)
        return Verified(sealed=sealed, envelope=envelope)

    def _require_signed(self, reports: Sequence[SignatureReport], tax_code: str) -> None:
        """Every signature is whole, and the package's own is the unit's."""
        own = next((each for each in reports if each.node == NODE), None)
        if own is None or own.certificate is None:
            raise DataFault("handover.signature")
        if any(each.intact is not Intact.YES for each in reports):
            raise DataFault("handover.signature")
        signed_at = own.signing_time or self.clock()
        self.signing.check_for_unit(own.certificate, tax_code, signed_at)

    def _is_about(self, envelope: OpenedEnvelope, labels: Mapping[str, str]) -> bool:
        stated = (envelope.unit_code, envelope.tax_code, envelope.period.wire, envelope.procedure)
        wire = self.room.wire_code(labels["procedure"])
        return stated == (labels["unit_code"], labels["tax_code"], labels["period"], wire)

    def _look(self, sealed: Sealed, *, trusted: bool) -> None:
        """Whoever names a gateway's authority names whose receipts are believed."""
        wanted = [self.destinations.allowed(each.parcel.destination) for each in sealed.parcels]
        unknown = [each for each in wanted if each.ca_pem.strip()]
        if trusted or not unknown:
            return
        known = self._known()
        for each in unknown:
            if _gateway(each) not in known:
                raise UsageFault(
                    "handover.unknown_gateway", url=each.url, fingerprint=_fingerprint(each.ca_pem)
                )

    def _known(self) -> set[tuple[str, str, str]]:
        """Gateways that this computer sends to or has sent to."""
        with self.store.reading() as work:
            known = {_gateway(parcel.destination) for parcel in work.parcels.all()}
        default = self.destinations.default()
        return known | ({_gateway(default)} if default else set())

    def _take(self, work: UnitOfWork, verified: Verified, source: str) -> TakenOver:
        parcel = verified.sealed.parcel
        for known in work.parcels.all():
            if known.id == parcel.id:
                return _already(work, known, parcel)
        unit = self._unit(work, verified)
        dossier = self._dossier(work, unit, verified, source)
        now = self.clock()
        kept = replace(parcel, dossier_id=dossier.id, next_try=now)
        work.parcels.enqueue(kept, verified.sealed.content)
        dossier = work.dossiers.move(dossier.id, DossierState.WAITING, now=now, event=WAITING)
        return TakenOver(dossier=dossier, parcel=kept, new=True)

    def _unit(self, work: UnitOfWork, verified: Verified) -> Unit:
        """The one that is known here, or what its signed package says of it."""
        said = verified.envelope
        known = next((one for one in work.units.all() if one.code == said.unit_code), None)
        if known is not None:
            if known.tax_code != said.tax_code:
                raise UsageFault("handover.other_unit", unit=said.unit_code)
            return known
        unit = Unit(
            code=said.unit_code,
            name=said.unit_name,
            tax_code=said.tax_code,
            agency=said.agency,
            region=verified.sealed.region,
            signer=said.signer,
            phone=said.phone,
        )
        work.units.add(unit)
        return unit

    def _dossier(self, work: UnitOfWork, unit: Unit, verified: Verified, source: str) -> Dossier:
        """Signed, without a list: the rows stay with the computer that declared them."""
        labels, now = verified.sealed.parcel.labels, self.clock()
        nobody = Section(Part.LAO_DONG, "", {}, ())
        dossier = work.dossiers.create(
            unit.code,
            Period.parse(labels["period"]),
            labels["procedure"],
            Draft(_LAYOUT, source, (nobody,)),
            (),
            now,
            event=CAME,
        )
        work.dossiers.store_signed(dossier.id, _files(verified))
        filed = datetime.combine(verified.envelope.filing_date, time(), VIETNAM)
        work.dossiers.set_filed_on(dossier.id, filed)
        work.dossiers.move(dossier.id, DossierState.CHECKED, now=now, event=CHECKED)
        return work.dossiers.move(dossier.id, DossierState.SIGNED, now=now, event=SIGNED)


def _gateway(destination: Destination) -> tuple[str, str, str]:
    return destination.url, destination.ca_pem.strip(), destination.adapter


def _fingerprint(ca_pem: str) -> str:
    """SHA-256 of the first certificate, as browsers show it."""
    try:
        first, *_ = x509.load_pem_x509_certificates(ca_pem.encode())
    except ValueError as error:
        raise DataFault("sealed.damaged") from error
    return first.fingerprint(SHA256()).hex(":").upper()


def _already(work: Reading, known: Parcel, parcel: Parcel) -> TakenOver:
    """Taken in once, however often the file comes."""
    if known.sha256 != parcel.sha256:
        raise DataFault("sealed.damaged")
    if known.handed_over:
        raise UsageFault("handover.own", dossier=known.dossier_id)
    return TakenOver(dossier=work.dossiers.get(known.dossier_id), parcel=known, new=False)


def _files(verified: Verified) -> Iterator[StoredFile]:
    """The forms in their order, the envelope last."""
    for packed in verified.envelope.files:
        paper = packed.form_code == ATTACHMENT
        yield _stored(
            packed.name,
            FileKind.ATTACHMENT if paper else FileKind.FORM,
            packed.form_code,
            packed.title,
            packed.content,
        )
    sealed = verified.sealed
    yield _stored(sealed.parcel.file_name, FileKind.ENVELOPE, ENVELOPE, "", sealed.content)


def _stored(name: str, kind: FileKind, code: str, title: str, content: bytes) -> StoredFile:
    form = FormFile(
        name=name, kind=kind, form_code=code, title=title, sign_node=None, content=content
    )
    return StoredFile(form=form, signed=content)
