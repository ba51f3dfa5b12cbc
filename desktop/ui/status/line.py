"""The line itself: what has no room keeps its drawing and says its words under the mouse."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStatusBar

from desktop.ui.theme import icon, scaled
from desktop.ui.widgets.basics import set_role
from desktop.ui.widgets.yielding import BriefButton, make_room

GAP = 8
"""px beside each part, what Qt puts between them and a little more"""
DRAWING = 16


class StatusLine(QStatusBar):
    """Parts that came last give up their words first."""

    def __init__(self) -> None:
        super().__init__()
        self.working = QLabel()
        self._parts: list[BriefButton] = []
        self.setSizeGripEnabled(False)
        self.addWidget(self.working, 1)

    def part(self, pressed: Callable[[], object]) -> BriefButton:
        """A new one at the end, not seen before it has been told what to say."""
        made = BriefButton()
        set_role(made, "status")
        made.setFlat(True)
        made.hide()
        made.clicked.connect(lambda: pressed())
        self._parts.append(made)
        self.addPermanentWidget(made)
        return made

    def tell(self, part: BriefButton, *, drawing: str, text: str, tip: str) -> None:
        if part.text() != text:
            part.setText(text)
            part.setAccessibleName(text)
        part.setIcon(icon(drawing))
        part.setIconSize(QSize(scaled(DRAWING), scaled(DRAWING)))
        part.setToolTip(tip)
        part.setAccessibleDescription(tip)
        part.show()
        self._make_room()

    # ---- room

    def _needed(self, *, brief: bool) -> int:
        shown = [part.needs(brief=brief) for part in self._parts if not part.isHidden()]
        words = self.working.sizeHint().width()
        return words + sum(shown) + GAP * (len(shown) + 2)

    def _make_room(self) -> None:
        shown = [part for part in reversed(self._parts) if not part.isHidden()]
        make_room(shown, needed=self._needed(brief=False), room=self.width())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._needed(brief=True), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)
