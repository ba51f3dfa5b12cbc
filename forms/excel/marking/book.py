"""The workbook part: its sheets in their order, and a first one put before them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from forms.excel.marking.list_sheet import quoted
from forms.excel.marking.relations import Relations
from forms.excel.marking.spans import Document, Span
from resources.faults import DataFault

MARKER = "_tokhai_findings"
"""the name in a workbook by which our own sheet is known again"""
_FILTER = "_xlnm._FilterDatabase"
_BEHIND_NAMES = (
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)
_TARGET = re.compile(r"'((?:[^']|'')+)'!")
_USUAL_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_USUAL_BASE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKSHEET = "worksheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSheet:
    name: str
    part: str
    is_list: bool
    """a worksheet, not a chart or a dialog"""


class Book:
    """``xl/workbook.xml`` with its relations."""

    def __init__(self, content: bytes, relations: Relations) -> None:
        self._document = Document(content)
        root = self._document.root
        listed = root.child("sheets")
        if listed is None or not listed.all("sheet"):
            raise DataFault("workbook.broken")
        self._listed = listed
        self._relations = relations
        self.sheets = tuple(map(self._sheet, listed.all("sheet")))
        self.main = next(
            (uri for key, uri in root.attributes.items() if key == _bound(root.prefix)), _USUAL_MAIN
        )
        found = relations.of_kind(_WORKSHEET)
        self.base = found.type.rpartition("/")[0] if found else _USUAL_BASE
        self._names = root.child("definedNames")

    def _sheet(self, span: Span) -> BookSheet:
        relation = self._relations.get(span.get("id") or "")
        return BookSheet(
            name=span.get("name") or "",
            part=relation.target if relation else "",
            is_list=relation is not None and relation.kind == _WORKSHEET,
        )

    @property
    def ours(self) -> int | None:
        """The place of a list of findings that we wrote earlier."""
        for name in self._names.all("definedName") if self._names else ():
            if name.get("name") == MARKER:
                said = self._document.content[name.tag_end : name.tail].decode()
                found = _TARGET.search(said)
                wanted = found[1].replace("''", "'") if found else ""
                places = (at for at, sheet in enumerate(self.sheets) if sheet.name == wanted)
                return next(places, None)
        return None

    def put_first(self, title: str, relation: str, filtered: str) -> None:
        """A new first sheet: whatever counts sheets counts one more."""
        p = self._document.prefix
        numbers = (span.get("sheetId") or "0" for span in self._listed.all("sheet"))
        number = max(int(each) for each in numbers if each.isdecimal()) + 1
        sheet = (
            f"<{p}sheet name={quoteattr(title)} sheetId={quoteattr(str(number))} "
            f"xmlns:r={quoteattr(self.base)} r:id={quoteattr(relation)}/>"
        )
        self._document.insert(self._listed.all("sheet")[0].start, sheet.encode())
        for name in self._names.all("definedName") if self._names else ():
            place = name.get("localSheetId")
            if place is not None and place.isdecimal():
                self._document.set(name, localSheetId=str(int(place) + 1))
        self._add_names(title, filtered)
        self._show(0)

    def show_again(self, at: int, filtered: str) -> None:
        """Our sheet is there already: its list has another length now."""
        for name in self._names.all("definedName") if self._names else ():
            if name.get("name") == _FILTER and name.get("localSheetId") == str(at):
                whole = f"{quoted(self.sheets[at].name)}!{filtered}"
                self._document.replace(name.tag_end, name.tail, escape(whole).encode())
        self._show(at)

    def content(self) -> bytes:
        return self._document.result()

    def free_title(self, title: str) -> str:
        """A name that no sheet has."""
        taken = {sheet.name.casefold() for sheet in self.sheets}
        titles = (title, *(f"{title} {number}" for number in range(2, len(taken) + 3)))
        return next(each for each in titles if each.casefold() not in taken)

    def _marker(self) -> Span | None:
        names: Iterable[Span] = self._names.all("definedName") if self._names else ()
        return next((name for name in names if name.get("name") == MARKER), None)

    def _add_names(self, title: str, filtered: str) -> None:
        p = self._document.prefix
        sheet = quoted(title)
        names = [(f'name="{_FILTER}" localSheetId="0"', f"{sheet}!{filtered}")]
        stale = self._marker()
        if stale is not None:
            self._document.replace(stale.tag_end, stale.tail, escape(f"{sheet}!$A$1").encode())
        else:
            names.append((f'name="{MARKER}"', f"{sheet}!$A$1"))
        added = "".join(
            f'<{p}definedName {said} hidden="1">{escape(target)}</{p}definedName>'
            for said, target in names
        ).encode()
        if self._names is None:
            self._document.add_section("definedNames", added, _BEHIND_NAMES)
        else:
            self._document.append(self._names, added)

    def _show(self, at: int) -> None:
        views = self._document.root.child("bookViews")
        for view in views.all("workbookView") if views else ():
            self._document.set(view, activeTab=str(at), firstSheet="0")


def _bound(prefix: str) -> str:
    return f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
