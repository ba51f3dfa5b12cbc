"""What a file must pass before any spreadsheet library touches it.

A workbook comes from outside: it may be another kind of file, protected, damaged, or built to
exhaust memory. Everything is read once into memory and judged there, so that what was checked
is what is read.
"""

import re
from array import array
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from pathlib import Path

from forms.excel.archive import Archive, open_archive, plain_name
from forms.excel.expat import feed, new_parser
from forms.excel.limits import LIMITS, Limits
from forms.excel.sniff import BookKind, FileType, book_kind, file_type
from resources.faults import DataFault, SurroundingsFault

_SHARED_STRINGS = "xl/sharedstrings.xml"
_XML_ENDINGS = (".xml", ".rels", ".vml")
_STRING_END = b"</si>"
_EMPTY_STRING = re.compile(rb"<(?:\w+:)?si(?:\s[^<>]*)?/>|</\w+:si>|</si\s")
_ODD_STRING = (b"/>", b":si", b"</si ", b"</si\t", b"</si\r", b"</si\n")
"""one of these stands wherever the pattern above fits"""
_PROLOG = 4096
"""parsed at once: what the parser was given it parses to the end"""
_NOT_XLSX = {
    BookKind.XLSB: "workbook.is_xlsb",
    BookKind.ODS: "workbook.is_ods",
}
_WORD = "word/document.xml"


class _RootReached(Exception):
    """The root element began, so no document type can follow."""


def open_workbook(path: Path, limits: Limits = LIMITS) -> Archive:
    """The checked parts of an .xlsx or .xlsm file, for what can use nothing else.

    Raises DataFault with a code of its own for each reason to refuse (``workbook.*``) and
    SurroundingsFault ``workbook.cannot_read`` or ``workbook.no_permission``.
    """
    content = read_file(path, limits)
    if (found := file_type(content)) is not FileType.ZIP:
        raise DataFault(found.value, file=path.name)
    archive = open_archive(content, limits)
    kind = kind_of(archive, path)
    if kind in _NOT_XLSX:
        raise DataFault(_NOT_XLSX[kind], file=path.name)
    if path.suffix.lower() not in BookKind.XLSX.value:
        raise DataFault("workbook.wrong_extension", file=path.name)
    check_parts(archive, limits)
    return archive


def read_file(path: Path, limits: Limits = LIMITS) -> bytes:
    """The whole file. Raises DataFault ``workbook.missing``, ``workbook.is_folder``,
    ``workbook.empty``, ``workbook.too_large``; SurroundingsFault ``workbook.no_permission`` or
    ``workbook.cannot_read``."""
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
    if not content:
        raise DataFault("workbook.empty", file=path.name)
    if len(content) > limits.file_bytes:
        raise DataFault("workbook.too_large", file=path.name, most=limits.file_bytes >> 20)
    return content


def kind_of(archive: Archive, path: Path) -> BookKind:
    """Raises DataFault ``workbook.is_word`` or ``workbook.is_zip`` when it is no workbook."""
    kind = book_kind(archive.entries)
    if kind is None:
        code = "workbook.is_word" if _WORD in archive else "workbook.is_zip"
        raise DataFault(code, file=path.name)
    return kind


def check_parts(
    archive: Archive, limits: Limits = LIMITS, *, later: Collection[str] = ()
) -> Sequence[int]:
    """Unpacks every part but those checked ``later``; gives the bytes of each shared string.

    Raises DataFault ``workbook.broken``, ``workbook.entities`` or ``workbook.text_too_long``.
    """
    sizes: Sequence[int] = ()
    for name in archive.entries:
        if name in later:
            continue
        chunks: Iterable[bytes] = archive.chunks(name)
        if name.lower().endswith(_XML_ENDINGS):
            chunks = without_document_type(chunks)
        if plain_name(name) == _SHARED_STRINGS:
            sizes = _string_sizes(chunks, limits)
        for _chunk in chunks:
            pass
    return sizes


def without_document_type(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """Parses up to the root element, then only passes the bytes on."""
    rest = iter(chunks)
    parser = new_parser()
    parser.StartElementHandler = _root_reached
    seen: list[bytes] = []

    def prolog() -> Iterable[bytes]:
        for chunk in rest:
            seen.append(chunk)
            yield from (chunk[at : at + _PROLOG] for at in range(0, len(chunk), _PROLOG))

    try:
        feed(parser, prolog())
    except _RootReached:
        return chain(seen, rest)
    return seen


def _root_reached(_name: str, _attributes: object) -> None:
    raise _RootReached


def _string_sizes(chunks: Iterable[bytes], limits: Limits) -> Sequence[int]:
    """Bytes of each string with its markup; where they cannot be told apart, of the longest."""
    sizes = array("I")
    open_bytes = odd = 0
    for chunk in chunks:
        lengths = [len(piece) for piece in chunk.split(_STRING_END)]
        lengths[0] += open_bytes
        if max(lengths) > limits.string_bytes:
            raise DataFault("workbook.text_too_long")
        open_bytes = lengths.pop()
        sizes.extend(lengths)
        if any(sign in chunk for sign in _ODD_STRING):
            odd += len(_EMPTY_STRING.findall(chunk))
    if odd:
        return array("I", [max(sizes, default=limits.string_bytes)]) * (len(sizes) + odd)
    return sizes
