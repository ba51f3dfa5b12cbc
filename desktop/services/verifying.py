"""Looking at any signed file: ours or another program's, an envelope with its forms, a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.services.api import VerifiedFile
from desktop.services.ports import Clock
from desktop.services.progress import Progress
from desktop.services.rooms import SigningRoom
from desktop.services.trust_api import AddedRoot, TrustCase, TrustRoom
from resources.faults import DataFault, SurroundingsFault
from signing.model import SignatureReport
from signing.trust.known import KnownRoot

MOST_BYTES = 256 * 1024 * 1024
"""an envelope with a list of 150,000 people; it takes some nine times as much memory"""
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyFiles:
    """One bad file never hides what can be said of the others."""

    signing: SigningRoom
    trust: TrustRoom
    clock: Clock

    def __call__(
        self, files: Sequence[Path], *, online: bool = False, progress: Progress | None = None
    ) -> Sequence[VerifiedFile]:
        """``online``: the issuers are asked over the network; ``progress``: files done, in all."""
        case = self.trust.open(now=self.clock(), online=online)
        found = []
        for done, file in enumerate(files):
            if progress:
                progress(done, len(files))
            found.append(self._verify(file, case))
        return tuple(found)

    def _verify(self, file: Path, case: TrustCase) -> VerifiedFile:
        try:
            found = self.signing.verify_document(read_limited(file, MOST_BYTES))
        except (DataFault, SurroundingsFault) as fault:
            params = dict(fault.params)
            return VerifiedFile(file=file, signatures=(), fault=fault.code, params=params)
        return VerifiedFile(file=file, signatures=tuple(_stood(each, case) for each in found))


def _stood(report: SignatureReport, case: TrustCase) -> SignatureReport:
    if report.certificate is None:
        return report
    certificate = report.certificate.der
    standing = case.standing(certificate, report.carried, report.signing_time)
    return replace(report, standing=standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustCases:
    """``desktop.services.trust_api.TrustApi``."""

    room: TrustRoom

    def known(self) -> Sequence[KnownRoot]:
        return self.room.known()

    def add(self, file: Path, *, confirmed: bool) -> AddedRoot:
        if not confirmed:
            return AddedRoot(root=self.room.look(file), added=False)
        return AddedRoot(root=self.room.add(file), added=True)


def read_limited(path: Path, limit: int) -> bytes:
    """Raises DataFault ``files.missing``, ``files.too_large``; SurroundingsFault ``files.disk``."""
    if path.is_dir():  # Windows calls opening one a lack of permission
        raise DataFault("files.missing", file=path.name)
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except FileNotFoundError as error:
        raise DataFault("files.missing", file=path.name) from error
    except OSError as error:
        raise SurroundingsFault("files.disk", cause=error.strerror or "") from error
    if len(content) > limit:
        raise DataFault("files.too_large", file=path.name, limit=max(limit // MEGABYTE, 1))
    return content
