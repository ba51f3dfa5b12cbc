"""Letters in plain words, and what may be done with each. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.services.api import Services
from desktop.services.inbox_api import (
    Fetched,
    Letter,
    LetterKind,
    PortalPage,
    Said,
    TakenLetter,
    Verified,
)
from desktop.ui.formats import day, dossier_title, moment, month, short, size
from desktop.ui.reconcile.presenter import Compared, compared
from desktop.ui.texts import tr, words
from forms.model import Period
from resources.faults import UsageFault

LOOKS = {
    LetterKind.RECEIPT: "done",
    LetterKind.RESULT: "done",
    LetterKind.SUPPLEMENT: "warning",
    LetterKind.REFUSAL: "error",
}


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter as a row."""

    letter: Letter
    about: str
    """its dossier, else its month"""

    @property
    def look(self) -> str:
        """Icon beside the title: what is not believed never looks like good news."""
        if self.letter.verified is Verified.NO:
            return "warning" if self.letter.of_stranger else "error"
        return LOOKS.get(self.letter.kind, "info")

    @property
    def title(self) -> str:
        title = words(self.letter.title_code)
        return title if self.letter.read else tr("ui.inbox.new", title=title)

    @property
    def dated(self) -> str:
        return moment(self.letter.dated or self.letter.received_at)

    @property
    def due(self) -> str:
        return day(self.letter.deadline) if self.letter.deadline else ""

    @property
    def verified(self) -> str:
        return words(self.letter.verified_code)


@dataclass(frozen=True, slots=True)
class Detail:
    """One letter opened. ``compared``: None where there is nothing to compare."""

    line: LetterLine
    title: str
    said: tuple[str, ...]
    reasons: tuple[str, ...]
    origin: str
    files: tuple[str, ...]
    compared: Compared | None = None

    @property
    def dossier_id(self) -> str:
        return self.line.letter.dossier_id or ""

    @property
    def can_save(self) -> bool:
        return bool(self.line.letter.files) or self.line.letter.verified is not Verified.UNSIGNED


@dataclass(frozen=True, slots=True)
class Portal:
    """``values``: (what it is, what to paste)."""

    address: str
    title: str
    steps: tuple[str, ...]
    values: tuple[tuple[str, str], ...]


@dataclass
class Watched:
    """``desktop.services.inbox_api.TakeWatch``: what is done stays known when the rest is not."""

    report: Callable[[int, int], None] = lambda _done, _whole: None
    source: str = ""
    whole: int = 0
    taken: list[TakenLetter] = field(default_factory=list)

    def next(self, done: int, whole: int, source: str) -> None:
        self.source, self.whole = source, whole
        self.report(done, whole)

    def took(self, taken: TakenLetter) -> None:
        self.taken.append(taken)

    @property
    def words(self) -> str:
        """Which file is being taken in."""
        number = min(len(self.taken) + 1, self.whole)
        return tr("ui.inbox.at", number=number, files=self.whole, file=short(self.source))


