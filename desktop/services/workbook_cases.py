"""Any workbook in: columns guessed, shown, confirmed, and remembered for the same headings."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from desktop.services.imported import Imported, TakenIn
from desktop.services.importing import ImportWorkbook
from desktop.services.ports import Clock, Store
from desktop.services.progress import Progress
from desktop.services.rooms import FormsRoom
from desktop.services.roster_taking import TakeIntoRoster
from desktop.services.workbooks_api import Preview
from forms.excel.guess.words import words_of
from forms.excel.mapping import ColumnGuess, ColumnMapping, SheetGuess
from forms.model import Period

REMEMBERED = "columns.remembered"
_SETTING = "columns."
_SURE = 1.0


class FirstRows(Protocol):
    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> tuple[tuple[str, ...], ...]: ...
    @property
    def changed(self) -> tuple[tuple[int, int], ...]: ...
    @property
    def refused(self) -> tuple[tuple[int, int], ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbooksRoom:
    """What is asked of the room of forms."""

    guess: Callable[[Path], Sequence[SheetGuess]]
    guess_below: Callable[[Path, str, int], SheetGuess]
    """(workbook, sheet, last row of its heading)"""
    first_rows: Callable[[Path, ColumnMapping, int], FirstRows]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookCases:
    """``desktop.services.workbooks_api.ColumnsApi``."""

    store: Store
    forms: FormsRoom
    clock: Clock
    room: WorkbooksRoom

    def columns(self, workbook: Path) -> Sequence[SheetGuess]:
        """Best first; empty where nothing looks like a list of people."""
        return tuple(self._remembered(workbook, guess) for guess in self.room.guess(workbook))

    def columns_below(self, workbook: Path, sheet: str, header_row: int) -> SheetGuess:
        """Raises DataFault ``mapping.no_sheet``."""
        return self.room.guess_below(workbook, sheet, header_row)

    def preview(self, workbook: Path, mapping: ColumnMapping, rows: int = 20) -> Preview:
        """Raises DataFault ``mapping.*`` when the mapping does not fit the workbook."""
        found = self.room.first_rows(workbook, mapping, rows)
        return Preview(
            keys=found.keys, rows=found.rows, changed=found.changed, refused=found.refused
        )

    def import_mapped(
        self,
        workbook: Path,
        mapping: ColumnMapping,
        *,
        unit_code: str,
        period: Period,
        report: Path | None = None,
        progress: Progress | None = None,
    ) -> Imported:
        """Raises as importing does, and DataFault ``mapping.*``."""
        importing = ImportWorkbook(store=self.store, forms=self.forms, clock=self.clock)
        done = importing(
            workbook,
            unit_code=unit_code,
            period=period,
            mapping=mapping,
            report=report,
            progress=progress,
        )
        if done.dossier is not None:
            self.remember(workbook, mapping)
        return done

    def take_in(
        self,
        workbook: Path,
        *,
        unit_code: str,
        since: Period,
        layout: str = "auto",
        mapping: ColumnMapping | None = None,
        report: Path | None = None,
        progress: Progress | None = None,
    ) -> TakenIn:
        """Raises as ``TakeIntoRoster`` does, and DataFault ``mapping.*``."""
        taking = TakeIntoRoster(store=self.store, forms=self.forms, clock=self.clock)
        done = taking(
            workbook,
            unit_code=unit_code,
            since=since,
            layout=layout,
            mapping=mapping,
            report=report,
            progress=progress,
        )
        if mapping is not None and done.people:
            self.remember(workbook, mapping)
        return done

    def confirm(self, workbook: Path, mapping: ColumnMapping) -> None:
        """Raises DataFault ``mapping.*``."""
        self.room.first_rows(workbook, mapping, 1)
        self.remember(workbook, mapping)

    def remember(self, workbook: Path, mapping: ColumnMapping) -> None:
        """For the same headings; nothing where the program finds no heading in the sheet.

        Where a person named another row as the heading, its distance from the one that the
        program finds is kept too.
        """
        same = (guess for guess in self.room.guess(workbook) if guess.sheet == mapping.sheet)
        guess = next(same, None)
        if guess is None:
            return
        moved = {"moved": mapping.header_row - guess.header_row}
        kept = {**moved, "below": mapping.first_data_row - mapping.header_row}
        text = json.dumps({**kept, "columns": dict(mapping.columns)}, ensure_ascii=False)
        with self.store.begin() as work:
            work.settings.put(headings_key(guess), text)
            work.commit()

    def _remembered(self, workbook: Path, guess: SheetGuess) -> SheetGuess:
        """A known layout needs no memory."""
        if guess.layout is not None:
            return guess
        with self.store.reading() as work:
            text = work.settings.get(headings_key(guess))
        if not text:
            return guess
        kept = json.loads(text)
        if moved := kept.get("moved", 0):
            guess = self.room.guess_below(workbook, guess.sheet, guess.header_row + moved)
        return with_mapping(guess, kept)


def headings_key(guess: SheetGuess) -> str:
    """The setting under which the mapping of these headings in these columns is kept.

    A hash: what stands in a row taken for a heading may be somebody's name.
    """
    headings = sorted((each.column, words_of(each.heading)) for each in guess.columns)
    return _SETTING + sha256(json.dumps(headings).encode()).hexdigest()


def with_mapping(guess: SheetGuess, kept: Mapping[str, object]) -> SheetGuess:
    """The guess with the columns as a person confirmed them for the same headings."""
    columns, below = kept["columns"], kept["below"]
    if not isinstance(columns, dict) or not isinstance(below, int):
        raise TypeError("a remembered mapping has another shape")
    order = {letters: at for at, letters in enumerate(columns)}
    known = [_as_confirmed(each, columns.get(each.column)) for each in guess.columns]
    joined = _joined_order(known, order)
    return replace(guess, columns=tuple(joined), first_data_row=guess.header_row + below)


def _as_confirmed(guess: ColumnGuess, key: str | None) -> ColumnGuess:
    return replace(guess, field=key, confidence=_SURE, why=REMEMBERED)


def _joined_order(guesses: Sequence[ColumnGuess], order: Mapping[str, int]) -> list[ColumnGuess]:
    """Columns of one field stand in the order in which they are joined."""
    ranked = sorted(
        (each for each in guesses if each.field), key=lambda each: order.get(each.column, 0)
    )
    waiting: dict[str, list[ColumnGuess]] = {}
    for each in ranked:
        waiting.setdefault(each.field or "", []).append(each)
    return [waiting[each.field].pop(0) if each.field else each for each in guesses]
