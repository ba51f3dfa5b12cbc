"""Which dossiers are signed, and what is in each of them and in all."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.services.api import SignSummary
from desktop.ui.formats import dossier_title
from desktop.ui.sign.summary import Line, dossier_lines, total_lines, unit_words, wage_ground
from desktop.ui.texts import tr, without_mnemonic
from desktop.ui.theme import scaled
from desktop.ui.widgets.basics import card, label, name
from desktop.ui.widgets.why import why_button
from forms.model import Dossier

CAPTION = 116
BESIDE_CAPTION, LEAST_HEIGHT = 190, 100
"""px at the usual letters for what is told in the card; below that the page scrolls"""
LIST_ROWS = 4
ROW_MARGIN = 4
ID = Qt.ItemDataRole.UserRole


class ChoiceView(QWidget):
    """Emits ``changed`` when another set of dossiers is ticked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.dossiers: tuple[Dossier, ...] = ()
        self.all = QCheckBox(tr("ui.sign.all"))
        self.all.setAccessibleName(without_mnemonic(tr("ui.sign.all")))
        self.list = QListWidget()
        name(self.list, "ui.sign.choice")
        self.unit = label(role="strong")
        self._sheet = QVBoxLayout()
        self._parts: list[QWidget] = []
        self._summaries: Sequence[SignSummary] = ()
        self.why = why_button("ui.why.sign.figure", lambda: wage_ground(self._summaries))
        self.why.hide()
        self._lay_out()
        self.all.clicked.connect(self._all_clicked)
        self.list.itemChanged.connect(lambda _: self._ticked())

    def _lay_out(self) -> None:
        frame, column = card()
        summary = self._scrolled()
        frame.setMinimumWidth(CAPTION + scaled(BESIDE_CAPTION))
        self.area.setMinimumHeight(scaled(LEAST_HEIGHT))
        column.addWidget(label(tr("ui.sign.what"), "heading"))
        column.addWidget(self.unit)
        column.addWidget(self.all)
        column.addWidget(self.list)
        column.addWidget(summary, 1)
        column.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        self._sheet = QVBoxLayout(inside)
        self._sheet.setContentsMargins(0, 4, 0, 0)
        self._sheet.addStretch()
        self.area = QScrollArea()
        name(self.area, "ui.sign.summary")
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        return self.area

    # ---- ticks

    def show_dossiers(self, dossiers: Sequence[Dossier], ticked: Sequence[str]) -> None:
        """``ticked``: ids; the newest alone where none of them is here."""
        self.dossiers = tuple(dossiers)
        known = {each.id for each in dossiers}
        wanted = known & set(ticked) or {each.id for each in dossiers[:1]}
        self.list.blockSignals(True)
        self.list.clear()
        for each in dossiers:
            self.list.addItem(_item(each, ticked=each.id in wanted))
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        rows = min(LIST_ROWS, max(1, len(dossiers)))
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 0) + 2 * ROW_MARGIN)
        self._ticked()

    @property
    def chosen(self) -> tuple[Dossier, ...]:
        """In the order of the list."""
        return tuple(
            each
            for place, each in enumerate(self.dossiers)
            if self.list.item(place).checkState() is Qt.CheckState.Checked
        )

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.chosen)

    def tick(self, *, place: int, on: bool) -> None:
        self.list.item(place).setCheckState(_state(on=on))

    def _all_clicked(self, on: bool) -> None:
        self.list.blockSignals(True)
        for place in range(self.list.count()):
            self.tick(place=place, on=on)
        self.list.blockSignals(False)
        self._ticked()

    def _ticked(self) -> None:
        self.all.setChecked(bool(self.dossiers) and len(self.chosen) == len(self.dossiers))
        self.all.setVisible(len(self.dossiers) > 1)
        self.changed.emit()

    # ---- the summary

    def show_summaries(self, summaries: Sequence[SignSummary]) -> None:
        for part in self._parts:
            self._sheet.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        self._summaries = summaries
        self.why.setVisible(bool(summaries))
        self.unit.setText(unit_words(summaries[0].unit) if summaries else "")
        if len(summaries) > 1:
            self._add(total_lines(summaries))
        for summary in summaries:
            self._add(dossier_lines(summary))

    def _add(self, lines: Sequence[Line]) -> None:
        part = _lines(lines, ruled=bool(self._parts))
        self._sheet.insertWidget(len(self._parts), part)
        self._parts.append(part)


def _item(dossier: Dossier, *, ticked: bool) -> QListWidgetItem:
    item = QListWidgetItem(dossier_title(dossier))
    item.setData(ID, dossier.id)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(_state(on=ticked))
    return item


def _state(*, on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked


def _lines(lines: Sequence[Line], *, ruled: bool) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 8, 4)
    if ruled:
        rule = QFrame()
        rule.setFrameShape(QFrame.Shape.HLine)
        column.addWidget(rule)
    form = QFormLayout()
    form.setHorizontalSpacing(10)
    form.setVerticalSpacing(5)
    for what, value in lines:
        caption = label(what, "quiet")
        caption.setFixedWidth(CAPTION)
        form.addRow(caption, label(value, "strong"))
    column.addLayout(form)
    return part
