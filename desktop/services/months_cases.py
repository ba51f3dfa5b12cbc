"""The month's movements: two months compared, and what was accepted turned into dossiers."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.services.batches import Batches, by_procedure, layout
from desktop.services.declared import declared_elsewhere
from desktop.services.joining import joined
from desktop.services.moments import filing_day
from desktop.services.month_lists import Book, MonthLists
from desktop.services.months_api import Accepted, Compared, Declared
from desktop.services.ports import Clock, Reading, Store, UnitOfWork
from desktop.services.progress import Progress, further, silent
from desktop.services.rechecking import Rechecking
from desktop.services.rooms import FormsRoom
from forms.excel.mapping import ColumnMapping
from forms.findings import Finding
from forms.model import Dossier, DossierState, Draft, Part, Period, Row, Unit
from forms.months.case import Setting
from forms.months.model import Proposal, Proposed, Question, Snapshot
from forms.months.propose import is_declared, propose
from forms.months.snapshots import from_roster, month_in_name
from resources.faults import UsageFault

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A draft to be stored."""

    procedure: str
    draft: Draft
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthsCases:
    """``desktop.services.months_api.MonthsApi``."""

    store: Store
    forms: FormsRoom
    clock: Clock
    lists: MonthLists

    def compare_files(
        self,
        old: Path,
        new: Path,
        *,
        period: Period,
        mapping: ColumnMapping | None = None,
        old_mapping: ColumnMapping | None = None,
        progress: Progress | None = None,
    ) -> Compared:
        """Raises what reading a workbook raises, DataFault ``months.unconfirmed``."""
        (before, found), (after, more) = self.lists.both(
            Book(path=old, mapping=old_mapping), Book(path=new, mapping=mapping), progress
        )
        setting = Setting(
            period=period, today=filing_day(self.clock()), old_month=month_in_name(old.stem)
        )
        findings = (*_in_file(old, found), *_in_file(new, more))
        return Compared(proposal=propose(before, after, setting), findings=findings)

    def compare_roster(self, unit_code: str, period: Period) -> Compared:
        """Raises UsageFault ``unit.unknown``."""
        with self.store.reading() as work:
            setting = self._setting(work, unit_code, period)
            before = _roster(work, unit_code, period.plus(-1))
            after = _roster(work, unit_code, period)
        return Compared(proposal=propose(before, after, setting), into_roster=False)

    def compare_file_with_roster(
        self,
        unit_code: str,
        new: Path,
        *,
        period: Period,
        mapping: ColumnMapping | None = None,
        progress: Progress | None = None,
    ) -> Compared:
        """Raises UsageFault ``unit.unknown`` before reading, then as reading a workbook does."""
        with self.store.reading() as work:
            setting = self._setting(work, unit_code, period)
            before = _roster(work, unit_code, period.plus(-1))
        after, found = self.lists.read(Book(path=new, mapping=mapping), progress)
        return Compared(proposal=propose(before, after, setting), findings=found)

    def accept(
        self,
        unit_code: str,
        compared: Compared,
        accepted: Accepted,
        progress: Progress | None = None,
    ) -> Declared:
        """All drafts in one transaction, and their people into the roster where they came from a
        workbook. Raises UsageFault ``unit.unknown``,
        ``months.unknown_choice``, ``months.declared_meanwhile``, ``field.unknown``."""
        chosen = _chosen(compared.proposal, accepted)
        typed = {id: _typed(self.forms, accepted.changes, id) for id in _changed(chosen, accepted)}
        movements = [_with(each, typed.get(each.id)) for each in chosen]
        period = compared.proposal.period
        with self.store.reading() as work:
            unit = work.units.get(unit_code)
            earlier = declared_elsewhere(work, unit_code, period)
        made: list[_Made] = []
        done, tell = 0, progress or silent
        for procedure, draft, part in self._drafts(unit, period, movements):
            tell(done, len(movements))
            placed = _placed(draft, part, typed)
            told = further(tell, done, len(movements))
            made.append(self._checked(unit, period, procedure, draft, earlier, placed, told))
            done += len(part)
        tell(done, len(movements))
        return self._keep(unit, period, movements, made, into_roster=compared.into_roster)

    def _setting(self, work: Reading, unit_code: str, period: Period) -> Setting:
        return Setting(
            period=period,
            region=work.units.get(unit_code).region,
            today=filing_day(self.clock()),
            declared=in_dossiers(work, unit_code, period),
        )

    def _drafts(
        self, unit: Unit, period: Period, movements: Sequence[Proposed]
    ) -> Iterator[tuple[str, Draft, Sequence[Proposed]]]:
        batches = Batches(
            forms=self.forms, unit=unit, period=period, filing_date=filing_day(self.clock())
        )
        for procedure, own in by_procedure(movements).items():
            for draft, part in batches.drafts(procedure, own, period.iso):
                yield procedure, draft, part

    def _checked(
        self,
        unit: Unit,
        period: Period,
        procedure: str,
        draft: Draft,
        earlier: Sequence[Row],
        typed: Sequence[Finding],
        progress: Progress,
    ) -> _Made:
        rechecking = Rechecking(forms=self.forms, clock=self.clock)
        found = rechecking.check(
            draft, unit=unit, period=period, procedure=procedure, earlier=earlier, progress=progress
        )
        return _Made(procedure=procedure, draft=draft, findings=joined(draft, typed, found))

    def _keep(
        self,
        unit: Unit,
        period: Period,
        movements: Sequence[Proposed],
        made: Sequence[_Made],
        *,
        into_roster: bool,
    ) -> Declared:
        with self.store.begin() as work:
            _refuse_declared(movements, in_dossiers(work, unit.code, period))
            work.roster.forget_undone(unit.code)
            dossiers = [self._create(work, unit, period, each) for each in made]
            if into_roster:
                for dossier, each in zip(dossiers, made, strict=True):
                    work.roster.merge(
                        unit.code, each.draft, period, now=self.clock(), dossier_id=dossier.id
                    )
            work.commit()
        _LOG.info("accepted %d movements into %d dossiers", len(movements), len(dossiers))
        found = {made.id: each.findings for made, each in zip(dossiers, made, strict=True)}
        return Declared(dossiers=tuple(dossiers), findings=found)

    def _create(self, work: UnitOfWork, unit: Unit, period: Period, made: _Made) -> Dossier:
        return work.dossiers.create(
            unit.code,
            period,
            made.procedure,
            made.draft,
            made.findings,
            self.clock(),
            self.forms.rules_hash(),
        )


