"""Files that somebody hands in, told apart by what is in them: notices, workbooks, papers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile, is_zipfile

from desktop.services.folders import plain_name
from desktop.services.inbox_api import Said
from desktop.services.letter_reading import try_notice
from desktop.services.unpacking import unpacked
from desktop.services.verifying import read_limited
from forms.model import Period
from forms.reconcile.notice import Notices
from forms.reconcile.portal import read_portal
from forms.xml.notice import Notice
from resources.faults import DataFault, Fault, SurroundingsFault

MOST_BYTES = 64 * 1024 * 1024
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
OFFICE = "[Content_Types].xml"
"""stands in every workbook and document, and in no archive of files"""
ReadWorkbook = Callable[[Path], Notices]


class Sort(Enum):
    XML = auto()
    BOOK = auto()
    """a workbook, or the portal's list as JSON"""
    PAPER = auto()
    ARCHIVE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file, alone or out of an archive. ``fault``: why nothing can be made of it."""

    source: str
    name: str
    content: bytes = b""
    notice: Notice | None = None
    fault: Said | None = None

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class BookFacts:
    """Whose and of which month a workbook is, as far as it says so."""

    unit_code: str
    period: Period | None


def sort_of(content: bytes) -> Sort:
    head = content.removeprefix(BYTE_ORDER_MARK).lstrip()[:8]
    if head.startswith(b"<"):
        return Sort.XML
    if head.startswith(b"%PDF-"):
        return Sort.PAPER
    if head.startswith((b"{", b"[")) or content.startswith(OLD_EXCEL):
        return Sort.BOOK
    if content.startswith(b"PK") and is_zipfile(BytesIO(content)):
        return Sort.BOOK if is_office(content) else Sort.ARCHIVE
    return Sort.UNKNOWN


def is_office(content: bytes) -> bool:
    try:
        with ZipFile(BytesIO(content)) as archive:
            return OFFICE in archive.namelist()
    except (BadZipFile, NotImplementedError, ValueError):
        return False


def pieces_of(files: Sequence[Path]) -> Iterator[Piece]:
    """Every file, those of archives one by one; what cannot be read says why."""
    for path in files:
        try:
            yield from _pieces(path.name, read_limited(path, MOST_BYTES))
        except (DataFault, SurroundingsFault) as fault:
            yield Piece(source=path.name, name=path.name, fault=said(fault))


def _pieces(source: str, content: bytes) -> Iterator[Piece]:
    if sort_of(content) is not Sort.ARCHIVE:
        yield piece(source, source, content)
        return
    for name, inner in unpacked(content, source=source):
        yield piece(f"{source}/{name}", plain_name(name), inner)


def piece(source: str, name: str, content: bytes) -> Piece:
    """An archive in an archive is not opened."""
    sort = sort_of(content)
    notice = try_notice(content) if sort is Sort.XML else None
    unusable = sort in {Sort.ARCHIVE, Sort.UNKNOWN} or (sort is Sort.XML and notice is None)
    fault = Said(code="inbox.not_a_letter", params={"file": name}) if unusable else None
    return Piece(source=source, name=name, content=content, notice=notice, fault=fault)


def said(fault: Fault) -> Said:
    return Said(code=fault.code, params=dict(fault.params))


def read_book(piece: Piece, read_workbook: ReadWorkbook) -> BookFacts | None:
    """None where it holds no notice of the agency. Raises DataFault where it is hostile."""
    with TemporaryDirectory(prefix="tokhai-") as folder:
        path = Path(folder) / (Path(piece.name).name or "bang.xlsx")
        path.write_bytes(piece.content)
        try:
            return facts_of(read_any(path, read_workbook))
        except DataFault as fault:
            if fault.code == "notice.not_recognised":
                return None
            raise


def read_any(path: Path, read_workbook: ReadWorkbook) -> Notices:
    if path.suffix.lower() == ".json":
        return read_portal(path.read_bytes(), source=path.name)
    return read_workbook(path)


def facts_of(found: Notices) -> BookFacts:
    of = found.statement or found.participants
    return BookFacts(of.unit_code, of.period) if of else BookFacts("", None)
