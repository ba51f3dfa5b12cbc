"""What the window is made of in one language and one look: bar, band, navigation, screens."""

from collections.abc import Callable, Collection, Iterator, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.navigation import NARROW, NavigationView
from desktop.ui.screens import FIRST_RUN, HIDDEN, SCREENS, UNIT
from desktop.ui.texts import tr
from desktop.ui.theme import scaled
from desktop.ui.top_bar import TopBarView
from desktop.ui.welcome.view import WelcomeView
from desktop.ui.welcome.wizard import FirstRunView
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.place import Place


class Pages(Mapping[str, Page]):
    """The screens by key, each made when it is wanted first: the window opens at once."""

    def __init__(
        self,
        makers: Mapping[str, Callable[[Desk], Page]],
        desk: Desk,
        place: Callable[[Page], QScrollArea],
    ) -> None:
        self._makers = makers
        self._desk = desk
        self._place = place
        self._made: dict[str, tuple[Page, QScrollArea]] = {}

    def __getitem__(self, key: str) -> Page:
        if key not in self._made:
            page = self._makers[key](self._desk)
            self._made[key] = (page, self._place(page))
            if self._desk.session.unit:
                page.begin()
        return self._made[key][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def place(self, key: str) -> QScrollArea:
        """What holds the page on the screen."""
        self[key]
        return self._made[key][1]

    def made(self) -> Iterator[Page]:
        return (page for page, _ in self._made.values())

    def drop(self, kept: Collection[str]) -> None:
        """All but those go at once; whoever wants one again has it made anew."""
        for key in self._made.keys() - set(kept):
            page, place = self._made.pop(key)
            place.setParent(None)
            place.deleteLater()
            page.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Frame(QWidget):
    """Thrown away and made anew when language or look change. Emits ``begun`` with the first unit
    and what the roster's page is told."""

    begun = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.top = TopBarView(desk.session)
        self.navigation = NavigationView()
        self.welcome = WelcomeView(desk)
        self.destroyed.connect(self.welcome.deleteLater)  # it may have found no place yet
        self.stack = QStackedWidget()
        makers = {screen.key: screen.make for screen in (*SCREENS, *HIDDEN)}
        own: dict[str, Callable[[Desk], Page]] = {
            UNIT: lambda _: self.welcome,
            FIRST_RUN: self._first_run,
        }
        self.pages = Pages({**makers, **own}, desk, self._place)
        self._lay_out()
        for screen in SCREENS:
            if screen.at_once:
                self.pages[screen.key]

    def _first_run(self, desk: Desk) -> FirstRunView:
        made = FirstRunView(desk)
        made.added.connect(self.begun)
        return made

    def _place(self, page: Page) -> QScrollArea:
        """A page keeps its size on a small screen and is scrolled there, never cut."""
        place = Place()
        self.stack.addWidget(place)
        place.setWidget(page)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.be_brief(brief=self.width() < scaled(NARROW))

    def bring_forward(self, key: str) -> None:
        self.stack.setCurrentWidget(self.pages.place(key))
        self.navigation.show_current(key)

    def leave(self) -> None:
        """Keeps what was typed on every page."""
        for page in self.pages.made():
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
