"""What the person has chosen, and news that several screens want to hear."""

from PySide6.QtCore import QObject, Signal

from forms.model import Period, Unit


class Session(QObject):
    """Unit and period at the top of the window; screens listen."""

    unit_changed = Signal()
    units_changed = Signal()
    period_changed = Signal()
    dossiers_changed = Signal()
    """a dossier was made, changed, signed or sent"""
    letters_changed = Signal()
    """a letter came or was read"""
    restart_wanted = Signal()
    data_replaced = Signal(str)
    """a copy was put back: nothing that is shown holds any more; what is told of it"""
    mode_wanted = Signal(bool)
    """practice, or for real: the program starts again in it"""
    page_wanted = Signal(str, str)
    """(page, id of the dossier or empty)"""

    def __init__(self, period: Period, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unit: Unit | None = None
        self._period = period

    @property
    def unit(self) -> Unit | None:
        return self._unit

    @property
    def unit_code(self) -> str:
        """Empty when there is none yet."""
        return self._unit.code if self._unit else ""

    @property
    def period(self) -> Period:
        return self._period

    def choose_unit(self, unit: Unit | None) -> None:
        if unit != self._unit:
            self._unit = unit
            self.unit_changed.emit()

    def choose_period(self, period: Period) -> None:
        if period != self._period:
            self._period = period
            self.period_changed.emit()
