"""Papers that go with the dossier (PDF, Word, Excel, pictures), chosen before building."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label


class PapersView(QWidget):
    """``files`` go into the next build."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.files: tuple[Path, ...] = ()
        self.words = label(role="quiet")
        self.add_button = button("ui.papers.add", self.add)
        self.drop_button = button("ui.papers.drop", self.forget, role="link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(tr("ui.papers.title"), "strong"))
        column.addWidget(self.words)
        column.addWidget(self.add_button)
        column.addWidget(self.drop_button)
        self.forget()

    def add(self) -> None:
        """Whether each may be sent is decided when building."""
        chosen = self.desk.picker.open_files(self, tr("ui.pick.papers"), tr("ui.kinds.papers"))
        new = [path for path in chosen if path not in self.files]
        self._show((*self.files, *new))

    def forget(self) -> None:
        self._show(())

    def _show(self, files: tuple[Path, ...]) -> None:
        self.files = files
        names = ", ".join(path.name for path in files)
        self.words.setText(names or tr("ui.papers.none"))
        self.words.setToolTip(names)
        self.drop_button.setVisible(bool(files))
