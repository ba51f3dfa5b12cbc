"""Each person as one line, and the newest lines by column."""

import json
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BLOCK = 512

Lines = dict[str, dict[int, dict[str, str]]]
"""unit → id → line"""


def upgrade() -> None:
    lines = _lines()
    members = op.get_bind().execute(sa.text("SELECT * FROM household_member")).all()
    op.drop_table("household_member")
    op.drop_table("span")
    for index in ("unit_code", "social_number", "citizen_id"):
        op.drop_index(f"ix_person_{index}", "person")
    op.drop_table("person")
    _tables()
    _carry_over(lines)
    _insert("household_member", ("person_id", "position", "cells"), members)


def _lines() -> Lines:
    """Of everybody, with the spans of each track after another."""
    bind = op.get_bind()
    spans = bind.execute(sa.text("SELECT * FROM span ORDER BY person_id, track, since")).all()
    tracks: dict[int, dict[str, str]] = defaultdict(dict)
    for (one, track), found in groupby(spans, lambda span: (span.person_id, span.track)):
        known = [(span.since, json.loads(span.cells)) for span in found]
        tracks[one] |= _track(track, known)
    lines: Lines = defaultdict(dict)
    for one in bind.execute(sa.text("SELECT id, unit_code, cells FROM person ORDER BY id")):
        filled = {key: text for key, text in json.loads(one.cells).items() if text}
        lines[one.unit_code][one.id] = filled | tracks[one.id]
    return lines


def _track(track: str, spans: list[tuple[str, Mapping[str, str]]]) -> dict[str, str]:
    *older, (since, values) = spans
    line = {f"{track}@": since}
    line |= {f"{track}/{key}": text for key, text in values.items() if text}
    return line | ({f"{track}<": _json(older)} if older else {})


def _tables() -> None:
    op.create_table(
        "roster_shape",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roster_shape"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(20), nullable=False),
        sa.Column("shape", sa.Integer()),
        sa.Column("line", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name="fk_person_unit_code"),
        sa.ForeignKeyConstraint(["shape"], ["roster_shape.id"], name="fk_person_shape"),
    )
    op.create_index("ix_person_unit_code", "person", ["unit_code"])
    op.create_table(
        "roster_column",
        sa.Column("unit_code", sa.String(20), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit_code", "block", "key", name="pk_roster_column"),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name="fk_roster_column_unit_code"),
    )
    op.create_table(
        "household_member",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "position", name="pk_household_member"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_household_member_person_id"),
        sqlite_with_rowid=False,
    )


def _carry_over(lines: Lines) -> None:
    """Lines without a shape: JSON, as those in which a text holds the sign between texts."""
    for unit, people in lines.items():
        rows = [(one, unit, _json(line)) for one, line in people.items()]
        _insert("person", ("id", "unit_code", "line"), rows)
        for block, found in groupby(people.items(), lambda pair: pair[0] // BLOCK):
            columns = _columns(dict(found))
            stored = ((unit, block, key, _packed(column)) for key, column in columns.items())
            _insert("roster_column", ("unit_code", "block", "key", "content"), stored)


def _columns(people: Mapping[int, dict[str, str]]) -> dict[str, list[str]]:
    lines = [{**line, "#ho_ten": _folded(line.get("ho_ten", ""))} for line in people.values()]
    keys = dict.fromkeys(key for line in lines for key, text in line.items() if text)
    columns = {key: [line.get(key, "") for line in lines] for key in keys}
    return {"#": list(map(str, people)), **columns}


def _packed(column: list[str]) -> bytes:
    return b"[" + zlib.compress(_json(column).encode())


def _folded(name: str) -> str:
    signs = unicodedata.normalize("NFKD", name.translate(str.maketrans("đĐðÐ", "dddd")))
    bare = "".join(sign for sign in signs if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


def _insert(name: str, columns: Iterable[str], rows: Iterable[Any]) -> None:
    names = tuple(columns)
    found = [dict(zip(names, row, strict=True)) for row in rows]
    if found:
        op.get_bind().execute(sa.insert(sa.table(name, *map(sa.column, names))), found)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
