"""Carrying by hand: the signed package, with everything beside it, into a folder."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from desktop.services.covering import COVER, Carried, Words, WriteCover, cover_of
from desktop.services.folders import write_files
from desktop.services.ports import Clock, Store, StoredFile
from desktop.services.progress import Progress, stage
from desktop.services.rooms import PrintedForm
from desktop.services.sending import require_signed
from desktop.services.signing_cases import final_bytes, package_of
from forms.model import Dossier, FileKind, Unit
from forms.states import FILED
from signing.model import SignatureReport

RECEIPT = "BienNhan.xml"
READ_ME = "DOC-TRUOC.txt"
PRINTED = "BAN-IN-"
"""begins the name of a printed form, so that it is never taken for an attached paper"""
STAGES = 3
"""printed, verified, written"""
BYTE_ORDER_MARK = "\ufeff"
"""so that Notepad on an old Windows shows Vietnamese"""


class PrintDossier(Protocol):
    def __call__(
        self, dossier_id: str, *, progress: Progress | None = None
    ) -> Sequence[PrintedForm]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportDossier:
    """Everything the agency and the archive need, with the fingerprint of each file, on a sheet
    to be signed by hand too."""

    store: Store
    words: Words
    cover: WriteCover
    verify: Callable[[bytes], Sequence[SignatureReport]]
    """every signature of a package and of the forms in it"""
    printed: PrintDossier
    """a dossier's forms on paper; none where it has nothing to print"""
    procedure_name: Callable[[str], str]
    clock: Clock

    def __call__(
        self, dossier_id: str, out: Path, progress: Progress | None = None
    ) -> Sequence[Path]:
        """``progress``: how far it is; what it raises leaves nothing behind.

        Raises UsageFault ``dossier.not_signed`` and as ``folders`` and printing do."""
        with self.store.reading() as work:
            dossier = require_signed(work.dossiers.get(dossier_id))
            unit = work.units.get(dossier.unit_code)
            stored = tuple(work.dossiers.files(dossier_id))
            receipt = work.dossiers.receipt(dossier_id)
        printed = {
            PRINTED + form.name: form
            for form in self.printed(dossier_id, progress=stage(progress, 0, STAGES))
        }
        files = (*exported(stored), *((name, form.content) for name, form in printed.items()))
        if receipt and dossier.state in FILED:
            files = (*files, (RECEIPT, receipt))
        titles = {**{file.form.name: file.form.title for file in stored}, **self._titles(printed)}
        signed = package_of(stored, dossier.id)[1]
        stage(progress, 1, STAGES)(0, 1)
        files = (*files, (COVER, self._cover(dossier, unit, signed, titles, files)))
        about = self._read_me(dossier, unit, files).encode("utf-8")
        return write_files(out, (*files, (READ_ME, about)), stage(progress, 2, STAGES))

    def _cover(
        self,
        dossier: Dossier,
        unit: Unit,
        package: bytes,
        titles: Mapping[str, str],
        files: Sequence[tuple[str, bytes]],
    ) -> bytes:
        carried = Carried(
            dossier=dossier,
            unit=unit,
            procedure_name=self.procedure_name(dossier.procedure),
            files=files,
            titles=titles,
            signatures=self.verify(package),
            now=self.clock(),
        )
        return self.cover(cover_of(carried, self.words))

    def _titles(self, printed: Mapping[str, PrintedForm]) -> Mapping[str, str]:
        return {
            name: self.words(
                "cover.printed" if form.official else "cover.printed_unproven",
                {"form": form.code, "pages": form.pages},
            )
            for name, form in printed.items()
        }

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
