"""Narrowing and sorting the draft's list: conditions above the grid, work off its thread."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.declarations.arranging import STATE, Arrangement, fields_of
from desktop.ui.declarations.presenter import DeclarationsPresenter, Opened
from desktop.ui.declarations.viewing import Viewed
from desktop.ui.desk import Desk
from desktop.ui.tasks import Order
from desktop.ui.widgets.filter_bar import FilterBar
from forms.model import Part


class GridNarrowing(QWidget):
    """Emits ``arranged`` with the list in its new order. Each list has its own conditions."""

    arranged = Signal(object)

    def __init__(self, desk: Desk, presenter: DeclarationsPresenter) -> None:
        super().__init__()
        self._desk, self._presenter = desk, presenter
        self._opened: Opened | None = None
        self._part = Part.LAO_DONG
        self._then: Callable[[], None] | None = None
        self._bars: dict[Part, FilterBar] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def bar(self) -> FilterBar | None:
        """The conditions of the list that is shown, once there were any."""
        return self._bars.get(self._part)

    @property
    def arrangement(self) -> Arrangement:
        return self._presenter.viewing.arrangement(self._part)

    def forget(self) -> None:
        """Another dossier: as declared, no conditions."""
        self._presenter.viewing.forget()
        self._then = None
        for bar in self._bars.values():
            bar.setParent(None)
            bar.deleteLater()
        self._bars.clear()
        self.hide()

    def show_list(self, opened: Opened | None, part: Part) -> None:
        """What was asked for while this list was made is done now."""
        self._opened, self._part = opened, part
        for each, bar in self._bars.items():
            bar.setVisible(each is part and bool(bar.lines))
        self._show_bar()
        viewed = opened.views.get(part) if opened else None
        if viewed is not None and viewed.arrangement != self.arrangement:
            self._arrange()

    def _show_bar(self) -> None:
        self.setVisible(bool(self.bar and self.bar.lines))

    # ---- what is wanted

    def toggle(self) -> None:
        if self.bar and self.bar.lines:
            self.bar.clear()
        else:
            self.filter_by("")

    def filter_by(self, key: str) -> None:
        """A further condition on this column; empty: on the state of the row."""
        bar = self._bars.get(self._part) or self._make_bar()
        if bar is not None:
            self.show()
            bar.add(key or STATE)
            self._make_ready([key])
            self._show_bar()

    def _make_ready(self, keys: Sequence[str]) -> None:
        """The values that will be looked through are read before the first letter is typed."""
        sheet = self._opened.sheets.get((self._part, True)) if self._opened else None
        if sheet is not None:
            self._desk.tasks.run(lambda _: [sheet.values(key) for key in keys])

    def _make_bar(self) -> FilterBar | None:
        sheet = self._opened.sheets.get((self._part, True)) if self._opened else None
        if sheet is None:
            return None
        made = self._bars[self._part] = FilterBar(fields_of(sheet), STATE)
        made.changed.connect(self._filtered)
        self._column.addWidget(made)
        return made

    def _filtered(self) -> None:
        bar = self.bar
        self._show_bar()
        if bar is not None:
            self._make_ready([line.field.value for line in bar.lines])
            self._want(replace(self.arrangement, filters=bar.filters))

    def drop_filters(self, then: Callable[[], None]) -> None:
        """Every row again, and then something done to one of them."""
        self._then = then
        if self.bar:
            self.bar.clear()

    def sort(self, key: str, ascending: bool | None) -> None:
        sort = None if ascending is None else (key, ascending)
        self._want(replace(self.arrangement, sort=sort))

    def sort_next(self, key: str) -> None:
        """A click on a head: up, then down, then as declared."""
        self._want(self.arrangement.sorted_by(key))

    def _want(self, arrangement: Arrangement) -> None:
        self._presenter.viewing.wanted[self._part] = arrangement
        self._arrange()

    # ---- the work

    def _arrange(self) -> None:
        opened, part = self._opened, self._part
        if opened is None:
            return
        self._desk.tasks.run(
            lambda _: self._presenter.view(opened, part),
            done=lambda viewed: self._done(opened, part, viewed),
            channel="declarations.arrange",
            order=Order.LATEST,
        )

    def _done(self, opened: Opened, part: Part, viewed: Viewed | None) -> None:
        """Of a draft that became another meanwhile it is done again."""
        if part is not self._part or viewed is None:
            return
        if opened is not self._opened:
            self._arrange()
        elif viewed.arrangement == self.arrangement:
            self.arranged.emit(viewed.sheet)

    def go_on(self) -> None:
        """The list stands there: what was to be done then."""
        then, self._then = self._then, None
        if then is not None:
            then()
