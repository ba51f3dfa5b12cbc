"""What is compared with what: the roster's two months, a workbook, or two."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from desktop.ui.formats import month, next_month
from desktop.ui.month.presenter import Source, Wanted
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, name
from forms.model import Period

NAME_WIDTH = 105
"""pixels for the name of a workbook; all of it stands in the tooltip"""


class SourceBar(QWidget):
    """Emits ``compare_wanted``, ``changed``, and ``file_wanted`` with ``old`` or ``new``."""

    compare_wanted = Signal()
    changed = Signal()
    file_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, Path] = {}
        self.source = QComboBox()
        name(self.source, "ui.month.source")
        for each in Source:
            self.source.addItem(tr(f"ui.month.source.{each.value}"), each.value)
        self.old_button = button(
            "ui.month.pick_old", lambda: self.file_wanted.emit("old"), drawing="excel"
        )
        self.new_button = button(
            "ui.month.pick_new", lambda: self.file_wanted.emit("new"), drawing="excel"
        )
        self.names = {"old": _file_name(), "new": _file_name()}
        self.compare_button = button(
            "ui.month.compare", self.compare_wanted.emit, drawing="search", role="primary"
        )
        self._lay_out()
        self.source.activated.connect(lambda _: self._chosen())
        self._show_files()

    def _lay_out(self) -> None:
        caption = label(tr("ui.month.source"), "strong")
        caption.setWordWrap(False)
        caption.setBuddy(self.source)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(caption)
        row.addWidget(self.source)
        row.addWidget(self.old_button)
        row.addWidget(self.names["old"])
        row.addWidget(self.new_button)
        row.addWidget(self.names["new"])
        row.addStretch(1)
        row.addWidget(self.compare_button)

    def _chosen(self) -> None:
        self._show_files()
        self.changed.emit()

    def choose(self, source: Source) -> None:
        self.source.setCurrentIndex(self.source.findData(source.value))
        self._chosen()

    def take_file(self, which: str, path: Path) -> None:
        self.files[which] = path
        self._show_files()
        self.changed.emit()

    def _show_files(self) -> None:
        source = Source(self.source.currentData())
        shown = {"old": source is Source.FILES, "new": source is not Source.ROSTER}
        for which, made in (("old", self.old_button), ("new", self.new_button)):
            made.setVisible(shown[which])
            said, path = self.names[which], self.files.get(which)
            said.setVisible(shown[which] and path is not None)
            said.setToolTip(str(path or ""))
            metrics = said.fontMetrics()
            said.setText(
                metrics.elidedText(path.name, Qt.TextElideMode.ElideMiddle, NAME_WIDTH)
                if path
                else ""
            )

    def wanted(self, unit_code: str, period: Period) -> Wanted:
        return Wanted(
            source=Source(self.source.currentData()),
            unit_code=unit_code,
            period=period,
            old=self.files.get("old"),
            new=self.files.get("new"),
        )

    def show_period(self, period: Period) -> None:
        """The months by name: which list is last month's must not be guessed."""
        before = next_month(period, -1)
        self.old_button.setToolTip(tr("ui.month.of", month=month(before)))
        self.new_button.setToolTip(tr("ui.month.of", month=month(period)))


def _file_name() -> QLabel:
    made = label(role="quiet")
    made.setWordWrap(False)
    return made
