"""All tables of one data folder. Money is INTEGER đồng, coefficients and moments are TEXT.

``tests/desktop/store`` compares them with what the migrations make.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from desktop.services.inbox_api import LetterKind, Origin, Verified
from desktop.store.column_types import Json, Moment, one_of
from forms.findings import Severity
from forms.model import DossierState, FileKind, Part
from sync.model import ParcelState

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

unit = Table(
    "unit",
    metadata,
    Column("code", String(20), primary_key=True),
    Column("name", Text, nullable=False),
    Column("tax_code", String(20), nullable=False),
    Column("agency", String(20), nullable=False),
    Column("region", Integer, nullable=False),
    Column("signer", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("address", Text, nullable=False),
    CheckConstraint("region BETWEEN 1 AND 4", name="region"),
)

roster_shape = Table(
    "roster_shape",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("columns", Text, nullable=False),
)
"""the columns of lines (``forms.roster.lines``) in their order, as a JSON list"""

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_code", ForeignKey("unit.code"), nullable=False),
    Column("shape", ForeignKey("roster_shape.id")),
    Column("line", Text, nullable=False),
    Index("ix_person_unit_code", "unit_code"),
)
"""one whole person; how the line is written stands in ``desktop.store.roster_lines``"""

roster_column = Table(
    "roster_column",
    metadata,
    Column("unit_code", ForeignKey("unit.code"), primary_key=True),
    Column("block", Integer, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""the lines once more, by column, to find and sort people by (``desktop.store.roster_columns``)"""

household_member = Table(
    "household_member",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("cells", Json, nullable=False),
    sqlite_with_rowid=False,
)

