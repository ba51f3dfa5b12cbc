"""What the preview shows and does. No Qt; making the pages runs off the UI thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Progress, Services
from desktop.services.folders import write_file
from desktop.services.rooms import PrintedForm
from desktop.ui.texts import tr, words

LETTER = "letter:"


@dataclass(frozen=True, slots=True)
class Preview:
    """The forms of one dossier, or the notices of one letter, on paper."""

    about: str
    """the dossier's id, or the letter's behind ``LETTER``"""
    title: str
    forms: tuple[PrintedForm, ...]


@dataclass(frozen=True, slots=True)
class PreviewPresenter:
    services: Services

    def open(self, about: str, progress: Progress | None = None) -> Preview:
        """Raises as ``Services.print_forms`` and ``InboxApi.printed``."""
        if about.startswith(LETTER):
            return self._letter(about, progress)
        dossier = self.services.dossier(about)
        forms = self.services.print_forms(about, progress=progress)
        return Preview(about, tr("ui.preview.of", dossier=dossier.id), tuple(forms))

    def _letter(self, about: str, progress: Progress | None) -> Preview:
        inbox, letter_id = self.services.inbox, about.removeprefix(LETTER)
        letter = inbox.letter(letter_id)
        title = tr("ui.preview.of_letter", letter=words(letter.title_code))
        return Preview(about, title, tuple(inbox.printed(letter_id, progress=progress)))

    def back_words(self, preview: Preview) -> str:
        letter = preview.about.startswith(LETTER)
        return tr("ui.preview.back_to_letter" if letter else "ui.preview.back")

    def back(self, preview: Preview | None) -> tuple[str, str]:
        """(page, what it is to open) from which the paper was asked for."""
        if preview is not None and preview.about.startswith(LETTER):
            return "inbox", ""
        return "declarations", preview.about if preview else ""

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
