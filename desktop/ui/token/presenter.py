"""The check of the token in words. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Progress, Services
from desktop.ui.formats import day
from desktop.ui.texts import tr, words
from signing.doctor.examination import Hear
from signing.doctor.model import Check, Examination, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One thing that was tried."""

    status: Status
    verdict: str
    found: str
    cure: str
    """empty where there is nothing to do"""


class TokenPresenter:
    def __init__(self, services: Services) -> None:
        self._services = services

    # ---- off the UI thread

    def examine(
        self, module: Path | None, unit_code: str, progress: Progress, hear: Hear
    ) -> Examination:
        """``progress``: drivers tried; raises to end the check, also within a driver. ``hear``:
        each step as it is made."""
        desk = self._services.token_desk
        return desk.examine(module, unit_code=unit_code or None, tell=progress, hear=hear)

    def write_bundle(self, examination: Examination, out: Path) -> Path:
        self._services.token_desk.write_bundle(examination, out)
        return out

    # ---- in words

    def lines(self, checks: Sequence[Check]) -> tuple[StepLine, ...]:
        return tuple(map(step, checks))

    def conclusion(self, examination: Examination) -> str:
        """How many steps went wrong, and whether that matters."""
        faults = sum(each.status is Status.FAIL and bool(each.cure) for each in examination.checks)
        if examination.usable:
            return tr("ui.token.usable")
        return tr("ui.token.not_usable", count=faults)

    def as_text(self, examination: Examination) -> str:
        """For a message to whoever helps."""
        told = [tr("ui.token.copied", date=day(self._services.now()))]
        for line in self.lines(examination.checks):
            told.append(tr("ui.token.copied_line", verdict=line.verdict, found=line.found))
            if line.cure:
                told.append(tr("ui.token.copied_cure", cure=line.cure))
        return "\n".join(told)

    def bundle_name(self) -> str:
        return tr("ui.token.bundle_name", date=f"{self._services.now():%Y-%m-%d}")


def step(check: Check) -> StepLine:
    return StepLine(
        status=check.status,
        verdict=tr(f"ui.token.status.{check.status.value}"),
        found=words(check.code, check.params),
        cure=words(check.cure) if check.cure else "",
    )
