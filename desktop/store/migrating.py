"""Alembic without a file of settings: works from a checkout, a wheel and a frozen program."""

from functools import cache
from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from desktop.store.tables import metadata

FOLDER = "migrations"


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Inside the caller's transaction: a step that fails leaves the database as it was."""
    with as_file(files(__package__) / FOLDER) as folder:
        config = _config(str(folder))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def create(connection: Connection) -> None:
    """The tables of a new database at once, as all the steps would leave them."""
    metadata.create_all(connection, checkfirst=False)
    with as_file(files(__package__) / FOLDER) as folder:
        script = ScriptDirectory.from_config(_config(str(folder)))
        MigrationContext.configure(connection).stamp(script, revisions()[0])


@cache
def revisions() -> tuple[str, ...]:
    """All that this program knows, the newest first."""
    with as_file(files(__package__) / FOLDER) as folder:
        script = ScriptDirectory.from_config(_config(str(folder)))
        return tuple(step.revision for step in script.walk_revisions())


def _config(folder: str) -> Config:
    config = Config()
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
