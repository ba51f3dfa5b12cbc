"""The members of a person's household, to be typed over, added and dropped."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.roster.person_presenter import Card, PersonPresenter
from desktop.ui.texts import language, tr
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.grid import Grid
from desktop.ui.widgets.lines_model import FIELD_KEY, ROOT, Index
from forms.excel.layout import Column
from forms.excel.mapping_file import part_titles
from forms.model import Part
from forms.roster.model import Values

WIDTH, NAME_WIDTH, PADDING = 110, 200, 26


class MembersModel(QAbstractTableModel):
    """Holds what was typed until it is saved. ``touched`` after each change."""

    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.members: list[dict[str, str]] = []
        self._columns: tuple[Column, ...] = ()

    def show(self, members: list[dict[str, str]], columns: tuple[Column, ...]) -> None:
        self.beginResetModel()
        self.members, self._columns = members, columns
        self.endResetModel()

    def add(self) -> None:
        self.beginInsertRows(ROOT, len(self.members), len(self.members))
        self.members.append({})
        self.endInsertRows()

    def drop(self, row: int) -> None:
        self.beginRemoveRows(ROOT, row, row)
        del self.members[row]
        self.endRemoveRows()
        self.touched.emit()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.members)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.members[index.row()].get(self._columns[index.column()].key, "")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        member, key = self.members[index.row()], self._columns[index.column()].key
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or member.get(key, "") == text:
            return False
        member.pop(key, None)
        if text:
            member[key] = text
        self.dataChanged.emit(index, index)
        self.touched.emit()
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == FIELD_KEY:
            return self._columns[section].key
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            column = self._columns[section]
            return part_titles(Part.PHU_LUC, language()).get(column.key, column.title)
        return None


class HouseholdView(QWidget):
    """Emits ``members_wanted`` with what is to be stored."""

    members_wanted = Signal(object)

    def __init__(self, presenter: PersonPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._stored: tuple[Values, ...] = ()
        self.model = MembersModel()
        self.grid = Grid(self.model, "ui.roster.tab.household", cells=True)
        self.help = label(tr("ui.roster.household.help"), "help")
        self.add_button = button("ui.roster.household.add", self._add, drawing="plus")
        self.drop_button = button("ui.roster.household.drop", self._drop)
        self.save_button = button("ui.roster.household.save", self._save, role="primary")
        head = QHBoxLayout()
        head.addWidget(self.help, 1)
        for each in (self.add_button, self.drop_button, self.save_button):
            head.addWidget(each)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        self.model.touched.connect(self._show_possible)

    @property
    def _typed(self) -> tuple[Values, ...]:
        return tuple(member for member in self.model.members if member)

    def show_card(self, card: Card) -> None:
        self._stored = tuple(dict(member) for member in card.employee.household)
        columns = self._presenter.member_columns(self._stored)
        self.model.show([dict(member) for member in self._stored], columns)
        self.grid.widths(*self._widths(len(columns)))
        self._show_possible()

    def _widths(self, columns: int) -> tuple[int, ...]:
        """Room for every heading, in either language and any size of letters."""
        font = self.grid.font()
        font.setBold(True)
        letters, across = QFontMetrics(font), Qt.Orientation.Horizontal
        heads = (str(self.model.headerData(place, across)) for place in range(columns))
        needed = [max(WIDTH, letters.horizontalAdvance(head) + PADDING) for head in heads]
        return (max(NAME_WIDTH, needed[0]), *needed[1:])

    def _show_possible(self) -> None:
        self.save_button.setEnabled(self._typed != self._stored)
        self.drop_button.setEnabled(bool(self.model.members))

    def _add(self) -> None:
        self.model.add()
        cell = self.model.index(len(self.model.members) - 1, 0)
        self.grid.setCurrentIndex(cell)
        self.grid.edit(cell)
        self._show_possible()

    def _drop(self) -> None:
        row = self.grid.currentIndex().row()
        if 0 <= row < len(self.model.members):
            self.model.drop(row)

    def _save(self) -> None:
        self.grid.finish_typing()
        self.members_wanted.emit(self._typed)
