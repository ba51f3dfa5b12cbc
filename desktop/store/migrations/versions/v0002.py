"""By which rule data a dossier was checked."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Unknown for what was checked before."""
    op.add_column("dossier", sa.Column("rules_hash", sa.String(64)))
