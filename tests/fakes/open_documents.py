"""An .ods written by hand. Source: OpenDocument 1.3, part 3."""

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from forms.excel.letters import to_number
from tests.fakes.workbooks import CellValue, Package

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" '
    f'xmlns:text="{_OASIS}:text:1.0" xmlns:style="{_OASIS}:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    f'xmlns:script="{_OASIS}:script:1.0"'
)
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/x"/></manifest:manifest>'
).encode()
LOCKED_MANIFEST = MANIFEST.replace(
    b'"application/x"/>',
    b'"application/x"><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>',
)


def cell(value: CellValue, attributes: str = "") -> str:
    if value is None:
        return f"<table:table-cell{attributes}/>"
    if isinstance(value, (int, float)):
        return (
            f'<table:table-cell{attributes} office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell{attributes} office:value-type="string">'
        f"<text:p>{escape(value)}</text:p></table:table-cell>"
    )


def repeated(count: int, what: str = "columns") -> str:
    return f' table:number-{what}-repeated="{count}"'


def row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{cells}</table:table-row>"


def placed(cells: Mapping[str, CellValue | bytes]) -> str:
    """The cells of a row by letters, with the empty ones between them."""
    text, column = "", 1
    for letters, value in cells.items():
        number = to_number(letters)
        if number > column:
            text += cell(None, repeated(number - column))
        text += value.decode() if isinstance(value, bytes) else cell(value)
        column = number + 1
    return text


def table(name: str, rows: str, attributes: str = "") -> str:
    return f"<table:table table:name={quoteattr(name)}{attributes}>{rows}</table:table>"


def open_document(tables: str, *, styles: str = "", settings: str = "") -> Package:
    """A whole .ods from its tables."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{settings}{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return Package(
        {
            "mimetype": MIME,
            "META-INF/manifest.xml": MANIFEST,
            "content.xml": content.encode(),
        }
    )
