"""When a list of no known layout may be read without anybody confirming its columns.

Only when every column that a declaration needs is headed so that nothing else can be meant, each
by its heading and with confidence 1, and only the columns that are as sure are taken. Everything
else is a person's to confirm, for a wrong column is a wrong figure.
"""

from forms.excel.guess.columns import BY_HEADING
from forms.excel.layout import OWN, load
from forms.excel.letters import to_letters
from forms.excel.mapping import ColumnMapping, SheetGuess
from forms.excel.matching import SheetMatch
from forms.findings import Finding, Severity
from forms.model import Part

_SURE = 1.0


def sure_mapping(guess: SheetGuess) -> ColumnMapping | None:
    """The columns that are beyond doubt, or None when one that is needed is not among them."""
    sure = {
        each.column: each.field
        for each in guess.columns
        if each.field and each.confidence >= _SURE and each.why == BY_HEADING
    }
    sheet = load(OWN).sheet(Part.LAO_DONG)
    needed = {column.key for column in sheet.named if column.needed} if sheet else set()
    if not needed <= set(sure.values()):
        return None
    return ColumnMapping(
        sheet=guess.sheet,
        header_row=guess.header_row,
        first_data_row=guess.first_data_row,
        columns=sure,
    )


def taken_by_itself(match: SheetMatch) -> Finding:
    """Says which columns were taken for what."""
    pairs = (f"{to_letters(number)} “{column.title}”" for number, column in match.columns.items())
    return Finding(
        code="columns.taken_by_itself",
        severity=Severity.WARNING,
        sheet=match.sheet,
        row=match.header_line,
        params={"columns": ", ".join(pairs)},
    )
