"""What the inbox needs from the store: letters with their bytes, and how far a mailbox was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.services.inbox_api import Letter
from forms.model import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A letter with its bytes. ``contents``: of ``letter.files``, in their order; None where the
    file is not here."""

    letter: Letter
    document: bytes | None
    contents: tuple[bytes | None, ...]


class Letters(Protocol):
    def put(self, kept: Kept) -> None:
        """A new letter, or the one of this id as it is now; whether it was read stays."""
        ...

    def get(self, letter_id: str) -> Letter | None: ...

    def kept(self, letter_id: str) -> Kept | None: ...

    def all(
        self, unit_code: str, *, period: Period | None = None, dossier_id: str | None = None
    ) -> Sequence[Letter]:
        """In the order in which they came in."""
        ...

    def unread(self, unit_code: str | None = None) -> int:
        """None: of every unit."""
        ...

    def mark_read(self, letter_id: str, *, read: bool) -> bool:
        """False where there is no such letter."""
        ...

    def cursor(self, unit_code: str, mailbox: str) -> str:
        """Empty before anything was read."""
        ...

    def set_cursor(self, unit_code: str, mailbox: str, cursor: str) -> None: ...
