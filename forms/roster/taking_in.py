"""A row of an imported list, taken into what is known of a person.

The later words stand over the earlier; an empty cell takes nothing away. Wage, position and
contract become spans since the row's ``tu_thang`` (or the period), and the phương án moves the
participation (``forms.movements``). Rows about past months and about money alone tell who
somebody is and nothing of what holds now (domain rules §7).
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache

from forms.model import Period, Row
from forms.movements import Kind, Movement, State, movement
from forms.roster.changes import ABSENT, ACTIVE
from forms.roster.fields import fields
from forms.roster.model import Employee, Track, Values
from forms.roster.spans import put

FUNDS = ("bhxh", "bhyt", "bhtn", "tnld")
STATE = "dang_tham_gia"
LAST_MOVEMENT, LAST_PERIOD = "phuong_an_gan_nhat", "ky_gan_nhat"
_TO_THE_PAST = frozenset({Kind.RETRO, Kind.MONEY})
_FUND_OF: dict[str, dict[str, str]] = {
    "TN": {"bhtn": "1"},
    "GN": {"bhtn": "0"},
    "TL": {"tnld": "1"},
    "GL": {"tnld": "0"},
    "TV": {"bhxh": "1"},
    "GV": {"bhxh": "0"},
}
"""TV and GV are of HTTT, the pension part of BHXH (list of phương án)"""
HOMES = {key: field.track for key, field in fields().items() if field.track is not Track.THAM_GIA}
"""what a row may say; the participation is said by its phương án alone"""


STARTS: Values = {STATE: ACTIVE, **dict.fromkeys(FUNDS, "1")}
"""who stands in a first list takes part in every fund, unless their phương án says otherwise"""


def taken_in(
    known: Employee,
    row: Row,
    period: Period,
    *,
    columns: Collection[str] = (),
    starting: bool = False,
) -> Employee:
    """``columns``: fields that the workbook has a column for; ``starting``: of a first list of
    people who take part already.

    Where the row states the wage on which all is paid, an empty allowance that has a column is
    none.
    """
    values, moved = row.values, movement(row.get("phuong_an"))
    own, tracked = _parted(values)
    own[LAST_PERIOD] = period.wire
    if "phuong_an" in values:
        own[LAST_MOVEMENT] = values["phuong_an"]
    taken = {**known.values, **own}
    if is_of_the_past(moved):
        return replace(known, values=taken)
    wage = tracked.get(Track.LUONG, {})
    if moved is not None and moved.whole and "tien_luong" in wage:
        tracked[Track.LUONG] = {**_allowances(columns), **wage}
    if moved is not None and (stay := participation(moved)):
        tracked[Track.THAM_GIA] = stay
    if starting and is_assumed(known, row):
        tracked[Track.THAM_GIA] = {**STARTS, **tracked.get(Track.THAM_GIA, {})}
    tracks, day = dict(known.tracks), begins(row, period)
    for track, changes in tracked.items():
        if spans := put(tracks.get(track, ()), day, changes):
            tracks[track] = spans
    return replace(known, values=taken, tracks=tracks)


def is_of_the_past(moved: Movement | None) -> bool:
    """Whether a row of this movement tells nothing of what holds now."""
    return moved is not None and moved.kind in _TO_THE_PAST


def is_assumed(known: Employee, row: Row) -> bool:
    """Whether nobody said that they take part: neither the roster nor this row of a first list."""
    moved = movement(row.get("phuong_an"))
    said = moved is not None and (is_of_the_past(moved) or STATE in participation(moved))
    return not said and Track.THAM_GIA not in known.tracks


def _parted(values: Values) -> tuple[dict[str, str], dict[Track, Values]]:
    """The filled fields of the person, and those of each track but the participation."""
    own: dict[str, str] = {}
    tracked: dict[Track, Values] = {}
    said: dict[str, dict[str, str]] = {}
    for key, text in values.items():
        if text and key in HOMES:
            track = HOMES[key]
            if track is None:
                own[key] = text
            elif track._value_ in said:
                said[track._value_][key] = text
            else:
                tracked[track] = said[track._value_] = {key: text}
    return own, tracked


def begins(row: Row, period: Period) -> date:
    """The first day of ``tu_thang``, or of the period where it was not understood."""
    return begins_by(row.get("tu_thang"), period)


@cache
def begins_by(text: str, period: Period) -> date:
    """``text``: of the field ``tu_thang``; empty where the row says nothing."""
    if not text:
        return period.first_day
    try:
        return Period.parse(text).first_day
    except ValueError:
        return period.first_day


@cache
def participation(moved: Movement) -> Values:
    """What a movement changes in the participation; empty text: taken away."""
    if moved.target is State.ABSENT:
        return {STATE: ABSENT, **dict.fromkeys(FUNDS, "")}
    if moved.target is State.LEAVE:
        return {STATE: f"leave:{moved.code}"}
    if moved.kind is Kind.INCREASE:
        return {STATE: ACTIVE, **dict.fromkeys(FUNDS, "1")}
    if moved.kind is Kind.RETURN:
        return {STATE: ACTIVE}
    return _FUND_OF.get(moved.code, {})


@cache
def _allowances_of(columns: frozenset[str]) -> dict[str, str]:
    return {key: "" for key in columns if key.startswith("phu_cap_")}


def _allowances(columns: Collection[str]) -> Values:
    return _allowances_of(frozenset(columns))
