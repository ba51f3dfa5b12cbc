"""C12-TS held against our roster, fund by fund: people, wage fund, money of the month, arrears."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forms.findings import Finding, Severity
from forms.reconcile.atoms import Atom, earlier
from forms.reconcile.difference import Difference, Kind, Reason, Subject
from forms.reconcile.expected import Expected, by_coefficient
from forms.reconcile.explain import Row, explain
from forms.reconcile.ledger import Ledger, Stand
from forms.reconcile.notice import FUNDS, Column, Statement, StatementLine
from forms.reconcile.notice_layouts import charges

LINES: Mapping[Subject, str] = {
    Subject.HEADCOUNT: "B.1",
    Subject.WAGE_FUND: "B.2",
    Subject.DUE: "B.3",
    Subject.EARLIER: "B.4",
}
_PLUS, _MINUS = ("B.4.1", "B.4.3"), "B.4.2"
"""what B.4 is made of; B.4.3 only in the form of QĐ 595"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What our side comes to, by subject and column, and how many people it sums."""

    amounts: Mapping[Subject, Mapping[Column, int]]
    people: Mapping[Subject, Mapping[Column, int]]
    """of how many amounts each may be rounded otherwise"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementCompared:
    differences: tuple[Difference, ...]
    compared: int
    findings: tuple[Finding, ...]


def sums_of(people: Sequence[Expected], ledger: Ledger) -> Sums:
    """Raises RuleMissing for a person whose month cannot be computed."""
    pairs = [(person, ledger.stand(person.now)) for person in people]
    stands = [stand for _, stand in pairs]
    by_scale = [stand for person, stand in pairs if by_coefficient(person.now)]
    changes = [change for p in people for arrears in p.arrears for change in arrears.changes]
    headcount = _count(stands)
    return Sums(
        amounts={
            Subject.HEADCOUNT: headcount,
            Subject.WAGE_FUND: {c: sum(s.bases.get(c, 0) for s in stands) for c in FUNDS},
            Subject.DUE: {c: sum(s.due.get(c, 0) for s in stands) for c in FUNDS},
            Subject.EARLIER: earlier(changes, ledger),
        },
        people={
            Subject.HEADCOUNT: dict.fromkeys(FUNDS, 0),
            Subject.WAGE_FUND: _count(by_scale),
            Subject.DUE: headcount,
            Subject.EARLIER: dict.fromkeys(FUNDS, len(changes)),
        },
    )


def _count(stands: Iterable[Stand]) -> dict[Column, int]:
    found = dict.fromkeys(FUNDS, 0)
    for stand in stands:
        for column in stand.due:
            found[column] += 1
    return found


def compare_statement(
    statement: Statement, sums: Sums, atoms: Callable[[], Sequence[Atom]]
) -> StatementCompared:
    """Every subject whose line is there; a line that says nothing by fund is found.

    ``atoms``: what may be supposed, asked for only where something differs.
    """
    differences: list[Difference] = []
    findings: list[Finding] = []
    compared = 0
    for subject, code in LINES.items():
        theirs = _theirs(statement, subject)
        ours = sums.amounts[subject]
        if theirs is None:
            if any(ours[column] for column in statement.columns):
                findings.append(_not_stated(code))
            continue
        compared += len(theirs)
        differences += _of_subject(statement, subject, theirs, sums, atoms)
    return StatementCompared(
        differences=tuple(differences), compared=compared, findings=tuple(findings)
    )


def _theirs(statement: Statement, subject: Subject) -> Mapping[Column, int] | None:
    """Readable amounts by column, empty cells as nothing; None when the line does not say."""
    line = statement.lines.get(LINES[subject])
    if line is not None and _says(line, statement.columns):
        readable = (c for c in statement.columns if c not in line.unreadable)
        return {column: line.amount(column) or 0 for column in readable}
    if subject is Subject.EARLIER:
        return _from_parts(statement)
    return None


def _says(line: StatementLine, columns: Sequence[Column]) -> bool:
    by_fund = any(column in line.figures or column in line.unreadable for column in columns)
    return by_fund or line.amount(Column.TOTAL) == 0


def _from_parts(statement: Statement) -> Mapping[Column, int] | None:
    """B.4 itself may be left empty above its parts; all of them empty: nothing."""
    parts = [statement.lines[code] for code in (*_PLUS, _MINUS) if code in statement.lines]
    whole = statement.lines.get(LINES[Subject.EARLIER])
    told = any(_says(line, statement.columns) for line in parts)
    if any(_only_total(line, statement.columns) for line in parts):
        return None
    if not told and (whole is None or _only_total(whole, statement.columns)):
        return None
    return {
        column: sum(statement.amount(code, column) or 0 for code in _PLUS)
        - abs(statement.amount(_MINUS, column) or 0)
        for column in statement.columns
        if not any(column in line.unreadable for line in parts)
    }


def _only_total(line: StatementLine, columns: Sequence[Column]) -> bool:
    """It says something, but not of which fund."""
    total = Column.TOTAL in line.unreadable or bool(line.amount(Column.TOTAL))
    return total and not _says(line, columns)


def _of_subject(
    statement: Statement,
    subject: Subject,
    theirs: Mapping[Column, int],
    sums: Sums,
    atoms: Callable[[], Sequence[Atom]],
) -> Iterator[Difference]:
    ours, counted = sums.amounts[subject], sums.people[subject]
    row = Row(
        subject=subject,
        differences={column: amount - ours[column] for column, amount in theirs.items()},
        tolerance={column: counted[column] * len(FUNDS[column]) for column in theirs},
        people=max((counted[column] for column in theirs), default=0),
    )
    explained = explain(row, lambda: (*atoms(), *_charges(statement, subject)))
    line = statement.lines.get(LINES[subject])
    for column, explanation in sorted(explained.items(), key=lambda e: list(theirs).index(e[0])):
        figure = line.figures.get(column) if line else None
        yield Difference(
            subject=subject,
            column=column,
            ours=ours[column],
            theirs=theirs[column],
            explanation=explanation,
            place=figure.place if figure else None,
            line=LINES[subject],
        )


def _charges(statement: Statement, subject: Subject) -> Iterator[Atom]:
    """Charges for late registration may stand inside the line that they are numbered under."""
    for code in charges(LINES[subject]):
        amounts = {column: statement.amount(code, column) or 0 for column in statement.columns}
        if any(amounts.values()):
            yield Atom(
                kind=Kind.MOVEMENT,
                reason=Reason.CHARGE,
                people=(),
                codes=(code,),
                effect={(subject, column): amount for column, amount in amounts.items()},
            )


def _not_stated(code: str) -> Finding:
    return Finding(
        code="reconcile.line_not_stated", severity=Severity.WARNING, params={"line": code}
    )
