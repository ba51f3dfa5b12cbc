"""What a file really is, by its first bytes and not by its name."""

from collections.abc import Collection
from enum import Enum

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = b"%PDF-"
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
"""Excel 2.1 to 4.0, and later streams without their container"""
_HEAD_BYTES = 4_096
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0c\x1b")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class BookKind(Enum):
    """A kind of workbook that is read; values are the usual endings of its name."""

    XLSX = (".xlsx", ".xlsm", ".xltx", ".xltm")
    XLSB = (".xlsb",)
    XLS = (".xls", ".xlt")
    ODS = (".ods", ".ots")


_MAIN_PARTS = (
    ("xl/workbook.xml", BookKind.XLSX),
    ("xl/workbook.bin", BookKind.XLSB),
    ("content.xml", BookKind.ODS),
)


def book_kind(parts: Collection[str]) -> BookKind | None:
    """The kind of a zipped workbook by the names of its parts."""
    return next((kind for part, kind in _MAIN_PARTS if part in parts), None)


class FileType(Enum):
    """Values are the message codes of what cannot be read."""

    ZIP = "workbook.is_zip"
    PROTECTED = "workbook.has_password"
    OLD_EXCEL = "workbook.is_old_excel"
    ANCIENT_EXCEL = "workbook.is_excel_95"
    PDF = "workbook.is_pdf"
    TEXT = "workbook.is_text"
    UNKNOWN = "workbook.not_excel"


def file_type(content: bytes) -> FileType:
    """The type of a file from its whole content (only its ends are looked at)."""
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        return FileType.ZIP
    if content.startswith(_OLE):
        return _ole_type(content)
    if content.startswith(_BARE_BIFF):
        return FileType.ANCIENT_EXCEL
    if content.startswith(_PDF):
        return FileType.PDF
    return FileType.TEXT if _is_text(content[:_HEAD_BYTES]) else FileType.UNKNOWN


def _ole_type(content: bytes) -> FileType:
    """A password-protected .xlsx is an OLE file with a stream ``EncryptedPackage``."""
    if _stream_name("EncryptedPackage") in content:
        return FileType.PROTECTED
    if _stream_name("Workbook") in content or _stream_name("Book") in content:
        return FileType.OLD_EXCEL
    return FileType.UNKNOWN


def _stream_name(name: str) -> bytes:
    """As it stands in an OLE directory: UTF-16, closed by a zero."""
    return name.encode("utf-16-le") + b"\0\0"


def _is_text(head: bytes) -> bool:
    if head.startswith(_UTF16_MARKS):
        return True
    return all(byte >= 0x20 or byte in _TEXT_CONTROLS for byte in head)
