"""Workbooks dropped on the page."""

from pathlib import Path

from PySide6.QtGui import QDropEvent

EXCEL = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def dropped_workbook(event: QDropEvent) -> Path | None:
    """The one Excel file that is being dropped, if it is one."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in EXCEL else None
