"""What a notice says against itself: sums of columns and of lines, and what it carried over."""

from collections.abc import Iterator, Mapping

from forms.findings import Finding, Severity
from forms.model import Period
from forms.reconcile.notice import Column, Figure, Statement, StatementLine
from forms.reconcile.notice_layouts import Sum, sums, without_total
from forms.reconcile.numbering import is_payment
from resources.faults import Param

_DONG = "dong"
_CARRIED, _BROUGHT = "Đ", "A"


def statement_findings(statement: Statement) -> Iterator[Finding]:
    """Cộng against the funds, and each line against the lines it is made of."""
    for line in statement.lines.values():
        yield from _columns_against_total(statement, line)
    for rule in sums(statement.layout):
        for column in (*statement.columns, Column.TOTAL):
            yield from _lines_against_sum(statement, rule, column)


def carry_findings(before: Statement, now: Statement) -> tuple[Finding, ...]:
    """Part A of a month is part Đ of the month before (guide to C12-TS, §5)."""
    if before.unit_code != now.unit_code and before.unit_code and now.unit_code:
        return (_plain("notice.carry_other_unit"),)
    if not _follows(before, now):
        return (_plain("notice.carry_other_month"),)
    if before.layout is not now.layout:
        return (_plain("notice.carry_other_form"),)
    return tuple(_carried(before, now))


def _follows(before: Statement, now: Statement) -> bool:
    if before.period is None or now.period is None:
        return True
    return before.period.next() == now.period


def _carried(before: Statement, now: Statement) -> Iterator[Finding]:
    columns = before.columns if before.columns == now.columns else ()
    for code, line in before.lines.items():
        brought = now.lines.get(code.replace(_CARRIED, _BROUGHT, 1))
        if not code.startswith(_CARRIED) or brought is None:
            continue
        for column in (*columns, Column.TOTAL):
            if column in line.unreadable | brought.unreadable:
                continue
            was, found = line.amount(column) or 0, brought.amount(column) or 0
            if was != found:
                yield _carry(brought, column, was, found, before.period)


def _carry(
    line: StatementLine, column: Column, was: int, found: int, month: Period | None
) -> Finding:
    params: dict[str, Param] = {
        "line": line.code,
        "before": was,
        "now": found,
        "month": month.wire if month else "–",
    }
    return _at(line, column, "notice.carry_differs", params)


def _columns_against_total(statement: Statement, line: StatementLine) -> Iterator[Finding]:
    total = line.amount(Column.TOTAL)
    if total is None or line.unit != _DONG or line.unreadable or is_payment(line.code):
        return
    found = [line.amount(column) for column in statement.columns]
    parts = [amount for amount in found if amount is not None]
    if line.code in without_total() or not parts or sum(parts) == total:
        return
    params: dict[str, Param] = {"line": line.code, "total": total, "sum": sum(parts)}
    yield _at(line, Column.TOTAL, "notice.total_differs", params)


def _lines_against_sum(statement: Statement, rule: Sum, column: Column) -> Iterator[Finding]:
    """Only where the whole and at least one part are written."""
    whole = statement.lines.get(rule.line)
    total = whole.amount(column) if whole else None
    parts = [statement.lines[code] for code in (*rule.plus, *rule.minus) if code in statement.lines]
    if whole is None or total is None or any(column in part.unreadable for part in parts):
        return
    if not any(column in part.figures for part in parts):
        return
    plus = sum(statement.amount(code, column) or 0 for code in rule.plus)
    minus = sum(abs(statement.amount(code, column) or 0) for code in rule.minus)
    if plus - minus != total:
        params: dict[str, Param] = {"line": rule.line, "total": total, "sum": plus - minus}
        yield _at(whole, column, "notice.sum_differs", params)


def _at(line: StatementLine, column: Column, code: str, params: Mapping[str, Param]) -> Finding:
    figure: Figure | None = line.figures.get(column) or next(iter(line.figures.values()), None)
    place = figure.place if figure else None
    return Finding(
        code=code,
        severity=Severity.WARNING,
        sheet=place.sheet if place else None,
        row=place.row if place else None,
        column=place.column if place else None,
        field=place.field if place else None,
        params=params,
    )


def _plain(code: str) -> Finding:
    return Finding(code=code, severity=Severity.WARNING)
