"""Opening the three zipped kinds: .xlsx, .xlsb and .ods."""

from pathlib import Path

from forms.excel.archive import Archive, ahead, open_archive, plain_name
from forms.excel.guard import check_parts, kind_of, without_document_type
from forms.excel.limits import LIMITS, Limits
from forms.excel.parts import Parts, read_parts
from forms.excel.sniff import BookKind
from forms.excel.sources.bin_book import bin_string_sizes, read_bin_parts
from forms.excel.sources.bin_sheet import scan_bin_sheet
from forms.excel.sources.facts import SheetFacts
from forms.excel.sources.manifest import is_encrypted
from forms.excel.sources.model import Cells, Opened, SheetEntry
from forms.excel.sources.open_document import read_open_document
from forms.excel.sources.plain_sheet import NotPlain, plain_sheet
from forms.excel.sources.plain_values import PlainCells, PlainValues
from forms.excel.sources.xml_scan import scan_sheet
from resources.faults import DataFault

_CONTENT = "content.xml"
_REACHING_OUT = (
    "xl/vbaproject.bin",
    "xl/externallinks/",
    "xl/connections.",
    "xl/querytables/",
    "xl/macrosheets/",
    "xl/activex/",
    "xl/embeddings/",
    "basic/",
    "scripts/",
)


def open_zipped(content: bytes, path: Path, limits: Limits = LIMITS) -> Opened:
    """Raises DataFault ``workbook.*`` for all that must be refused."""
    archive = open_archive(content, limits)
    match kind_of(archive, path):
        case BookKind.XLSX:
            return _open_xlsx(archive, limits)
        case BookKind.XLSB:
            return _open_xlsb(archive, limits)
        case _:
            return _open_ods(archive, path, limits)


def _open_xlsx(archive: Archive, limits: Limits) -> Opened:
    parts = read_parts(archive)
    sizes = check_parts(archive, limits, later=frozenset(parts.sheets.values()))
    known: list[PlainValues] = []

    def facts(name: str) -> SheetFacts:
        part = parts.sheets[name]
        return scan_sheet(
            lambda: ahead(without_document_type(archive.chunks(part))),
            sheet=name,
            limits=limits,
            string_sizes=sizes,
        )

    def values(name: str) -> PlainValues:
        if not known:
            known.append(PlainValues(archive, name, parts.sheets[name]))
        return known[0]

    def plain(name: str) -> tuple[Cells, SheetFacts] | None:
        part = parts.sheets[name]
        chunks = ahead(without_document_type(archive.chunks(part)))
        try:
            found = plain_sheet(chunks, sheet=name, limits=limits, string_sizes=sizes)
            return PlainCells(found, values(name)), found.facts
        except NotPlain:
            return None

    return Opened(
        kind=BookKind.XLSX,
        content=archive.content,
        sheets=_entries(parts),
        from_1904=parts.from_1904,
        facts=facts,
        reaches_out=_reaches_out(archive),
        plain=plain,
    )


def _open_xlsb(archive: Archive, limits: Limits) -> Opened:
    parts = read_bin_parts(archive, limits)
    check_parts(archive, limits, later=frozenset(parts.sheets.values()))
    sizes = bin_string_sizes(archive, limits)

    def facts(name: str) -> SheetFacts:
        content = b"".join(archive.chunks(parts.sheets[name]))
        return scan_bin_sheet(content, sheet=name, limits=limits, string_sizes=sizes)

    return Opened(
        kind=BookKind.XLSB,
        content=archive.content,
        sheets=_entries(parts),
        from_1904=parts.from_1904,
        facts=facts,
        reaches_out=_reaches_out(archive),
    )


def _open_ods(archive: Archive, path: Path, limits: Limits) -> Opened:
    if is_encrypted(archive):
        raise DataFault("workbook.has_password", file=path.name)
    check_parts(archive, limits, later=frozenset({_CONTENT}))
    book = read_open_document(archive.chunks(_CONTENT), limits)
    facts = {sheet.name: sheet.facts for sheet in book.sheets}
    return Opened(
        kind=BookKind.ODS,
        content=archive.content,
        sheets=tuple(SheetEntry(name=each.name, visible=each.visible) for each in book.sheets),
        from_1904=book.from_1904,
        facts=facts.__getitem__,
        reaches_out=book.reaches_out or _reaches_out(archive),
    )


def _entries(parts: Parts) -> tuple[SheetEntry, ...]:
    return tuple(SheetEntry(name=name, visible=name not in parts.hidden) for name in parts.sheets)


def _reaches_out(archive: Archive) -> bool:
    return any(plain_name(name).startswith(_REACHING_OUT) for name in archive.entries)
