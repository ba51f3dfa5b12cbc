"""The findings of a dossier, marked in a copy of the workbook that it came from."""

from dataclasses import dataclass
from pathlib import Path

from desktop.services.ports import Store
from desktop.services.progress import Progress
from desktop.services.rooms import FormsRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteErrorWorkbook:
    store: Store
    forms: FormsRoom

    def __call__(
        self, dossier_id: str, workbook: Path, out: Path, progress: Progress | None = None
    ) -> Path:
        """``out``, with what is known against the dossier now. The workbook is never touched.

        Raises UsageFault ``dossier.unknown`` and as writing the report does.
        """
        with self.store.reading() as work:
            findings = tuple(work.dossiers.findings(dossier_id))
        self.forms.write_report(workbook, findings, out, progress)
        return out
