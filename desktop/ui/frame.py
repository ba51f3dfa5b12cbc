"""What the window is made of in one language and one look: bar, band, navigation, screens."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.navigation import NavigationView
from desktop.ui.screens import HIDDEN, SCREENS, UNIT
from desktop.ui.texts import tr
from desktop.ui.top_bar import TopBarView
from desktop.ui.welcome.view import WelcomeView
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.page import Page


class Frame(QWidget):
    """Thrown away and made anew when language or look change."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.top = TopBarView(desk.session)
        self.navigation = NavigationView()
        self.welcome = WelcomeView(desk)
        self.pages: dict[str, Page] = {}
        for screen in (*SCREENS, *HIDDEN):
            self.pages[screen.key] = screen.make(desk)
        self.pages[UNIT] = self.welcome
        self.stack = QStackedWidget()
        self._places = {key: self._place(page) for key, page in self.pages.items()}
        self._lay_out()

    def _place(self, page: Page) -> QScrollArea:
        """A page keeps its size on a small screen and is scrolled there, never cut."""
        place = QScrollArea()
        place.setWidgetResizable(True)
        place.setFrameShape(QFrame.Shape.NoFrame)
        place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        place.setWidget(page)
        self.stack.addWidget(place)
        return place

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.desk.services.practice:
            column.addWidget(_practice_band())
        column.addWidget(self.top)
        column.addLayout(middle, 1)

    def bring_forward(self, key: str) -> None:
        self.stack.setCurrentWidget(self._places[key])
        self.navigation.show_current(key)

    def leave(self) -> None:
        """Keeps what was typed on every page."""
        for page in self.pages.values():
            page.leave()


def _practice_band() -> QWidget:
    band = QWidget()
    band.setObjectName("practiceBand")
    band.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    words = label(tr("ui.practice.band"))
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    row = QHBoxLayout(band)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(words)
    return band
