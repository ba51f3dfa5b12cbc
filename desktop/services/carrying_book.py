"""A dossier's draft as a workbook for the program of another provider."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.services.carry_api import CarriedBook
from desktop.services.carry_rooms import CarryRoom
from desktop.services.covering import Words
from desktop.services.folders import usable_folder
from desktop.services.ports import Clock, Store
from forms.findings import Finding, Severity
from forms.model import Dossier, DossierState, Part
from resources.faults import Param, UsageFault

NOT_SENT = frozenset({DossierState.DRAFT, DossierState.CHECKED, DossierState.SIGNED})
EVENT = "event.carried_as_workbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWorkbook:
    """Whatever the dossier's state: the other program checks and signs for itself."""

    store: Store
    room: CarryRoom
    words: Words
    clock: Clock

    def __call__(self, dossier_id: str, provider: str, out: Path) -> CarriedBook:
        """Raises UsageFault ``dossier.unknown``, ``carry.provider``, ``carry.procedure``,
        ``carry.no_people``, as ``folders`` does, and as writing and reading a workbook do."""
        with self.store.reading() as work:
            dossier = work.dossiers.get(dossier_id)
            draft = work.dossiers.draft(dossier_id)
            errors = [each for each in work.dossiers.findings(dossier_id) if _is_error(each)]
        if not self.room.lists_movements(dossier.procedure):
            raise UsageFault("carry.procedure", dossier=dossier.id, procedure=dossier.procedure)
        if not draft.rows(Part.LAO_DONG):
            raise UsageFault("carry.no_people", dossier=dossier.id)
        path, told = self.room.draft(draft, provider, usable_folder(out))
        self._note(dossier, provider)
        return CarriedBook(path=path, findings=(*self._warnings(dossier, len(errors)), *told))

    def _warnings(self, dossier: Dossier, errors: int) -> Iterator[Finding]:
        if errors:
            yield _warning("carry.has_errors", {"count": errors})
        if dossier.state not in NOT_SENT:
            state = self.words(f"state.{dossier.state.value}", {})
            yield _warning("carry.filed_here", {"state": state})

    def _note(self, dossier: Dossier, provider: str) -> None:
        with self.store.begin() as work:
            work.dossiers.note(dossier.id, now=self.clock(), event=EVENT, detail=provider)
            work.commit()


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


def _warning(code: str, params: Mapping[str, Param]) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, params=params)
