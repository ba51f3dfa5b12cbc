"""Rows of people whom nobody knew, by column: what ``taken_in`` makes of nobody and such a row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from forms.model import Period
from forms.movements import movement
from forms.packed import Block
from forms.roster.lines import since_column, value_column
from forms.roster.model import Track, Values
from forms.roster.taking_in import (
    FUNDS,
    HOMES,
    LAST_MOVEMENT,
    LAST_PERIOD,
    STARTS,
    STATE,
    begins_by,
    is_of_the_past,
    participation,
)

Columns = Mapping[str, Sequence[str]]
"""column of a line (``forms.roster.lines``) → a text for each row"""


@cache
def is_plain(phuong_an: str) -> bool:
    """Whether a row of this phương án tells what holds now."""
    return not is_of_the_past(movement(phuong_an))


@cache
def stay(phuong_an: str) -> Values:
    """What it changes in the participation; empty text: taken away."""
    moved = movement(phuong_an)
    return {} if moved is None or is_of_the_past(moved) else participation(moved)


@cache
def is_silent(phuong_an: str) -> bool:
    """Whether a row of a first list leaves open that they take part."""
    return is_plain(phuong_an) and STATE not in stay(phuong_an)


def arrived(block: Block, period: Period, *, starting: bool = False) -> Columns:
    """The lines of one person for each row; nobody has a household. ``starting``: see
    ``taken_in``."""
    columns: dict[str, Sequence[str]] = {}
    tracked: dict[Track, list[Sequence[str]]] = defaultdict(list)
    moves = block.column("phuong_an")
    plain = None if all(map(is_plain, moves)) else [is_plain(code) for code in moves]
    for key, column in block.columns.items():
        if key in HOMES:
            track = HOMES[key]
            if track is not None:
                column = column if plain is None else _masked(column, plain)
                tracked[track].append(column)
            columns[value_column(track, key)] = column
    columns[LAST_PERIOD] = [period.wire] * len(block)
    said = block.column(LAST_MOVEMENT)
    columns[LAST_MOVEMENT] = [new or old for new, old in zip(moves, said, strict=True)]
    months = block.column("tu_thang")
    begins = {text: begins_by(text, period).isoformat() for text in set(months)}
    days = [begins[text] for text in months]
    for of, texts in tracked.items():
        columns[since_column(of)] = _since(days, zip_rows(texts))
    columns.update(_stays(moves, days, starting=starting))
    return {key: column for key, column in columns.items() if any(column)}


def _masked(column: Sequence[str], plain: Sequence[bool]) -> list[str]:
    return [text if is_so else "" for text, is_so in zip(column, plain, strict=True)]


def zip_rows(columns: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return list(zip(*columns, strict=True))


def _since(days: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A span begins where something is said."""
    return [day if any(row) else "" for day, row in zip(days, rows, strict=True)]


def _stays(
    moves: Sequence[str], days: Sequence[str], *, starting: bool
) -> dict[str, Sequence[str]]:
    stays = {code: _stay(code, starting=starting) for code in set(moves)}
    columns: dict[str, Sequence[str]] = {}
    for key in (STATE, *FUNDS):
        said = {code: one.get(key, "") for code, one in stays.items()}
        columns[value_column(Track.THAM_GIA, key)] = [said[code] for code in moves]
    rows = {code: tuple(one.values()) for code, one in stays.items()}
    columns[since_column(Track.THAM_GIA)] = _since(days, [rows[code] for code in moves])
    return columns


def _stay(code: str, *, starting: bool) -> Values:
    return {**STARTS, **stay(code)} if starting and is_silent(code) else stay(code)
