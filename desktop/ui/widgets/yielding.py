"""What makes room in a narrow window: words go in an agreed order, drawings with a tip stay."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

from desktop.ui.texts import without_mnemonic
from desktop.ui.theme import scaled

FRAME = (16, 40)
"""px that the system draws around a window"""
BESIDE = 4
"""px between a drawing and what stands beside it"""


class Yielding(Protocol):
    """``needs``: its width in px, with all its words or without."""

    def isHidden(self) -> bool: ...

    def needs(self, *, brief: bool) -> int: ...

    def be_brief(self, *, brief: bool) -> None: ...


def make_room(parts: Sequence[Yielding], *, needed: int, room: int) -> None:
    """``parts`` give up their words one after the other until what all need (px, with all words)
    goes into ``room``; those that need not have them again."""
    for part in parts:
        brief = needed > room
        part.be_brief(brief=brief)
        if brief:
            needed -= part.needs(brief=False) - part.needs(brief=True)


def open_at(dialog: QWidget, width: int, height: int) -> None:
    """Gives a dialog its first size (px at the usual letters), never more than the screen has
    beside the dialog's own frame."""
    room = dialog.screen().availableGeometry().size() - QSize(*FRAME)
    dialog.resize(QSize(scaled(width), scaled(height)).boundedTo(room))


class BriefButton(QPushButton):
    """Keeps its words for a screen reader, for its mnemonic and for the palette when it is drawn
    without them; the tip says them then."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.brief = False
        self.aside = ""
        """what stands beside the drawing all the same, such as a count"""

    def be_brief(self, *, brief: bool) -> None:
        if brief != self.brief:
            self.brief = brief
            self.updateGeometry()
            self.update()

    def needs(self, *, brief: bool) -> int:
        return self._brief_size().width() if brief else super().sizeHint().width()

    def sizeHint(self) -> QSize:
        return self._brief_size() if self.brief else super().sizeHint()

    def _brief_size(self) -> QSize:
        letters, size = self.fontMetrics(), QSize(self.iconSize())
        if self.aside:
            size += QSize(BESIDE + letters.horizontalAdvance(self.aside), 0)
        size.setHeight(max(size.height(), letters.height()))
        drawn = QStyle.ContentsType.CT_PushButton
        return self.style().sizeFromContents(drawn, self._look(), size, self)

    def _look(self) -> QStyleOptionButton:
        look = QStyleOptionButton()
        self.initStyleOption(look)
        look.text = self.aside
        return look

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.brief:
            super().paintEvent(event)
            return
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, self._look())

    def tip(self) -> str:
        """What is said under the mouse."""
        words = self.accessibleName() or without_mnemonic(self.text())
        return "\n".join(filter(None, [words if self.brief else "", self.toolTip()]))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip(), self)
            return True
        return super().event(event)


class BriefLabel(QLabel):
    """Goes altogether: what it stands beside says the same to a screen reader."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.brief = False

    def be_brief(self, *, brief: bool) -> None:
        self.brief = brief
        self.setHidden(brief)

    def needs(self, *, brief: bool) -> int:
        return 0 if brief else self.sizeHint().width()


class ElidedCombo(QComboBox):
    """Says with an ellipsis that the chosen one has more letters than room."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = QStyleOptionComboBox()
        self.initStyleOption(look)
        look.currentText = self._fitting(look)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, look)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, look)

    def _fitting(self, look: QStyleOptionComboBox) -> str:
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, look, field, self)
        picture = 0 if look.currentIcon.isNull() else look.iconSize.width() + 2 * BESIDE
        words = look.currentText or self.placeholderText()
        return self.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, room.width() - picture
        )
