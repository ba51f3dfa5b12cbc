"""Files dropped on a page."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtGui import QDropEvent


def dropped_files(event: QDropEvent, endings: Collection[str]) -> tuple[Path, ...]:
    """All of them where each is a local file with one of the endings (``.xml``), else none."""
    urls = event.mimeData().urls()
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    fits = bool(paths) and len(paths) == len(urls)
    return paths if fits and all(path.suffix.lower() in endings for path in paths) else ()
