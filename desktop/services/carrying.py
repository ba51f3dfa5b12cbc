"""Carrying by hand: the signed package, with everything beside it, into a folder."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from desktop.services.folders import write_files
from desktop.services.ports import Store, StoredFile
from desktop.services.sending import require_signed
from desktop.services.signing_cases import final_bytes
from forms.model import Dossier, FileKind, Unit
from forms.states import FILED

RECEIPT = "BienNhan.xml"
READ_ME = "DOC-TRUOC.txt"
BYTE_ORDER_MARK = "\ufeff"
"""so that Notepad on an old Windows shows Vietnamese"""

Words = Callable[[str, Mapping[str, str | int]], str]
"""(code, params) → the sentence in the language of the program"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportDossier:
    """Everything the agency and the archive need, with the fingerprint of each file."""

    store: Store
    words: Words

    def __call__(self, dossier_id: str, out: Path) -> Sequence[Path]:
        """Raises UsageFault ``dossier.not_signed`` and as ``folders`` does."""
        with self.store.reading() as work:
            dossier = require_signed(work.dossiers.get(dossier_id))
            unit = work.units.get(dossier.unit_code)
            files = tuple(exported(work.dossiers.files(dossier_id)))
            receipt = work.dossiers.receipt(dossier_id)
        if receipt and dossier.state in FILED:
            files = (*files, (RECEIPT, receipt))
        about = self._read_me(dossier, unit, files).encode("utf-8")
        return write_files(out, (*files, (READ_ME, about)))

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
