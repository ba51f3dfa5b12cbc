"""What was filled in but has no place in the electronic form: said aloud, never dropped silently.

The additions of QĐ 490/QĐ-BHXH are the case in point: where they stand in the XML is not proven,
so they are not written until that is known (``resources/forms/TK1-TS/…/wire.toml``).
"""

from collections.abc import Iterator
from datetime import date

from forms.catalog import FormVersion, forms_of
from forms.findings import Finding, Severity
from forms.model import Draft, Part
from forms.wire import Group, Leaf

NOTHING = frozenset({"", "0"})
"""a flag that says no asks for nothing"""


def unwritten(draft: Draft, *, procedure: str, filing_date: date) -> tuple[Finding, ...]:
    """One INFO ``form.not_written`` for each field that people filled in for nothing."""
    versions = forms_of(procedure, filing_date=filing_date)
    written = {key for version in versions for key in written_keys(version)}
    return tuple(finding for version in versions for finding in _of_form(draft, version, written))


def written_keys(version: FormVersion) -> Iterator[str]:
    if version.layout is not None:
        yield from _keys(version.layout.root)


def _keys(node: Group | Leaf) -> Iterator[str]:
    if isinstance(node, Group):
        for child in node.children:
            yield from _keys(child)
        return
    yield from (*node.keys, node.of)


def _of_form(draft: Draft, version: FormVersion, written: set[str]) -> Iterator[Finding]:
    definition = version.definition
    rows = definition.rows_of(draft)
    section = draft.section(Part(definition.part)) if rows else None
    chooses = {definition.when.field} if definition.when else set()
    for field in definition.fields if section else ():
        if field.part != definition.part or field.key in written | chooses:
            continue
        count = sum(row.get(field.key) not in NOTHING for row in rows)
        if count and section is not None and field.key in section.columns:
            yield Finding(
                code="form.not_written",
                severity=Severity.INFO,
                sheet=section.sheet,
                column=section.columns[field.key],
                field=field.key,
                params={"form": definition.code, "count": count},
            )
