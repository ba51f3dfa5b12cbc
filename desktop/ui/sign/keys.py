"""Tokens and certificates in the words of the signing screen. No Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.services.api import Remark, Services
from desktop.services.token_api import FoundDriver
from desktop.ui.formats import day
from desktop.ui.texts import tr, words
from signing.errors import CertificateFault
from signing.model import TokenCertificate, TokenSlot

QUESTIONS = {
    "certificate.branch": "branch",
    "certificate.twelve_digits": "twelve_digits",
    "certificate.elliptic_key": "elliptic_key",
}
"""remarks that the person answers with a tick, and what stands beside the tick"""
FINAL_TRY = "final_try"


@dataclass(frozen=True, slots=True, kw_only=True)
class PinState:
    """What a token says of its PIN."""

    label: str = ""
    locked: bool = False
    final_try: bool = False
    count_low: bool = False
    pad: bool = False
    """the PIN is typed on the device"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateLine:
    """A certificate on a token and whether it may sign for the unit."""

    serial: str
    name: str
    tax_code: str
    expires: str
    usable: bool
    why: str
    """in words: usable, usable with something to mind, or why not"""
    remarks: tuple[Remark, ...] = ()
    pin: PinState = PinState()

    @property
    def doubtful(self) -> bool:
        """Usable, but there is something to mind."""
        return bool(self.remarks)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenView:
    """What a driver shows. ``blind``: of a token that shows certificates only after the PIN."""

    lines: tuple[CertificateLine, ...] = ()
    pins: tuple[PinState, ...] = ()
    blind: PinState | None = None

    def place(self, serial: str) -> int | None:
        """Of the usable certificate with this serial, else of the first usable one."""
        usable = [place for place, line in enumerate(self.lines) if line.usable]
        same = [place for place in usable if self.lines[place].serial == serial]
        return next(iter([*same, *usable]), None)

    @property
    def worst_pin(self) -> PinState:
        """What to tell while no certificate is chosen."""
        order = sorted(
            self.pins, key=lambda pin: (not pin.locked, not pin.final_try, not pin.count_low)
        )
        return order[0] if order else PinState()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence before the PIN. ``look`` as ``Notice`` knows it; ``ask``: what to tick, with its
    ``key``."""

    look: str
    text: str
    key: str = ""
    ask: str = ""


def token_view(services: Services, slots: Sequence[TokenSlot], dossier_id: str) -> TokenView:
    """Usable certificates first. Raises nothing for what is wrong with a certificate."""
    lines = [
        _line(services, each, slot, dossier_id) for slot in slots for each in slot.certificates
    ]
    hidden = (pin_state(slot) for slot in slots if slot.needs_login_to_list)
    return TokenView(
        lines=tuple(sorted(lines, key=lambda line: not line.usable)),
        pins=tuple(map(pin_state, slots)),
        blind=None if lines else next(hidden, None),
    )


def pin_state(slot: TokenSlot) -> PinState:
    return PinState(
        label=slot.label,
        locked=slot.pin_locked,
        final_try=slot.pin_final_try,
        count_low=slot.pin_count_low,
        pad=slot.has_pin_pad,
    )


def _line(
    services: Services, each: TokenCertificate, slot: TokenSlot, dossier_id: str
) -> CertificateLine:
    known = each.certificate
    why_not, remarks = _judge(services, each, dossier_id)
    verdict = "ui.certificate.mind" if remarks else "ui.certificate.usable"
    return CertificateLine(
        serial=known.serial,
        name=known.common_name,
        tax_code=known.tax_code or tr("ui.certificate.no_tax_code"),
        expires=day(known.not_after),
        usable=not why_not,
        why=why_not or tr(verdict),
        remarks=tuple(remarks),
        pin=pin_state(slot),
    )


def _judge(
    services: Services, each: TokenCertificate, dossier_id: str
) -> tuple[str, Sequence[Remark]]:
    """Why it may not sign, else what to mind before it does."""
    if each.has_private_key is False:
        return words("certificate.no_private_key"), ()
    try:
        return "", services.check_certificate(dossier_id, each.certificate)
    except CertificateFault as fault:
        return words(fault.code, fault.params), ()


def told(pin: PinState, remarks: Sequence[Remark]) -> tuple[Told, ...]:
    """What must be read before the PIN: the PIN's own state, questions, then the rest."""
    questions = [_remark(each) for each in remarks if each.code in QUESTIONS]
    others = [_remark(each) for each in remarks if each.code not in QUESTIONS]
    return (*_pin(pin), *questions, *others)


def _remark(remark: Remark) -> Told:
    text = words(remark.code, remark.params)
    if remark.code not in QUESTIONS:
        return Told(look="info", text=text)
    key = QUESTIONS[remark.code]
    return Told(look="warning", text=text, key=key, ask=tr(f"ui.sign.ask.{key}"))


def _pin(pin: PinState) -> Iterator[Told]:
    """The worst alone: it says what the others would."""
    if pin.locked:
        yield Told(look="error", text=tr("ui.token.pin_locked", label=pin.label))
    elif pin.final_try:
        yield Told(
            look="error",
            text=tr("ui.token.pin_final_try", label=pin.label),
            key=FINAL_TRY,
            ask=tr("ui.sign.ask.final_try"),
        )
    elif pin.count_low:
        yield Told(look="warning", text=tr("ui.token.pin_count_low", label=pin.label))


def driver_words(found: FoundDriver, name: str) -> str:
    """A driver as the list of drivers names it; ``name``: of its file."""
    brand = found.module.brand
    which = tr("ui.sign.driver_brand", brand=brand, name=name) if brand else name
    if not found.module.usable:
        return tr("ui.sign.driver_unusable", name=which)
    if found.fault:
        return tr("ui.sign.driver_failed", name=which)
    return tr("ui.sign.driver_token", name=which) if found.tokens else which


def best_driver(found: Sequence[FoundDriver]) -> FoundDriver | None:
    """The first that sees a token, else the first that this program can use at all; the unit's
    own of last time stands first already."""
    usable = [each for each in found if each.module.usable]
    return next(iter([*(each for each in usable if each.tokens), *usable]), None)
