"""What a commune or province of before 1 July 2025 is now.

A commune that was divided has several candidates: where somebody lives is then a question to the
user, never a guess (Cục Thống kê, bảng chuyển đổi xã cũ – xã mới 2025).
"""

from dataclasses import dataclass
from enum import StrEnum

from forms.codes import CodeList, Entry, code_list

_COMMUNES, _OLD_COMMUNES = "xa", "xa_chuyen_doi"
_PROVINCES, _OLD_PROVINCES = "tinh", "tinh_cu"
_BETWEEN_NOTES = " | "


class Kind(StrEnum):
    SAME = "same"
    """the code goes on; its name and area may have changed"""
    ONE = "one"
    SEVERAL = "several"
    """ask which"""
    UNKNOWN = "unknown"
    """no such old code, or the table does not say what became of it"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place of today."""

    code: str
    name: str
    how: str = ""
    """the table's own note in Vietnamese, such as "Nhập một phần"; empty where there is none"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """The answer for one code, taken as a code of before July 2025."""

    code: str
    name: str | None
    """what the code meant before; None for a code that did not exist then"""
    kind: Kind
    candidates: tuple[Candidate, ...]

    @property
    def answer(self) -> str | None:
        """The code of today where there is only one."""
        return self.candidates[0].code if len(self.candidates) == 1 else None


def convert_commune(code: str) -> Conversion:
    """A commune code; one that exists only since July 2025 is the same."""
    return _convert(code, before=code_list(_OLD_COMMUNES), now=code_list(_COMMUNES))


def convert_province(code: str) -> Conversion:
    """A province code. Whole provinces were joined, none was divided."""
    return _convert(code, before=code_list(_OLD_PROVINCES), now=code_list(_PROVINCES))


def _convert(code: str, *, before: CodeList, now: CodeList) -> Conversion:
    old, current = before.entry(code), now.entry(code)
    if old is not None:
        candidates = tuple(_candidates(old, now))
        return Conversion(
            code=code, name=old.name, kind=_kind(code, candidates), candidates=candidates
        )
    if current is None:
        return Conversion(code=code, name=None, kind=Kind.UNKNOWN, candidates=())
    here = Candidate(code=current.code, name=current.name)
    return Conversion(code=code, name=None, kind=Kind.SAME, candidates=(here,))


def _candidates(old: Entry, now: CodeList) -> list[Candidate]:
    codes = old.more.get("now", "").split()
    notes = old.more.get("how", "").split(_BETWEEN_NOTES) if codes else []
    notes += [""] * (len(codes) - len(notes))
    return [
        Candidate(code=code, name=now.name_of(code) or "", how=note)
        for code, note in zip(codes, notes, strict=True)
    ]


def _kind(code: str, candidates: tuple[Candidate, ...]) -> Kind:
    if not candidates:
        return Kind.UNKNOWN
    if len(candidates) > 1:
        return Kind.SEVERAL
    return Kind.SAME if candidates[0].code == code else Kind.ONE
