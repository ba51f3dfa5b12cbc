"""The first tables.

A step says its tables itself and imports none of the program's, which change later.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

DOSSIER_STATES = (
    "('draft', 'checked', 'signed', 'waiting', 'sending', 'sent', 'accepted', 'rejected', "
    "'send_failed')"
)


def upgrade() -> None:
    _setting()
    _unit()
    _dossier()
    _person()
    _draft_section()
    _finding()
    _form_file()
    _parcel()
    _receipt()
    _draft_row()
    _journal()


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )


def _unit() -> None:
    op.create_table(
        "unit",
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tax_code", sa.String(20), nullable=False),
        sa.Column("agency", sa.String(20), nullable=False),
        sa.Column("region", sa.Integer(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_unit"),
        sa.CheckConstraint("region BETWEEN 1 AND 4", name=op.f("ck_unit_region")),
    )


def _dossier() -> None:
    op.create_table(
        "dossier",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("unit_code", sa.String(20), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("procedure", sa.String(20), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("filed_on", sa.String(10)),
        sa.Column("transaction_code", sa.Text()),
        sa.Column("number", sa.Text()),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_dossier"),
        sa.CheckConstraint("batch >= 1", name=op.f("ck_dossier_batch")),
        sa.CheckConstraint(
            f"state IN {DOSSIER_STATES}",
            name=op.f("ck_dossier_state"),
        ),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name="fk_dossier_unit_code"),
        sa.UniqueConstraint("id", name="uq_dossier_id"),
        sa.UniqueConstraint(
            "unit_code", "period", "procedure", "batch", name="uq_dossier_unit_code"
        ),
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("birth", sa.Text(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("social_number", sa.Text(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("wage", sa.Integer()),
        sa.Column("coefficient", sa.Text()),
        sa.Column("last_movement", sa.Text(), nullable=False),
        sa.Column("last_period", sa.String(7), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.CheckConstraint("name <> ''", name=op.f("ck_person_name")),
        sa.CheckConstraint("wage IS NULL OR coefficient IS NULL", name=op.f("ck_person_pay")),
        sa.CheckConstraint("wage >= 0", name=op.f("ck_person_wage")),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name="fk_person_unit_code"),
    )
    op.create_index("ix_person_unit_code", "person", ["unit_code", "name_folded"])


def _draft_section() -> None:
    op.create_table(
        "draft_section",
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("letters", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "position", name="pk_draft_section"),
        sa.CheckConstraint(
            "part IN ('lao_dong', 'phu_luc', 'bang_ke')",
            name=op.f("ck_draft_section_part"),
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_draft_section_dossier_id"),
    )


def _finding() -> None:
    op.create_table(
        "finding",
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(20), nullable=False),
        sa.Column("sheet", sa.Text()),
        sa.Column("line", sa.Integer()),
        sa.Column("letters", sa.Text()),
        sa.Column("field", sa.Text()),
        sa.Column("params", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "position", name="pk_finding"),
        sa.CheckConstraint(
            "severity IN ('error', 'warning', 'info')", name=op.f("ck_finding_severity")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_finding_dossier_id"),
    )


def _form_file() -> None:
    op.create_table(
        "form_file",
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("form_code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sign_node", sa.Text()),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("signed", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("dossier_id", "position", name="pk_form_file"),
        sa.CheckConstraint(
            "kind IN ('form', 'attachment', 'envelope')",
            name=op.f("ck_form_file_kind"),
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_form_file_dossier_id"),
    )


def _parcel() -> None:
    op.create_table(
        "parcel",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("ca_pem", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.String(32), nullable=False),
        sa.Column("claimed_at", sa.String(32)),
        sa.Column("upload_url", sa.Text()),
        sa.Column("transaction_code", sa.Text()),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_parcel"),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_parcel_attempts")),
        sa.CheckConstraint(
            "state <> 'sending' OR claimed_at IS NOT NULL",
            name=op.f("ck_parcel_claimed_at"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'accepted', 'refused', 'failed')",
            name=op.f("ck_parcel_state"),
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_parcel_dossier_id"),
        sa.UniqueConstraint("dossier_id", name="uq_parcel_dossier_id"),
        sa.UniqueConstraint("id", name="uq_parcel_id"),
    )
    op.create_index("ix_parcel_state", "parcel", ["state", "next_try"])


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_receipt"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_receipt_dossier_id"),
    )


def _draft_row() -> None:
    op.create_table(
        "draft_row",
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "section", "position", name="pk_draft_row"),
        sa.ForeignKeyConstraint(
            ["dossier_id", "section"],
            ["draft_section.dossier_id", "draft_section.position"],
            name="fk_draft_row_dossier_id",
        ),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("parcel_id", sa.String(36)),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("before", sa.String(20)),
        sa.Column("after", sa.String(20)),
        sa.Column("parcel_state", sa.String(20)),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_journal"),
        sa.CheckConstraint(
            f"after IN {DOSSIER_STATES}",
            name=op.f("ck_journal_after"),
        ),
        sa.CheckConstraint(
            f"before IN {DOSSIER_STATES}",
            name=op.f("ck_journal_before"),
        ),
        sa.CheckConstraint(
            "parcel_state IN ('waiting', 'sending', 'sent', 'accepted', 'refused', 'failed')",
            name=op.f("ck_journal_parcel_state"),
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_journal_dossier_id"),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcel.id"], name="fk_journal_parcel_id"),
    )
    op.create_index("ix_journal_dossier_id", "journal", ["dossier_id"])
    op.create_index("ix_journal_parcel_id", "journal", ["parcel_id", "at"])
