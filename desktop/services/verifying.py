"""Looking at any signed XML: ours or another program's, an envelope with the forms in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import VerifiedFile
from desktop.services.rooms import SigningRoom
from resources.faults import DataFault, SurroundingsFault

MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyFiles:
    """One bad file never hides what can be said of the others."""

    signing: SigningRoom

    def __call__(self, files: Sequence[Path]) -> Sequence[VerifiedFile]:
        return tuple(map(self._verify, files))

    def _verify(self, file: Path) -> VerifiedFile:
        try:
            found = tuple(self.signing.verify_document(read_limited(file, MOST_BYTES)))
        except (DataFault, SurroundingsFault) as fault:
            return VerifiedFile(file=file, signatures=(), fault=fault.code)
        return VerifiedFile(file=file, signatures=found)


def read_limited(path: Path, limit: int) -> bytes:
    """Raises DataFault ``files.missing``, ``files.too_large``; SurroundingsFault ``files.disk``."""
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise DataFault("files.missing", file=path.name) from error
    except OSError as error:
        raise SurroundingsFault("files.disk", cause=error.strerror or "") from error
    if len(content) > limit:
        raise DataFault("files.too_large", file=path.name)
    return content
