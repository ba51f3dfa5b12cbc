"""An .xlsx or .xlsm with its findings marked: which parts change, and how they hang together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from forms.excel.archive import Archive, plain_name
from forms.excel.marking.book import Book, BookSheet
from forms.excel.marking.list_sheet import FindingsList, ListStyles
from forms.excel.marking.marks import Cell, Mark, Words, at_merged, plan
from forms.excel.marking.note_shapes import EMPTY, with_shapes
from forms.excel.marking.notes import NoteSheet, empty_notes
from forms.excel.marking.relations import (
    EMPTY_RELATIONS,
    ContentTypes,
    Relations,
    relations_part,
)
from forms.excel.marking.repacking import Content, Progress, repack
from forms.excel.marking.sheet_pass import deselect, merged_ranges, sheet_edits
from forms.excel.marking.streams import Edit, as_utf8_chunks, edited
from forms.excel.marking.style_book import StyleBook
from forms.findings import Finding
from resources.faults import DataFault
from resources.messages import text

_WORKBOOK = "xl/workbook.xml"
_TYPES = "[Content_Types].xml"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NO_STYLES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{main}">'
    '<fonts count="0"></fonts><fills count="0"></fills><borders count="1"><border><left/><right/>'
    '<top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" '
    'fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="0"></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_MACRO = "macroenabled"


def is_macro_workbook(archive: Archive) -> bool:
    """Whether Excel opens it under the name of a workbook with macros only."""
    types = ContentTypes(_joined(archive, _TYPES))
    return _MACRO in types.overrides.get(_WORKBOOK, "").lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """What is to be said, and in which language. ``remarks``: of the workbook as a whole."""

    findings: Iterable[Finding]
    words: Words
    lang: str
    remarks: Sequence[str] = ()

    def write(self, archive: Archive, out: BinaryIO, progress: Progress | None = None) -> None:
        """Raises DataFault ``workbook.broken`` when the package does not hang together."""
        work = _Work(archive=archive)
        shown = [sheet for sheet in work.book.sheets if sheet.part in archive]
        at = work.book.ours
        ours = None if at is None else work.book.sheets[at]
        lists = {sheet.name: sheet for sheet in shown if sheet.is_list and sheet != ours}
        marks = plan(self.findings, lists, self.words)
        for sheet in shown:
            if sheet != ours:
                author = text("error_book.author", self.lang)
                work.mark(sheet, marks.marks.get(sheet.name, {}), author)
        listing = FindingsList(
            plan=marks,
            words=self.words,
            lang=self.lang,
            main=work.book.main,
            sheets=frozenset(lists),
            remarks=self.remarks,
        )
        work.put_list(listing, at, text("error_book.title", self.lang))
        repack(archive, work.parts(), out, progress)


@dataclass(slots=True, kw_only=True)
class _Work:
    """The parts of one workbook as they change."""

    archive: Archive
    changed: dict[str, Content] = field(default_factory=dict)
    types: ContentTypes = field(init=False)
    relations: Relations = field(init=False)
    book: Book = field(init=False)
    styles: StyleBook = field(init=False)
    _styles_part: str = field(init=False)

    def __post_init__(self) -> None:
        if not {_TYPES, _WORKBOOK, relations_part(_WORKBOOK)} <= self.archive.entries.keys():
            raise DataFault("workbook.broken")
        self.types = ContentTypes(_joined(self.archive, _TYPES))
        self.relations = Relations(_WORKBOOK, _joined(self.archive, relations_part(_WORKBOOK)))
        self.book = Book(_joined(self.archive, _WORKBOOK), self.relations)
        self._open_styles()

    def _open_styles(self) -> None:
        found = self.relations.of_kind("styles")
        part = self._existing(found.target) if found else None
        if part is not None:
            self._styles_part = part
            self.styles = StyleBook(_joined(self.archive, part))
            return
        self._styles_part = self._free("xl/styles{n}.xml")
        self.styles = StyleBook(_NO_STYLES.format(main=self.book.main).encode())
        self.relations.add(self.book.base, "styles", self._styles_part)
        self.types.add(self._styles_part, f"{_KIND}.styles+xml")

    def mark(self, sheet: BookSheet, marks: Mapping[Cell, Mark], author: str) -> None:
        """Colours, notes and the view of one sheet."""
        source = partial(_utf8, self.archive, sheet.part)
        if not sheet.is_list:
            self._edit(sheet.part, source, deselect(source()))
            return
        relations = self._relations_of(sheet.part)
        notes, part = self._notes_of(relations, author)
        if not marks and not (notes and notes.has_ours):
            self._edit(sheet.part, source, deselect(source()))
            return
        seen = at_merged(marks, merged_ranges(source()))
        found = sheet_edits(source(), seen, self.styles.marked)
        notes, part = (notes, part) if notes else self._new_notes(relations, author)
        content, new = notes.write({cell: mark.note for cell, mark in seen.items()})
        self._put(part, content)
        drawing = self._draw(relations, found.drawing, new, notes.removed)
        edits = list(found.edits)
        if drawing is not None:
            at = found.drawing_at
            element = f'<{found.prefix}legacyDrawing xmlns:r="{self.book.base}" r:id="{drawing}"/>'
            edits.append(Edit(at, before=element.encode()))
        self._edit(sheet.part, source, sorted(edits, key=lambda edit: edit.at))
        if relations.is_changed:
            self._put(relations_part(sheet.part), relations.content())

    def put_list(self, listing: FindingsList, at: int | None, title: str) -> None:
        """Our own sheet, new or in place of the former one."""
        styles = ListStyles.of(self.styles)
        if at is not None:
            part = self.book.sheets[at].part
            self.book.show_again(at, listing.filtered)
        else:
            part = self._free("xl/worksheets/findings{n}.xml")
            relation = self.relations.add(self.book.base, "worksheet", part)
            self.types.add(part, f"{_KIND}.worksheet+xml")
            self.book.put_first(self.book.free_title(title), relation, listing.filtered)
        self.changed[part] = partial(listing.chunks, styles)

    def parts(self) -> Mapping[str, Content]:
        """Every part that is not as it was."""
        self._put(_WORKBOOK, self.book.content())
        self._put(self._styles_part, self.styles.content())
        if self.relations.is_changed:
            self._put(relations_part(_WORKBOOK), self.relations.content())
        if self.types.is_changed:
            self._put(_TYPES, self.types.content())
        return self.changed

    def _relations_of(self, part: str) -> Relations:
        name = relations_part(part)
        content = _joined(self.archive, name) if name in self.archive else EMPTY_RELATIONS
        return Relations(part, content)

    def _notes_of(self, relations: Relations, author: str) -> tuple[NoteSheet | None, str]:
        found = relations.of_kind("comments")
        part = self._existing(found.target) if found else None
        if part is None:
            return None, ""
        return NoteSheet(_joined(self.archive, part), author), part

    def _new_notes(self, relations: Relations, author: str) -> tuple[NoteSheet, str]:
        part = self._free("xl/comments{n}.xml")
        relations.add(self.book.base, "comments", part)
        self.types.add(part, f"{_KIND}.comments+xml")
        return NoteSheet(empty_notes(self.book.main), author), part

    def _draw(
        self,
        relations: Relations,
        drawing: str | None,
        new: Iterable[Cell],
        removed: frozenset[Cell],
    ) -> str | None:
        """The boxes of the notes; gives the relation of a drawing that the sheet had not."""
        relation = relations.get(drawing) if drawing else None
        part = self._existing(relation.target) if relation else None
        if part is not None:
            self._put(part, with_shapes(_joined(self.archive, part), new, removed))
            return None
        part = self._free("xl/drawings/notes{n}.vml")
        self.types.need("vml", _VML)
        self._put(part, with_shapes(EMPTY, new, ()))
        return relations.add(self.book.base, "vmlDrawing", part)

    def _edit(
        self, part: str, source: Callable[[], Iterator[bytes]], edits: Sequence[Edit]
    ) -> None:
        if edits:
            self.changed[part] = lambda: edited(source(), edits)

    def _put(self, part: str, content: bytes) -> None:
        self.changed[part] = lambda: (content,)

    def _existing(self, part: str) -> str | None:
        if part in self.archive:
            return part
        same = (name for name in self.archive.entries if plain_name(name) == plain_name(part))
        return next(same, None)

    def _free(self, pattern: str) -> str:
        """A part name that nothing has yet."""
        taken = {plain_name(name) for name in (*self.archive.entries, *self.changed)}
        names = (pattern.format(n=n or "") for n in range(len(taken) + 1))
        return next(name for name in names if plain_name(name) not in taken)


def _utf8(archive: Archive, part: str) -> Iterator[bytes]:
    return as_utf8_chunks(archive.chunks(part))


def _joined(archive: Archive, part: str) -> bytes:
    return b"".join(archive.chunks(part))
