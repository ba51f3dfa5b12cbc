"""Units (đơn vị) at rest."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import insert, select, update

from desktop.store.session import Session
from desktop.store.tables import unit
from forms.model import Unit
from resources.faults import UsageFault


@dataclass(frozen=True, slots=True)
class SqlUnits:
    session: Session

    def add(self, new: Unit) -> None:
        """Raises UsageFault ``unit.exists``."""
        if self.session.value(select(unit.c.code).where(unit.c.code == new.code)) is not None:
            raise UsageFault("unit.exists", unit=new.code)
        self.session.change(insert(unit), asdict(new))

    def replace(self, changed: Unit) -> None:
        """The unit of the same code. Raises UsageFault ``unit.unknown``."""
        values = {key: value for key, value in asdict(changed).items() if key != "code"}
        same = unit.c.code == changed.code
        if not self.session.change(update(unit).where(same).values(**values)):
            raise UsageFault("unit.unknown", unit=changed.code)

    def get(self, code: str) -> Unit:
        """Raises UsageFault ``unit.unknown``."""
        found = self.session.first(select(unit).where(unit.c.code == code))
        if found is None:
            raise UsageFault("unit.unknown", unit=code)
        return Unit(**found)

    def all(self) -> Sequence[Unit]:
        """By code."""
        return [Unit(**found) for found in self.session.rows(select(unit).order_by(unit.c.code))]
