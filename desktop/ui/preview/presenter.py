"""What the preview shows and does. No Qt; making the pages runs off the UI thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Progress, Services
from desktop.services.folders import write_file
from desktop.services.rooms import PrintedForm
from desktop.ui.texts import tr
from forms.model import Dossier


@dataclass(frozen=True, slots=True)
class Preview:
    """The forms of one dossier on paper."""

    dossier: Dossier
    forms: tuple[PrintedForm, ...]


@dataclass(frozen=True, slots=True)
class PreviewPresenter:
    services: Services

    def open(self, dossier_id: str, progress: Progress | None = None) -> Preview:
        """Raises as ``Services.print_forms``."""
        dossier = self.services.dossier(dossier_id)
        forms = self.services.print_forms(dossier_id, progress=progress)
        return Preview(dossier, tuple(forms))

    def title(self, preview: Preview) -> str:
        return tr("ui.preview.of", dossier=preview.dossier.id)

    def names(self, preview: Preview) -> Sequence[str]:
        """One line for each form."""
        return [
            tr(
                "ui.preview.official" if form.official else "ui.preview.plain",
                form=form.code,
                pages=form.pages,
            )
            for form in preview.forms
        ]

    def save(self, form: PrintedForm, path: Path) -> Path:
        """Raises SurroundingsFault ``files.disk``."""
        return write_file(path, form.content)
