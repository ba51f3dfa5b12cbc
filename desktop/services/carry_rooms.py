"""What carrying asks of the other rooms, handed in by ``compose``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from desktop.services.covering import WriteCover
from forms.findings import Finding
from forms.model import Draft, Period


class CarryDraft(Protocol):
    """(draft, provider, folder) → the workbook and what a person must know of it."""

    def __call__(
        self, draft: Draft, provider: str, folder: Path
    ) -> tuple[Path, tuple[Finding, ...]]: ...


class Packed(Protocol):
    """A file in an envelope, as it was signed."""

    @property
    def form_code(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def content(self) -> bytes: ...


class OpenedEnvelope(Protocol):
    """What an envelope says, its files decoded."""

    @property
    def unit_name(self) -> str: ...

    @property
    def unit_code(self) -> str: ...

    @property
    def tax_code(self) -> str: ...

    @property
    def signer(self) -> str: ...

    @property
    def phone(self) -> str: ...

    @property
    def agency(self) -> str: ...

    @property
    def procedure(self) -> str:
        """code on the wire"""
        ...

    @property
    def period(self) -> Period: ...

    @property
    def filing_date(self) -> date: ...

    @property
    def files(self) -> Sequence[Packed]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryRoom:
    """Workbooks of other providers, cover sheets, packages that come from another computer."""

    providers: tuple[str, ...]
    """codes, in the order in which they are offered"""
    draft: CarryDraft
    lists_movements: Callable[[str], bool]
    """whether a procedure is made of the list D02; raises UsageFault ``procedure.unknown``"""
    cover: WriteCover
    open_envelope: Callable[[bytes], OpenedEnvelope]
    """raises DataFault ``xml.*``, ``envelope.*``"""
    wire_code: Callable[[str], str]
    """procedure → its code on the wire; raises UsageFault ``procedure.unknown``"""
