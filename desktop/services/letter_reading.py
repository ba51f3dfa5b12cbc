"""Letters as they come in, before anybody judges them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from desktop.services.folders import plain_name
from desktop.services.inbox_api import LetterFile, LetterKind, Origin, Reason, Said
from desktop.services.moments import VIETNAM
from forms.model import Period
from forms.xml.notice import Notice, read_notice
from resources.faults import DataFault

MOST_NAME = 120
_LINE = re.compile(r"(?:Dòng|Row)\s+(\d{1,6})\b")
_BARE_FILE = re.compile(r"\S{1,120}\.\w{2,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file that came with a letter. ``content`` is None where its bytes could not be had."""

    name: str
    size: int
    sha256: str
    content: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One letter for a unit. ``notice`` is None where none came, or none that can be read.

    ``kind``, ``period`` and ``doubt``: of a letter without a notice.
    """

    unit_code: str
    origin: Origin
    source: str = ""
    document: bytes | None = None
    notice: Notice | None = None
    enclosed: tuple[Enclosed, ...] = ()
    kind: LetterKind = LetterKind.OTHER
    period: Period | None = None
    doubt: Said | None = None

    @property
    def id(self) -> str:
        """The same for the same content to the same unit, however it comes."""
        if self.document is not None:
            content = sha256(self.document).hexdigest()
        else:
            content = " ".join(sorted(file.sha256 for file in self.enclosed))
        return sha256(f"{self.unit_code}\n{content}".encode()).hexdigest()[:32]

    @property
    def order(self) -> datetime:
        """By when the agency wrote it; what has no date comes first."""
        return self.notice.received if self.notice else datetime.min  # noqa: DTZ901  # neither has a zone


def enclosed(name: str, content: bytes) -> Enclosed:
    digest = sha256(content).hexdigest()
    return Enclosed(name=name, size=len(content), sha256=digest, content=content)


def try_notice(document: bytes) -> Notice | None:
    """None where it is no notice that can be read."""
    try:
        return read_notice(document)
    except DataFault:
        return None


def period_of(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except ValueError:
        return None


def named_apart(files: Iterable[Enclosed]) -> tuple[Enclosed, ...]:
    """Plain names, each once: a second ``a.xml`` becomes ``a (2).xml``."""
    taken: set[str] = set()
    found = []
    for file in files:
        name = free_name(plain_name(file.name)[-MOST_NAME:] or "_", taken)
        taken.add(name.casefold())
        found.append(replace(file, name=name))
    return tuple(found)


def free_name(name: str, taken: set[str]) -> str:
    """``taken``: names in use, case-folded."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, f".{ending}") if dot and stem else (name, "")
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}){ending}"
    return found


def dated_of(incoming: Incoming) -> datetime | None:
    """The layout has no zone; the agency's clock is Viet Nam's."""
    return incoming.notice.received.replace(tzinfo=VIETNAM) if incoming.notice else None


def reasons_in(notice: Notice) -> tuple[Reason, ...]:
    """What is said of rows: every ROW_CTIET that names neither a file nor a digest."""
    said = [row.name for row in notice.rows]
    return tuple(Reason(text=text, line=line_of(text)) for text in said if is_reason(text))


def is_reason(text: str) -> bool:
    return bool(text) and not _BARE_FILE.fullmatch(text) and not re.search(r"[0-9a-f]{64}", text)


def line_of(text: str) -> int | None:
    found = _LINE.match(text)
    return int(found[1]) if found else None


def missing(files: Sequence[LetterFile], wanted: Iterable[str]) -> set[str]:
    """Of these digests, those whose bytes are not here."""
    return set(wanted) - {file.sha256 for file in files if file.kept}
