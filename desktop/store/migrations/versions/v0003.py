"""People with their history, and every step that was done to a roster.

A person of before becomes one with spans that begin in the month of the latest import, the only
day that was kept.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STAY = {
    **dict.fromkeys(("TM", "TH", "TD", "TC", "ON"), "active"),
    **{leave: f"leave:{leave}" for leave in ("OF", "KL", "TS")},
    **dict.fromkeys(("GH", "GD", "GC"), "absent"),
}
"""phương án → the state after it"""
FUNDS = ("bhxh", "bhyt", "bhtn", "tnld")


def upgrade() -> None:
    old = op.get_bind().execute(sa.text("SELECT * FROM person ORDER BY id")).mappings().all()
    op.drop_index("ix_person_unit_code", "person")
    op.drop_table("person")
    _person()
    _span()
    _household_member()
    _roster_step()
    _roster_change()
    op.add_column("dossier", sa.Column("withdrawn_by", sa.Integer()))
    _carry_over(old)


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(20), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("social_number", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("birth", sa.Text(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name="fk_person_unit_code"),
    )
    searched = ["unit_code", "name_folded", "social_number", "citizen_id"]
    op.create_index("ix_person_unit_code", "person", searched)
    op.create_index("ix_person_social_number", "person", ["unit_code", "social_number"])
    op.create_index("ix_person_citizen_id", "person", ["unit_code", "citizen_id"])


def _span() -> None:
    op.create_table(
        "span",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(20), nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "track", "since", name="pk_span"),
        sa.CheckConstraint(
            "track IN ('hop_dong', 'cong_viec', 'luong', 'tham_gia')", name=op.f("ck_span_track")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_span_person_id"),
        sqlite_with_rowid=False,
    )


def _household_member() -> None:
    op.create_table(
        "household_member",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "position", name="pk_household_member"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_household_member_person_id"),
        sqlite_with_rowid=False,
    )


def _roster_step() -> None:
    op.create_table(
        "roster_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(20), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("undone", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_roster_step"),
        sa.CheckConstraint("undone IN (0, 1)", name=op.f("ck_roster_step_undone")),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name="fk_roster_step_unit_code"),
    )
    op.create_index("ix_roster_step_unit_code", "roster_step", ["unit_code", "id"])


def _roster_change() -> None:
    op.create_table(
        "roster_change",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("delta", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "step_id", name="pk_roster_change"),
        sa.ForeignKeyConstraint(["step_id"], ["roster_step.id"], name="fk_roster_change_step_id"),
    )
    op.create_index("ix_roster_change_step_id", "roster_change", ["step_id"])


def _carry_over(old: Sequence[sa.RowMapping]) -> None:
    if not old:
        return
    names = ("id", "unit_code", "name_folded", "social_number", "citizen_id", "birth")
    people = [{**{name: one[name] for name in names}, "cells": _json(_cells(one))} for one in old]
    spans = [found for one in old for found in _spans(one)]
    person = sa.table("person", *map(sa.column, (*names, "cells")))
    span = sa.table("span", *map(sa.column, ("person_id", "track", "since", "cells")))
    op.get_bind().execute(sa.insert(person), people)
    op.get_bind().execute(sa.insert(span), spans)


def _cells(one: sa.RowMapping) -> dict[str, str]:
    year, month = one["last_period"].split("-")
    return {
        "ho_ten": one["name"],
        "ma_so_bhxh": one["social_number"],
        "cccd": one["citizen_id"],
        "ngay_sinh": one["birth"],
        "gioi_tinh": one["sex"],
        "phuong_an_gan_nhat": one["last_movement"],
        "ky_gan_nhat": f"{month}/{year}",
    }


def _spans(one: sa.RowMapping) -> Iterator[dict[str, Any]]:
    wage = one["coefficient"] if one["wage"] is None else str(one["wage"])
    state = STAY.get(one["last_movement"].rstrip("0123456789"), "active")
    tracks = {
        "cong_viec": {"chuc_vu": one["job"]},
        "luong": {"tien_luong": wage or ""},
        "tham_gia": {"dang_tham_gia": state}
        | ({} if state == "absent" else dict.fromkeys(FUNDS, "1")),
    }
    for track, cells in tracks.items():
        if any(cells.values()):
            since = f"{one['last_period']}-01"
            yield {
                "person_id": one["id"],
                "track": track,
                "since": since,
                "cells": _json(cells),
            }


def _json(cells: dict[str, str]) -> str:
    filled = {key: text for key, text in cells.items() if text}
    return json.dumps(filled, ensure_ascii=False, separators=(",", ":"))
