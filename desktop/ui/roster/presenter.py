"""What the roster shows and does. No Qt; every call that reaches the services runs off-thread."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from desktop.services.api import Services
from desktop.services.progress import Progress, silent
from desktop.services.roster_api import (
    AddressProposal,
    Edit,
    Filter,
    RosterField,
    RosterQuery,
    RosterRow,
    States,
    Step,
)
from desktop.ui.cells import Cell, as_table
from desktop.ui.field_values import shown, typed
from desktop.ui.formats import grouped
from desktop.ui.partners import with_partners
from desktop.ui.roster.cells import editable, title
from desktop.ui.texts import language, tr, words
from forms.codes import fold
from forms.excel.mapping_file import field_titles
from forms.model import Part, Period
from resources.faults import Param

PAGE_SIZE = 200
NAME = "ho_ten"
NOBODY = "#"
"""stands in no name and no number"""
USUAL = (
    *("ho_ten", "ma_so_bhxh", "cccd", "ngay_sinh", "gioi_tinh", "dang_tham_gia", "chuc_vu"),
    *("tien_luong", "noi_lam_viec", "loai_hop_dong", "dien_thoai", "phuong_an_gan_nhat"),
)
"""columns shown until somebody chooses others"""


@dataclass(frozen=True, slots=True)
class Found:
    """Who answers a query, in order, of how many at all."""

    query: RosterQuery
    ids: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Doable:
    """What would be undone and done again, in words; empty for nothing."""

    undo: str = ""
    redo: str = ""


@dataclass
class RosterPresenter:
    services: Services
    _totals: dict[str, int] = field(default_factory=dict)
    """by unit, since somebody came or went"""

    @cached_property
    def fields(self) -> dict[str, RosterField]:
        """key → field, in the order of the data; fixed while the program runs."""
        return {each.key: each for each in self.services.roster.fields()}

    def chosen(self, columns: Sequence[str] | None) -> tuple[RosterField, ...]:
        """The columns as remembered, the usual ones where nobody chose; the name always first."""
        keys = [key for key in columns or () if key in self.fields] or list(USUAL)
        others = [key for key in keys if key != NAME and key in self.fields]
        return tuple(self.fields[key] for key in (NAME, *others))

    # ---- off the UI thread

    def find(self, query: RosterQuery) -> Found:
        if not query.unit_code:
            return Found(query, (), 0)
        ids = tuple(self.services.roster.ids(query))
        return Found(query, ids, self._total(query.unit_code))

    def make_ready(self, unit_code: str) -> None:
        """Has the names read that will be looked through, before the first letter is typed."""
        if unit_code:
            self.services.roster.count(RosterQuery(unit_code=unit_code, words=NOBODY))

    def _total(self, unit_code: str) -> int:
        """Counted once for all that is typed."""
        known = self._totals.get(unit_code)
        if known is None:
            everybody = RosterQuery(unit_code=unit_code)
            known = self._totals[unit_code] = self.services.roster.count(everybody)
        return known

    def beside(self, unit_code: str) -> tuple[int, States]:
        """(how many old addresses, what is said of whom); names are ready to be searched then."""
        if not unit_code:
            return 0, {}
        self.make_ready(unit_code)
        return self.old_count(unit_code), self.services.roster.states(unit_code)

    def folded(self, found: Found, keys: Sequence[str]) -> list[list[str]]:
        """Of each column the texts as they stand there, without marks and capitals."""
        if not found.ids:
            return [[] for _ in keys]
        columns = self.services.roster.columns(found.query.unit_code, found.ids, keys)
        return [_folded(self.fields[key], texts) for key, texts in zip(keys, columns, strict=True)]

    def people_changed(self) -> None:
        """How many there are is counted again."""
        self._totals.clear()

    def page(self, query: RosterQuery, ids: Sequence[int]) -> tuple[RosterRow, ...]:
        """In the order of ``ids``; somebody removed meanwhile is an empty row."""
        rows = {row.id: row for row in self._rows(query, ids)}
        return tuple(rows.get(each, RosterRow(id=each, values={})) for each in ids)

    def _rows(self, query: RosterQuery, ids: Sequence[int]) -> Sequence[RosterRow]:
        return self.services.roster.rows(query.unit_code, ids, query.month)

    def doable(self, unit_code: str) -> Doable:
        """The newest step not undone, and the one undone last."""
        if not unit_code:
            return Doable()
        steps = self.services.roster.steps(unit_code)
        undone: list[Step] = []
        for step in steps:
            if not step.undone:
                return Doable(self.step_words(step), self._words_of(undone))
            undone.append(step)
        return Doable("", self._words_of(undone))

    def _words_of(self, undone: Sequence[Step]) -> str:
        return self.step_words(undone[-1]) if undone else ""

    def edit(
        self, unit_code: str, cells: Iterable[Cell], since: date | None, progress: Progress = silent
    ) -> Step:
        """``since``: from when; only fields with a history have it. One step for all.

        A code brings its name with it, and a name its code where only one fits.
        """
        return self.services.roster.edit(
            unit_code,
            [
                Edit(
                    person=person,
                    key=key,
                    text=typed(self.fields[key], text),
                    since=since if self.fields[key].track else None,
                )
                for person, key, text in self._with_names(unit_code, tuple(cells))
            ],
            progress,
        )

    def _with_names(self, unit_code: str, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        def stored(person: int, key: str) -> str:
            rows = self.services.roster.rows(unit_code, [person])
            return rows[0].values.get(key, "") if rows else ""

        return with_partners(cells, Part.LAO_DONG, self.fields, stored)

    def add(self, unit_code: str, values: dict[str, str], since: date) -> int:
        """The number of the new person."""
        given = {key: typed(self.fields[key], text) for key, text in values.items() if text.strip()}
        made = self.services.roster.add(unit_code, given, since)
        return made.id or 0

    def remove(self, unit_code: str, people: Sequence[int], progress: Progress) -> Step:
        return self.services.roster.remove(unit_code, people, progress)

    def undo(self, unit_code: str, progress: Progress) -> Step | None:
        return self.services.roster.undo(unit_code, progress)

    def redo(self, unit_code: str, progress: Progress) -> Step | None:
        return self.services.roster.redo(unit_code, progress)

    def old_addresses(self, unit_code: str) -> tuple[AddressProposal, ...]:
        return tuple(self.services.roster.old_addresses(unit_code)) if unit_code else ()

    def old_count(self, unit_code: str) -> int:
        """How many addresses are still by codes of before 2025-07-01."""
        return len(self.old_addresses(unit_code))

    def export(self, query: RosterQuery, out: Path, progress: Progress) -> Path:
        return self.services.roster.export(query, out, progress)

    def template(self, out: Path) -> Path:
        return self.services.roster.template(out)

    def copied(self, query: RosterQuery, ids: Sequence[int], keys: Sequence[str]) -> str:
        """The cells as lines with tabs, as a spreadsheet takes them."""
        fields = [self.fields[key] for key in keys]
        lines: list[list[str]] = []
        for first in range(0, len(ids), PAGE_SIZE):
            for row in self.page(query, ids[first : first + PAGE_SIZE]):
                lines.append([shown(each, row.values.get(each.key, "")) for each in fields])
        return as_table(lines)

    # ---- words and decisions

    def may_type(self, key: str) -> bool:
        return editable(self.fields[key])

    def step_words(self, step: Step) -> str:
        """A step's own words; a field stands there by its key and is told by its title."""
        params = dict(step.params)
        if "field" in params:
            key = str(params["field"])
            known = self.fields.get(key)
            params["field"] = title(known) if known else tr("ui.roster.several_fields")
        return words(step.code, params)

    def remark_words(self, step: Step) -> str:
        return words(step.remark, step.params) if step.remark else ""

    def fault_words(self, code: str, params: Mapping[str, Param], cells: Sequence[Cell]) -> str:
        """A refused field by its title; the value too, where it is plain which one was meant."""
        key = str(params["field"])
        known, named = self.fields.get(key), field_titles(language()).get(key, key)
        told: dict[str, Param] = {**params, "field": title(known) if known else named}
        given = {text for _, field, text in cells if field == key}
        if len(given) == 1:
            told["value"] = next(iter(given))
        return words(code, told)

    def status(self, found: Found, selected: int) -> str:
        if len(found.ids) == found.total:
            said = tr("ui.roster.count", count=grouped(found.total))
        else:
            shown_now, total = grouped(len(found.ids)), grouped(found.total)
            said = tr("ui.roster.found", count=shown_now, total=total)
        if selected > 1:
            said = tr("ui.roster.selected", said=said, selected=grouped(selected))
        return said

    def is_narrowed(self, query: RosterQuery) -> bool:
        return bool(query.words or query.filters)


def _folded(field: RosterField, texts: Sequence[str]) -> list[str]:
    known = {text: fold(shown(field, text)) for text in set(texts)}
    return [known[text] for text in texts]


def sorted_by(query: RosterQuery, key: str) -> tuple[tuple[str, bool], ...]:
    """A click on a head: up, then down, then as entered."""
    now = query.sort[0] if query.sort else ("", False)
    if now[0] != key:
        return ((key, True),)
    return ((key, False),) if now[1] else ()


def query_of(
    unit_code: str,
    text: str = "",
    filters: tuple[Filter, ...] = (),
    sort: tuple[tuple[str, bool], ...] = (),
) -> RosterQuery:
    return RosterQuery(unit_code=unit_code, words=text.strip(), filters=filters, sort=sort)


def first_of(period: Period) -> date:
    return date(period.year, period.month, 1)
