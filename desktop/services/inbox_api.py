"""What the agency wrote, as the window and the command line see it: notices, results, statements.

A letter is one thing that came, by the gateway or by hand. Only one that a trusted key signed
(``Verified.YES``) ever moves a dossier; any other is shown, with the reason, and changes nothing.
Every sentence comes as a code with its parameters; the words are looked up at the screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from desktop.services.progress import Progress
from desktop.services.reconciled import Reconciled
from desktop.services.rooms import PrintedForm
from forms.model import DossierState, Period
from resources.faults import Param

STRANGER = "inbox.paper.stranger"
"""doubt of a paper that is intact, by an authority that is not known to be the agency"""


class LetterKind(StrEnum):
    """What a letter is about. Titles: ``inbox.kind.<value>``."""

    RECEIPT = "receipt"
    """taken in, with a dossier number"""
    PROCESSING = "processing"
    SUPPLEMENT = "supplement"
    """something is missing or wrong, to be supplied"""
    RESULT = "result"
    REFUSAL = "refusal"
    STATEMENT = "statement"
    """C12-TS, D09-TS of a month"""
    PAPER = "paper"
    """a file that a person must read: the program did not"""
    OTHER = "other"
    """a notice whose meaning the program does not know"""


class Verified(StrEnum):
    """Words: ``inbox.verified.<value>``."""

    YES = "yes"
    """signed by the authority that is trusted for this gateway, and about what it is kept under"""
    NO = "no"
    """signed or said to be, and not believed; ``doubt`` says why"""
    UNSIGNED = "unsigned"
    """carries no signature that the program can check"""


class Origin(StrEnum):
    """How it came in. Words: ``inbox.origin.<value>``."""

    FETCHED = "fetched"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence: its code in ``resources/messages`` and what stands in it."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that the agency says of a row or of the dossier, in its own words."""

    text: str
    line: int | None = None
    """row of D02-TS, where one is named"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFile:
    """A file that came with a letter."""

    name: str
    """unique in its letter, and never a path"""
    size: int
    """bytes"""
    sha256: str
    """lower-case hex"""
    vouched: bool
    """the believed notice names this very digest"""
    kept: bool = True
    """its bytes are here; False where the gateway did not have them any more"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter as kept; ``id`` is made of unit and content: the same never comes twice."""

    id: str
    unit_code: str
    kind: LetterKind
    origin: Origin
    source: str
    """the file that it was taken from, with its place in an archive; empty when fetched"""
    received_at: datetime
    """when it came in here"""
    dated: datetime | None
    """the agency's own date, with Viet Nam's zone"""
    period: Period | None
    dossier_id: str | None
    number: str
    """số hồ sơ, or empty"""
    transaction: str
    agency: str
    """who writes, in its own words"""
    state_after: DossierState | None
    """what it says has become of the dossier, whether or not it is believed"""
    moved: bool
    """it changed the dossier's state when it came in"""
    verified: Verified
    doubt: Said | None
    """why it is not believed, or why it changed nothing"""
    deadline: date | None
    """NGAY_TRA: the result is promised by then, or the supplement wanted by then"""
    text: str
    """the agency's own words as a whole"""
    reasons: tuple[Reason, ...]
    files: tuple[LetterFile, ...]
    read: bool

    @property
    def title_code(self) -> str:
        return f"inbox.kind.{self.kind.value}"

    @property
    def of_stranger(self) -> bool:
        """Intact, and neither believed nor refuted."""
        return self.doubt is not None and self.doubt.code == STRANGER

    @property
    def verified_code(self) -> str:
        return f"inbox.verified.{'intact' if self.of_stranger else self.verified.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenLetter:
    """What became of one file, or of one member of an archive.

    ``letter`` is None where nothing was kept, and then ``fault`` says why. ``new`` is False where
    the very same letter was here before; ``letter`` is that one then.
    """

    source: str
    letter: Letter | None
    new: bool
    fault: Said | None = None


