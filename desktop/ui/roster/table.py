"""A table as long as the roster that holds only the pages looked at."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from desktop.services.roster_api import PersonState, RosterField, RosterRow, States
from desktop.ui.code_choice import CodeField
from desktop.ui.field_values import FIGURES, choices, shown, tip
from desktop.ui.roster.cells import editable, state_words, title
from desktop.ui.roster.presenter import PAGE_SIZE
from desktop.ui.texts import tr
from desktop.ui.theme import colour, icon
from desktop.ui.widgets.cell_look import Look
from desktop.ui.widgets.lines_model import FIELD_KEY, ROOT, Index
from forms.excel.coded import coded, named_by
from forms.model import Part

MOST_PAGES = 30
MOST_WORDS = 20_000
SEEN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
EDITABLE = SEEN | Qt.ItemFlag.ItemIsEditable
WAITING = "…"
SIGNS = {PersonState.NEW: " +", PersonState.CHANGED: " *", PersonState.LEFT: " –"}
"""behind the number of the row"""
DRAWINGS = {PersonState.LACKING: "error", PersonState.OLD_ADDRESS: "warning"}
Typed = Callable[[int, str, str], None]
"""(person, field key, text)"""


class RosterModel(QAbstractTableModel):
    """``fetch`` is asked once for each missing page and answers later through ``fill``.

    What is typed goes to ``typed`` and stays visible until ``answered``.
    """

    def __init__(self, fetch: Callable[[int], None], typed: Typed) -> None:
        super().__init__()
        self._fetch = fetch
        self._typed = typed
        self._fields: tuple[RosterField, ...] = ()
        self._flags: tuple[Qt.ItemFlag, ...] = ()
        self._filtered: frozenset[str] = frozenset()
        self._ids: Sequence[int] = ()
        self._pages: OrderedDict[int, Sequence[RosterRow]] = OrderedDict()
        self._old: set[int] = set()
        self._asked: set[int] = set()
        self._pending: dict[tuple[int, str], str] = {}
        self._shown: dict[tuple[str, str], str] = {}
        self._refused: dict[tuple[int, str], tuple[str, str]] = {}
        self._states: States = {}

    # ---- what may be typed

    def few(self, column: int) -> tuple[tuple[str, str], ...]:
        return choices(self._fields[column])

    def codes(self, row: int, column: int) -> CodeField | None:
        """Codes of long lists, and names of such codes."""
        key = self._fields[column].key
        by_code, by_name = coded(Part.LAO_DONG).get(key), named_by(Part.LAO_DONG).get(key)
        field = by_code or by_name
        if field is None:
            return None
        province = self._value(row, field.province) if field.province else ""
        return CodeField(list=field.list, province=province or "", takes_name=by_code is None)

    # ---- what is shown

    @property
    def fields(self) -> tuple[RosterField, ...]:
        return self._fields

    @property
    def ids(self) -> Sequence[int]:
        return self._ids

    @property
    def pages_held(self) -> int:
        return len(self._pages)

    def show_fields(self, fields: Sequence[RosterField]) -> None:
        self.beginResetModel()
        self._fields = tuple(fields)
        self._flags = tuple(EDITABLE if editable(each) else SEEN for each in self._fields)
        self.endResetModel()

    def show_filtered(self, keys: frozenset[str]) -> None:
        """Columns by which the list is narrowed carry a sign in their head."""
        self._filtered = keys
        if self._fields:
            last = len(self._fields) - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def show_states(self, states: States) -> None:
        """What is said of people stands at the number of their row."""
        self._states = states
        if self._ids:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._ids) - 1)

    def restart(self, ids: Sequence[int]) -> None:
        """Other people, or another order; the same ones only have their pages read again."""
        if ids == self._ids:
            self.refresh()
            return
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self._old.clear()
        self._asked.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Everything known is old, and stands there until the new values come."""
        self._old = set(self._pages)
        self._asked.clear()
        if self._ids and self._fields:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, 0))

    def fill(self, number: int, rows: Sequence[RosterRow]) -> None:
        self._asked.discard(number)
        self._old.discard(number)
        self._pages[number] = rows
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)
        first = number * PAGE_SIZE
        last = min(len(self._ids), first + PAGE_SIZE) - 1
        if last >= first and self._fields:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._fields) - 1))

    def answered(self, cells: Sequence[tuple[int, str]]) -> None:
        """What was typed is stored, or could not be: the stored value counts again."""
        for cell in cells:
            self._pending.pop(cell, None)
        self.refresh()

    def refuse(self, cells: Sequence[tuple[int, str, str]], words: str) -> None:
        """What could not be read stays as it was typed, with what is wrong, until typed anew."""
        for person, key, text in cells:
            self._refused[person, key] = (text, words)
        self.refresh()

    def forget_refused(self) -> None:
        self._refused.clear()

    def locate(self, person: int, key: str) -> QModelIndex:
        keys = [each.key for each in self._fields]
        if person not in self._ids or key not in keys:
            return QModelIndex()
        return self.index(self._ids.index(person), keys.index(key))

    # ---- Qt

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return self._flags[index.column()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        field = self._fields[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(index.row(), field)
        if role == Qt.ItemDataRole.TextAlignmentRole and field.kind in FIGURES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._mark(index.row(), field, role)

    def look(self, row: int, column: int) -> Look:
        """All that is painted of a cell, at once."""
        field = self._fields[column]
        text, figures = self._text(row, field), field.kind in FIGURES
        if not (self._pending or self._refused):
            return Look(text, figures)
        drawing = self._mark(row, field, Qt.ItemDataRole.DecorationRole)
        return Look(text, figures, self._mark(row, field, Qt.ItemDataRole.BackgroundRole), drawing)

    def _mark(self, row: int, field: RosterField, role: int) -> Any:
        cell = (self._ids[row], field.key)
        text, wrong = self._refused.get(cell, ("", ""))
        if role == Qt.ItemDataRole.ToolTipRole:
            return wrong or tip(field, self._value(row, field.key) or "")
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return wrong
        if wrong and role == Qt.ItemDataRole.DecorationRole:
            return icon("error")
        if role == Qt.ItemDataRole.BackgroundRole:
            under_way = colour("cell_under_way") if cell in self._pending else None
            return colour("cell_error") if text else under_way
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        field, person = self._fields[index.column()], self._ids[index.row()]
        if str(value).strip() == self._text(index.row(), field):
            return False
        self._refused.pop((person, field.key), None)
        self._pending[person, field.key] = str(value)
        self.dataChanged.emit(index, index)
        self._typed(person, field.key, str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self._side(section, role)
        if not 0 <= section < len(self._fields):
            return None
        field = self._fields[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return title(field)
        if role == Qt.ItemDataRole.DecorationRole and field.key in self._filtered:
            return icon("filter")
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("ui.grid.head_tip", title=title(field))
        return field.key if role == FIELD_KEY else None

    def _side(self, row: int, role: int) -> Any:
        """The number with a sign for what is so, a drawing for what is to be mended."""
        if not 0 <= row < len(self._ids):
            return None
        person = self._ids[row]
        states = [state for state, people in self._states.items() if person in people]
        wrong = self._wrong_with(person) if self._refused else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row + 1}{''.join(SIGNS.get(state, '') for state in states)}"
        if role == Qt.ItemDataRole.DecorationRole:
            drawings = ["error"] if wrong else [DRAWINGS[one] for one in states if one in DRAWINGS]
            return icon(drawings[0]) if drawings else None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._said_of(row, states, wrong)
        return None

    def _said_of(self, row: int, states: Sequence[PersonState], wrong: str) -> str:
        """All that the signs and drawings say, in words."""
        said = filter(None, (*map(state_words, states), wrong))
        return "\n".join((str(row + 1), *said))

    def _wrong_with(self, person: int) -> str:
        return "\n".join(words for (each, _), (_, words) in self._refused.items() if each == person)

    def _text(self, row: int, field: RosterField) -> str:
        pending = self._pending.get((self._ids[row], field.key))
        if pending is not None:
            return pending
        refused = self._refused.get((self._ids[row], field.key))
        if refused is not None:
            return refused[0]
        value = self._value(row, field.key)
        if value is None:
            return WAITING
        return self._shown.get((field.key, value)) or self._show(field, value)

    def _show(self, field: RosterField, value: str) -> str:
        """The words of values are kept: the same few hundred are painted again and again."""
        if len(self._shown) > MOST_WORDS:
            self._shown.clear()
        words = self._shown[field.key, value] = shown(field, value)
        return words

    def _value(self, row: int, key: str) -> str | None:
        """None while the page is on its way."""
        number, place = divmod(row, PAGE_SIZE)
        page = self._pages.get(number)
        if page is None or number in self._old:
            self._ask(number)
        if page is None:
            return None
        self._pages.move_to_end(number)
        return page[place].values.get(key, "") if place < len(page) else ""

    def _ask(self, number: int) -> None:
        if number not in self._asked:
            self._asked.add(number)
            self._fetch(number)
