"""One line of the month in full: why, from which cells, what it costs, what will be declared."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.ground import Ground
from desktop.ui.month.lines import Decisions, Line, Verdict
from desktop.ui.month.presenter import MonthPresenter
from desktop.ui.month.table import RowModel
from desktop.ui.month.why import of_movement
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, name, set_role
from desktop.ui.widgets.grid import Grid, row_height, two_lines
from desktop.ui.widgets.lines_model import LinesModel
from desktop.ui.widgets.options import Options
from desktop.ui.widgets.why import why_button
from forms.months.model import Evidence, Proposed, Question

WIDTH = 410
MOST_EVIDENCE = 4
FEW_ROWS = 8


class SideView(QScrollArea):
    """Emits ``toggled`` and ``answered`` (place of the option) and ``typed``."""

    toggled = Signal()
    answered = Signal(int)
    typed = Signal()

    def __init__(self, presenter: MonthPresenter) -> None:
        super().__init__()
        name(self, "ui.month.side")
        self.presenter = presenter
        self.heading = label(role="heading")
        self.about = label(role="quiet")
        self.verdict = label(role="strong")
        self.reason = label()
        self.options = Options()
        self.evidence_model = LinesModel[Evidence](
            ("ui.month.evidence.field", "ui.month.evidence.before", "ui.month.evidence.after"),
            presenter.evidence,
        )
        self.evidence = Grid(self.evidence_model, "ui.month.evidence")
        self.cost = label()
        self.why = why_button("ui.why.cost.figure", self._ground)
        self.deadline = label()
        self.row_model = RowModel(presenter)
        self.row = Grid(self.row_model, "ui.month.row", cells=True)
        self.toggle_button = button("ui.month.reject", self.toggled.emit)
        self._captions = {
            code: label(tr(code), "strong")
            for code in ("ui.month.evidence", "ui.month.cost.head", "ui.month.row")
        }
        self.inside = QFrame()
        self._lay_out()
        self.options.chosen.connect(self.answered)
        self.row_model.dataChanged.connect(lambda *_: self.typed.emit())

    def _lay_out(self) -> None:
        inside = self.inside
        self.setMinimumWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setWidget(inside)
        set_role(inside, "card")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(5)
        self.evidence.two_lines()
        self.evidence.widths(110, 125, 120, stretch=2)
        self.row.verticalHeader().hide()
        self.row.widths(170, 180, stretch=1)
        head = QHBoxLayout()
        head.addWidget(self.verdict, 1)
        head.addWidget(self.toggle_button)
        captions = self._captions
        column.addWidget(self.heading)
        column.addWidget(self.about)
        column.addLayout(head)
        parts: tuple[QWidget, ...] = (
            *(self.reason, self.options),
            *(captions["ui.month.evidence"], self.evidence),
            *(captions["ui.month.cost.head"], self.cost, self.deadline, self.why),
            *(captions["ui.month.row"], self.row),
        )
        for part in parts:
            column.addWidget(part)
        column.setAlignment(self.why, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()

    # ---- what is shown

    def show_line(self, line: Line | None, decisions: Decisions | None) -> None:
        shown = line if isinstance(line, Question | Proposed) else None
        self.inside.setVisible(shown is not None)
        if shown is None or decisions is None:
            return
        self._show_evidence(shown)
        if isinstance(shown, Question):
            self._show_question(shown, decisions)
        else:
            self._show_movement(shown, decisions)
        self.show_verdict(shown, decisions)
        self.verticalScrollBar().setValue(0)

    def show_verdict(self, line: Question | Proposed, decisions: Decisions) -> None:
        verdict = decisions.verdict(line)
        self.verdict.setText(tr(f"ui.month.verdict.{verdict.value}"))
        set_role(self.verdict, "wrong" if verdict is Verdict.OPEN else "strong")
        code = "ui.month.accept" if verdict is Verdict.REJECTED else "ui.month.reject"
        self.toggle_button.setText(tr(code))
        self.toggle_button.setAccessibleName(tr(code))

    def _show_evidence(self, line: Question | Proposed) -> None:
        self.evidence_model.show(line.evidence)
        for part in (self.evidence, self._captions["ui.month.evidence"]):
            part.setVisible(bool(line.evidence))
        rows = min(MOST_EVIDENCE, len(line.evidence))
        self.evidence.setFixedHeight(row_height() + rows * two_lines() + 6)

    def _show_question(self, question: Question, decisions: Decisions) -> None:
        self.heading.setText(self.presenter.who(question.person))
        self.about.setText(self.presenter.about(question.person))
        self.about.setVisible(question.person is not None)
        self.reason.setText(self.presenter.question(question))
        chosen = decisions.chosen(question)
        self.options.show_options(
            [
                (self.presenter.option(each), self.presenter.option_follows(each))
                for each in question.options
            ],
            question.options.index(chosen) if chosen else -1,
        )
        self._show_row(chosen.movement if chosen else None, decisions)
        self.toggle_button.hide()

    def _show_movement(self, movement: Proposed, decisions: Decisions) -> None:
        kind = self.presenter.kind(movement.phuong_an)
        self.heading.setText(tr("ui.month.heading", person=movement.person.name, kind=kind))
        self.about.setText(self.presenter.about(movement.person))
        self.about.show()
        self.reason.setText(self.presenter.reason(movement))
        self.options.show_options([])
        self.toggle_button.show()
        self._show_row(movement, decisions)

    def _show_row(self, movement: Proposed | None, decisions: Decisions) -> None:
        """What will stand in the declaration, to be typed over."""
        self.row_model.show(movement, decisions)
        parts = (self.row, self.cost, self.deadline, self.why, *list(self._captions.values())[1:])
        for part in parts:
            part.setVisible(movement is not None)
        if movement is None:
            return
        self.cost.setText(self.presenter.cost_lines(movement.cost))
        self.deadline.setText(self.presenter.deadline_line(movement))
        self.deadline.setVisible(bool(self.deadline.text()))
        set_role(self.deadline, "wrong" if self.presenter.is_urgent(movement) else "")
        rows = min(FEW_ROWS, len(self.row_model.keys))
        self.row.setFixedHeight(row_height() * (rows + 1) + 6)

    def _ground(self) -> Ground | None:
        movement = self.row_model.movement
        return of_movement(self.presenter, movement) if movement else None

    def show_answer(self, question: Question, decisions: Decisions) -> None:
        """The option was taken: its row can be seen and typed over."""
        chosen = decisions.chosen(question)
        self._show_row(chosen.movement if chosen else None, decisions)
        self.show_verdict(question, decisions)
