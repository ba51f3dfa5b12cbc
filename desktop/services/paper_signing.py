"""Attached papers: PDFs are signed with the same key as the forms, others go as they are.

Wire format §3, *Attachments* (read from the code of a sender in use): such software signs every
PDF that it attaches, and an unsigned one was never seen in a package. So PDFs are signed unless a
unit's office switches that off. Word and Excel files have a kind of signature of their own that
this program does not make.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath

from desktop.services.api import Remark
from desktop.services.paper_settings import (
    PaperSettings,
    keep_settings,
    read_settings,
    refuse_bad_address,
)
from desktop.services.ports import Store, StoredFile
from desktop.services.rooms import SigningRoom
from forms.model import FileKind
from signing.ports import Signer

PDF = ".pdf"
WHY_NOT = {
    "pdf.broken": "paper.broken",
    "pdf.encrypted": "paper.encrypted",
    "pdf.certified": "paper.certified",
    "pdf.too_large": "paper.too_large",
    "pdf.too_slow": "paper.too_slow",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPaper:
    file: StoredFile
    event: str = ""
    """what the journal should tell of it"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPapers:
    """A room without PDF signing leaves every paper as it is."""

    signing: SigningRoom
    settings: PaperSettings

    def may_sign(self, file: StoredFile) -> bool:
        wished = self.settings.sign and self.signing.sign_pdf is not None
        return wished and is_paper(file) and suffix(file) == PDF

    def __call__(self, file: StoredFile, signer: Signer, now: datetime) -> SignedPaper:
        """A PDF signed and verified; one that cannot be signed, as it is.

        Raises the faults of ``signing.pdf.sign_pdf`` that have another cause than the file.
        """
        unsigned = replace(file, signed=None)
        if self.signing.sign_pdf is None or not self.may_sign(file):
            return SignedPaper(file=unsigned, event=self._of_another_kind())
        if self._obstacle(file):
            return SignedPaper(file=unsigned, event="event.paper_unsigned")
        done = self.signing.sign_pdf(
            file.form.content,
            signer,
            signing_time=now,
            timestamp_url=self.settings.timestamp_url,
            timestamp_required=self.settings.timestamp_required,
        )
        event = "event.paper_not_timestamped" if done.timestamp_fault else ""
        return SignedPaper(file=replace(file, signed=done.content), event=event)

    def remarks(self, files: Sequence[StoredFile]) -> Iterator[Remark]:
        """Before the PIN: which papers will go unsigned, and why. Named by their place."""
        papers = [file for file in files if is_paper(file)]
        for place, file in enumerate(papers, 1):
            if self.may_sign(file):
                if obstacle := self._obstacle(file):
                    yield Remark(code=WHY_NOT[obstacle], params={"place": place})
            elif self._of_another_kind():
                yield Remark(
                    code="paper.kind_unsigned",
                    params={"place": place, "extension": suffix(file)},
                )

    def _of_another_kind(self) -> str:
        """Told only where papers are signed at all."""
        told = self.settings.sign and self.signing.sign_pdf is not None
        return "event.paper_unsigned" if told else ""

    def _obstacle(self, file: StoredFile) -> str | None:
        return self.signing.pdf_obstacle(file.form.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCases:
    """The settings, and what they mean for one dossier."""

    store: Store
    signing: SigningRoom

    def settings(self) -> PaperSettings:
        with self.store.reading() as work:
            return read_settings(work)

    def set_settings(self, settings: PaperSettings) -> None:
        """Raises UsageFault ``papers.bad_address``."""
        refuse_bad_address(settings)
        with self.store.begin() as work:
            keep_settings(work, settings)
            work.commit()

    def remarks(self, dossier_id: str) -> tuple[Remark, ...]:
        with self.store.reading() as work:
            files, settings = work.dossiers.files(dossier_id), read_settings(work)
        return tuple(SignPapers(signing=self.signing, settings=settings).remarks(files))


def is_paper(file: StoredFile) -> bool:
    return file.form.kind is FileKind.ATTACHMENT


def suffix(file: StoredFile) -> str:
    return PurePath(file.form.name).suffix.lower()
