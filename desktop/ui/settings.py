"""What the window remembers between two starts. Never a PIN, a password or personal data."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


class UiSettings:
    """A small ini file beside the data."""

    def __init__(self, file: Path) -> None:
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    def text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else ""

    def remember(self, key: str, value: str) -> None:
        self._store.setValue(key, value)

    def folder(self, key: str) -> str:
        """A folder chosen earlier, when it is still there."""
        known = self.text(key)
        return known if known and Path(known).is_dir() else str(Path.home())

    def remember_folder(self, key: str, chosen: Path) -> None:
        self.remember(key, str(chosen if chosen.is_dir() else chosen.parent))

    def beside(self, name: str) -> Path:
        """Where a file of another kind may lie next to it."""
        return Path(self._store.fileName()).with_name(name)

    def geometry(self) -> QByteArray:
        value = self._store.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    def remember_geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)
