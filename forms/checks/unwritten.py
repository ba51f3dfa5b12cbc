"""What was filled in but has no place in the electronic form: said aloud, never dropped silently.

The additions of QĐ 490/QĐ-BHXH are the case in point: where they stand in the XML is not proven,
so they are not written until that is known (``resources/forms/TK1-TS/…/wire.toml``).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date

from forms.catalog import FormVersion, forms_of
from forms.definition import Field, FormDefinition
from forms.findings import Finding, Severity
from forms.model import Draft, Part, Section
from forms.packed import Block, blocks_of
from forms.wire import Group, Leaf

NOTHING = frozenset({"", "0"})
"""a flag that says no asks for nothing"""


def unwritten(draft: Draft, *, procedure: str, filing_date: date) -> tuple[Finding, ...]:
    """One INFO ``form.not_written`` for each field that people filled in for nothing."""
    scan = UnwrittenScan.of(procedure=procedure, filing_date=filing_date)
    for section in draft.sections:
        for block in blocks_of(section.rows):
            scan.take(section, block)
    return scan.findings(draft)


@dataclass(slots=True)
class UnwrittenScan:
    """Takes the blocks of a draft one by one."""

    fields: Sequence[tuple[FormDefinition, Field]]
    """those that no electronic form has a place for"""
    counts: Counter[tuple[str, str]] = dataclass_field(default_factory=Counter)
    """by form and field"""

    @classmethod
    def of(cls, *, procedure: str, filing_date: date) -> "UnwrittenScan":
        versions = forms_of(procedure, filing_date=filing_date)
        written = {key for version in versions for key in written_keys(version)}
        definitions = (version.definition for version in versions)
        return cls([(d, f) for d in definitions for f in _without_place(d, written)])

    def take(self, section: Section, block: Block) -> None:
        for definition, field in self.fields:
            filled = block.columns.get(field.key)
            if filled and definition.part == section.part and field.key in section.columns:
                when = definition.when
                if when is not None:
                    decides = block.column(when.field)
                    holding = when.among(decides)
                    pairs = zip(filled, decides, strict=True)
                    filled = [value for value, other in pairs if other in holding]
                count = sum(value not in NOTHING for value in filled)
                self.counts[definition.code, field.key] += count

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        found = (_not_written(draft, d, f, self.counts[d.code, f.key]) for d, f in self.fields)
        return tuple(finding for finding in found if finding is not None)


def _without_place(definition: FormDefinition, written: Collection[str]) -> Iterator[Field]:
    chooses = {definition.when.field} if definition.when else set()
    for field in definition.fields:
        if field.part == definition.part and field.key not in {*written, *chooses}:
            yield field


def _not_written(
    draft: Draft, definition: FormDefinition, field: Field, count: int
) -> Finding | None:
    section = draft.section(Part(definition.part)) if count else None
    if section is None:
        return None
    return Finding(
        code="form.not_written",
        severity=Severity.INFO,
        sheet=section.sheet,
        column=section.columns[field.key],
        field=field.key,
        params={"form": definition.code, "count": count},
    )


def written_keys(version: FormVersion) -> Iterator[str]:
    if version.layout is not None:
        yield from _keys(version.layout.root)


def _keys(node: Group | Leaf) -> Iterator[str]:
    if isinstance(node, Group):
        for child in node.children:
            yield from _keys(child)
        return
    yield from (*node.keys, node.of)
