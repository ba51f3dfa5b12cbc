"""Letters prepared beforehand, in memory; faults on demand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.services.inbox_api import (
    Fetched,
    Letter,
    LetterFile,
    LetterKind,
    Origin,
    PortalPage,
    PortalValue,
    Reason,
    Said,
    TakenLetter,
    TakeWatch,
    Verified,
)
from forms.model import DossierState, Period
from resources.faults import UsageFault

if TYPE_CHECKING:
    from desktop.services.api import Progress, Reconciled
    from desktop.services.rooms import PrintedForm

NOW = datetime(2026, 10, 21, 2, 30, tzinfo=UTC)
PERIOD = Period(2026, 10)


def letter(letter_id: str = "thu-1", **more: object) -> Letter:
    """A verified notice to the fakes' unit that its dossier is being processed."""
    usual: dict[str, object] = {
        "id": letter_id,
        "unit_code": "ZZ0001Z",
        "kind": LetterKind.PROCESSING,
        "origin": Origin.FETCHED,
        "source": "",
        "received_at": NOW,
        "dated": NOW,
        "period": PERIOD,
        "dossier_id": "ZZ0001Z-2026-10-600-1",
        "number": "00001/2026/07900",
        "transaction": "GD1",
        "agency": "BHXH cơ sở Không Có Thật",
        "state_after": DossierState.PROCESSING,
        "moved": True,
        "verified": Verified.YES,
        "doubt": None,
        "deadline": date(2026, 10, 28),
        "text": "Hồ sơ số 00001/2026/07900 đang được giải quyết.",
        "reasons": (),
        "files": (),
        "read": False,
    }
    return Letter(**{**usual, **more})  # type: ignore[arg-type]  # the tests name any field


def supplement(letter_id: str = "thu-2", **more: object) -> Letter:
    """What is missing, of the first two rows."""
    usual: dict[str, object] = {
        "kind": LetterKind.SUPPLEMENT,
        "state_after": DossierState.SUPPLEMENT,
        "text": "Hồ sơ chưa đủ giấy tờ.",
        "reasons": (
            Reason(text="Chưa có hợp đồng lao động kèm theo.", line=1),
            Reason(text="Ngày sinh khác dữ liệu.", line=2),
        ),
    }
    return letter(letter_id, **{**usual, **more})


def statement(letter_id: str = "thu-3", **more: object) -> Letter:
    """C12-TS of the month."""
    usual: dict[str, object] = {
        "kind": LetterKind.STATEMENT,
        "dossier_id": None,
        "number": "",
        "state_after": None,
        "moved": False,
        "deadline": None,
        "text": "Mẫu C12-TS và D09-TS tháng 10/2026.",
        "files": (file("C12-TS-2026-10.xlsx"), file("D09-TS-2026-10.xlsx")),
    }
    return letter(letter_id, **{**usual, **more})


def forged(letter_id: str = "thu-4", **more: object) -> Letter:
    """Signed by a stranger: shown, and nothing more."""
    doubt = Said(code="inbox.untrusted")
    return letter(letter_id, **{"verified": Verified.NO, "doubt": doubt, "moved": False, **more})


def file(name: str, *, vouched: bool = True) -> LetterFile:
    return LetterFile(name=name, size=12_345, sha256="0" * 64, vouched=vouched)


