"""Form files at rest: the bytes as rendered, and as signed."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import RowMapping

from desktop.services.ports import StoredFile
from desktop.store.session import Session
from desktop.store.tables import form_file
from forms.model import FileKind, FormFile


@dataclass(frozen=True, slots=True)
class Files:
    session: Session

    def of(self, dossier_id: str) -> list[StoredFile]:
        stored = self.session.rows(
            select(form_file)
            .where(form_file.c.dossier_id == dossier_id)
            .order_by(form_file.c.position)
        )
        return [_read(one) for one in stored]

    def write(self, dossier_id: str, files: Iterable[StoredFile]) -> None:
        """In place of those before."""
        self.session.change(delete(form_file).where(form_file.c.dossier_id == dossier_id))
        for position, file in enumerate(in_order(files)):
            values = _values(file)
            place = {"dossier_id": dossier_id, "position": position}
            self.session.change(insert(form_file), {**place, **values})


def in_order(files: Iterable[StoredFile]) -> list[StoredFile]:
    """As given, the envelope last."""
    return sorted(files, key=lambda file: file.form.kind is FileKind.ENVELOPE)


def _values(file: StoredFile) -> dict[str, object]:
    form = file.form
    return {
        "name": form.name,
        "kind": form.kind,
        "form_code": form.form_code,
        "title": form.title,
        "sign_node": form.sign_node,
        "content": form.content,
        "signed": file.signed,
    }


def _read(row: RowMapping) -> StoredFile:
    form = FormFile(
        name=row["name"],
        kind=FileKind(row["kind"]),
        form_code=row["form_code"],
        title=row["title"],
        sign_node=row["sign_node"],
        content=row["content"],
    )
    return StoredFile(form=form, signed=row["signed"])
