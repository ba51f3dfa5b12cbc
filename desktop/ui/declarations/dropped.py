"""Workbooks dropped on the page."""

from pathlib import Path

from PySide6.QtGui import QDropEvent

from desktop.ui.widgets.dropped import dropped_files

EXCEL = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def dropped_workbook(event: QDropEvent) -> Path | None:
    """The one Excel file that is being dropped, if it is one."""
    paths = dropped_files(event, EXCEL)
    return paths[0] if len(paths) == 1 else None
