"""Addresses of before July 2025: what each may be today, taken only with the user's word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.roster_api import AddressProposal
from desktop.ui.desk import Desk
from desktop.ui.formats import grouped
from desktop.ui.roster.addresses import Taken, cells_of, old_names
from desktop.ui.roster.cells import title
from desktop.ui.roster.presenter import NAME, RosterPresenter, query_of
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.theme import icon
from desktop.ui.widgets.basics import button, label, name
from desktop.ui.widgets.grid import Grid
from desktop.ui.widgets.lines_model import LinesModel


@dataclass(frozen=True, slots=True)
class AddressLine:
    """One proposal in words; ``options`` of it are the ones that may be chosen."""

    proposal: AddressProposal
    person: str
    field: str
    before: str

    @property
    def is_sure(self) -> bool:
        return len(self.proposal.options) == 1

    @property
    def now(self) -> str:
        if self.is_sure:
            code, name_now = self.proposal.options[0]
            return tr("ui.roster.coded", code=code, name=name_now)
        return tr("ui.roster.address.choose", count=len(self.proposal.options))


class AddressesModel(LinesModel[AddressLine]):
    def __init__(self) -> None:
        super().__init__(
            (
                "ui.roster.address.person",
                "ui.roster.address.field",
                "ui.roster.address.before",
                "ui.roster.address.now",
            ),
            lambda line: (line.person, line.field, line.before, line.now),
        )

    def decoration(self, line: AddressLine, column: int, role: int) -> Any:
        if column == 3 and role == Qt.ItemDataRole.DecorationRole:
            return icon("done" if line.is_sure else "warning")
        return None


class AddressesView(QWidget):
    """Emits ``taken`` with the cells that follow, ``opened`` and ``left`` (nothing is to do)."""

    taken = Signal(object)
    opened = Signal()
    left = Signal()
    failed = Signal(object)

    def __init__(
        self, desk: Desk, presenter: RosterPresenter, lasting: Callable[[str], Callable[[], None]]
    ) -> None:
        """``lasting`` says what the page is doing, as ``Page.lasting``."""
        super().__init__()
        self._desk, self._lasting = desk, lasting
        self._presenter = presenter
        self.model = AddressesModel()
        self.grid = Grid(self.model, "ui.roster.address.title")
        self.summary = label(role="strong")
        self.options = QComboBox()
        self.back_button = button("ui.roster.to_list", self.left.emit, drawing="back")
        self.all_button = button("ui.roster.address.all", self._take_all, drawing="check")
        self.one_button = button("ui.roster.address.one", self._take_one, role="primary")
        self._lay_out()
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._show_options())

    def _lay_out(self) -> None:
        name(self.options, "ui.roster.address.now")
        self.options.setMinimumWidth(320)
        self.grid.widths(230, 230, 250, 300, stretch=3)
        top = QHBoxLayout()
        top.addWidget(self.back_button)
        top.addWidget(self.summary, 1)
        top.addWidget(self.all_button)
        foot = QHBoxLayout()
        foot.addWidget(label(tr("ui.roster.address.pick"), "strong"))
        foot.addWidget(self.options, 1)
        foot.addWidget(self.one_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(label(tr("ui.roster.address.help"), "help"))
        column.addWidget(self.grid, 1)
        column.addLayout(foot)

    def open(self) -> None:
        """Reads the proposals again; emits ``opened``, or ``left`` when there is none."""
        unit = self._desk.session.unit_code
        self._desk.tasks.run(
            lambda _: self._proposed(unit),
            done=lambda answer: self._arrived(*answer),
            failed=self.failed.emit,
            finished=self._lasting("ui.busy.addresses"),
            channel="roster.addresses",
            order=Order.IN_TURN,
        )

    def _proposed(self, unit: str) -> tuple[tuple[AddressProposal, ...], dict[int, str]]:
        proposals = self._presenter.old_addresses(unit)
        ids = tuple(dict.fromkeys(each.person for each in proposals))
        rows = self._presenter.page(query_of(unit), ids)
        return proposals, {row.id: row.values.get(NAME, "") for row in rows}

    def _arrived(self, proposals: tuple[AddressProposal, ...], names: Mapping[int, str]) -> None:
        if not proposals:
            self.left.emit()
            return
        titles = {key: title(field) for key, field in self._presenter.fields.items()}
        self.show_proposals(proposals, names, titles, old_names(proposals))
        self.opened.emit()

    def _take(self, taken: Sequence[Taken]) -> None:
        self.taken.emit(cells_of(taken, self._presenter.fields))

    def show_proposals(
        self,
        proposals: Sequence[AddressProposal],
        names: Mapping[int, str],
        fields: Mapping[str, str],
        before: Mapping[str, str],
    ) -> None:
        """``names`` by person, ``fields``: titles by key, ``before``: names of the old codes."""
        place = max(0, self.grid.currentIndex().row())
        self.model.show(
            [
                AddressLine(
                    proposal=each,
                    person=names.get(each.person, ""),
                    field=fields.get(each.key, each.key),
                    before=tr("ui.roster.coded", code=each.before, name=before[each.before])
                    if each.before in before
                    else each.before,
                )
                for each in proposals
            ]
        )
        sure = sum(line.is_sure for line in self.model.lines)
        self.summary.setText(
            tr("ui.roster.address.summary", count=grouped(len(proposals)), sure=grouped(sure))
        )
        self.all_button.setEnabled(sure > 0)
        self.grid.selectRow(min(place, len(proposals) - 1))
        self._show_options()

    def _show_options(self) -> None:
        line = self.model.line(self.grid.currentIndex())
        self.options.clear()
        for code, name_now in line.proposal.options if line else ():
            self.options.addItem(tr("ui.roster.coded", code=code, name=name_now), (code, name_now))
        if line and not line.is_sure:
            self.options.setCurrentIndex(-1)
            self.options.setPlaceholderText(line.now)
        self.one_button.setEnabled(line is not None)
        self.options.setEnabled(line is not None)

    def _take_one(self) -> None:
        line = self.model.line(self.grid.currentIndex())
        chosen = self.options.currentData()
        if line is None:
            return
        if chosen is None:
            self.options.setFocus()
            self.options.showPopup()
            return
        self._take([(line.proposal, *chosen)])

    def _take_all(self) -> None:
        sure = [line for line in self.model.lines if line.is_sure]
        self._take([(line.proposal, *line.proposal.options[0]) for line in sure])
