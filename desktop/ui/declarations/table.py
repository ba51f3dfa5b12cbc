"""The Qt models of the draft's grid, its findings and the unit's dossiers."""

from collections.abc import Callable, Iterable, Sequence
from operator import eq
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from desktop.ui.cells import Cell
from desktop.ui.code_choice import CodeField
from desktop.ui.declarations.presenter import FindingLine
from desktop.ui.declarations.sheet import FIGURES, RowState, Sheet
from desktop.ui.formats import dossier_title, state
from desktop.ui.texts import tr
from desktop.ui.theme import colour, icon
from desktop.ui.widgets.cell_look import Look
from desktop.ui.widgets.lines_model import FIELD_KEY, ROOT, Index, LinesModel
from forms.excel.layout import Column
from forms.findings import Severity
from forms.model import Dossier

PAPER = {
    Severity.ERROR: "cell_error",
    Severity.WARNING: "cell_warning",
    Severity.INFO: "cell_info",
}
ICONS = {RowState.ERROR: "error", RowState.WARNING: "warning"}
SEEN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
EDITABLE = SEEN | Qt.ItemFlag.ItemIsEditable
CHANGED = "*"
"""after the number of a row that was typed over"""
Typed = Callable[[int, str, str], None]
"""(line, field key, text)"""


class SheetModel(QAbstractTableModel):
    """Cells of one list; what is typed goes to ``typed`` and stays visible until answered."""

    def __init__(self, typed: Typed) -> None:
        super().__init__()
        self._typed = typed
        self._sheet: Sheet | None = None
        self._editable = False
        self._filtered: frozenset[str] = frozenset()
        self._pending: dict[tuple[int, str], str] = {}

    @property
    def sheet(self) -> Sheet | None:
        return self._sheet

    @property
    def editable(self) -> bool:
        return self._editable

    @property
    def lines(self) -> Sequence[int]:
        """Of every row shown."""
        return self._sheet.lines if self._sheet else ()

    @property
    def columns(self) -> Sequence[Column]:
        return self._sheet.columns if self._sheet else ()

    def codes(self, row: int, column: int) -> CodeField | None:
        return self._sheet.codes(row, column) if self._sheet else None

    def show_filtered(self, keys: frozenset[str]) -> None:
        """Columns by which the list is narrowed carry a sign in their head."""
        self._filtered = keys
        if self.columnCount():
            last = self.columnCount() - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def show(self, sheet: Sheet | None, *, editable: bool) -> None:
        """Keeps the place and the selection when only values changed."""
        self._editable = editable
        before = self._sheet
        if before is sheet:
            return
        if before and sheet and _same_shape(before, sheet):
            self._sheet = sheet
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(0, self.rowCount() - 1))
            return
        self.beginResetModel()
        self._pending.clear()
        self._sheet = sheet
        self.endResetModel()

    def answered(self, cells: Iterable[Cell]) -> None:
        """What was typed is stored, or could not be: the stored value counts again."""
        for line, key, _ in cells:
            if self._pending.pop((line, key), None) is not None:
                cell = self.locate(line, key)
                self.dataChanged.emit(cell, cell)

    def locate(self, line: int, key: str) -> QModelIndex:
        """The cell, or an invalid index when it is not shown."""
        if self._sheet is None:
            return QModelIndex()
        row, column = self._sheet.positions.get(line), self._sheet.places.get(key)
        return QModelIndex() if row is None or column is None else self.index(row, column)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() or self._sheet is None else len(self._sheet.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() or self._sheet is None else len(self._sheet.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return EDITABLE if self._editable else SEEN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._sheet is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(self._sheet, row, column, role)
        return self._mark(self._sheet, row, column, role)

    def look(self, row: int, column: int) -> Look:
        """All that is painted of a cell, at once."""
        sheet = self._sheet
        if sheet is None:
            return Look("")
        text = self._text(sheet, row, column, Qt.ItemDataRole.DisplayRole)
        figures = sheet.columns[column].kind in FIGURES
        found = sheet.findings_at(row, column)
        if not found:
            return Look(text, figures)
        worst = found[0].severity
        return Look(text, figures, colour(PAPER[worst]), icon(worst.value))

    def _text(self, sheet: Sheet, row: int, column: int, role: int) -> str:
        line, key = sheet.lines[row], sheet.columns[column].key
        if (line, key) in self._pending:
            return self._pending[line, key]
        if role == Qt.ItemDataRole.EditRole:
            return sheet.rows[row].get(key)
        return sheet.text(row, column)

    def _mark(self, sheet: Sheet, row: int, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and sheet.columns[column].kind in FIGURES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        found = sheet.findings_at(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            told = (sheet.tip(row, column), sheet.meaning(row, column) or sheet.text(row, column))
            return "\n".join(part for part in told if part)
        if found and role == Qt.ItemDataRole.BackgroundRole:
            return colour(PAPER[found[0].severity])
        if found and role == Qt.ItemDataRole.DecorationRole:
            return icon(found[0].severity.value)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return sheet.tip(row, column)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if self._sheet is None or role != Qt.ItemDataRole.EditRole:
            return False
        line = self._sheet.lines[index.row()]
        key = self._sheet.columns[index.column()].key
        if str(value).strip() == self._text(self._sheet, index.row(), index.column(), role):
            return False
        self._pending[line, key] = str(value)
        self.dataChanged.emit(index, index)
        self._typed(line, key, str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self._sheet is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._side(self._sheet, section, role)
        column = self._sheet.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            place = tr("ui.columns.lettered", title=column.title, letters=column.letters)
            return tr("ui.grid.head_tip", title=place)
        if role == Qt.ItemDataRole.DecorationRole and column.key in self._filtered:
            return icon("filter")
        return column.key if role == FIELD_KEY else None

    def _side(self, sheet: Sheet, row: int, role: int) -> Any:
        """Number and states: a drawing for the worst, a star for what was typed over."""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return sheet.who(row)
        states = sheet.states_of(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{sheet.lines[row]}{CHANGED if RowState.CHANGED in states else ''}"
        if role == Qt.ItemDataRole.DecorationRole and states and states[0] in ICONS:
            return icon(ICONS[states[0]])
        return None


class FindingsModel(LinesModel[FindingLine]):
    def __init__(self) -> None:
        super().__init__(
            ("ui.findings.severity", "ui.findings.text", "ui.findings.place"),
            lambda line: (line.severity, line.text, line.place),
        )

    def decoration(self, line: FindingLine, column: int, role: int) -> Any:
        if column == 0 and role == Qt.ItemDataRole.DecorationRole:
            return icon(line.finding.severity.value)
        return None


class DossiersModel(LinesModel[Dossier]):
    def __init__(self) -> None:
        super().__init__(
            ("ui.dossiers.item_head",),
            lambda dossier: (
                tr("ui.dossiers.item", dossier=dossier_title(dossier), state=state(dossier.state)),
            ),
        )


def _same_shape(before: Sheet, after: Sheet) -> bool:
    if before.part is not after.part or before.columns != after.columns:
        return False
    return len(before.lines) == len(after.lines) and all(map(eq, before.lines, after.lines))
