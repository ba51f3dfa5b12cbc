"""The inbox: letters, the files that came with them, and how far a mailbox was read."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = (
    *("receipt", "processing", "supplement", "result", "refusal"),
    *("statement", "paper", "other"),
)
ORIGINS = ("fetched", "taken")
VERIFIED = ("yes", "no", "unsigned")
STATES = (
    *("draft", "checked", "signed", "waiting", "sending", "sent"),
    *("accepted", "processing", "supplement", "done", "rejected", "send_failed"),
)


def upgrade() -> None:
    _letter()
    _letter_file()
    op.create_table(
        "mailbox_cursor",
        sa.Column("unit_code", sa.String(20), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        _key("mailbox_cursor", "unit_code", "mailbox"),
        _points("mailbox_cursor", "unit_code", "unit.code"),
    )


def _letter() -> None:
    op.create_table(
        "letter",
        sa.Column("position", sa.Integer(), nullable=False),
        _text("id", 64),
        _text("unit_code", 20),
        *(_text(name, 20) for name in ("kind", "origin")),
        _text("source"),
        _text("received_at", 32),
        sa.Column("dated", sa.String(32)),
        sa.Column("period", sa.String(7)),
        sa.Column("dossier_id", sa.Text()),
        *(_text(name) for name in ("number", "transaction_code", "agency")),
        sa.Column("state_after", sa.String(20)),
        sa.Column("moved", sa.Integer(), nullable=False),
        _text("verified", 20),
        _text("doubt"),
        sa.Column("deadline", sa.String(10)),
        *(_text(name) for name in ("text", "reasons")),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary()),
        _key("letter", "position"),
        sa.UniqueConstraint("id", name=op.f("uq_letter_id")),
        _points("letter", "unit_code", "unit.code"),
        _points("letter", "dossier_id", "dossier.id"),
        _flag("letter", "moved"),
        _flag("letter", "read"),
        _one_of("kind", KINDS),
        _one_of("origin", ORIGINS),
        _one_of("verified", VERIFIED),
        _one_of("state_after", STATES),
    )
    op.create_index("ix_letter_unit_code", "letter", ["unit_code", "period"])
    op.create_index("ix_letter_dossier_id", "letter", ["dossier_id"])


def _letter_file() -> None:
    op.create_table(
        "letter_file",
        _text("letter_id", 64),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("name"),
        sa.Column("size", sa.Integer(), nullable=False),
        _text("sha256", 64),
        sa.Column("vouched", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        _key("letter_file", "letter_id", "position"),
        _points("letter_file", "letter_id", "letter.id"),
        sa.UniqueConstraint("letter_id", "name", name=op.f("uq_letter_file_letter_id")),
        _flag("letter_file", "vouched"),
        sa.CheckConstraint("(kept = 1) = (content IS NOT NULL)", name=op.f("ck_letter_file_kept")),
    )


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def _flag(table: str, column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN (0, 1)", name=op.f(f"ck_{table}_{column}"))


def _one_of(column: str, allowed: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{each}'" for each in allowed)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_letter_{column}"))
