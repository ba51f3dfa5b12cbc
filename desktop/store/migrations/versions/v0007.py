"""What the agency does with a dossier that it took in; by which adapter a parcel goes, and how
its gateway knows us."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

BEFORE = (
    *("draft", "checked", "signed", "waiting", "sending", "sent"),
    *("accepted", "rejected", "send_failed"),
)
AFTER = (
    *("draft", "checked", "signed", "waiting", "sending", "sent"),
    *("accepted", "processing", "supplement", "done", "rejected", "send_failed"),
)
HELD = (("dossier", "state"), ("journal", "before"), ("journal", "after"))


def upgrade() -> None:
    op.add_column("parcel", _text("adapter", "gateway"))
    op.add_column("parcel", _text("client_id", ""))
    op.add_column("parcel", _text("pins", ""))
    if op.get_bind().dialect.name == "sqlite":
        _widen_in_schema()
    else:
        _widen()


def _text(name: str, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _widen_in_schema() -> None:
    """SQLite cannot change a CHECK; rewriting the tables, on which others lean, would copy the
    whole journal. A CHECK that only admits more touches no row, so its words alone are changed,
    as the makers of SQLite describe it (ALTER TABLE, «making other kinds of schema changes»).
    """
    bind = op.get_bind()
    version = int(bind.exec_driver_sql("PRAGMA schema_version").scalar_one())
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    for table, column in HELD:
        change = "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = ? AND name = ?"
        words = (_check(column, BEFORE), _check(column, AFTER), "table", table)
        bind.exec_driver_sql(change, words)
    bind.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema = RESET")


def _widen() -> None:
    for table, column in HELD:
        name = op.f(f"ck_{table}_{column}")
        op.drop_constraint(name, table, type_="check")
        op.create_check_constraint(name, table, sa.text(_check(column, AFTER)))


def _check(column: str, states: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(state) for state in states)})"