roster_step = Table(
    "roster_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_code", ForeignKey("unit.code"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("code", Text, nullable=False),
    Column("params", Json, nullable=False),
    Column("people", Integer, nullable=False),
    Column("undone", Integer, nullable=False),
    Column("dossier_id", Text),
    CheckConstraint("undone IN (0, 1)", name="undone"),
    Index("ix_roster_step_unit_code", "unit_code", "id"),
)
"""one thing done to the roster; ``dossier_id``: of the draft that the same import made"""

roster_change = Table(
    "roster_change",
    metadata,
    Column("person_id", Integer, primary_key=True),
    Column("step_id", ForeignKey("roster_step.id"), primary_key=True),
    Column("delta", Json, nullable=False),
    Index("ix_roster_change_step_id", "step_id"),
)
"""what a step did to one person, before and after; people who are gone are named here too"""

dossier = Table(
    "dossier",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("unit_code", ForeignKey("unit.code"), nullable=False),
    Column("period", String(7), nullable=False),
    Column("procedure", String(20), nullable=False),
    Column("batch", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("created", Moment, nullable=False),
    Column("filed_on", String(10)),
    Column("transaction_code", Text),
    Column("number", Text),
    Column("layout", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("rules_hash", String(64)),
    Column("withdrawn_by", Integer),
    UniqueConstraint("id"),
    UniqueConstraint("unit_code", "period", "procedure", "batch"),
    CheckConstraint("batch >= 1", name="batch"),
    one_of("state", DossierState),
)

draft_section = Table(
    "draft_section",
    metadata,
    Column("dossier_id", ForeignKey("dossier.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("part", String(20), nullable=False),
    Column("sheet", Text, nullable=False),
    Column("letters", Json, nullable=False),
    one_of("part", Part),
)

draft_row = Table(
    "draft_row",
    metadata,
    Column("dossier_id", Text, primary_key=True),
    Column("section", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("line", Integer, nullable=False),
    Column("cells", Json, nullable=False),
    ForeignKeyConstraint(
        ["dossier_id", "section"], ["draft_section.dossier_id", "draft_section.position"]
    ),
)

draft_chunk = Table(
    "draft_chunk",
    metadata,
    Column("dossier_id", Text, primary_key=True),
    Column("section", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["dossier_id", "section"], ["draft_section.dossier_id", "draft_section.position"]
    ),
    CheckConstraint("count >= 1", name="count"),
)

finding = Table(
    "finding",
    metadata,
    Column("dossier_id", ForeignKey("dossier.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("severity", String(20), nullable=False),
    Column("sheet", Text),
    Column("line", Integer),
    Column("letters", Text),
    Column("field", Text),
    Column("params", Json, nullable=False),
    one_of("severity", Severity),
)

form_file = Table(
    "form_file",
    metadata,
    Column("dossier_id", ForeignKey("dossier.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("form_code", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("sign_node", Text),
    Column("content", LargeBinary, nullable=False),
    Column("signed", LargeBinary),
    one_of("kind", FileKind),
)

receipt = Table(
    "receipt",
    metadata,
    Column("dossier_id", ForeignKey("dossier.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

parcel = Table(
    "parcel",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("id", String(36), nullable=False),
    Column("dossier_id", ForeignKey("dossier.id"), nullable=False),
    Column("url", Text, nullable=False),
    Column("ca_pem", Text, nullable=False),
    Column("adapter", Text, nullable=False, server_default="gateway"),
    Column("client_id", Text, nullable=False, server_default=""),
    Column("pins", Text, nullable=False, server_default=""),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("labels", Json, nullable=False),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("upload_url", Text),
    Column("transaction_code", Text),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("id"),
    UniqueConstraint("dossier_id"),
    CheckConstraint("attempts >= 0", name="attempts"),
    CheckConstraint("state <> 'sending' OR claimed_at IS NOT NULL", name="claimed_at"),
    one_of("state", ParcelState),
    Index("ix_parcel_state", "state", "next_try"),
)

journal = Table(
    "journal",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("dossier_id", ForeignKey("dossier.id"), nullable=False),
    Column("parcel_id", ForeignKey("parcel.id")),
    Column("at", Moment, nullable=False),
    Column("event", Text, nullable=False),
    Column("before", String(20)),
    Column("after", String(20)),
    Column("parcel_state", String(20)),
    Column("detail", Text, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    one_of("before", DossierState),
    one_of("after", DossierState),
    one_of("parcel_state", ParcelState),
    Index("ix_journal_dossier_id", "dossier_id"),
    Index("ix_journal_parcel_id", "parcel_id", "at"),
)

letter = Table(
    "letter",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("id", String(64), nullable=False),
    Column("unit_code", ForeignKey("unit.code"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("origin", String(20), nullable=False),
    Column("source", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("dated", Moment),
    Column("period", String(7)),
    Column("dossier_id", ForeignKey("dossier.id")),
    Column("number", Text, nullable=False),
    Column("transaction_code", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("state_after", String(20)),
    Column("moved", Integer, nullable=False),
    Column("verified", String(20), nullable=False),
    Column("doubt", Json, nullable=False),
    Column("deadline", String(10)),
    Column("text", Text, nullable=False),
    Column("reasons", Json, nullable=False),
    Column("read", Integer, nullable=False),
    Column("document", LargeBinary),
    UniqueConstraint("id"),
    CheckConstraint("moved IN (0, 1)", name="moved"),
    CheckConstraint("read IN (0, 1)", name="read"),
    one_of("kind", LetterKind),
    one_of("origin", Origin),
    one_of("verified", Verified),
    one_of("state_after", DossierState),
    Index("ix_letter_unit_code", "unit_code", "period"),
    Index("ix_letter_dossier_id", "dossier_id"),
)
"""what the agency wrote; ``id``: of unit and content, so that the same never stands here twice"""

letter_file = Table(
    "letter_file",
    metadata,
    Column("letter_id", ForeignKey("letter.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("vouched", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("content", LargeBinary),
    UniqueConstraint("letter_id", "name"),
    CheckConstraint("vouched IN (0, 1)", name="vouched"),
    CheckConstraint("(kept = 1) = (content IS NOT NULL)", name="kept"),
)

mailbox_cursor = Table(
    "mailbox_cursor",
    metadata,
    Column("unit_code", ForeignKey("unit.code"), primary_key=True),
    Column("mailbox", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
)
"""how far a unit's notices at a gateway were read"""

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
