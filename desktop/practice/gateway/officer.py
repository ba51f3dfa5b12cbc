"""The officer of practice: takes the steps of a script, each with its signed notice.

Nothing runs in the background: what is due by the clock is done when a unit asks for its notices,
so that a gateway that was off for a week is up to date with its first answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from desktop.practice.ca import GatewayPapers
from desktop.practice.gateway.answers import VIETNAM, notice_about, outcome_of, signed
from desktop.practice.gateway.declared import declared_rows
from desktop.practice.gateway.desk import posted
from desktop.practice.gateway.ledger import Entry, Ledger
from desktop.practice.gateway.post import NewFile, NewPost, Play
from desktop.practice.gateway.script import Script, Step
from desktop.practice.gateway.sheets import Page, stacked, workbook
from forms.model import Row
from forms.outcomes import REFUSAL, SUPPLEMENT
from forms.render import open_envelope
from forms.xml.envelope import Envelope
from forms.xml.notice import Notice
from resources.messages import text

BACK = (SUPPLEMENT, REFUSAL)
"""outcomes that give the dossier back: what it declares does not count"""


class Officer:
    """Looks at every accepted dossier and plays its play. May be asked from any thread."""

    def __init__(
        self, ledger: Ledger, papers: GatewayPapers, script: Script, now: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._papers = papers
        self._script = script
        self._now = now

    def act(self) -> int:
        """Every step that is due by the clock. Returns how many were taken."""
        taken = 0
        while due := self._round(at_once=False):
            taken += due
        return taken

    def step(self) -> int:
        """The next step of every waiting dossier, due or not. Returns how many were taken."""
        return self._round(at_once=True)

    def _round(self, *, at_once: bool) -> int:
        self._take_up()
        waiting = self._ledger.letters.waiting()
        return sum(self._advance(play, at_once=at_once) for play in waiting)

    def _take_up(self) -> None:
        for entry, accepted_at in self._ledger.not_on_table():
            play = self._script.play_of(entry)
            if play is not None and play.steps:
                self._ledger.letters.put_on_table(entry.id, play.name, accepted_at)

    def _advance(self, play: Play, *, at_once: bool) -> bool:
        entry = self._ledger.find(play.parcel_id)
        if entry is None:
            return False
        played = self._script.named(play.name) or self._script.play_of(entry)
        if played is None or play.step >= len(played.steps):
            return False  # begun under a longer script
        step = played.steps[play.step]
        due = play.since + step.after
        if not at_once and self._now() < due:
            return False
        at = self._now() if at_once else due
        return self._ledger.letters.advance(
            play,
            at,
            post=self._post(entry, step, at),
            outcome=step.do,
            done=play.step + 1 == len(played.steps),
        )

    def _post(self, entry: Entry, step: Step, at: datetime) -> NewPost:
        envelope = open_envelope(self._ledger.package(entry.id) or b"")
        rows = declared_rows(envelope)
        files = self._files(entry, envelope, step, rows, at)
        notice = self._notice(entry, envelope, at)
        told = told_of(notice, entry, step, rows, files)
        promised = _promised(step, at)
        document = signed(told, self._papers.receipts, self._now(), promised=promised)
        return replace(posted(entry, step.do, document), files=tuple(files))

    def _notice(self, entry: Entry, envelope: Envelope, at: datetime) -> Notice:
        return notice_about(entry, envelope, signer=self._papers.receipts, now=at)

    def _files(
        self, entry: Entry, envelope: Envelope, step: Step, rows: Sequence[Row], at: datetime
    ) -> list[NewFile]:
        name = text("practice.result_file", number=(entry.number or "").replace("/", "-"))
        files = []
        if "xml" in step.files:
            plain = told_of(self._notice(entry, envelope, at), entry, step, rows, ())
            files.append(NewFile(f"{name}.xml", signed(plain, self._papers.receipts, self._now())))
        if "xlsx" in step.files:
            files.append(NewFile(f"{name}.xlsx", people_list(entry, rows, step)))
        return files


def told_of(
    notice: Notice, entry: Entry, step: Step, rows: Sequence[Row], files: Sequence[NewFile]
) -> Notice:
    """What a step says in writing."""
    words = step.text or text(f"practice.result.{step.do}", number=entry.number or "")
    plain = text(f"practice.result.{step.do}", number=entry.number or "")
    back = step.do in BACK
    said = [row_words(reason.line, reason.reason, rows) for reason in step.rows]
    said += [file_words(file) for file in files]
    return outcome_of(
        notice, step.do, result=plain if back else words, rows=said, fault=words if back else ""
    )


def row_words(line: int, reason: str, rows: Sequence[Row]) -> str:
    """On one line, as ROW_CTIET holds it."""
    name = rows[line - 1].get("ho_ten") if 0 < line <= len(rows) else ""
    code = "practice.row" if name else "practice.row_unnamed"
    return text(code, line=line, reason=reason, **({"name": name} if name else {}))


def file_words(file: NewFile) -> str:
    """Not as the package's digest is written: that one is the dossier's own."""
    return text("practice.file_row", file=file.name, sha256=sha256(file.content).hexdigest())


def people_list(entry: Entry, rows: Sequence[Row], step: Step) -> bytes:
    """Who was declared, and what became of it."""
    outcome = text(f"practice.result.{step.do}", number=entry.number or "")
    heads = ("ordinal", "name", "social_number", "movement", "outcome")
    lines = [
        (number, row.get("ho_ten"), row.get("ma_so_bhxh"), row.get("phuong_an"), outcome)
        for number, row in enumerate(rows, start=1)
    ]
    table = stacked(3, [tuple(text(f"practice.list.{head}") for head in heads), *lines])
    title = text("practice.list.title", number=entry.number or "")
    return workbook(Page(text("practice.list.sheet"), {1: {1: title}, **table}))


def _promised(step: Step, at: datetime) -> date | None:
    if step.promise_days is None:
        return None
    return at.astimezone(VIETNAM).date() + timedelta(days=step.promise_days)


def counts(outcome: str) -> bool:
    """Whether what a dossier declares counts in the month's statements."""
    return outcome not in BACK
