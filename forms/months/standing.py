"""How somebody stands in a month, as the person's row says: working, on leave, gone.

Where the row says nothing the answer is None: silence is no statement.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from forms.codes import fold
from forms.model import Period
from forms.months.data import fields, state_words, variants
from forms.months.model import Values
from forms.movements import State, movement
from forms.rules.tables import series

LEAVE_OF_UNKNOWN_KIND = "?"
_LAST_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Told:
    """A state, the phương án behind it where known, and the field that says so."""

    state: State
    code: str
    key: str


def told(values: Values, period: Period, *, word: bool = True) -> Told | None:
    """``word``: whether the row's own phương án counts."""
    by_state = _by_words(values, fields().states)
    if by_state is not None:
        return by_state
    if word and (by_word := _by_movement(values)):
        return by_word
    days = _unpaid_days(values)
    by_note = _by_words(values, fields().notes)
    if by_note is not None and by_note.state is State.LEAVE and _too_few(days, by_note, period):
        return Told(State.ACTIVE, "", by_note.key)
    if by_note is None and days is not None:
        return _by_days(days, period)
    return by_note


def variant(code: str, *texts: str) -> str:
    """The kind of a phương án that the notes know, such as ``GH4`` for a death."""
    said = " ".join(fold(text) for text in texts)
    for kind, words in variants().get(code, {}).items():
        if any(_holds(said, word) for word in words):
            return kind
    return code


def _by_movement(values: Values) -> Told | None:
    code = values.get("phuong_an", "").rstrip(_LAST_DIGITS)
    moved = movement(code) if code else None
    if moved is None or moved.target is None:
        return None
    spoken = code if moved.target is not State.ACTIVE else ""
    return Told(moved.target, spoken, "phuong_an")


def _by_words(values: Values, keys: tuple[str, ...]) -> Told | None:
    for key in keys:
        if (text := values.get(key, "")) and (standing := _standing(text)):
            state, _, code = standing.partition(":")
            return Told(State(state), code, key)
    return None


@lru_cache(maxsize=4096)
def _standing(text: str) -> str | None:
    said = fold(text)
    for each in state_words():
        if said in each.exact or any(_holds(said, word) for word in each.words):
            return each.standing
    return None


def _holds(said: str, word: str) -> bool:
    return f" {word} " in f" {re.sub(r'[^a-z0-9:]+', ' ', said)} "


@dataclass(frozen=True, slots=True)
class _Days:
    count: Decimal
    key: str


def _unpaid_days(values: Values) -> _Days | None:
    for key, text in _filled(values, fields().unpaid_days):
        try:
            count = Decimal(text)
        except InvalidOperation:
            continue
        if count.is_finite():
            return _Days(count, key)
    return None


def _filled(values: Values, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((key, values[key]) for key in keys if values.get(key))


def _by_days(days: _Days, period: Period) -> Told | None:
    """So many days without wage that the month is not due; why is not said."""
    if days.count < series("special", "unpaid-days").at(period).value:
        return Told(State.ACTIVE, "", days.key)
    return Told(State.LEAVE, LEAVE_OF_UNKNOWN_KIND, days.key)


def _too_few(days: _Days | None, told: Told, period: Period) -> bool:
    if days is None:
        return False
    key = "maternity-days" if told.code == "TS" else "unpaid-days"
    return bool(days.count < series("special", key).at(period).value)
