"""How a workbook is read: by a known layout, by a mapping, or by headings that leave no doubt."""

from collections.abc import Sequence

from forms.excel.guess.sheets import guess_unknown
from forms.excel.layout import AUTO, MAPPED, Layout, load
from forms.excel.mapped import mapped_match
from forms.excel.mapping import ColumnMapping
from forms.excel.recognise import Recognised, finder, recognise
from forms.excel.sources.model import Source
from forms.excel.sure import sure_mapping, taken_by_itself
from resources.faults import DataFault


def recognised(source: Source, candidates: Sequence[Layout]) -> Recognised | None:
    """The known layout of a workbook, None where it has none of these."""

    return recognise(list(source.sheets), finder(source.load), candidates)


def by_mapping(source: Source, mapping: ColumnMapping) -> Recognised:
    """Raises DataFault ``mapping.*`` when the mapping does not fit the workbook."""
    if mapping.sheet not in source.sheets:
        sheets = ", ".join(f"“{name}”" for name in source.sheets)
        raise DataFault("mapping.no_sheet", sheet=mapping.sheet, sheets=sheets)
    sheet = source.load(mapping.sheet)
    width = len(next(sheet.rows(), ()))
    columns = range(sheet.first_column, sheet.first_column + width)
    return Recognised(layout=load(MAPPED), matches=(mapped_match(mapping, columns=columns),))


def by_itself(source: Source, *, asked: str) -> Recognised | None:
    """None where there is no list of people, or one certain layout was asked for.

    Raises DataFault ``columns.unconfirmed`` when a person must confirm the columns.
    """
    guesses = guess_unknown(source) if asked == AUTO else ()
    if not guesses:
        return None
    mapping = sure_mapping(guesses[0])
    if mapping is None:
        raise DataFault("columns.unconfirmed", sheet=guesses[0].sheet)
    found = by_mapping(source, mapping)
    remarks = (taken_by_itself(found.matches[0]),)
    return Recognised(layout=found.layout, matches=found.matches, remarks=remarks)
