"""${message}

A step says its tables itself and imports none of the program's, which change later.
"""

${imports if imports else "import sqlalchemy as sa\nfrom alembic import op"}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "raise NotImplementedError"}
