"""What is said of each file. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.services.api import Services, VerifiedFile
from desktop.signature_words import fault_params, signature_lines
from desktop.ui.formats import short
from desktop.ui.texts import tr, words
from signing.model import Intact, SignatureReport
from signing.standing import ChainStatus, RevocationStatus

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLine:
    """One signature, or a file without any."""

    file: str
    verdict: str
    look: str
    signer: str
    details: tuple[str, ...]


class VerifyPresenter:
    def __init__(self, services: Services) -> None:
        self._services = services

    # ---- off the UI thread

    def check(
        self, files: Sequence[Path], found: list[SignedLine], report: Report, *, online: bool
    ) -> None:
        """One file after the other, each added to ``found`` at once, so that it stays when the
        rest is cancelled. ``online``: the issuers are asked about revocation."""
        now = self._services.now()
        for done, file in enumerate(files):
            report(done, len(files))
            for each in self._services.verify([file], online=online):
                found.extend(lines(each, now))


def told(found: Sequence[SignedLine], files: int, done: int) -> tuple[str, str, str]:
    """(look, title, text) of what was found in ``done`` of ``files``."""
    bad = len({each.file for each in found if each.look == "error"})
    doubtful = len({each.file for each in found if each.look == "warning"})
    stopped = done < files
    title = tr("ui.verify.stopped" if stopped else "ui.verify.ended", done=done, files=files)
    look = "error" if bad else "warning" if doubtful or stopped else "done"
    return look, title, tr("ui.verify.summary", bad=bad, doubtful=doubtful)


def of_files(done: int, files: Sequence[Path]) -> str:
    """Which one is being looked at."""
    name = files[min(done, len(files) - 1)].name
    return tr("ui.verify.at", number=min(done + 1, len(files)), files=len(files), file=short(name))


def lines(checked: VerifiedFile, now: datetime) -> Sequence[SignedLine]:
    name = checked.file.name
    if checked.fault or not checked.signatures:
        said = words(checked.fault or "verify.not_signed", fault_params(checked))
        verdict = tr("ui.verify.none")
        return [SignedLine(file=name, verdict=verdict, look="warning", signer="", details=(said,))]
    return [_line(name, each, now) for each in checked.signatures]


def _line(name: str, signature: SignatureReport, now: datetime) -> SignedLine:
    look, code = verdict(signature)
    signer = signature.certificate.common_name if signature.certificate else ""
    told = (line.strip() for line in signature_lines(_said, signature, now))
    return SignedLine(file=name, verdict=tr(code), look=look, signer=signer, details=tuple(told))


def verdict(signature: SignatureReport) -> tuple[str, str]:
    """(look, code): one of four, so that nobody has to weigh a list of details."""
    standing = signature.standing
    if signature.intact is Intact.NO:
        return "error", "ui.verify.broken"
    if standing is not None and standing.revocation.status is RevocationStatus.REVOKED:
        return "error", "ui.verify.revoked"
    if signature.intact is not Intact.YES or not signature.strict:
        return "warning", "ui.verify.doubtful"
    if standing is None or standing.chain.status is not ChainStatus.TRUSTED:
        return "warning", "ui.verify.intact"
    return "done", "ui.verify.trusted"


def _said(code: str, **params: str) -> str:
    return words(code, params)
