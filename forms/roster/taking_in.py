"""A row of an imported list, taken into what is known of a person.

The later words stand over the earlier; an empty cell takes nothing away. Wage, position and
contract become spans since the row's ``tu_thang`` (or the period), and the phương án moves the
participation (``forms.movements``). Rows about past months and about money alone tell who
somebody is and nothing of what holds now (domain rules §7).
"""

from collections.abc import Collection
from datetime import date
from functools import cache

from forms.model import Period, Row
from forms.movements import Kind, Movement, State, movement
from forms.roster.changes import ABSENT, ACTIVE, of_track, since, with_values
from forms.roster.model import Employee, Track, Values

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
_WITH_STATE = (Track.HOP_DONG, Track.CONG_VIEC, Track.LUONG)


def taken_in(
    known: Employee, row: Row, period: Period, *, columns: Collection[str] = ()
) -> Employee:
    """``columns``: fields that the workbook has a column for.

    Where the row states the wage on which all is paid, an empty allowance that has a column is
    none.
    """
    values, moved = row.values, movement(row.get("phuong_an"))
    last = {LAST_MOVEMENT: row.get("phuong_an"), LAST_PERIOD: period.wire}
    told = {**of_track(values, None), **{key: text for key, text in last.items() if text}}
    taken = with_values(known, told) if _says_more(known.values, told) else known
    if moved is not None and moved.kind in _TO_THE_PAST:
        return taken
    day = begins(row, period)
    for track in _WITH_STATE:
        found = dict(of_track(values, track))
        if track is Track.LUONG and found.get("tien_luong") and moved is not None and moved.whole:
            found = {**_allowances(columns), **found}
        if found:
            taken = since(taken, track, day, found)
    stay = participation(moved) if moved is not None else {}
    return since(taken, Track.THAM_GIA, day, stay) if stay else taken


def begins(row: Row, period: Period) -> date:
    """The first day of ``tu_thang``, or of the period where it was not understood."""
    text = row.get("tu_thang")
    return _first_day(text, period) if text else period.first_day


@cache
def _first_day(text: str, period: Period) -> date:
    try:
        return Period.parse(text).first_day
    except ValueError:
        return period.first_day


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


def _says_more(known: Values, told: Values) -> bool:
    return any(known.get(key) != text for key, text in told.items())


def _allowances(columns: Collection[str]) -> dict[str, str]:
    return {key: "" for key in columns if key.startswith("phu_cap_")}
