"""Codes found by what one types: the code itself, or its name without diacritics. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.ui.texts import language, tr
from forms.code_names import name_in
from forms.codes import CodeList, Entry, code_list, fold

MOST = 200
"""lines offered at once"""
_KINDS = ("thanh pho ", "tinh ", "phuong ", "xa ", "dac khu ")
"""what stands before the name of a place"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    code: str
    name: str

    @property
    def words(self) -> str:
        return tr("ui.roster.coded", code=self.code, name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeField:
    """A field of codes as an editor knows it. ``province``: the code of the province of the row,
    empty where none is known. ``takes_name``: the name is what is written, not the code."""

    list: str
    province: str = ""
    takes_name: bool = False

    def offers(self, typed: str) -> tuple[Choice, ...]:
        """Lines that hold every word typed; first the code itself, then codes and names that begin
        with it. Of the province of the row where there is one."""
        found = (each for each in self._codes.search(typed, limit=len(self._codes.entries)))
        here = [each for each in found if self._is_here(each)]
        wanted = fold(typed)
        here.sort(key=lambda each: _nearness(each, wanted))
        return tuple(self._choice(each) for each in here[:MOST])

    def settled(self, typed: str) -> str:
        """What is written for what was typed: a code stays one, a name becomes its code where only
        one fits; all else stays as it was typed, and the checks say what they think of it."""
        text = typed.strip()
        entry = self._entry(text) or self._entry(text.upper())
        found = (self._choice(entry),) if entry else self._meant(text)
        return self.written(found[0]) if len(found) == 1 else text

    def written(self, choice: Choice) -> str:
        return choice.name if self.takes_name else choice.code

    def _meant(self, text: str) -> Sequence[Choice]:
        """The names that are exactly this, else all that hold it."""
        offered, wanted = self.offers(text) if text else (), fold(text)
        exact = [each for each in offered if _bare(each.name) == _bare(wanted)]
        return exact or offered

    def _entry(self, text: str) -> Entry | None:
        entry = self._codes.entry(text)
        return entry if entry and (self._is_here(entry) or not self.takes_name) else None

    @property
    def _codes(self) -> CodeList:
        return code_list(self.list)

    def _is_here(self, entry: Entry) -> bool:
        return not self.province or entry.more.get("province", self.province) == self.province

    def _choice(self, entry: Entry) -> Choice:
        return Choice(code=entry.code, name=name_in(self.list, entry.code, language()) or "")


def _nearness(entry: Entry, wanted: str) -> tuple[bool, bool, bool]:
    """What is meant more likely sorts first; equal ones as in the list."""
    code = fold(entry.code)
    return code != wanted, not code.startswith(wanted), not _bare(entry.name).startswith(wanted)


def _bare(name: str) -> str:
    """``Thành phố Hà Nội`` → ``ha noi``"""
    folded = fold(name)
    kind = next((each for each in _KINDS if folded.startswith(each)), "")
    return folded.removeprefix(kind)
