"""What must be read before the PIN, and the ticks for what is a question."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.sign.keys import Told
from desktop.ui.texts import tr
from desktop.ui.theme import icon
from desktop.ui.widgets.basics import label, set_role

PICTURE = 18


class ToldView(QWidget):
    """Emits ``changed`` when a tick is set or taken away."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ticks: dict[str, QCheckBox] = {}
        self._shown: tuple[Told, ...] = ()
        self._of = ""
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    @property
    def words(self) -> str:
        """All of it, for tests and screen readers."""
        return "\n".join(each.text for each in self._shown)

    @property
    def agreed(self) -> bool:
        """Every question is ticked."""
        return all(tick.isChecked() for tick in self.ticks.values())

    def is_ticked(self, key: str) -> bool:
        return key in self.ticks and self.ticks[key].isChecked()

    def show_told(self, told: Sequence[Told], of: str) -> None:
        """``of``: the key it is said of. The same again of the same key keeps its ticks."""
        if (tuple(told), of) != (self._shown, self._of):
            self._shown, self._of = tuple(told), of
            self._renew()

    def forget(self, key: str) -> None:
        """This tick was good for one time."""
        if key in self.ticks:
            self.ticks[key].setChecked(False)

    def _renew(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.ticks.clear()
        self._rows = [self._row(each) for each in self._shown]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(self._rows))

    def _row(self, told: Told) -> QWidget:
        frame = QFrame()
        set_role(frame, f"notice-{told.look}")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(told.text, "wrong" if told.look == "error" else ""))
        if told.ask:
            words.addWidget(self._tick(told))
        row = QHBoxLayout(frame)
        row.setContentsMargins(10, 6, 10, 6)
        row.addWidget(_picture(told.look), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return frame

    def _tick(self, told: Told) -> QCheckBox:
        made = QCheckBox(told.ask)
        made.setAccessibleName(told.ask)
        made.setAccessibleDescription(told.text)
        made.toggled.connect(lambda _: self.changed.emit())
        self.ticks[told.key] = made
        return made


def _picture(look: str) -> QLabel:
    picture = QLabel()
    picture.setPixmap(icon(look).pixmap(PICTURE, PICTURE))
    picture.setAccessibleName(tr(f"ui.look.{look}"))
    return picture
