"""The first sheet of an error workbook: what was found, where, and what to do about it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from forms.excel.letters import to_letters
from forms.excel.marking.marks import Plan, Words, place
from forms.excel.marking.style_book import StyleBook
from forms.findings import Finding, Severity
from resources.messages import text

MOST_LISTED = 50_000
"""Excel follows at most 65,530 links of one sheet"""
_HEADINGS = (
    "error_book.severity",
    "error_book.sheet",
    "error_book.cell",
    "error_book.message",
    "error_book.to_do",
)
_WIDTHS = (13, 20, 10, 70, 60)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_767
_SENTENCE_END = re.compile(r"[.!?…]\s+(?=[^\W\d_a-zà-ỹ])")
_BOLD = "<b/>"
_LINK = '<u/><color rgb="FF0563C1"/>'


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStyles:
    """Numbers of formats."""

    plain: int
    heading: int
    link: int
    severities: Mapping[Severity, int]

    @classmethod
    def of(cls, styles: StyleBook) -> "ListStyles":
        return cls(
            plain=styles.own(wrapped=True),
            heading=styles.own(font=_BOLD),
            link=styles.own(font=_LINK),
            severities={each: styles.own(severity=each, font=_BOLD) for each in Severity},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsList:
    """``remarks``: sentences above the list, beside the counts."""

    plan: Plan
    words: Words
    lang: str
    main: str
    """namespace of the workbook"""
    sheets: frozenset[str]
    """names of the sheets that links may lead to"""
    remarks: Sequence[str] = ()

    def chunks(self, styles: ListStyles) -> Iterator[bytes]:
        """The worksheet part."""
        above = self._above()
        head = len(above) + 1
        listed = self.plan.ordered[:MOST_LISTED]
        yield self._opening(head).encode()
        for number, sentence in enumerate(above, 1):
            yield _row(number, [_cell(1, number, sentence, styles.heading)]).encode()
        titles = (text(code, self.lang) for code in _HEADINGS)
        cells = [_cell(at, head, title, styles.heading) for at, title in enumerate(titles, 1)]
        yield _row(head, cells).encode()
        for line, finding in enumerate(listed, head + 1):
            yield self._line(line, finding, styles).encode()
        yield b"</sheetData>"
        yield f'<autoFilter ref="A{head}:E{head + len(listed)}"/>'.encode()
        yield from self._links(listed, head)
        yield b"</worksheet>"

    @property
    def filtered(self) -> str:
        """The range of the list, as a name of the workbook says it."""
        head = len(self._above()) + 1
        last = head + min(len(self.plan.ordered), MOST_LISTED)
        return f"$A${head}:$E${last}"

    def _above(self) -> list[str]:
        counts = Counter(finding.severity for finding in self.plan.ordered)
        said = {each.value: counts[each] for each in Severity}
        sentences = [text("error_book.counts", self.lang, **said)]
        sentences.append(text("error_book.how", self.lang))
        if self.plan.unmarked:
            sentences.append(text("error_book.unmarked", self.lang, count=self.plan.unmarked))
        if (rest := len(self.plan.ordered) - MOST_LISTED) > 0:
            sentences.append(text("error_book.unlisted", self.lang, count=rest))
        return [*sentences, *self.remarks]

    def _opening(self, head: int) -> str:
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
            for at, width in enumerate(_WIDTHS, 1)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f"<worksheet xmlns={quoteattr(self.main)}><sheetViews>"
            '<sheetView tabSelected="1" workbookViewId="0">'
            f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" '
            'state="frozen"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
        )

    def _line(self, line: int, finding: Finding, styles: ListStyles) -> str:
        severity = text(f"error_book.{finding.severity.value}", self.lang)
        said, to_do = self._sentences(finding)
        cells = [
            _cell(1, line, severity, styles.severities[finding.severity]),
            _cell(2, line, finding.sheet or "", styles.plain),
            _cell(
                3, line, _address(finding), styles.link if self._target(finding) else styles.plain
            ),
            _cell(4, line, said, styles.plain),
            _cell(5, line, to_do, styles.plain),
        ]
        return _row(line, cells)

    def _sentences(self, finding: Finding) -> tuple[str, str]:
        """What is wrong, and what to do: the words say both, one after the other."""
        whole = self.words(finding)
        for found in _SENTENCE_END.finditer(whole):
            before = whole[: found.start() + 1]
            if before.count("“") == before.count("”"):
                return before, whole[found.end() :]
        return whole, text(f"error_book.do_{finding.severity.value}", self.lang)

    def _target(self, finding: Finding) -> str | None:
        cell = place(finding)
        if cell is None or finding.sheet is None or finding.sheet not in self.sheets:
            return None
        return f"{quoted(finding.sheet)}!{to_letters(cell[1])}{cell[0]}"

    def _links(self, listed: Iterable[Finding], head: int) -> Iterator[bytes]:
        targets = ((line, self._target(found)) for line, found in enumerate(listed, head + 1))
        links = [
            f'<hyperlink ref="C{line}" location={quoteattr(target)}/>'
            for line, target in targets
            if target
        ]
        if links:
            yield f"<hyperlinks>{''.join(links)}</hyperlinks>".encode()


def quoted(sheet: str) -> str:
    """The name of a sheet as a reference writes it."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


def _address(finding: Finding) -> str:
    return f"{finding.column or ''}{finding.row or ''}"


def _row(line: int, cells: Iterable[str]) -> str:
    return f'<row r="{line}">{"".join(cells)}</row>'


def _cell(column: int, line: int, words: str, style: int) -> str:
    """Text only, whatever it begins with."""
    clean = escape(_ILLEGAL.sub("", words)[:_LONGEST])
    opened = f'<c r="{to_letters(column)}{line}" s="{style}"'
    if not clean:
        return f"{opened}/>"
    return f'{opened} t="inlineStr"><is><t xml:space="preserve">{clean}</t></is></c>'
