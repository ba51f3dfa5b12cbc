"""The layout of a grid, remembered as a person makes it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.grid_layout import GridLayout
from desktop.ui.settings import UiSettings
from desktop.ui.widgets.column_grid import ColumnGrid

PAUSE = 300
"""milliseconds after a column was drawn wider"""


class KeptLayout(QObject):
    """Emits ``changed`` when other columns are to be shown."""

    changed = Signal()

    def __init__(self, settings: UiSettings, grid: ColumnGrid) -> None:
        super().__init__(grid)
        self._settings, self._grid, self._key = settings, grid, ""
        self.layout = GridLayout()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.keep_widths)
        grid.widened.connect(self._pause.start)
        grid.freeze_wanted.connect(self.freeze)

    def open(self, key: str) -> bool:
        """Whether it is another grid than before; empty: none that is remembered."""
        if key == self._key:
            return False
        if self._pause.isActive():
            self.keep_widths()
        self._key = key
        self.layout = GridLayout.parse(self._settings.text(key)) if key else GridLayout()
        return True

    def choose(self, keys: Sequence[str] | None) -> None:
        """None: the usual ones again."""
        self._keep(replace(self.layout, columns=tuple(keys) if keys else None))
        self.changed.emit()

    def freeze(self, key: str) -> None:
        """Up to this column; empty: none stands still."""
        self._keep(replace(self.layout, frozen=key))
        self._grid.freeze(self.layout.frozen_count(self._grid.keys, self._grid.kept))

    def keep_widths(self) -> None:
        self._pause.stop()
        self._keep(replace(self.layout, widths={**self.layout.widths, **self._grid.widths_now}))

    def _keep(self, layout: GridLayout) -> None:
        self.layout = layout
        if self._key:
            self._settings.remember(self._key, layout.text)
