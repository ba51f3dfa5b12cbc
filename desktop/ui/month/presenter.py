"""The month's movements: comparing, saying, deciding, declaring. No Qt."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from desktop.services.api import Progress, Services
from desktop.services.imported import TakenIn
from desktop.services.moments import filing_day
from desktop.services.months_api import Accepted, Compared, Declared
from desktop.ui.field_titles import FieldTitles
from desktop.ui.formats import day, dossier_title, grouped, money
from desktop.ui.month.lines import Decisions, Head, Line, Verdict
from desktop.ui.texts import language, tr, words
from forms.code_names import name_in
from forms.findings import Severity
from forms.model import Period
from forms.months.model import Cost, Evidence, Option, PersonRef, Place, Proposed, Question
from resources.faults import Fault

SOON = 7
"""days before a deadline that are said as a warning"""
MOST_SAID = 3
"""findings of a workbook that are said at once"""
SHOWN_FIRST = (
    *("phuong_an", "tu_thang", "den_thang", "tien_luong", "chuc_vu", "noi_lam_viec"),
    *("ty_le_dong", "muc_huong", "ghi_chu"),
)
HIDDEN = frozenset({"stt", "ten_phuong_an", "loai", "ten_loai"})
"""follow from the phương án, or number the rows"""


NO_PREVIOUS, NO_CURRENT = "months.ask.no_previous", "months.ask.no_current"


class Source(StrEnum):
    """What is compared with what."""

    ROSTER = "roster"
    FILE_WITH_ROSTER = "file_with_roster"
    FILES = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    source: Source
    unit_code: str
    period: Period
    old: Path | None = None
    new: Path | None = None

    @property
    def is_whole(self) -> bool:
        """Nothing is missing that comparing needs."""
        old = self.old is not None or self.source is not Source.FILES
        new = self.new is not None or self.source is Source.ROSTER
        return bool(self.unit_code) and old and new


@dataclass
class MonthPresenter:
    services: Services

    def __post_init__(self) -> None:
        self.titles = FieldTitles(self.services)

    # ---- off the UI thread

    def compare(self, wanted: Wanted, report: Progress) -> Compared:
        """Raises ValueError when something is missing: the button was not to be pressed then."""
        months, period = self.services.months, wanted.period
        if wanted.source is Source.ROSTER:
            return months.compare_roster(wanted.unit_code, period)
        if wanted.new is None:
            raise ValueError("no workbook of this month")
        if wanted.source is Source.FILE_WITH_ROSTER:
            return months.compare_file_with_roster(
                wanted.unit_code, wanted.new, period=period, progress=report
            )
        if wanted.old is None:
            raise ValueError("no workbook of the month before")
        return months.compare_files(wanted.old, wanted.new, period=period, progress=report)

    def take_in(self, wanted: Wanted, workbook: Path, report: Progress) -> TakenIn:
        """As the roster of the month before: whoever stands there took part then."""
        return self.services.workbooks.take_in(
            workbook,
            unit_code=wanted.unit_code,
            since=wanted.period.plus(-1),
            progress=report,
        )

    def declare(
        self, unit_code: str, compared: Compared, decisions: Decisions, progress: Progress
    ) -> Declared:
        declared = {each.id for each in decisions.declared}
        return self.services.months.accept(
            unit_code,
            compared,
            Accepted(
                movements=tuple(each.id for each in decisions.accepted),
                answers=dict(decisions.answers),
                changes={key: dict(v) for key, v in decisions.changes.items() if key in declared},
            ),
            progress,
        )

    # ---- what is missing

    def unconfirmed(
        self, error: BaseException, wanted: Wanted, confirmed: Collection[Path]
    ) -> Path | None:
        """The list whose columns nobody confirmed. ``confirmed``: those that were asked for just
        now, for two lists may have one name."""
        if not isinstance(error, Fault) or error.code != "months.unconfirmed":
            return None
        named = [
            path
            for path in (wanted.new, wanted.old)
            if path is not None and path.name == error.params.get("file")
        ]
        return next((path for path in named if path not in confirmed), None)

    def lacks_start(self, compared: Compared, wanted: Wanted) -> bool:
        """Whether the roster has no month before, so that a first list can be taken in."""
        if wanted.source is Source.FILES:
            return False
        codes = {each.code for each in compared.proposal.questions if each.person is None}
        empty = wanted.source is Source.ROSTER and NO_CURRENT in codes
        return empty or NO_PREVIOUS in codes

    # ---- the cells of the list

    def cells(self, line: Line, decisions: Decisions) -> tuple[str, ...]:
        """In the order of the heads: verdict, person, phương án, months, cost, deadline."""
        if isinstance(line, Head):
            return (self.head(line), "", "", "", "", "")
        verdict = tr(f"ui.month.verdict.{decisions.verdict(line).value}")
        if isinstance(line, Question):
            return (verdict, self.who(line.person), self.question(line), "", "", "")
        return (
            verdict,
            line.person.name,
            self.kind(line.phuong_an),
            self.months(line),
            self.cost(line.cost),
            self.deadline(line),
        )

    def head(self, head: Head) -> str:
        return tr("ui.month.head", group=tr(f"ui.month.group.{head.group}"), count=head.count)

    def who(self, person: PersonRef | None) -> str:
        return person.name if person else tr("ui.month.whole")

    def about(self, person: PersonRef | None) -> str:
        """What tells the person from others of the same name."""
        if person is None:
            return ""
        known = (
            ("ma_so_bhxh", person.social_number),
            ("cccd", person.citizen_id),
            ("ngay_sinh", person.birth),
        )
        said = (
            tr("ui.roster.fact", title=self.titles.title(key), value=value)
            for key, value in known
            if value
        )
        return "  ·  ".join(said)

    def question(self, question: Question) -> str:
        return words(question.code, question.params)

    def kind(self, phuong_an: str) -> str:
        if not phuong_an:
            return tr("ui.month.tk1")
        found = name_in("phuong_an", phuong_an, language())
        return tr("ui.roster.coded", code=phuong_an, name=found) if found else phuong_an

    def months(self, movement: Proposed) -> str:
        first = movement.from_month.wire
        if movement.to_month is None:
            return tr("ui.month.since", month=first)
        return tr("ui.month.from_to", first=first, last=movement.to_month.wire)

    def cost(self, cost: Cost | None) -> str:
        if cost is None:
            return ""
        return tr("ui.month.cost.unknown") if cost.unknown else signed(cost.total)

    def deadline(self, movement: Proposed) -> str:
        if movement.deadline is None:
            return ""
        left = self.days_left(movement.deadline)
        code = "late" if left < 0 else "today" if left == 0 else "left"
        return tr(f"ui.month.deadline.{code}", day=day(movement.deadline), days=abs(left))

    def days_left(self, deadline: date) -> int:
        return (deadline - filing_day(self.services.now())).days

    def is_urgent(self, movement: Proposed) -> bool:
        return movement.deadline is not None and self.days_left(movement.deadline) <= SOON

    # ---- one line in full

    def reason(self, movement: Proposed) -> str:
        return words(movement.reason, movement.params)

    def cost_lines(self, cost: Cost | None) -> str:
        if cost is None:
            return tr("ui.month.cost.none")
        if cost.unknown:
            return words(cost.unknown)
        return tr(
            "ui.month.cost.parts",
            total=signed(cost.total),
            employer=signed(cost.employer),
            employee=signed(cost.employee),
        )

    def deadline_line(self, movement: Proposed) -> str:
        said = self.deadline(movement)
        source = movement.deadline_source
        if not said or source is None:
            return said
        law = ", ".join(part for part in (source.article, source.document) if part)
        return tr("ui.month.deadline.law", deadline=said, law=law)

    def evidence(self, one: Evidence) -> tuple[str, str, str]:
        """(field, last month, this month), each value with its cell below."""
        return (
            self.titles.title(one.key),
            self._with_place(one.key, one.before, one.old),
            self._with_place(one.key, one.after, one.new),
        )

    def _with_place(self, key: str, value: str, place: Place | None) -> str:
        said = self.titles.shown(key, value) or tr("ui.month.nothing")
        if place is None:
            return tr("ui.month.not_listed") if not value else said
        if not place.sheet:
            return said
        cell = f"{place.column}{place.row or ''}"
        return tr("ui.month.at", value=said, sheet=place.sheet, cell=cell)

    def option(self, option: Option) -> str:
        return words(option.words)

    def option_follows(self, option: Option) -> str:
        """What comes of choosing it."""
        if option.movement is None:
            return tr("ui.month.option.nothing")
        more = len(option.also)
        code = "ui.month.option.declares_more" if more else "ui.month.option.declares"
        return tr(
            code,
            kind=self.kind(option.movement.phuong_an),
            months=self.months(option.movement),
            cost=self.cost(option.movement.cost) or tr("ui.month.cost.none"),
            **({"more": more} if more else {}),
        )

    def keys(self, movement: Proposed) -> tuple[str, ...]:
        """The fields of its row, the ones that matter first."""
        first = [key for key in SHOWN_FIRST if key != "phuong_an" or movement.phuong_an]
        others = (key for key in movement.values if key not in {*SHOWN_FIRST, *HIDDEN})
        return (*first, *others)

    # ---- the whole

    def alarm(self, compared: Compared) -> str:
        """What is true of the whole month, such as a list that is missing."""
        asked = (each for each in compared.proposal.questions if each.person is None)
        return "\n".join(self.question(each) for each in asked)

    def reading(self, compared: Compared) -> tuple[str, str]:
        """(title, text) about workbooks with errors; empty when there are none."""
        errors = [each for each in compared.findings if each.severity is Severity.ERROR]
        if not errors:
            return "", ""
        said = "\n".join(
            tr("ui.month.read_error", place=each.place, words=words(each.code, each.params))
            for each in errors[:MOST_SAID]
        )
        return tr("ui.month.read_errors", count=len(errors)), said

    def summary(self, decisions: Decisions) -> str:
        cost, unknown = decisions.cost
        movements = len(decisions.proposal.movements)
        said = tr(
            "ui.month.summary",
            accepted=grouped(len(decisions.accepted)),
            movements=grouped(movements),
            total=signed(cost.total),
            employer=signed(cost.employer),
            employee=signed(cost.employee),
        )
        if unknown:
            said = tr("ui.month.summary.unknown", said=said, count=unknown)
        if decisions.open:
            said = tr("ui.month.summary.open", said=said, count=decisions.open)
        return said

    def declared_words(self, declared: Declared) -> tuple[str, str, str]:
        """(look, title, text)."""
        names = "; ".join(
            tr("ui.month.declared.one", dossier=dossier_title(each), procedure=each.procedure)
            for each in declared.dossiers
        )
        errors = sum(
            finding.severity is Severity.ERROR
            for found in declared.findings.values()
            for finding in found
        )
        title = tr("ui.month.declared", count=len(declared.dossiers))
        text = tr(
            "ui.month.declared.errors" if errors else "ui.month.declared.clean", errors=errors
        )
        return ("warning" if errors else "done"), title, f"{names}\n{text}"

    def can_declare(self, decisions: Decisions | None) -> bool:
        return decisions is not None and bool(decisions.declared)

    def looks(self, verdict: Verdict) -> str:
        """The drawing that goes with a verdict."""
        return LOOKS[verdict]


LOOKS = {
    Verdict.ACCEPTED: "done",
    Verdict.REJECTED: "close",
    Verdict.OPEN: "warning",
    Verdict.ANSWERED: "done",
    Verdict.SAID: "info",
}


def signed(amount: int) -> str:
    """``+1.250.000 đ``; less is owed with a minus."""
    return f"+{money(amount)}" if amount > 0 else money(amount)
