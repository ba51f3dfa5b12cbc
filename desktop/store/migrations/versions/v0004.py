"""Rows of a draft packed, some hundred in one place; those kept before stay where they are."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_chunk",
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "section", "position", name="pk_draft_chunk"),
        sa.ForeignKeyConstraint(
            ["dossier_id", "section"],
            ["draft_section.dossier_id", "draft_section.position"],
            name="fk_draft_chunk_dossier_id",
        ),
        sa.CheckConstraint("count >= 1", name=op.f("ck_draft_chunk_count")),
    )
