"""A roster as the draft that importing it gives, without a workbook between."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from desktop.practice.roster import FIRST_LINE, LAYOUT, Roster
from forms.excel import layout as layouts
from forms.excel.cleaned import Raw
from forms.excel.cleaning import clean_value, finding_of
from forms.excel.layout import Column
from forms.findings import Finding
from forms.model import Draft, Row, Section


def drafted(roster: Roster) -> tuple[Draft, tuple[Finding, ...]]:
    """The draft, and what cleaning its cells found."""
    findings: list[Finding] = []
    sections = []
    for sheet in layouts.load(LAYOUT).sheets:
        rows = []
        by_key = {column.key: column for column in sheet.named}
        for line, record in enumerate(roster.sections[sheet.part], FIRST_LINE):
            values: dict[str, str] = {}
            for key, value, found in cleaned(sheet.name, by_key, line, record):
                findings += found
                if value:
                    values[key] = value
            rows.append(Row(line, values))
        columns = {key: column.letters for key, column in by_key.items()}
        sections.append(Section(sheet.part, sheet.name, columns, tuple(rows)))
    return Draft(LAYOUT, "bang-thu.xlsx", tuple(sections)), tuple(findings)


def cleaned(
    sheet: str, columns: Mapping[str, Column], line: int, record: Mapping[str, object]
) -> Iterator[tuple[str, str, list[Finding]]]:
    for key, value in record.items():
        raw = cast(Raw, value)
        result = clean_value(columns[key].kind, raw)
        codes = [code for code in (result.changed_code, result.fault_code) if code]
        place: dict[str, Any] = {
            "row": line,
            "field": key,
            "sheet": sheet,
            "column": columns[key].letters,
        }
        yield key, result.value, [finding_of(c, raw, result.value, **place) for c in codes]
