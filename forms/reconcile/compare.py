"""The front door: what our roster says of a month against the notices of the agency."""

from collections.abc import Iterator, Sequence
from functools import cache

from forms.findings import Finding, Severity
from forms.model import Period
from forms.reconcile.atoms import Atom, atoms_of
from forms.reconcile.difference import Difference, Reconciliation
from forms.reconcile.expected import Expected
from forms.reconcile.ledger import Ledger, sources_of
from forms.reconcile.notice import ParticipantList, Statement
from forms.reconcile.person_comparison import compare_people
from forms.reconcile.statement_comparison import compare_statement, sums_of
from forms.rules.dated import RuleMissing

Notice = Statement | ParticipantList


def reconcile(
    expected: Sequence[Expected],
    *,
    unit_code: str,
    period: Period,
    also_known_as: Sequence[str] = (),
    statement: Statement | None = None,
    participants: ParticipantList | None = None,
) -> Reconciliation:
    """Person by person with D09-TS, fund by fund with C12-TS, whichever is given.

    ``also_known_as``: other codes of the same unit. A notice of another unit or month is not
    compared, and C12-TS is not while a rule is missing for anybody; findings say so. Raises
    nothing for bad data.
    """
    units = {code.strip().casefold() for code in (unit_code, *also_known_as)}
    work = _Work(expected, units, period)
    if participants is not None and work.accepts(participants):
        work.compare_people(participants)
    if statement is not None and work.accepts(statement):
        work.compare_statement(statement)
    return Reconciliation(
        unit_code=unit_code,
        period=period,
        differences=tuple(work.differences),
        compared=work.compared,
        findings=tuple(work.findings),
        sources=sources_of(work.ledger.stand(person.now) for person in work.people),
        notices=tuple(work.notices),
    )


class _Work:
    """One comparison as it grows."""

    def __init__(self, expected: Sequence[Expected], units: set[str], period: Period) -> None:
        self.ledger = Ledger()
        self.differences: list[Difference] = []
        self.findings: list[Finding] = []
        self.notices: list[str] = []
        self.compared = 0
        self._units = units
        self._period = period
        self._atom: Atom | None = None
        self._everyone = expected
        self.people = tuple(self._computable(expected))

    def _computable(self, expected: Sequence[Expected]) -> Iterator[Expected]:
        """Those whose months the rules cover; the others are found, once per rule and month."""
        told: set[tuple[object, ...]] = set()
        for person in expected:
            try:
                sums_of((person,), self.ledger)
            except RuleMissing as missing:
                if (mark := tuple(sorted(missing.params.items()))) not in told:
                    told.add(mark)
                    self._find("reconcile.rule_missing", Severity.WARNING, **missing.params)
            else:
                yield person

    def accepts(self, notice: Notice) -> bool:
        """Of this unit and month, as far as it says."""
        if notice.unit_code and notice.unit_code.strip().casefold() not in self._units:
            self._find("reconcile.other_unit", Severity.ERROR, file=notice.source)
            return False
        if notice.period is not None and notice.period != self._period:
            months = {"theirs": notice.period.wire, "ours": self._period.wire}
            self._find("reconcile.other_month", Severity.ERROR, file=notice.source, **months)
            return False
        if notice.period is None:
            month = self._period.wire
            self._find("reconcile.no_month", Severity.INFO, file=notice.source, month=month)
        self.notices.append(notice.source)
        return True

    def compare_people(self, participants: ParticipantList) -> None:
        computable = {person.key for person in self.people}
        found = compare_people(
            self._everyone,
            participants,
            self._period,
            self.ledger,
            passed_over={p.key for p in self._everyone if p.key not in computable},
        )
        self.differences += found.differences
        self.compared += found.compared
        self._atom = found.atom

    def compare_statement(self, statement: Statement) -> None:
        if len(self.people) < len(self._everyone):
            self._find("reconcile.not_compared", Severity.WARNING, file=statement.source)
            return
        found = compare_statement(
            statement, sums_of(self.people, self.ledger), cache(self._suppositions)
        )
        self.differences += found.differences
        self.compared += found.compared
        self.findings += found.findings

    def _suppositions(self) -> tuple[Atom, ...]:
        atoms = atoms_of(self.people, self._period, self.ledger)
        return (*atoms, self._atom) if self._atom else atoms

    def _find(self, code: str, severity: Severity, **params: str | int) -> None:
        self.findings.append(Finding(code=code, severity=severity, params=params))
