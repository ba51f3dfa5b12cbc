"""Which columns of the draft's grid are shown; what a person chose is remembered."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox

from desktop.ui.declarations.presenter import Opened
from desktop.ui.declarations.sheet import Sheet
from desktop.ui.grid_layout import layout_key
from desktop.ui.settings import UiSettings
from desktop.ui.texts import tr
from desktop.ui.widgets.column_grid import ColumnGrid
from desktop.ui.widgets.drawer import ColumnsDrawer, Offered
from desktop.ui.widgets.kept_layout import KeptLayout
from forms.model import Part


class GridColumns(QObject):
    """``whole`` shows every column for now; what is chosen in the drawer stays chosen.

    Emits ``changed`` when other columns are to be shown.
    """

    changed = Signal()

    def __init__(self, settings: UiSettings, grid: ColumnGrid, whole: QCheckBox) -> None:
        super().__init__(grid)
        self._grid, self._whole = grid, whole
        self._laid: Sequence[str] = ()
        self._useful: tuple[str, set[str]] = ("", set())
        self.kept = KeptLayout(settings, grid)
        self.drawer = ColumnsDrawer()
        self.kept.changed.connect(self.changed)
        grid.hide_wanted.connect(self.hide)
        self.drawer.chosen.connect(self.choose)
        self.drawer.usual.connect(lambda: self.choose(None))

    def show_list(self, opened: Opened | None, part: Part) -> None:
        """Another list may have been laid out otherwise."""
        form = f"{opened.draft.layout}/{part.value}" if opened else ""
        if not self.kept.open(layout_key(opened.dossier.unit_code, form) if opened else ""):
            return
        self._laid = ()
        sheet = opened.sheets.get((part, True)) if opened else None
        self.drawer.offer(
            [
                Offered(
                    key=each.key,
                    title=tr("ui.columns.lettered", title=each.title, letters=each.letters),
                    kept=each.key == self._grid.kept,
                )
                for each in (sheet.columns if sheet else ())
            ]
        )

    def keys(self, opened: Opened, part: Part) -> Sequence[str]:
        """Of the columns shown now; tells the drawer."""
        whole, useful = (opened.sheets.get((part, every)) for every in (True, False))
        if whole is None or useful is None:
            return ()
        every = [each.key for each in whole.columns]
        chosen: Sequence[str] | None = self.kept.layout.columns
        if self._whole.isChecked():
            chosen = every
        elif chosen is None:
            chosen = tuple(self._still_useful(opened, useful))
        self.drawer.show_chosen(chosen)
        return [key for key in every if key in chosen or key == self._grid.kept]

    def _still_useful(self, opened: Opened, now: Sheet) -> set[str]:
        """A column does not go from under the hand that empties it."""
        place = f"{opened.dossier.id}/{now.part.value}"
        if self._useful[0] != place:
            self._useful = (place, set())
        self._useful[1].update(each.key for each in now.columns)
        return self._useful[1]

    def choose(self, keys: Sequence[str] | None) -> None:
        """None: the usual ones again."""
        self._whole.blockSignals(True)
        self._whole.setChecked(False)
        self._whole.blockSignals(False)
        self.kept.choose(keys)

    def hide(self, key: str) -> None:
        self.choose([each for each in self._grid.keys if each != key])

    def toggle(self) -> None:
        self.drawer.setVisible(not self.drawer.isVisible())
        if self.drawer.isVisible():
            self.drawer.list.setFocus()

    def lay(self, usual: Mapping[str, int]) -> None:
        """After other columns are shown; a width under the hand is left alone."""
        keys = self._grid.keys
        if keys != self._laid:
            self._laid = keys
            self._grid.lay_columns(self.kept.layout, usual)
