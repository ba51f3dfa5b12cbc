"""Home: the next thing to do in large letters, the month's steps, the last months as bars."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.services.home import UnitMonth
from desktop.ui.desk import Desk
from desktop.ui.formats import month as month_words
from desktop.ui.ground import Ground
from desktop.ui.home.chart import COLOURS, BarChart
from desktop.ui.home.presenter import Bars, HomePresenter, StepLine, due_words, is_urgent
from desktop.ui.tasks import Order, Report
from desktop.ui.texts import tr
from desktop.ui.theme import colour, icon, scaled
from desktop.ui.widgets.basics import button, card, label, set_role
from desktop.ui.widgets.page import Page
from desktop.ui.widgets.why import why_button
from forms.model import Period, Unit
from forms.months.figures import MonthFigures

PICTURE = 26
CHARTS = 3
CHART_WIDTH = 370
"""px of the page for each of them beside the others, at the usual letters"""
T = TypeVar("T")


class HomeView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.home", "ui.home.help")
        self.presenter = HomePresenter(desk.services)
        self.next = label(role="big")
        self.due = label(role="quiet")
        self.why_due = why_button("ui.why.due.figure", self._ground_of_due)
        self.go_next = button("ui.home.go", self._go_next, role="primary")
        self.steps = QGridLayout()
        self.buttons: list[QPushButton] = []
        self.charts = [BarChart() for _ in range(CHARTS)]
        self._charts_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._titles = [label(role="strong") for _ in range(CHARTS)]
        self._keys = [label(role="quiet") for _ in range(CHARTS)]
        self.remark = label(role="quiet")
        self.why_figures = why_button("ui.why.charts.figure", self._ground_of_figures)
        self.others = QVBoxLayout()
        self._others_card = QWidget()
        self._month: UnitMonth | None = None
        self._figures: Sequence[MonthFigures] = ()
        self._asked: tuple[str, Period] | None = None
        self._again = False
        self._lay_out_home()
        self._connect()

    def _lay_out_home(self) -> None:
        head, inside = card()
        row = QHBoxLayout()
        said = QVBoxLayout()
        said.addWidget(self.next)
        said.addWidget(self.due)
        row.addLayout(said, 1)
        row.addWidget(self.why_due, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.go_next, 0, Qt.AlignmentFlag.AlignVCenter)
        inside.addLayout(row)
        steps, listed = card()
        self.steps.setVerticalSpacing(1)
        self.steps.setHorizontalSpacing(12)
        self.steps.setColumnStretch(2, 1)
        listed.addLayout(self.steps)
        self.content.addWidget(head)
        self.content.addWidget(steps)
        self.content.addWidget(self._charts_card())
        self.content.addWidget(self._of_others())
        self.content.addStretch(1)

    def _charts_card(self) -> QWidget:
        frame, inside = card()
        row = self._charts_row
        row.setSpacing(24)
        for title, keys, chart in zip(self._titles, self._keys, self.charts, strict=True):
            column = QVBoxLayout()
            column.addWidget(title)
            column.addWidget(chart)
            column.addWidget(keys)
            column.addStretch(1)
            row.addLayout(column, 1)
        inside.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(self.remark, 1)
        foot.addWidget(self.why_figures, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(foot)
        return frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the charts stand below each other, each with room for its months."""
        super().resizeEvent(event)
        beside = CHARTS * scaled(CHART_WIDTH) <= self.width()
        way = QBoxLayout.Direction
        self._charts_row.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def _of_others(self) -> QWidget:
        frame, inside = card()
        inside.addWidget(label(tr("ui.home.others"), "heading"))
        inside.addLayout(self.others)
        self._others_card = frame
        frame.hide()
        return frame

    def _connect(self) -> None:
        session = self.desk.session
        session.unit_changed.connect(self.refresh)
        session.period_changed.connect(self.refresh)
        session.dossiers_changed.connect(self.refresh)
        for chart in self.charts:
            chart.chosen.connect(self._to_month)

    def enter(self, dossier_id: str = "") -> None:
        super().enter(dossier_id)
        self.refresh()

    # ---- looking things up

    def refresh(self) -> None:
        """One look after the other, so that work elsewhere never has more than one thread; asked
        once more meanwhile, all is looked up once more at the end."""
        asked = (self.desk.session.unit_code, self.desk.session.period)
        if not asked[0] or not self.isVisible():
            return
        self._again = self._asked == asked
        if self._again:
            return
        self._asked = asked
        self._look_up(asked, self.presenter.month, self._show_month)
        self._look_up(asked, self.presenter.figures, self._show_figures)
        self._look_up(asked, self.presenter.others, self._show_others, last=True)

    def _look_up(
        self,
        asked: tuple[str, Period],
        work: Callable[[str, Period], T],
        done: Callable[[T], None],
        *,
        last: bool = False,
    ) -> None:
        """What nobody asks any more is neither looked up nor shown."""

        def look(_: Report) -> T | None:
            return work(*asked) if self._asked is asked else None

        def show(answer: T | None) -> None:
            if answer is not None and self._asked is asked:
                done(answer)

        self.desk.tasks.run(
            look,
            done=show,
            failed=self.fail,
            finished=partial(self._looked_up, asked) if last else None,
            channel=f"home.{id(self)}",
            order=Order.IN_TURN,
        )

    def _looked_up(self, asked: tuple[str, Period]) -> None:
        if self._asked is not asked:
            return
        self._asked = None
        if self._again:
            self.refresh()

    # ---- the month

    def _show_month(self, month: UnitMonth) -> None:
        self._month = month
        self.set_help(tr("ui.home.of_month", month=month_words(month.period)))
        said, due = self.presenter.headline(month)
        self.next.setText(said)
        self.due.setText(due)
        set_role(self.due, "wrong" if is_urgent(month) else "quiet")
        self.go_next.setVisible(month.next is not None)
        self._clear(self.steps)
        self.buttons = []
        for row, line in enumerate(self.presenter.lines(month)):
            self._add_step(row, line)

    def _add_step(self, row: int, line: StepLine) -> None:
        picture = QLabel()
        picture.setPixmap(icon(line.look, "faint").pixmap(QSize(scaled(PICTURE), scaled(PICTURE))))
        picture.setAccessibleName(line.state)
        title = label(line.title, "strong")
        title.setMinimumWidth(scaled(150))
        open_ = button("ui.home.open", lambda: self._open(line), role="link")
        open_.setAccessibleName(tr("ui.home.open_step", step=line.title))
        open_.setVisible(line.active)
        self.buttons.append(open_)
        for column, part in enumerate(
            (picture, title, label(line.text), label(line.state, "quiet"))
        ):
            self.steps.addWidget(part, row, column)
        self.steps.addWidget(open_, row, 4)

    def _open(self, line: StepLine) -> None:
        self.desk.session.page_wanted.emit(line.page, line.dossier_id)

    def _go_next(self) -> None:
        step = self._month.next if self._month else None
        if self._month and step:
            lines = dict(zip(self._month.steps, self.presenter.lines(self._month), strict=True))
            self._open(lines[step])

    # ---- figures

    def _show_figures(self, figures: Sequence[MonthFigures]) -> None:
        self._figures = figures
        shown = zip(
            self.presenter.charts(figures), self._titles, self._keys, self.charts, strict=True
        )
        for bars, title, keys, chart in shown:
            title.setText(bars.title)
            chart.show_bars(bars)
            _show_keys(keys, bars)
        self.remark.setText(self.presenter.remark(figures))

    def _ground_of_due(self) -> Ground | None:
        return self.presenter.why_due(self._month) if self._month else None

    def _ground_of_figures(self) -> Ground | None:
        """Of the month that stands on top of the window, the last of the charts."""
        unit = self.desk.session.unit
        if unit is None or not self._figures:
            return None
        return self.presenter.why_figures(self._figures[-1], unit.region)

    def _to_month(self, place: int) -> None:
        self.desk.session.choose_period(self._figures[place].period)

    # ---- the other units

    def _show_others(self, others: Sequence[tuple[Unit, UnitMonth]]) -> None:
        self._clear(self.others)
        for unit, month in others:
            said = self.presenter.headline(month)[0]
            words = tr("ui.home.other", unit=unit.name, next=said, due=due_words(month))
            line = QPushButton(words)
            set_role(line, "link")
            line.clicked.connect(lambda _=False, unit=unit: self.desk.session.choose_unit(unit))
            self.others.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        self._others_card.setVisible(bool(others))

    def _clear(self, layout: QGridLayout | QVBoxLayout) -> None:
        while layout.count():
            item = layout.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _show_keys(keys: QLabel, bars: Bars) -> None:
    """What each colour stands for, where there are several."""
    if len(bars.parts) > 1:
        keys.setTextFormat(Qt.TextFormat.RichText)
        parts = zip(bars.parts, COLOURS, strict=False)
        keys.setText("   ".join(_key(name, role) for (name, _), role in parts))


def _key(name: str, role: str) -> str:
    return f'<span style="color:{colour(role).name()}">■</span> {name}'