def in_dossiers(work: Reading, unit_code: str, period: Period) -> tuple[Row, ...]:
    """Main-list rows of every dossier of the period that the agency did not refuse: what was
    accepted already, sent or not."""
    own = [
        dossier
        for dossier in work.dossiers.all(unit_code)
        if dossier.period == period and dossier.state is not DossierState.REJECTED
    ]
    return tuple(
        row for dossier in own for row in work.dossiers.draft(dossier.id).rows(Part.LAO_DONG)
    )


def _in_file(path: Path, found: Sequence[Finding]) -> Iterator[Finding]:
    """Of two lists, cells are told as Excel tells those of another workbook."""
    return (replace(each, sheet=f"[{path.name}]{each.sheet or ''}") for each in found)


def _roster(work: Reading, unit_code: str, period: Period) -> Snapshot:
    return from_roster(period.wire, work.roster.snapshot(unit_code, period))


def _chosen(proposal: Proposal, accepted: Accepted) -> list[Proposed]:
    """In the order of the proposal, then by the answers; each once."""
    known = {movement.id: movement for movement in proposal.movements}
    for name in accepted.movements:
        if name not in known:
            raise UsageFault("months.unknown_choice", choice=name)
    found = [known[name] for name in known if name in frozenset(accepted.movements)]
    questions = {question.id: question for question in proposal.questions}
    for name, answer in accepted.answers.items():
        found += _answered(questions.get(name), name, answer)
    return list({movement.id: movement for movement in found}.values())


def _answered(question: Question | None, name: str, answer: str) -> list[Proposed]:
    options = {option.id: option for option in question.options} if question else {}
    if answer not in options:
        raise UsageFault("months.unknown_choice", choice=f"{name} = {answer}")
    option = options[answer]
    return [option.movement, *option.also] if option.movement else []


def _changed(chosen: Sequence[Proposed], accepted: Accepted) -> list[str]:
    """Ids of movements with typed values. Raises UsageFault for one that is not declared."""
    known = {movement.id for movement in chosen}
    for name in accepted.changes:
        if name not in known:
            raise UsageFault("months.unknown_choice", choice=name)
    return list(accepted.changes)


_Typed = tuple[Mapping[str, str], tuple[Finding, ...]]


def _typed(forms: FormsRoom, changes: Mapping[str, Mapping[str, str]], name: str) -> _Typed:
    """The typed values in canonical form; an emptied one takes the field away."""
    made = layout()
    sheet = made.sheet(Part.LAO_DONG)
    known = {column.key for column in sheet.named} if sheet else set()
    for key in changes[name]:
        if key not in known:
            raise UsageFault("field.unknown", field=key)
    row = Row(0, {key: text for key, text in changes[name].items() if text})
    cleaned, found = forms.clean_row(made.code, Part.LAO_DONG, row)
    return {**dict.fromkeys(changes[name], ""), **cleaned.values}, found


def _placed(
    draft: Draft, movements: Sequence[Proposed], typed: Mapping[str, _Typed]
) -> tuple[Finding, ...]:
    """What was found in typed values, at the cells they went to."""
    section = draft.section(Part.LAO_DONG)
    if section is None:
        return ()
    return tuple(
        replace(
            finding,
            sheet=section.sheet,
            row=row.line,
            column=section.columns.get(finding.field or ""),
        )
        for movement, row in zip(movements, section.rows, strict=True)
        for finding in typed.get(movement.id, ({}, ()))[1]
    )


def _with(movement: Proposed, typed: _Typed | None) -> Proposed:
    if typed is None:
        return movement
    values = {**movement.values, **typed[0]}
    return replace(movement, values={key: text for key, text in values.items() if text})


def _refuse_declared(movements: Sequence[Proposed], declared: Sequence[Row]) -> None:
    for movement in movements:
        if any(is_declared(movement, row) for row in declared):
            raise UsageFault("months.declared_meanwhile", movement=movement.phuong_an or "TK1")
