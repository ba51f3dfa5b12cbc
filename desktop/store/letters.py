"""The inbox at rest: letters, the files that came with them, and how far each mailbox was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, delete, func, insert, select, update

from desktop.services.inbox_api import (
    Letter,
    LetterFile,
    LetterKind,
    Origin,
    Reason,
    Said,
    Verified,
)
from desktop.services.inbox_ports import Kept
from desktop.store.session import Session
from desktop.store.tables import letter, letter_file, mailbox_cursor
from forms.model import DossierState, Period

Record = RowMapping
_LISTED = [column for column in letter.c if column.name != "document"]
_FILE = [column for column in letter_file.c if column.name != "content"]


@dataclass(frozen=True, slots=True)
class SqlLetters:
    session: Session

    def put(self, kept: Kept) -> None:
        values = _values(kept)
        known = letter.c.id == kept.letter.id
        if not self.session.change(update(letter).where(known).values(**values)):
            new = {"id": kept.letter.id, "read": int(kept.letter.read), **values}
            self.session.change(insert(letter), new)
        of = letter_file.c.letter_id == kept.letter.id
        self.session.change(delete(letter_file).where(of))
        pairs = zip(kept.letter.files, kept.contents, strict=True)
        for position, (file, content) in enumerate(pairs):
            row = {"letter_id": kept.letter.id, "position": position, **_file_values(file)}
            self.session.change(insert(letter_file), {**row, "content": content})

    def get(self, letter_id: str) -> Letter | None:
        found = self.session.first(select(*_LISTED).where(letter.c.id == letter_id))
        return self._read(found) if found else None

    def kept(self, letter_id: str) -> Kept | None:
        found = self.get(letter_id)
        if found is None:
            return None
        document = self.session.value(select(letter.c.document).where(letter.c.id == letter_id))
        contents = self.session.rows(
            select(letter_file.c.content)
            .where(letter_file.c.letter_id == letter_id)
            .order_by(letter_file.c.position)
        )
        return Kept(
            letter=found, document=document, contents=tuple(one["content"] for one in contents)
        )

    def all(
        self, unit_code: str, *, period: Period | None = None, dossier_id: str | None = None
    ) -> Sequence[Letter]:
        wanted = select(*_LISTED).where(letter.c.unit_code == unit_code)
        if period is not None:
            wanted = wanted.where(letter.c.period == period.iso)
        if dossier_id is not None:
            wanted = wanted.where(letter.c.dossier_id == dossier_id)
        found = self.session.rows(wanted.order_by(letter.c.position))
        return [self._read(one) for one in found]

    def unread(self, unit_code: str | None = None) -> int:
        counted = select(func.count()).select_from(letter).where(letter.c.read == 0)
        if unit_code is not None:
            counted = counted.where(letter.c.unit_code == unit_code)
        return int(self.session.value(counted) or 0)

    def mark_read(self, letter_id: str, *, read: bool) -> bool:
        changed = update(letter).where(letter.c.id == letter_id).values(read=int(read))
        return bool(self.session.change(changed))

    def cursor(self, unit_code: str, mailbox: str) -> str:
        wanted = select(mailbox_cursor.c.cursor).where(_of(unit_code, mailbox))
        return str(self.session.value(wanted) or "")

    def set_cursor(self, unit_code: str, mailbox: str, cursor: str) -> None:
        changed = update(mailbox_cursor).where(_of(unit_code, mailbox)).values(cursor=cursor)
        if not self.session.change(changed):
            new = {"unit_code": unit_code, "mailbox": mailbox, "cursor": cursor}
            self.session.change(insert(mailbox_cursor), new)

    def _read(self, found: Record) -> Letter:
        files = self.session.rows(
            select(*_FILE)
            .where(letter_file.c.letter_id == found["id"])
            .order_by(letter_file.c.position)
        )
        return _letter(found, tuple(_file(one) for one in files))


def _of(unit_code: str, mailbox: str) -> Any:
    return (mailbox_cursor.c.unit_code == unit_code) & (mailbox_cursor.c.mailbox == mailbox)


def _values(kept: Kept) -> dict[str, Any]:
    one = kept.letter
    plain = ("unit_code", "kind", "origin", "source", "received_at", "dated", "dossier_id")
    more = ("number", "agency", "state_after", "verified", "text")
    return {
        **{name: getattr(one, name) for name in (*plain, *more)},
        "transaction_code": one.transaction,
        "period": one.period.iso if one.period else None,
        "moved": int(one.moved),
        "doubt": {"code": one.doubt.code, "params": dict(one.doubt.params)} if one.doubt else {},
        "deadline": one.deadline.isoformat() if one.deadline else None,
        "reasons": {"all": [[reason.text, reason.line] for reason in one.reasons]},
        "document": kept.document,
    }


def _file_values(file: LetterFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "vouched": int(file.vouched),
        "kept": int(file.kept),
    }


def _letter(found: Record, files: tuple[LetterFile, ...]) -> Letter:
    plain = ("id", "unit_code", "source", "received_at", "dated", "dossier_id", "number")
    doubt = found["doubt"]
    return Letter(
        **{name: found[name] for name in (*plain, "agency", "text")},
        transaction=found["transaction_code"],
        kind=LetterKind(found["kind"]),
        origin=Origin(found["origin"]),
        verified=Verified(found["verified"]),
        period=Period.parse(found["period"]) if found["period"] else None,
        state_after=DossierState(found["state_after"]) if found["state_after"] else None,
        moved=bool(found["moved"]),
        doubt=Said(code=doubt["code"], params=doubt["params"]) if doubt else None,
        deadline=date.fromisoformat(found["deadline"]) if found["deadline"] else None,
        reasons=tuple(Reason(text=said, line=line) for said, line in found["reasons"]["all"]),
        files=files,
        read=bool(found["read"]),
    )


def _file(found: Record) -> LetterFile:
    return LetterFile(
        name=found["name"],
        size=found["size"],
        sha256=found["sha256"],
        vouched=bool(found["vouched"]),
        kept=bool(found["kept"]),
    )
