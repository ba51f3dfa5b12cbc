"""What holds a page: scrolled where the screen is too small for it, never squeezed."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget


class Place(QScrollArea):
    """Text that wraps needs more height where it is narrower; a scroll area alone forgets it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Tab may come from outside to what is scrolled away; what is seen even in part stays
        where it is, for it may be under the mouse."""
        page = self.widget()
        if page is None or now is None or not page.isAncestorOf(now):
            return
        if now.visibleRegion().isEmpty():
            self.ensureWidgetVisible(now)

    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        widget.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._give_room()
        return super().eventFilter(watched, event)

    def _give_room(self) -> None:
        page = self.widget()
        if page is None:
            return
        layout = page.layout()
        if layout is not None and layout.hasHeightForWidth():
            width = max(self.viewport().width(), page.minimumSizeHint().width())
            page.setMinimumHeight(layout.totalMinimumHeightForWidth(width))
