"""A PostgreSQL server of the tests' own, in a folder of its own, reached by a socket there."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import URL, create_engine, text

NOBODY = 65534
"""the server refuses to run as root"""
USER = "tokhai"
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="
_numbers = count()


def binaries() -> Path | None:
    """Where Debian keeps those of its newest version, else where the path leads."""
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(known[-1]) if known else shutil.which("initdb")
    return Path(found).parent if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    folder: Path
    programs: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        if os.geteuid() == 0:
            os.chown(self.folder, NOBODY, NOBODY)
        made = ("-A", "trust", "-U", USER, "--no-sync", "-E", "UTF8", "--locale=C")
        self._run("initdb", "-D", str(self.data), *made)
        options = f"{FAST} -k {self.folder}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def new_database(self, template: str = "template1") -> URL:
        """An empty one, or a copy of another that nobody is using."""
        name = f"test_{next(_numbers)}"
        engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        engine.dispose()
        return self._url(name)

    def _url(self, database: str) -> URL:
        query = {"host": str(self.folder)}
        return URL.create("postgresql+psycopg", username=USER, database=database, query=query)

    def _run(self, program: str, *arguments: str) -> None:
        command: Sequence[str] = (str(self.programs / program), *arguments)
        if os.geteuid() == 0:
            ids = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
            command = ("setpriv", *ids, *command)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
