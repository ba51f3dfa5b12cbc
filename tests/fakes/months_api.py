"""The month's movements for the window: a proposal said beforehand, faults on demand."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from desktop.services.api import Progress
from desktop.services.months_api import Accepted, Compared, Declared
from desktop.services.progress import silent
from forms.excel.mapping import ColumnMapping
from forms.findings import Finding
from forms.model import Dossier, DossierState, Period
from forms.months.model import (
    AnswerKind,
    Cost,
    Evidence,
    Option,
    PersonRef,
    Place,
    Proposal,
    Proposed,
    Question,
)
from resources.faults import UsageFault
from tests.fakes.gate import Gate

MONTH = Period(2026, 10)
MADE = datetime(2026, 10, 21, tzinfo=UTC)


def someone(name: str, number: int = 1) -> PersonRef:
    return PersonRef(
        name=name,
        social_number=f"99{number:08}",
        citizen_id=f"0990{number:08}",
        birth="01/02/1990",
    )


def movement(
    number: int,
    name: str,
    phuong_an: str,
    *,
    cost: Cost | None = None,
    deadline: date | None = date(2026, 11, 30),
    reason: str = "months.reason.TM",
    evidence: tuple[Evidence, ...] = (),
    **values: str,
) -> Proposed:
    return Proposed(
        id=f"m{number}",
        person=someone(name, number),
        phuong_an=phuong_an,
        from_month=MONTH,
        to_month=None,
        reason=reason,
        params={"before": "8.000.000", "after": "9.500.000"},
        evidence=evidence,
        cost=cost or Cost(employer=1_720_000, employee=840_000),
        deadline=deadline,
        deadline_source=None,
        values={"ho_ten": name, "phuong_an": phuong_an, "tu_thang": "10/2026", **values},
    )


def question(number: int, name: str = "", options: tuple[Option, ...] = ()) -> Question:
    """``name`` empty: of the whole month."""
    return Question(
        id=f"q{number}",
        code="months.ask.left" if name else "months.ask.no_previous",
        params={"month": "09/2026", "people": 12},
        person=someone(name, number) if name else None,
        options=options,
    )


def options(name: str, number: int) -> tuple[Option, ...]:
    """Left for good, or nothing to declare."""
    leaves = movement(number, name, "GH", reason="months.reason.GH", tien_luong="8000000")
    return (
        Option(id="leaves", words="months.option.GH", kind=AnswerKind.MOVEMENT, movement=leaves),
        Option(id="none", words="months.option.declare_nothing", kind=AnswerKind.NOTHING),
    )


def proposal(
    movements: tuple[Proposed, ...] = (), questions: tuple[Question, ...] = ()
) -> Proposal:
    return Proposal(period=MONTH, movements=movements, questions=questions, unchanged=58)


def usual() -> Proposal:
    """One of several kinds and a question."""
    raised = Evidence(
        key="tien_luong",
        before="8000000",
        after="9500000",
        old=Place("Tháng 9", 12, "J"),
        new=Place("Tháng 10", 14, "J"),
    )
    return proposal(
        (
            movement(1, "Nguyễn Thị Sao Mai", "TM", tien_luong="8000000", chuc_vu="Kế toán"),
            movement(
                2,
                "Trần Văn Gió",
                "DC",
                cost=Cost(employer=322_500, employee=157_500),
                reason="months.reason.wage_up",
                evidence=(raised,),
                tien_luong="9500000",
            ),
            movement(3, "Lê Thị Mưa Thu", "TS", deadline=date(2026, 10, 24)),
            movement(4, "Phạm Văn Núi", "GH", cost=Cost(employer=-1_720_000, employee=-840_000)),
        ),
        (question(5, "Vũ Văn Mây Bạc", options("Vũ Văn Mây Bạc", 5)),),
    )


@dataclass
class FakeMonths:
    """``desktop.services.months_api.MonthsApi`` with an answer prepared."""

    answer: Proposal = field(default_factory=usual)
    findings: tuple[Finding, ...] = ()
    fail: dict[str, BaseException] = field(default_factory=dict)
    calls: list[tuple[object, ...]] = field(default_factory=list)
    accepted: list[Accepted] = field(default_factory=list)
    errors: tuple[Finding, ...] = ()
    """in the drafts that are made"""
    gate: Gate = field(default_factory=Gate)

    def _enter(self, *call: object) -> Compared:
        self.calls.append(call)
        self.gate.wait()
        fault = self.fail.pop(str(call[0]), None)
        if fault:
            raise fault
        return Compared(proposal=self.answer, findings=self.findings)

    def compare_files(
        self,
        old: Path,
        new: Path,
        *,
        period: Period,
        mapping: ColumnMapping | None = None,
        old_mapping: ColumnMapping | None = None,
        progress: Progress | None = None,
    ) -> Compared:
        return self._enter("compare_files", old, new, period)

    def compare_roster(self, unit_code: str, period: Period) -> Compared:
        return self._enter("compare_roster", unit_code, period)

    def compare_file_with_roster(
        self,
        unit_code: str,
        new: Path,
        *,
        period: Period,
        mapping: ColumnMapping | None = None,
        progress: Progress | None = None,
    ) -> Compared:
        return self._enter("compare_file_with_roster", unit_code, new, period)

    def accept(
        self,
        unit_code: str,
        compared: Compared,
        accepted: Accepted,
        progress: Progress | None = None,
    ) -> Declared:
        self._enter("accept")
        (progress or silent)(0, 1)
        known = {each.id for each in compared.proposal.movements}
        unknown = set(accepted.movements) - known
        if unknown:
            raise UsageFault("months.unknown_choice", choice=min(unknown))
        self.accepted.append(accepted)
        made = Dossier(
            id=f"{unit_code}-{compared.proposal.period.iso}-600-1",
            unit_code=unit_code,
            period=compared.proposal.period,
            procedure="600",
            batch=1,
            state=DossierState.DRAFT,
            created=MADE,
        )
        return Declared(dossiers=(made,), findings={made.id: self.errors})
