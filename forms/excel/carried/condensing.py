"""Many columns that a layout lacks as one sentence, where a person reads it."""

from collections.abc import Iterable, Sequence

from forms.excel.carried.comparing import NO_COLUMN
from forms.findings import Finding

NO_COLUMNS = "carry.no_columns"


def condensed(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """In the order of their first; what stands in several columns of one sheet is one finding."""
    sheets = dict.fromkeys(each.sheet for each in findings if each.code == NO_COLUMN)
    joined = {sheet: _joined(_absent(findings, sheet)) for sheet in sheets}
    told = (joined[each.sheet] if each.code == NO_COLUMN else each for each in findings)
    return tuple({id(each): each for each in told}.values())


def _absent(findings: Iterable[Finding], sheet: str | None) -> list[Finding]:
    return [each for each in findings if each.code == NO_COLUMN and each.sheet == sheet]


def _joined(absent: Sequence[Finding]) -> Finding:
    first, *others = absent
    if not others:
        return first
    titles = "; ".join(str(each.params["title"]) for each in absent)
    return Finding(
        code=NO_COLUMNS,
        severity=first.severity,
        sheet=first.sheet,
        params={"titles": titles, "columns": len(absent)},
    )
