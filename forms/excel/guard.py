"""What a file must pass before any spreadsheet library touches it.

A workbook comes from outside: it may be another kind of file, protected, damaged, or built to
exhaust memory. Everything is read once into memory and judged there, so that what was checked
is what is read.
"""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from forms.excel.archive import Archive, open_archive
from forms.excel.expat import feed, new_parser
from forms.excel.limits import LIMITS, Limits
from forms.excel.sniff import FileType, file_type
from resources.faults import DataFault, SurroundingsFault

_EXTENSIONS = frozenset({".xlsx", ".xlsm"})
_WORKBOOK_PART = "xl/workbook.xml"
_SHARED_STRINGS = "xl/sharedstrings.xml"
_XML_ENDINGS = (".xml", ".rels", ".vml")
_STRING_END = b"</si>"
_OTHER_OFFICE_FILES = (
    ("xl/workbook.bin", "workbook.is_xlsb"),
    ("word/document.xml", "workbook.is_word"),
    ("content.xml", "workbook.is_ods"),
)


class _RootReached(Exception):
    """The root element began, so no document type can follow."""


def open_workbook(path: Path, limits: Limits = LIMITS) -> Archive:
    """The checked parts of an .xlsx or .xlsm file.

    Raises DataFault with a code of its own for each reason to refuse (``workbook.*``) and
    SurroundingsFault ``workbook.cannot_read`` or ``workbook.no_permission``.
    """
    content = _read(path, limits)
    if not content:
        raise DataFault("workbook.empty", file=path.name)
    found = file_type(content)
    if found is not FileType.ZIP:
        raise DataFault(found.value, file=path.name)
    archive = open_archive(content, limits)
    _check_is_workbook(archive, path)
    _check_parts(archive, limits)
    return archive


def _read(path: Path, limits: Limits) -> bytes:
    if path.is_dir():
        raise DataFault("workbook.is_folder", file=path.name)
    try:
        with path.open("rb") as file:
            content = file.read(limits.file_bytes + 1)
    except FileNotFoundError as error:
        raise DataFault("workbook.missing", file=path.name) from error
    except PermissionError as error:
        raise SurroundingsFault("workbook.no_permission", file=path.name) from error
    except (OSError, ValueError) as error:
        raise SurroundingsFault("workbook.cannot_read", file=path.name) from error
    if len(content) > limits.file_bytes:
        raise DataFault("workbook.too_large", file=path.name, most=limits.file_bytes >> 20)
    return content


def _check_is_workbook(archive: Archive, path: Path) -> None:
    if _WORKBOOK_PART not in archive:
        for part, code in _OTHER_OFFICE_FILES:
            if part in archive:
                raise DataFault(code, file=path.name)
        raise DataFault("workbook.is_zip", file=path.name)
    if path.suffix.lower() not in _EXTENSIONS:
        raise DataFault("workbook.wrong_extension", file=path.name)


def _check_parts(archive: Archive, limits: Limits) -> None:
    for name in archive.entries:
        chunks: Iterable[bytes] = archive.chunks(name)
        if name.lower().endswith(_XML_ENDINGS):
            chunks = _without_document_type(chunks)
        if name.lower() == _SHARED_STRINGS:
            chunks = _without_endless_string(chunks, limits)
        for _chunk in chunks:
            pass


def _without_document_type(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """Parses up to the root element, then only passes the bytes on."""
    rest = iter(chunks)
    parser = new_parser()
    parser.StartElementHandler = _root_reached
    seen: list[bytes] = []

    def prolog() -> Iterable[bytes]:
        for chunk in rest:
            seen.append(chunk)
            yield chunk

    try:
        feed(parser, prolog())
    except _RootReached:
        return chain(seen, rest)
    return seen


def _root_reached(_name: str, _attributes: object) -> None:
    raise _RootReached


def _without_endless_string(chunks: Iterable[bytes], limits: Limits) -> Iterable[bytes]:
    open_bytes = 0
    for chunk in chunks:
        pieces = chunk.split(_STRING_END)
        lengths = [len(piece) for piece in pieces]
        lengths[0] += open_bytes
        if max(lengths) > limits.string_bytes:
            raise DataFault("workbook.text_too_long")
        open_bytes = lengths[-1]
        yield chunk
