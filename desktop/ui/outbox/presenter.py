"""Signed dossiers with what became of them, and what may be done next. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Progress, Services, Taken
from desktop.services.ports import JournalEntry
from desktop.ui.formats import dossier_title, moment, parcel_state, size, state
from desktop.ui.texts import tr, words
from forms.clocks import Clock
from forms.model import Dossier, DossierState, Unit
from sync.metered import Metered
from sync.model import Parcel, ParcelState, Settlement

SIGNED = frozenset(DossierState) - {DossierState.DRAFT, DossierState.CHECKED}
UNDER_WAY = frozenset({ParcelState.WAITING, ParcelState.SENDING, ParcelState.SENT})
SENDABLE = frozenset(
    {DossierState.SIGNED, DossierState.WAITING, DossierState.SENT, DossierState.SEND_FAILED}
)
LOOKS = {
    DossierState.ACCEPTED: "done",
    DossierState.DONE: "done",
    DossierState.SUPPLEMENT: "warning",
    DossierState.REJECTED: "error",
    DossierState.SEND_FAILED: "error",
    DossierState.SIGNED: "warning",
}
OUTCOMES = {
    ParcelState.ACCEPTED: "done",
    ParcelState.REFUSED: "error",
    ParcelState.FAILED: "error",
}


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One signed dossier as a row."""

    dossier: Dossier
    parcel: Parcel | None
    last: str
    """when something last happened"""
    look: str
    """icon beside the state: done, warning, error or info"""
    clocks: tuple[Clock, ...] = ()
    """what is awaited, the most pressing first"""

    @property
    def due(self) -> str:
        """By when the agency answers, or since when it should have."""
        dated = [clock for clock in self.clocks if clock.due]
        if not dated:
            return ""
        code = "ui.outbox.overdue" if dated[0].overdue else "ui.outbox.due_on"
        return tr(code, due=str(dated[0].params["due"]))

    @property
    def is_overdue(self) -> bool:
        return any(clock.overdue for clock in self.clocks)

    @property
    def title(self) -> str:
        return dossier_title(self.dossier)

    @property
    def handed_over(self) -> bool:
        return self.parcel is not None and self.parcel.handed_over

    @property
    def state(self) -> str:
        if self.handed_over:
            return tr("ui.outbox.handed_over")
        if self.dossier.state is DossierState.ACCEPTED and self.dossier.number:
            return tr("ui.outbox.accepted", number=self.dossier.number)
        told = state(self.dossier.state)
        if self.dossier.number:
            return tr("ui.outbox.numbered", state=told, number=self.dossier.number)
        return told

    @property
    def attempts(self) -> str:
        return str(self.parcel.attempts) if self.parcel else ""

    @property
    def size(self) -> str:
        return size(self.parcel.size) if self.parcel else ""


@dataclass(frozen=True, slots=True)
class Detail:
    """One dossier looked at: its journal in words and what may be done."""

    line: OutboxLine
    journal: tuple[tuple[str, str], ...]
    """(when, what), newest first"""
    can_send: bool
    carried: bool
    """no gateway is set: the dossier goes out by hand"""
    what_next: str
    can_hand_over: bool = False
    """no gateway has any of it, so that another computer may send it"""
    costs: bool = False
    """the network at hand is paid by the byte"""


@dataclass(frozen=True, slots=True)
class Listed:
    """The whole page at one moment."""

    lines: tuple[OutboxLine, ...]
    paused: bool


