"""Qt's own words (menus of a text field, dialog buttons): Qt ships none in Vietnamese."""

from PySide6.QtCore import QObject, QTranslator

from desktop.ui.texts import tr

OURS = {
    "&Undo": "ui.qt.undo",
    "&Redo": "ui.qt.redo",
    "Cu&t": "ui.qt.cut",
    "&Copy": "ui.qt.copy",
    "&Paste": "ui.qt.paste",
    "Delete": "ui.qt.delete",
    "Select All": "ui.qt.select_all",
    "OK": "ui.qt.ok",
    "Cancel": "ui.qt.cancel",
    "&Open": "ui.qt.open",
    "&Save": "ui.qt.save",
}
"""Qt's English text → our code"""


class QtWords(QTranslator):
    """Answers for what the catalogue has; Qt keeps its own word for the rest."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        _context: str,
        source: str,
        _disambiguation: str | None = None,
        _n: int = -1,
    ) -> str:
        """Qt calls it with positions only."""
        code = OURS.get(source)
        return tr(code) if code else ""
