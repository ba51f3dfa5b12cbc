"""One person with everything that is known: groups, tracks, household, history. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.services.roster_api import Edit, HistoryEntry, RosterField, Step
from desktop.ui.field_values import shown, typed
from desktop.ui.formats import day, moment
from desktop.ui.roster.cells import title
from desktop.ui.roster.presenter import NAME, RosterPresenter
from desktop.ui.texts import tr, words
from forms.excel.layout import Column, load
from forms.model import Part
from forms.roster.model import Employee, Span, Track, Values
from resources.messages import catalogue

HOUSEHOLD_LAYOUT = "vnpt-d02-tk1-2025-11"
"""whose part ``phu_luc`` has the members' fields"""
IN_LIST = "nguoi"
"""in the history: whether the person is in the list"""
MEMBER = ("ho_ten", "moi_quan_he", "ngay_sinh", "gioi_tinh", "cccd", "ma_so_bhxh", "ghi_chu")
"""shown first; the others where one of the members has them"""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields of the person under one heading."""

    title: str
    fields: tuple[RosterField, ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    when: str
    step: str
    field: str
    before: str
    after: str
    since: str


@dataclass(frozen=True, slots=True)
class Card:
    """The person as the page shows them."""

    employee: Employee
    now: Values
    """in force today"""
    history: tuple[HistoryLine, ...]

    @property
    def person(self) -> int:
        return self.employee.id or 0


class PersonPresenter:
    def __init__(self, roster: RosterPresenter) -> None:
        self._roster = roster

    @property
    def fields(self) -> Mapping[str, RosterField]:
        return self._roster.fields

    def groups(self) -> tuple[Group, ...]:
        """Of the person's own fields, in the order of the data."""
        found: dict[str, list[RosterField]] = {}
        for field in self.fields.values():
            if field.track is None:
                found.setdefault(field.group, []).append(field)
        return tuple(
            Group(tr(f"roster.group.{name}"), tuple(fields)) for name, fields in found.items()
        )

    def track_fields(self, track: Track) -> tuple[RosterField, ...]:
        return tuple(field for field in self.fields.values() if field.track is track)

    def track_title(self, track: Track) -> str:
        fields = self.track_fields(track)
        return tr(f"roster.group.{fields[0].group}") if fields else track.value

    def member_columns(self, members: Sequence[Values]) -> tuple[Column, ...]:
        sheet = load(HOUSEHOLD_LAYOUT).sheet(Part.PHU_LUC)
        columns = {column.key: column for column in sheet.named} if sheet else {}
        filled = {key for member in members for key in member}
        keys = (*MEMBER, *(key for key in columns if key in filled and key not in MEMBER))
        return tuple(columns[key] for key in keys if key in columns)

    # ---- off the UI thread

    def open(self, unit_code: str, person: int) -> Card:
        api = self._roster.services.roster
        employee = api.person(unit_code, person)
        steps = {step.id: step for step in api.steps(unit_code, 500)}
        entries = api.history(unit_code, person)
        today = self._roster.services.now().date()
        history = tuple(self._line(entry, steps.get(entry.step)) for entry in entries)
        return Card(employee, employee.on(today), history)

    def change(self, unit_code: str, person: int, key: str, text: str) -> Card:
        """A field of the person; the page as it is then."""
        self._roster.edit(unit_code, [(person, key, text)], None)
        return self.open(unit_code, person)

    def add_span(
        self, unit_code: str, person: int, track: Track, values: Values, since: date
    ) -> Card:
        """A change of a track from that day on: only what differs from what is in force then."""
        api = self._roster.services.roster
        now = api.person(unit_code, person).on(since)
        fields = {field.key: field for field in self.track_fields(track)}
        edits = [
            Edit(person=person, key=key, text=typed(fields[key], text), since=since)
            for key, text in values.items()
            if typed(fields[key], text) != now.get(key, "")
            and text != shown(fields[key], now.get(key, ""))
        ]
        api.edit(unit_code, edits)
        return self.open(unit_code, person)

    def set_household(self, unit_code: str, person: int, members: Sequence[Values]) -> Card:
        self._roster.services.roster.set_household(unit_code, person, members)
        return self.open(unit_code, person)

    def _line(self, entry: HistoryEntry, step: Step | None) -> HistoryLine:
        field = self.fields.get(entry.key)
        code = f"roster.field.{entry.key}"
        named = words(code) if code in catalogue() else entry.key
        return HistoryLine(
            when=moment(entry.at),
            step=self._roster.step_words(step) if step else self.plain_words(entry.code),
            field=title(field) if field else named,
            before=shown(field, entry.before) if field else _plain(entry.key, entry.before),
            after=shown(field, entry.after) if field else _plain(entry.key, entry.after),
            since=day(entry.since) if entry.since else "",
        )

    def plain_words(self, code: str) -> str:
        """Of a step too old to be listed: without its parameters."""
        return tr("ui.roster.history.old") if code in catalogue() else words(code)

    # ---- words

    def heading(self, card: Card) -> str:
        return card.now.get(NAME, "") or tr("ui.roster.nameless")

    def under_heading(self, card: Card) -> str:
        parts = [
            tr("ui.roster.fact", title=title(self.fields[key]), value=self.value(card, key))
            for key in ("ma_so_bhxh", "cccd", "ngay_sinh", "dang_tham_gia", "tien_luong")
            if key in self.fields and card.now.get(key)
        ]
        return "   ·   ".join(parts)

    def value(self, card: Card, key: str) -> str:
        return shown(self.fields[key], card.now.get(key, ""))

    def spans(self, card: Card, track: Track) -> tuple[Span, ...]:
        """Newest first."""
        return tuple(reversed(card.employee.tracks.get(track, ())))

    def span_columns(self, card: Card, track: Track) -> tuple[RosterField, ...]:
        """Those that were ever filled."""
        filled = {key for span in self.spans(card, track) for key in span.values}
        return tuple(field for field in self.track_fields(track) if field.key in filled)


def _plain(key: str, value: str) -> str:
    """Of what is no field: whether the person is in the list, how many members they have."""
    if key != IN_LIST:
        return value
    return tr("ui.roster.yes") if value == "1" else tr("ui.roster.no")