class OutboxPresenter:
    def __init__(self, services: Services) -> None:
        self._services = services
        self.shares: dict[str, int] = {}
        """dossier on its way → percent that is there; written by the sending threads"""

    # ---- off the UI thread

    def listed(self, unit_code: str) -> Listed:
        return Listed(self.lines(unit_code), self._services.outbox.paused)

    def lines(self, unit_code: str) -> tuple[OutboxLine, ...]:
        if not unit_code:
            return ()
        parcels = {parcel.dossier_id: parcel for parcel in self._services.parcels()}
        clocks = self._services.outbox.clocks(unit_code)
        return tuple(
            self._line(dossier, parcels.get(dossier.id), clocks.get(dossier.id, ()))
            for dossier in self._services.dossiers(unit_code)
            if dossier.state in SIGNED
        )

    def pause(self, paused: bool) -> bool:
        """Whether nothing goes out by itself now."""
        self._services.outbox.paused = paused
        return self._services.outbox.paused

    def detail(self, line: OutboxLine) -> Detail:
        entries = self._services.journal(line.dossier.id)
        sendable = line.dossier.state in SENDABLE and not line.handed_over
        gateway = self._services.default_destination is not None
        return Detail(
            line=line,
            journal=tuple(map(journal_line, sorted(entries, key=_at, reverse=True))),
            can_send=sendable and gateway,
            carried=sendable and not gateway,
            what_next=tr("ui.outbox.next.carry") if not gateway and sendable else advice(line),
            can_hand_over=can_hand_over(line),
            costs=sendable and gateway and self._services.outbox.metered() is Metered.YES,
        )

    def send(self, dossier_id: str, progress: Progress) -> Sequence[Settlement]:
        """Into the outbox, unless it is there already, and one try at once."""
        self._services.enqueue(dossier_id)
        return self._services.drain(dossier_id, progress, self._watch)

    def _watch(self, parcel: Parcel, done: int, whole: int) -> None:
        self.shares[parcel.dossier_id] = done * 100 // whole if whole else 0

    def waiting(self) -> bool:
        parcels = self._services.parcels()
        return any(each.state in UNDER_WAY and not each.handed_over for each in parcels)

    def drain_if_waiting(self, progress: Progress) -> Sequence[Settlement]:
        """One round by itself; nothing goes out when nothing waits."""
        return self._services.drain(None, progress, self._watch) if self.waiting() else ()

    def export(self, dossier_id: str, folder: Path, progress: Progress) -> tuple[Path, int]:
        """A folder of its own below the chosen one; (where, how many files)."""
        out = folder / dossier_id
        return out, len(self._services.export(dossier_id, out, progress))

    def take_receipt(self, receipt: Path) -> Taken:
        return self._services.take_receipt(receipt)

    def _line(
        self, dossier: Dossier, parcel: Parcel | None, clocks: tuple[Clock, ...]
    ) -> OutboxLine:
        entries = self._services.journal(dossier.id)
        last = max((entry.at for entry in entries), default=dossier.created)
        late = any(clock.overdue for clock in clocks)
        look = "warning" if late else LOOKS.get(dossier.state, "info")
        return OutboxLine(
            dossier=dossier, parcel=parcel, last=moment(last), look=look, clocks=clocks
        )

    # ---- decisions

    def question(self, detail: Detail, unit: Unit) -> tuple[str, str]:
        """Asked once before sending, for it cannot be undone: (question, details)."""
        question = tr("ui.outbox.sure", dossier=detail.line.title, unit=unit.name)
        text = tr("ui.outbox.sure_text", code=unit.code, tax_code=unit.tax_code)
        paid = tr("ui.outbox.sure_paid") if detail.costs else ""
        return question, "\n".join(part for part in (text, paid) if part)

    def settled_words(self, settled: Sequence[Settlement]) -> tuple[str, str, str] | None:
        """(look, title, text) of the message after a try; None when nothing was tried."""
        if not settled:
            return None
        last = settled[-1]
        look = OUTCOMES.get(last.state, "warning")
        if last.state is ParcelState.ACCEPTED and last.number:
            title = tr("ui.outbox.accepted", number=last.number)
        else:
            title = parcel_state(last.state)
        return look, title, words(last.outcome)


def can_hand_over(line: OutboxLine) -> bool:
    if line.parcel is None:
        return line.dossier.state is DossierState.SIGNED
    return line.parcel.untouched


def what_next(line: OutboxLine) -> str:
    """One sentence for the person, as things stand."""
    parcel = line.parcel
    if line.handed_over:
        return tr("ui.outbox.next.handed_over")
    if parcel and parcel.state is ParcelState.WAITING and parcel.attempts:
        when = moment(parcel.next_try)
        return tr("ui.outbox.next.again", when=when, attempts=parcel.attempts)
    return tr(f"ui.outbox.next.{line.dossier.state.value}")


def advice(line: OutboxLine) -> str:
    """What to do, and under it the agency's clock."""
    told = [what_next(line)]
    for clock in line.clocks:
        told.append(words(clock.code, clock.params))
        if clock.overdue:
            told.append(words(clock.advice, clock.params))
    return "\n".join(told)


def journal_line(entry: JournalEntry) -> tuple[str, str]:
    return moment(entry.at), words(entry.event)


def _at(entry: JournalEntry) -> str:
    return entry.at.isoformat()
