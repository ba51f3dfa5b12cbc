"""A driver on the bench that answers as the test says, step by step."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from resources.faults import Fault
from signing.certificates import read_certificate
from signing.doctor.bench import Bench, Pulse, SlotState
from signing.doctor.certificates import Judge
from signing.doctor.examination import Examine, Hear, Tell, unheard, untold
from signing.doctor.model import Check, Examination
from signing.model import TokenCertificate, TokenSlot
from tests.fakes.certificates import NOW, TAX_CODE, Identity, unit_identity
from tests.fakes.computer import Computer
from tests.fakes.libraries import MODULE_ENTRY, dll

DRIVER = r"C:\Windows\System32\viettel-ca_v6.dll"
TOKEN_STATE = SlotState(slot=0, reader="Viettel Token 0", state="token")


def held(identity: Identity | None = None, *, key: bool | None = True) -> TokenCertificate:
    info = read_certificate((identity or unit_identity()).der)
    return TokenCertificate(certificate=info, key_id="01", has_private_key=key)


def slot(*certificates: TokenCertificate, **flags: Any) -> TokenSlot:
    plain: dict[str, Any] = dict.fromkeys(
        ("pin_count_low", "pin_final_try", "pin_locked", "needs_login_to_list", "has_pin_pad"),
        False,
    )
    named = {"label": "Viettel-CA", "manufacturer": "Feitian", "model": "ePass", "serial": "AB12"}
    return TokenSlot(slot=0, certificates=certificates, **{**named, **plain, **flags})


@dataclass
class FakeBench:
    """``failing``: step → the fault with which it ends."""

    slots: Sequence[SlotState] = (TOKEN_STATE,)
    listed: Sequence[TokenSlot] = field(default_factory=lambda: (slot(held()),))
    failing: dict[str, Fault] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)

    def _step(self, name: str) -> None:
        self.steps.append(name)
        if name in self.failing:
            raise self.failing[name]

    def load(self) -> None:
        self._step("load")

    def open(self) -> None:
        self._step("open")

    def survey(self) -> Sequence[SlotState]:
        self._step("survey")
        return self.slots

    def tokens(self) -> Sequence[TokenSlot]:
        self._step("tokens")
        return self.listed

    @contextmanager
    def opened(self, module: Path, pulse: Pulse) -> Iterator[Bench]:
        yield self


def computer(**settings: Any) -> Computer:
    return Computer(**{"content": {DRIVER: dll(MODULE_ENTRY)}, **settings})


def examine(
    bench: FakeBench | None = None,
    desk: Computer | None = None,
    *,
    tax_code: str | None = TAX_CODE,
    chosen: str | None = None,
    days: int = 0,
    tell: Tell = untold,
    hear: Hear = unheard,
    **judging: Any,
) -> Examination:
    """``days``: later than the day of the invented certificates."""
    judge = Judge(now=NOW + timedelta(days=days), tax_code=tax_code, **judging)
    return Examine(
        places=(desk or computer()).places,
        judge=judge,
        chosen=chosen,
        open_bench=(bench or FakeBench()).opened,
        release="Windows 11",
        tell=tell,
        hear=hear,
    )()


def only(found: Examination, code: str) -> Check:
    (check,) = (each for each in found.checks if each.code == code)
    return check
