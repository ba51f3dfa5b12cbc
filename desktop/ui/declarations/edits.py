"""What was typed into a draft, to be undone and done again without limit. No Qt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.services.api import Services
from desktop.ui.cells import Cell
from forms.model import Part, Row
from resources.faults import UsageFault


@dataclass(frozen=True, slots=True)
class Edit:
    """One act of the person: of every cell (line, field key) what stood there before and after."""

    part: Part
    before: Mapping[tuple[int, str], str]
    after: Mapping[tuple[int, str], str]


@dataclass
class Edits:
    """By dossier, since the program was opened."""

    services: Services
    _done: dict[str, list[Edit]] = field(default_factory=dict)
    _undone: dict[str, list[Edit]] = field(default_factory=dict)

    def can_undo(self, dossier_id: str) -> bool:
        return bool(self._done.get(dossier_id))

    def can_redo(self, dossier_id: str) -> bool:
        return bool(self._undone.get(dossier_id))

    def changed(self, dossier_id: str, part: Part) -> frozenset[tuple[int, str]]:
        """Cells (line, field key) that hold something else than when the program was opened."""
        first: dict[tuple[int, str], str] = {}
        last: dict[tuple[int, str], str] = {}
        for edit in tuple(self._done.get(dossier_id, ())):
            if edit.part is part:
                last.update(edit.after)
                first = {**edit.before, **first}
        return frozenset(cell for cell, text in last.items() if text != first[cell])

    def change(self, dossier_id: str, part: Part, cells: Sequence[Cell]) -> None:
        """Stored, cleaned, checked: all of the cells or none. Raises UsageFault ``row.unknown``."""
        typed = {(line, key): text.strip() for line, key, text in cells}
        edit = self._write(dossier_id, part, typed)
        self._done.setdefault(dossier_id, []).append(edit)
        self._undone.pop(dossier_id, None)

    def undo(self, dossier_id: str) -> Edit | None:
        """None where there is nothing to undo. A cell that became another since stays so."""
        edit = self._last(self._done, dossier_id)
        if edit is None:
            return None
        self._put(dossier_id, edit.part, wanted=edit.before, found=edit.after)
        self._undone.setdefault(dossier_id, []).append(self._done[dossier_id].pop())
        return edit

    def redo(self, dossier_id: str) -> Edit | None:
        edit = self._last(self._undone, dossier_id)
        if edit is None:
            return None
        self._put(dossier_id, edit.part, wanted=edit.after, found=edit.before)
        self._done.setdefault(dossier_id, []).append(self._undone[dossier_id].pop())
        return edit

    def _last(self, edits: Mapping[str, Sequence[Edit]], dossier_id: str) -> Edit | None:
        known = edits.get(dossier_id)
        return known[-1] if known else None

    def _put(
        self,
        dossier_id: str,
        part: Part,
        *,
        wanted: Mapping[tuple[int, str], str],
        found: Mapping[tuple[int, str], str],
    ) -> None:
        """Only where the draft still holds what was ``found`` there."""
        rows = self._rows(dossier_id, part, wanted)
        same = {
            cell: text
            for cell, text in wanted.items()
            if cell[0] in rows and rows[cell[0]].get(cell[1]) == found[cell]
        }
        if same:
            self._write(dossier_id, part, same)

    def _write(self, dossier_id: str, part: Part, typed: Mapping[tuple[int, str], str]) -> Edit:
        before = self._rows(dossier_id, part, typed)
        missing = next((line for line, _ in typed if line not in before), None)
        if missing is not None:
            raise UsageFault("row.unknown", row=missing)
        self.services.change_rows(dossier_id, part.value, typed_over(before, typed))
        after = self._rows(dossier_id, part, typed)
        return Edit(part, texts(before, typed), texts(after, typed))

    def _rows(
        self, dossier_id: str, part: Part, cells: Iterable[tuple[int, str]]
    ) -> dict[int, Row]:
        lines = {line for line, _ in cells}
        rows = self.services.draft(dossier_id).rows(part)
        return {row.line: row for row in rows if row.line in lines}


def typed_over(rows: Mapping[int, Row], typed: Mapping[tuple[int, str], str]) -> list[Row]:
    values = {line: dict(row.values) for line, row in rows.items()}
    for (line, key), text in typed.items():
        values[line][key] = text
    return [Row(line, each) for line, each in values.items()]


def texts(rows: Mapping[int, Row], cells: Iterable[tuple[int, str]]) -> dict[tuple[int, str], str]:
    return {(line, key): rows[line].get(key) for line, key in cells}