@dataclass
class InboxPresenter:
    services: Services

    # ---- off the UI thread

    def letters(self, unit_code: str, period: Period | None) -> tuple[LetterLine, ...]:
        """Newest first; ``period``: of that month alone."""
        if not unit_code:
            return ()
        found = self.services.inbox.letters(unit_code, period=period)
        titles = {one.id: dossier_title(one) for one in self.services.dossiers(unit_code)}
        return tuple(LetterLine(letter, _about(letter, titles)) for letter in found)

    def open(self, line: LetterLine) -> Detail:
        """Opening is reading."""
        inbox, letter = self.services.inbox, line.letter
        if not letter.read:
            inbox.mark_read(letter.id)
            line = replace(line, letter=replace(letter, read=True))
        return Detail(
            line=line,
            title=words(letter.title_code),
            said=tuple(_words(said) for said in inbox.plain_words(letter)),
            reasons=tuple(_reasons(letter)),
            origin=_origin(letter),
            files=tuple(_files(letter)),
            compared=self._compared(letter),
        )

    def _compared(self, letter: Letter) -> Compared | None:
        if letter.kind is not LetterKind.STATEMENT:
            return None
        try:
            return compared(self.services.inbox.comparison(letter.id))
        except UsageFault as fault:
            if fault.code == "inbox.nothing_to_compare":
                return None
            raise

    def unread_again(self, letter_id: str) -> None:
        self.services.inbox.mark_read(letter_id, read=False)

    def fetch(self, unit_code: str) -> Fetched:
        return self.services.inbox.fetch(unit_code)

    def take(self, files: Sequence[Path], unit_code: str, watch: Watched) -> Watched:
        self.services.inbox.take(files, unit_code=unit_code or None, watch=watch)
        return watch

    def save(self, letter_id: str, folder: Path) -> tuple[Path, ...]:
        return tuple(self.services.inbox.save(letter_id, folder))

    def portal(self, unit_code: str, dossier_id: str) -> Portal:
        inbox = self.services.inbox
        return _portal(inbox.portal(dossier_id) if dossier_id else inbox.portal_of_unit(unit_code))

    # ---- words

    def fetched_words(self, fetched: Fetched) -> tuple[str, str, str]:
        """(look, title, text)."""
        troubles = "\n".join(map(_words, fetched.troubles))
        if fetched.new:
            titles = ", ".join(words(each.title_code) for each in fetched.new[:5])
            text = "\n".join(part for part in (titles, troubles) if part)
            return "done", tr("ui.inbox.fetched", count=len(fetched.new)), text
        return "warning" if troubles else "info", tr("ui.inbox.fetched_none"), troubles

    def stopped_words(self, watch: Watched) -> tuple[str, str, str]:
        """What was taken in before the rest was cancelled stays, and is said."""
        new = sum(1 for each in watch.taken if each.letter and each.new)
        done = len(watch.taken)
        title = tr("ui.inbox.stopped", done=done, whole=watch.whole or done)
        return "warning", title, tr("ui.inbox.stopped_kept", new=new)

    def taken_words(self, taken: Sequence[TakenLetter]) -> tuple[str, str, str]:
        new = sum(1 for each in taken if each.letter and each.new)
        known = sum(1 for each in taken if each.letter and not each.new)
        refused = [f"{each.source}: {_words(each.fault)}" for each in taken if each.fault]
        doubts = [
            f"{each.source}: {_words(each.letter.doubt)}"
            for each in taken
            if each.letter and each.letter.doubt
        ]
        look = "error" if refused and not new else "warning" if refused or doubts else "done"
        title = tr("ui.inbox.taken", new=new, known=known, refused=len(refused))
        return look, title, "\n".join((*refused, *doubts)[:8])


def _about(letter: Letter, titles: dict[str, str]) -> str:
    title = titles.get(letter.dossier_id or "", "")
    if title and letter.number:
        return tr("ui.inbox.about", dossier=title, number=letter.number)
    return title or letter.number or (month(letter.period) if letter.period else "")


def _reasons(letter: Letter) -> Sequence[str]:
    return [
        tr("ui.inbox.reason", line=each.line, text=each.text) if each.line else each.text
        for each in letter.reasons
    ]


def _origin(letter: Letter) -> str:
    way = words(f"inbox.origin.{letter.origin.value}", {"source": letter.source})
    return tr(
        "ui.inbox.origin",
        agency=letter.agency or tr("ui.inbox.nobody"),
        way=way,
        at=moment(letter.received_at),
    )


def _files(letter: Letter) -> Sequence[str]:
    codes = ("ui.inbox.file_gone", "ui.inbox.file")
    return [tr(codes[each.kept], name=each.name, size=size(each.size)) for each in letter.files]


def _portal(page: PortalPage) -> Portal:
    return Portal(
        address=page.address,
        title=_words(page.title),
        steps=tuple(map(_words, page.steps)),
        values=tuple((words(each.label_code), each.value) for each in page.values),
    )


def _words(said: Said | None) -> str:
    return words(said.code, said.params) if said else ""
