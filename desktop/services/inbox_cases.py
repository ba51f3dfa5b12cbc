"""The inbox: ``desktop.services.inbox_api.InboxApi`` over the store, gateways and files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from desktop.services.api import Reconciled
from desktop.services.folders import usable_folder, write_file
from desktop.services.inbox_api import (
    Fetched,
    Letter,
    LetterKind,
    PortalPage,
    Said,
    TakenLetter,
    TakeWatch,
)
from desktop.services.inbox_ports import Kept
from desktop.services.letter_fetching import FetchLetters
from desktop.services.letter_reading import free_name
from desktop.services.letter_taking import TakeLetters
from desktop.services.letter_words import plain_words
from desktop.services.moments import in_vietnam
from desktop.services.portal_page import page_of_dossier, page_of_unit
from desktop.services.ports import Clock, Store
from desktop.services.progress import Progress
from desktop.services.rooms import PrintedForm, PrintNotices
from forms.model import Period
from resources.faults import UsageFault

COMPARABLE = (".xlsx", ".xlsm", ".json")


class Reconcile(Protocol):
    def __call__(
        self, *files: Path, unit_code: str, period: Period, also_known_as: Sequence[str] = ()
    ) -> Reconciled: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCases:
    store: Store
    taking: TakeLetters
    fetching: FetchLetters
    reconcile: Reconcile
    print_notices: PrintNotices
    clock: Clock
    practice: bool

    def letters(
        self, unit_code: str, *, period: Period | None = None, dossier_id: str | None = None
    ) -> Sequence[Letter]:
        with self.store.reading() as work:
            found = list(work.letters.all(unit_code, period=period, dossier_id=dossier_id))
        newest_last = sorted(found, key=lambda one: one.dated or one.received_at)
        return tuple(reversed(newest_last))

    def letter(self, letter_id: str) -> Letter:
        with self.store.reading() as work:
            found = work.letters.get(letter_id)
        if found is None:
            raise UsageFault("inbox.unknown", letter=letter_id)
        return found

    def unread(self, unit_code: str | None = None) -> int:
        with self.store.reading() as work:
            return work.letters.unread(unit_code)

    def mark_read(self, letter_id: str, *, read: bool = True) -> None:
        with self.store.begin() as work:
            if not work.letters.mark_read(letter_id, read=read):
                raise UsageFault("inbox.unknown", letter=letter_id)
            work.commit()

    def plain_words(self, letter: Letter) -> Sequence[Said]:
        return plain_words(letter)

    def take(
        self,
        files: Sequence[Path],
        *,
        unit_code: str | None = None,
        watch: TakeWatch | None = None,
    ) -> Sequence[TakenLetter]:
        return self.taking(files, unit_code=unit_code, watch=watch)

    def fetch(self, unit_code: str) -> Fetched:
        return self.fetching(unit_code)

    def document(self, letter_id: str) -> bytes | None:
        return self._kept(letter_id).document

    def file(self, letter_id: str, name: str) -> bytes:
        kept = self._kept(letter_id)
        for file, content in zip(kept.letter.files, kept.contents, strict=True):
            if file.name == name:
                if content is None:
                    raise UsageFault("inbox.file_not_kept", file=name)
                return content
        raise UsageFault("inbox.no_file", file=name)

    def save(self, letter_id: str, folder: Path) -> Sequence[Path]:
        kept = self._kept(letter_id)
        usable_folder(folder)
        return tuple(saved(folder, name, content) for name, content in contents_of(kept))

    def comparison(self, letter_id: str) -> Reconciled:
        kept = self._kept(letter_id)
        letter = kept.letter
        files = [each for each in contents_of(kept) if each[0].lower().endswith(COMPARABLE)]
        if letter.kind is not LetterKind.STATEMENT or letter.period is None or not files:
            raise UsageFault("inbox.nothing_to_compare")
        with self.store.reading() as work:
            tax_code = work.units.get(letter.unit_code).tax_code
        with TemporaryDirectory(prefix="tokhai-") as folder:
            return self.reconcile(
                *(write_file(Path(folder) / name, content) for name, content in files),
                unit_code=letter.unit_code,
                period=letter.period,
                also_known_as=(tax_code,),
            )

    def printed(self, letter_id: str, *, progress: Progress | None = None) -> Sequence[PrintedForm]:
        found, letter = self.comparison(letter_id), self.letter(letter_id)
        with self.store.reading() as work:
            unit = work.units.get(letter.unit_code)
        if letter.period is None:
            raise UsageFault("inbox.nothing_to_compare")
        return self.print_notices(
            found.statement,
            found.participants,
            unit,
            letter.period,
            made=in_vietnam(self.clock()),
            practice=self.practice,
            progress=progress,
        )

    def portal(self, dossier_id: str) -> PortalPage:
        with self.store.reading() as work:
            dossier = work.dossiers.get(dossier_id)
            return page_of_dossier(dossier, work.units.get(dossier.unit_code))

    def portal_of_unit(self, unit_code: str) -> PortalPage:
        with self.store.reading() as work:
            return page_of_unit(work.units.get(unit_code))

    def _kept(self, letter_id: str) -> Kept:
        with self.store.reading() as work:
            found = work.letters.kept(letter_id)
        if found is None:
            raise UsageFault("inbox.unknown", letter=letter_id)
        return found


def contents_of(kept: Kept) -> list[tuple[str, bytes]]:
    """The notice, under a name that no file of it has, and the files that are here."""
    files = [
        (file.name, content)
        for file, content in zip(kept.letter.files, kept.contents, strict=True)
        if content is not None
    ]
    if kept.document is None:
        return files
    taken = {name.casefold() for name, _ in files}
    name = free_name(f"thong-bao-{kept.letter.kind.value}-{kept.letter.id[:8]}.xml", taken)
    return [(name, kept.document), *files]


def saved(folder: Path, name: str, content: bytes) -> Path:
    """What is there with the same bytes already is left; with others, it is not written over."""
    taken: set[str] = set()
    while (path := folder / free_name(name, taken)).exists():
        if holds(path, content):
            return path
        taken.add(path.name.casefold())
    return write_file(path, content)


def holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
