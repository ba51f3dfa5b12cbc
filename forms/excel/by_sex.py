"""Rows with a column for men and one for women → rows with a birth date and a sex."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from forms.excel.clean_nothing import says_nothing
from forms.excel.clean_text import shown, tidy
from forms.excel.cleaned import NOT_A_SEX, Raw
from forms.excel.cleaning import clean_value
from forms.excel.finding_log import FindingLog
from forms.excel.halves import BIRTH, SEX, Halves, half_said
from forms.excel.kinds import Kind
from forms.excel.letters import to_letters
from forms.findings import Finding, Severity
from forms.model import Row

BOTH, NEITHER = "columns.both_sexes", "columns.neither_sex"
_MAN, _WOMAN = "1", "0"
Cells = Sequence[Raw]


class SplitBySex:
    """Turns the cells of one sheet and remembers lines of which there is something to tell.

    The date goes to the column of men, the sex to that of women; where both are filled the cells
    stay as they are, and so the sex is refused.
    """

    def __init__(self, halves: Halves, first_column: int, titles: tuple[str, str]) -> None:
        """``titles``: what the layout calls a birth date and a sex."""
        self._halves, self._titles = halves, titles
        self._men, self._women = halves.men - first_column, halves.women - first_column
        self._both: dict[int, str] = {}
        self._neither: set[int] = set()
        self._in_women: set[int] = set()

    def rows(self, rows: Iterable[Cells]) -> Iterator[Cells]:
        """``rows`` begin at line 1."""
        for line, cells in enumerate(rows, start=1):
            yield self._split(line, cells)

    def _split(self, line: int, cells: Cells) -> Cells:
        if cells.count("") == len(cells):
            return cells
        men, women = cells[self._men], cells[self._women]
        man, woman = self._is_filled(men), self._is_filled(women)
        whole = list(cells)
        if men and women and half_said(shown(men)) and half_said(shown(women)):
            whole[self._men], whole[self._women] = self._titles  # the heading once more
        elif man and woman:
            self._both[line] = f"{tidy(shown(men))} | {tidy(shown(women))}"[:100]
            whole[self._women] = self._refusable(line, women)
        elif man or woman:
            whole[self._women] = _MAN if man else _WOMAN
            if self._halves.birth:
                whole[self._men] = men if man else women
            if woman:
                self._in_women.add(line)
        else:
            self._neither.add(line)
            whole[self._women] = ""
        return whole

    def _is_filled(self, cell: Raw) -> bool:
        if cell is None or cell == "" or cell == 0:
            return False
        text = tidy(shown(cell))
        if self._halves.birth:
            return bool(text) and text != "0" and not says_nothing(Kind.PARTIAL_DATE, text)
        return clean_value(Kind.FLAG, cell).value not in ("", "0")

    def _refusable(self, line: int, cell: Raw) -> Raw:
        """What nobody takes for a sex."""
        return cell if clean_value(Kind.SEX, cell).fault_code else self._both[line]

    def told(self, finding: Finding) -> Finding:
        """The finding of a cell, at the column in which it stands, in words that fit."""
        line = finding.row or 0
        if finding.field == SEX and finding.code == NOT_A_SEX and line in self._both:
            return replace(
                finding, code=BOTH, params={**self._letters(), "before": self._both[line]}
            )
        if finding.field == BIRTH and self._halves.birth and line in self._in_women:
            return replace(finding, column=to_letters(self._halves.women))
        return finding

    def empty(self, sheet: str, people: Iterable[Row]) -> Iterator[Finding]:
        """Of the people who were read, those with neither."""
        for row in people if self._neither else ():
            if row.line in self._neither:
                yield Finding(
                    code=NEITHER,
                    severity=Severity.WARNING,
                    sheet=sheet,
                    row=row.line,
                    column=to_letters(self._halves.women),
                    field=SEX,
                    params=self._letters(),
                )

    def _letters(self) -> dict[str, str]:
        return {"men": to_letters(self._halves.men), "women": to_letters(self._halves.women)}


class ToldBySex(FindingLog):
    """Passes findings on to the log of the import as ``SplitBySex`` tells them."""

    def __init__(self, log: FindingLog, split: SplitBySex) -> None:
        super().__init__()
        self._log, self._split = log, split

    def add(self, finding: Finding) -> None:
        self._log.add(self._split.told(finding))
