"""Asking for files, folders and a last yes: the only modal windows of the program."""

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from desktop.ui.settings import UiSettings
from desktop.ui.texts import tr

FOLDER_KEY = "folders/last"


class Picker(Protocol):
    """What a screen asks of the person; None or False: they thought better of it."""

    def open_file(self, parent: QWidget, title: str, kinds: str) -> Path | None: ...
    def open_files(self, parent: QWidget, title: str, kinds: str) -> list[Path]: ...
    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None: ...
    def folder(self, parent: QWidget, title: str) -> Path | None: ...
    def confirm(self, parent: QWidget, question: str, detail: str, yes: str) -> bool: ...
    def secret(self, parent: QWidget, question: str) -> str | None:
        """A password, typed unseen; it may be empty."""
        ...


class DialogPicker:
    """The system's own dialogs, opened where the person was last."""

    def __init__(self, settings: UiSettings) -> None:
        self._settings = settings

    def open_file(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        start = self._settings.folder(FOLDER_KEY)
        return self._kept(QFileDialog.getOpenFileName(parent, title, start, kinds)[0])

    def open_files(self, parent: QWidget, title: str, kinds: str) -> list[Path]:
        start = self._settings.folder(FOLDER_KEY)
        chosen = QFileDialog.getOpenFileNames(parent, title, start, kinds)[0]
        return [path for path in map(self._kept, chosen) if path]

    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        start = str(Path(self._settings.folder(FOLDER_KEY)) / name)
        return self._kept(QFileDialog.getSaveFileName(parent, title, start, kinds)[0])

    def folder(self, parent: QWidget, title: str) -> Path | None:
        start = self._settings.folder(FOLDER_KEY)
        return self._kept(QFileDialog.getExistingDirectory(parent, title, start))

    def confirm(self, parent: QWidget, question: str, detail: str, yes: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, tr("ui.app"), question, parent=parent)
        box.setInformativeText(detail)
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        back = box.addButton(tr("ui.back"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(back)
        box.exec()
        return box.clickedButton() is agree

    def secret(self, parent: QWidget, question: str) -> str | None:
        hidden = QLineEdit.EchoMode.Password
        typed, agreed = QInputDialog.getText(parent, tr("ui.app"), question, hidden)
        return typed if agreed else None

    def _kept(self, chosen: str) -> Path | None:
        if not chosen:
            return None
        path = Path(chosen)
        self._settings.remember_folder(FOLDER_KEY, path)
        return path