@dataclass
class FakeInbox:
    """``fail``: method name → what it raises, once."""

    kept: list[Letter] = field(default_factory=list)
    coming: list[Letter] = field(default_factory=list)
    """what the next fetch brings"""
    takes: dict[str, TakenLetter] = field(default_factory=dict)
    """file name → what taking it in gives; any other file is not read"""
    compared: "Reconciled | None" = None
    contents: dict[tuple[str, str], bytes] = field(default_factory=dict)
    fail: dict[str, BaseException] = field(default_factory=dict)
    papers: "Sequence[PrintedForm]" = ()
    calls: list[str] = field(default_factory=list)
    before_second: Callable[[], object] = lambda: None
    """done when the second of several files is reached"""

    def _enter(self, name: str) -> None:
        self.calls.append(name)
        fault = self.fail.pop(name, None)
        if fault:
            raise fault

    def letters(
        self, unit_code: str, *, period: Period | None = None, dossier_id: str | None = None
    ) -> Sequence[Letter]:
        self._enter("letters")
        found = [
            one
            for one in self.kept
            if one.unit_code == unit_code
            and period in (None, one.period)
            and dossier_id in (None, one.dossier_id)
        ]
        return sorted(found, key=lambda one: one.dated or one.received_at, reverse=True)

    def letter(self, letter_id: str) -> Letter:
        for one in self.kept:
            if one.id == letter_id:
                return one
        raise UsageFault("inbox.unknown", letter=letter_id)

    def unread(self, unit_code: str | None = None) -> int:
        mine = [one for one in self.kept if unit_code in (None, one.unit_code)]
        return sum(not one.read for one in mine)

    def mark_read(self, letter_id: str, *, read: bool = True) -> None:
        self._enter("mark_read")
        before = self.letter(letter_id)
        self.kept[self.kept.index(before)] = replace(before, read=read)

    def plain_words(self, letter: Letter) -> Sequence[Said]:
        doubt = (letter.doubt,) if letter.doubt else ()
        return (*doubt, Said(code=letter.title_code))

    def take(
        self,
        files: Sequence[Path],
        *,
        unit_code: str | None = None,
        watch: TakeWatch | None = None,
    ) -> Sequence[TakenLetter]:
        self._enter("take")
        return [self._watched(each, place, files, watch) for place, each in enumerate(files)]

    def _watched(
        self, path: Path, place: int, files: Sequence[Path], watch: TakeWatch | None
    ) -> TakenLetter:
        if place == 1:
            self.before_second()
        if watch:
            watch.next(place, len(files), path.name)
        taken = self._take(path)
        if taken.letter and taken.new:
            self.kept.append(taken.letter)
        if watch:
            watch.took(taken)
        return taken

    def _take(self, path: Path) -> TakenLetter:
        unread = Said(code="inbox.not_a_letter", params={"file": path.name})
        nothing = TakenLetter(source=path.name, letter=None, new=False, fault=unread)
        return self.takes.get(path.name, nothing)

    def fetch(self, unit_code: str) -> Fetched:
        self._enter("fetch")
        known = {one.id for one in self.kept}
        new = tuple(one for one in self.coming if one.id not in known)
        again = len(self.coming) - len(new)
        self.kept += new
        self.coming = []
        return Fetched(new=new, known=again)

    def document(self, letter_id: str) -> bytes | None:
        return self.contents.get((letter_id, ""))

    def file(self, letter_id: str, name: str) -> bytes:
        self._enter("file")
        found = self.contents.get((letter_id, name))
        if found is None:
            raise UsageFault("inbox.no_file", file=name)
        return found

    def save(self, letter_id: str, folder: Path) -> Sequence[Path]:
        self._enter("save")
        written = []
        for (kept, name), content in self.contents.items():
            if kept == letter_id:
                path = folder / (name or "thong-bao.xml")
                path.write_bytes(content)
                written.append(path)
        return written

    def comparison(self, letter_id: str) -> "Reconciled":
        self._enter("comparison")
        if self.compared is None:
            raise UsageFault("inbox.nothing_to_compare")
        return self.compared

    def printed(
        self, letter_id: str, *, progress: "Progress | None" = None
    ) -> "Sequence[PrintedForm]":
        self._enter("printed")
        return self.papers

    def portal(self, dossier_id: str) -> PortalPage:
        self._enter("portal")
        return PortalPage(
            address="https://portal.example.vn/#/ke-khai",
            title=Said(code="portal.title.declare"),
            proven=False,
            values=(PortalValue(key="procedure", value="600"),),
            steps=(),
        )

    def portal_of_unit(self, unit_code: str) -> PortalPage:
        self._enter("portal_of_unit")
        return PortalPage(
            address="https://portal.example.vn/",
            title=Said(code="portal.title.front"),
            proven=True,
            values=(PortalValue(key="unit_code", value=unit_code),),
            steps=(),
        )
