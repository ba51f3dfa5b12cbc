"""Carrying by hand: the signed package, with everything beside it, into a folder."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from desktop.services.covering import COVER, Carried, Words, WriteCover, cover_of
from desktop.services.folders import write_files
from desktop.services.ports import Clock, Store, StoredFile
from desktop.services.sending import require_signed
from desktop.services.signing_cases import final_bytes, package_of
from forms.model import Dossier, FileKind, Unit
from forms.states import FILED
from signing.model import SignatureReport

RECEIPT = "BienNhan.xml"
READ_ME = "DOC-TRUOC.txt"
BYTE_ORDER_MARK = "\ufeff"
"""so that Notepad on an old Windows shows Vietnamese"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportDossier:
    """Everything the agency and the archive need, with the fingerprint of each file, on a sheet
    to be signed by hand too."""

    store: Store
    words: Words
    cover: WriteCover
    verify: Callable[[bytes], Sequence[SignatureReport]]
    """every signature of a package and of the forms in it"""
    procedure_name: Callable[[str], str]
    clock: Clock

    def __call__(self, dossier_id: str, out: Path) -> Sequence[Path]:
        """Raises UsageFault ``dossier.not_signed`` and as ``folders`` does."""
        with self.store.reading() as work:
            dossier = require_signed(work.dossiers.get(dossier_id))
            unit = work.units.get(dossier.unit_code)
            stored = tuple(work.dossiers.files(dossier_id))
            receipt = work.dossiers.receipt(dossier_id)
        files = tuple(exported(stored))
        if receipt and dossier.state in FILED:
            files = (*files, (RECEIPT, receipt))
        files = (*files, (COVER, self._cover(dossier, unit, stored, files)))
        about = self._read_me(dossier, unit, files).encode("utf-8")
        return write_files(out, (*files, (READ_ME, about)))

    def _cover(
        self,
        dossier: Dossier,
        unit: Unit,
        stored: Sequence[StoredFile],
        files: Sequence[tuple[str, bytes]],
    ) -> bytes:
        carried = Carried(
            dossier=dossier,
            unit=unit,
            procedure_name=self.procedure_name(dossier.procedure),
            files=files,
            titles={each.form.name: each.form.title for each in stored},
            signatures=self.verify(package_of(stored, dossier.id)[1]),
            now=self.clock(),
        )
        return self.cover(cover_of(carried, self.words))

    def _read_me(self, dossier: Dossier, unit: Unit, files: Sequence[tuple[str, bytes]]) -> str:
        state = self.words(f"state.{dossier.state.value}", {})
        head = self.words(
            "export.about",
            {
                "dossier": dossier.id,
                "unit": unit.name,
                "tax_code": unit.tax_code,
                "period": dossier.period.wire,
                "procedure": dossier.procedure,
                "state": state,
                "number": dossier.number or "-",
            },
        )
        prints = [f"{sha256(content).hexdigest()}  {name}" for name, content in files]
        lines = [*head.splitlines(), "", *prints, ""]
        return BYTE_ORDER_MARK + "\r\n".join(lines)


def exported(files: Iterable[StoredFile]) -> Iterator[tuple[str, bytes]]:
    """The envelope first, for it is what is handed in."""
    ordered = sorted(files, key=lambda file: file.form.kind is not FileKind.ENVELOPE)
    return ((file.form.name, final_bytes(file)) for file in ordered)
