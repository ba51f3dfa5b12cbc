"""Typing over rows of a draft: clean, put in place, check again, store."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.services.joining import Cell
from desktop.services.ports import Clock, Store, UnitOfWork
from desktop.services.rechecking import Known, Rechecking
from desktop.services.rooms import FormsRoom
from forms.findings import Finding
from forms.model import Dossier, DossierState, Draft, Row, Section
from forms.packed import place_of, with_row
from resources.faults import UsageFault

OPEN = frozenset({DossierState.DRAFT, DossierState.CHECKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """A row after typing, and what was found in the typed values."""

    section: Section
    before: Row
    after: Row
    findings: tuple[Finding, ...]

    @property
    def cells(self) -> frozenset[tuple[str, int, str]]:
        """Those whose value is another now."""
        return frozenset(
            (self.section.sheet, self.before.line, column)
            for key, column in self.section.columns.items()
            if self.before.get(key) != self.after.get(key)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRows:
    """All of the rows or none; the line of a row never changes."""

    store: Store
    forms: FormsRoom
    clock: Clock

    def __call__(self, dossier_id: str, part: str, rows: Sequence[Row]) -> Sequence[Finding]:
        """Today's findings of the whole draft.

        Raises UsageFault ``dossier.signed``, ``row.unknown``, ``field.unknown``.
        """
        with self.store.begin() as work:
            known = Known.of(work, require_open(work.dossiers.get(dossier_id)))
            changed, typed = self._type(known.draft, part, rows)
            rechecking = Rechecking(forms=self.forms, clock=self.clock)
            findings = rechecking.findings(
                known,
                changed,
                typed_over=frozenset[Cell]().union(*(each.cells for each in typed)),
                typed=tuple(finding for each in typed for finding in each.findings),
            )
            self._keep(work, known.dossier, changed, findings)
            work.commit()
        return findings

    def _type(
        self, draft: Draft, part: str, rows: Sequence[Row]
    ) -> tuple[Draft, Sequence[TypedRow]]:
        done: list[TypedRow] = []
        for row in rows:
            section, before = _find(draft, part, row.line)
            typed = self._clean(draft.layout, section, before, row.values)
            draft = _with_row(draft, section, typed.after)
            done.append(typed)
        return draft, done

    def _clean(
        self, layout: str, section: Section, before: Row, typed: Mapping[str, str]
    ) -> TypedRow:
        keys = tuple(_changed_keys(section, before, typed))
        new = Row(before.line, {key: typed[key] for key in keys if typed.get(key)})
        cleaned, found = self.forms.clean_row(layout, section.part, new)
        kept = {key: value for key, value in before.values.items() if key not in keys}
        return TypedRow(
            section=section,
            before=before,
            after=Row(before.line, kept | dict(cleaned.values)),
            findings=tuple(_placed(finding, section) for finding in found),
        )

    def _keep(
        self, work: UnitOfWork, dossier: Dossier, draft: Draft, findings: Sequence[Finding]
    ) -> None:
        work.dossiers.replace_draft(dossier.id, draft)
        work.dossiers.replace_findings(dossier.id, findings, self.forms.rules_hash())
        back_to_draft(work, dossier, self.clock, "event.changed")


def require_open(dossier: Dossier) -> Dossier:
    """Raises UsageFault ``dossier.signed`` when nothing may be changed any more."""
    if dossier.state not in OPEN:
        raise UsageFault("dossier.signed", dossier=dossier.id)
    return dossier


def back_to_draft(work: UnitOfWork, dossier: Dossier, clock: Clock, event: str) -> Dossier:
    """What was built from other rows is no longer right: its files go."""
    if dossier.state is DossierState.DRAFT:
        return dossier
    work.dossiers.replace_files(dossier.id, ())
    return work.dossiers.move(dossier.id, DossierState.DRAFT, now=clock(), event=event)


def _find(draft: Draft, part: str, line: int) -> tuple[Section, Row]:
    for section in draft.sections:
        if section.part == part:
            place = place_of(section.rows, line)
            if place is not None:
                return section, section.rows[place]
    raise UsageFault("row.unknown", row=line)


def _changed_keys(section: Section, before: Row, typed: Mapping[str, str]) -> Iterator[str]:
    for key in sorted({*before.values, *typed}):
        if typed.get(key, "") != before.get(key):
            if key not in section.columns and key not in before.values:
                raise UsageFault("field.unknown", field=key)
            yield key


def _with_row(draft: Draft, section: Section, row: Row) -> Draft:
    place = place_of(section.rows, row.line)
    if place is None:
        raise UsageFault("row.unknown", row=row.line)
    changed = replace(section, rows=with_row(section.rows, place, row))
    return replace(
        draft, sections=tuple(changed if old is section else old for old in draft.sections)
    )


def _placed(finding: Finding, section: Section) -> Finding:
    column = section.columns.get(finding.field or "")
    return replace(finding, sheet=section.sheet, column=column)
