"""What may be signed, with which certificate, and where a refusal is said. No Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Progress, Remark, Services, SignSummary
from desktop.ui.formats import day, dossier_title, money
from desktop.ui.texts import tr, words
from forms.model import Dossier, DossierState
from resources.faults import Fault
from signing.errors import CertificateFault
from signing.model import TokenCertificate, TokenSlot

BESIDE_THE_PIN = ("pin.", "key_file.password")
MOST_MOVEMENTS = 6
"""phương án named in the summary; the rest is counted together"""


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate on a token and whether it may sign this dossier."""

    serial: str
    name: str
    tax_code: str
    expires: str
    usable: bool
    why: str
    """in words: usable, what to mind before it signs, or why not"""
    doubtful: bool = False
    """usable, but there is something to mind"""


@dataclass(frozen=True, slots=True)
class TokenView:
    """What a driver shows. ``warning`` of the worst token, such as a locked PIN."""

    lines: tuple[CertificateLine, ...]
    tokens: int
    warning: str
    blind: bool
    """the driver shows certificates only after the PIN"""

    @property
    def first_usable(self) -> int | None:
        return next((place for place, line in enumerate(self.lines) if line.usable), None)


class SignPresenter:
    def __init__(self, services: Services) -> None:
        self._services = services

    # ---- off the UI thread

    def waiting(self, unit_code: str) -> tuple[Dossier, ...]:
        """Built and free of errors, newest first."""
        if not unit_code:
            return ()
        every = self._services.dossiers(unit_code)
        return tuple(each for each in every if each.state is DossierState.CHECKED)

    def summary(self, dossier_id: str) -> SignSummary:
        return self._services.sign_summary(dossier_id)

    def tokens(self, module: Path, dossier_id: str) -> TokenView:
        slots = self._services.tokens(module)
        lines = tuple(self._line(each, dossier_id) for slot in slots for each in slot.certificates)
        return TokenView(
            lines=tuple(sorted(lines, key=lambda line: not line.usable)),
            tokens=len(slots),
            warning=next(warnings(slots), ""),
            blind=any(slot.needs_login_to_list for slot in slots),
        )

    def sign_with_token(
        self, dossier_id: str, module: Path, pin: str, serial: str | None, progress: Progress
    ) -> Dossier:
        with self._services.open_token(module, pin, serial) as signer:
            return self._services.sign(dossier_id, signer, progress)

    def sign_with_key_file(
        self, dossier_id: str, key_file: Path, password: str, progress: Progress
    ) -> Dossier:
        with self._services.open_key_file(key_file, password) as signer:
            return self._services.sign(dossier_id, signer, progress)

    def _line(self, each: TokenCertificate, dossier_id: str) -> CertificateLine:
        known = each.certificate
        why_not, remarks = self._judge(each, dossier_id)
        return CertificateLine(
            serial=known.serial,
            name=known.common_name,
            tax_code=known.tax_code or tr("ui.certificate.no_tax_code"),
            expires=day(known.not_after),
            usable=not why_not,
            why=why_not or said(remarks) or tr("ui.certificate.usable"),
            doubtful=bool(remarks),
        )

    def _judge(self, each: TokenCertificate, dossier_id: str) -> tuple[str, Sequence[Remark]]:
        """Why it may not sign, else what to mind before it does."""
        if each.has_private_key is False:
            return words("certificate.no_private_key"), ()
        try:
            return "", self._services.check_certificate(dossier_id, each.certificate)
        except CertificateFault as fault:
            return words(fault.code, fault.params), ()

    # ---- decisions

    def beside_the_pin(self, error: BaseException) -> str:
        """Words for a refusal of the PIN itself, else empty: it belongs on the page."""
        if isinstance(error, Fault) and error.code.startswith(BESIDE_THE_PIN):
            return words(error.code, error.params)
        return ""


def warnings(slots: Sequence[TokenSlot]) -> Iterator[str]:
    """The worst first."""
    for flag in ("pin_locked", "pin_final_try", "pin_count_low"):
        for slot in slots:
            if getattr(slot, flag):
                yield tr(f"ui.token.{flag}", label=slot.label)


def summary_lines(summary: SignSummary) -> tuple[tuple[str, str], ...]:
    """(what, value) in the order in which they are read before the PIN."""
    unit = summary.unit
    return (
        (tr("ui.sign.unit"), tr("ui.sign.unit_value", name=unit.name, tax_code=unit.tax_code)),
        (tr("ui.sign.dossier"), dossier_title(summary.dossier)),
        (tr("ui.sign.procedure"), summary.procedure_name),
        (tr("ui.sign.people"), tr("ui.sign.people_value", count=summary.people)),
        (tr("ui.sign.movements"), movements(summary.movements)),
        (tr("ui.sign.wage"), money(summary.total_wage)),
        (tr("ui.sign.forms"), "\n".join(summary.forms)),
        *((tr("ui.sign.unproven"), words(each.code, each.params)) for each in summary.unproven),
    )


def said(remarks: Sequence[Remark]) -> str:
    return " ".join(words(each.code, each.params) for each in remarks)


def movements(counted: Sequence[tuple[str, int]]) -> str:
    shown = [
        tr("ui.sign.movement", code=code or tr("ui.sign.no_movement"), count=count)
        for code, count in counted[:MOST_MOVEMENTS]
    ]
    rest = sum(count for _, count in counted[MOST_MOVEMENTS:])
    if rest:
        shown.append(tr("ui.sign.other_movements", count=rest))
    return ", ".join(shown)