class TakeWatch(Protocol):
    """Who looks on while files are taken in, one after the other."""

    def next(self, done: int, whole: int, source: str) -> None:
        """Before each; what this raises stops the rest. What was taken in before stays."""
        ...

    def took(self, taken: TakenLetter) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What one asking of the gateways brought."""

    new: tuple[Letter, ...]
    """oldest first"""
    known: int
    """letters that came again and changed nothing"""
    troubles: tuple[Said, ...] = ()
    """gateways that did not answer, while others did"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalValue:
    """Something to paste. Labels: ``portal.value.<key>``."""

    key: str
    value: str

    @property
    def label_code(self) -> str:
        return f"portal.value.{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalPage:
    """The page of the portal to open, by a person's hand; nothing is sent there by the program."""

    address: str
    """https://…"""
    title: Said
    proven: bool
    """the address was seen in use; else only the portal's front page is certain"""
    values: tuple[PortalValue, ...]
    steps: tuple[Said, ...]
    """what to do there, in order"""


class InboxApi(Protocol):
    """Codes of faults are words of ``resources/messages/inbox.toml`` and ``receipt.toml``."""

    def letters(
        self, unit_code: str, *, period: Period | None = None, dossier_id: str | None = None
    ) -> Sequence[Letter]:
        """The newest first, by the agency's date where it says one."""
        ...

    def letter(self, letter_id: str) -> Letter:
        """Raises UsageFault ``inbox.unknown``."""
        ...

    def unread(self, unit_code: str | None = None) -> int:
        """None: of every unit."""
        ...

    def mark_read(self, letter_id: str, *, read: bool = True) -> None:
        """Raises UsageFault ``inbox.unknown``."""
        ...

    def plain_words(self, letter: Letter) -> Sequence[Said]:
        """What it means and what to do, most important first; ``letter.reasons`` are listed by the
        screen beside it."""
        ...

    def take(
        self,
        files: Sequence[Path],
        *,
        unit_code: str | None = None,
        watch: TakeWatch | None = None,
    ) -> Sequence[TakenLetter]:
        """Notices (XML), C12-TS and D09-TS (XLSX, JSON of the portal), archives (ZIP) of them, and
        papers (PDF). ``unit_code``: whose it is where the file itself does not say so.

        One file that cannot be taken in does not keep out the others: see ``TakenLetter.fault``.
        """
        ...

    def fetch(self, unit_code: str) -> Fetched:
        """Asks every gateway that the unit has sent to, and the usual one.

        Raises UsageFault ``inbox.no_gateway``, and the fault of a gateway where none answered.
        """
        ...

    def document(self, letter_id: str) -> bytes | None:
        """The signed notice as it came; None where there is none."""
        ...

    def file(self, letter_id: str, name: str) -> bytes:
        """Raises UsageFault ``inbox.unknown``, ``inbox.no_file``, ``inbox.file_not_kept``."""
        ...

    def save(self, letter_id: str, folder: Path) -> Sequence[Path]:
        """The notice and its files into a folder; nothing that is there already is written over.

        Raises SurroundingsFault ``files.cannot_write``.
        """
        ...

    def comparison(self, letter_id: str) -> Reconciled:
        """Its C12-TS and D09-TS against what was filed here.

        Raises UsageFault ``inbox.nothing_to_compare`` and what reconciling raises.
        """
        ...

    def printed(self, letter_id: str, *, progress: Progress | None = None) -> Sequence[PrintedForm]:
        """Its C12-TS and D09-TS on paper, in their official look.

        Raises as ``comparison``, UsageFault ``print.notice_differs`` where the paper would say
        less or other than the notice, and what ``progress`` raises.
        """
        ...

    def portal(self, dossier_id: str) -> PortalPage:
        """Where the dossier can be filed or looked up by hand."""
        ...

    def portal_of_unit(self, unit_code: str) -> PortalPage:
        """The portal's front page, with what the unit logs in by; never a password."""
        ...
