"""One transaction of the database, with its errors sorted. Repositories speak through it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from types import TracebackType
from typing import Any, Self

from sqlalchemy import (
    Connection,
    Delete,
    Engine,
    Executable,
    Insert,
    Table,
    Update,
    bindparam,
    insert,
)
from sqlalchemy.engine import Dialect, RowMapping
from sqlalchemy.sql.compiler import SQLCompiler

from desktop.store.engine import READING, TOGETHER
from desktop.store.errors import sorted_errors

Values = Mapping[str, Any]


class Session:
    """Begins when entered; whatever is not committed is undone when left.

    Every method raises the faults of ``desktop.store.errors``. ``reading``: it waits for nobody,
    and every change raises RuntimeError. ``together``: others may do the same at the same time,
    for each takes rows that nobody holds.
    """

    def __init__(self, engine: Engine, *, reading: bool = False, together: bool = False) -> None:
        self._engine = engine
        self._reading = reading
        self._together = together
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        with sorted_errors():
            options = {READING: self._reading, TOGETHER: self._together}
            connection = self._engine.connect().execution_options(**options)
            try:
                connection.begin()
            except BaseException:
                connection.close()
                raise
        self._connection = connection
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        connection, self._connection = self.connection, None
        with sorted_errors():
            connection.close()

    def commit(self) -> None:
        with sorted_errors():
            self.connection.commit()

    def rows(self, statement: Executable, values: Values | None = None) -> Sequence[RowMapping]:
        with sorted_errors():
            return self.connection.execute(statement, values).mappings().all()

    def tuples(self, statement: Executable, values: Values | None = None) -> Sequence[Any]:
        """As ``rows``, by position: for many rows of few columns."""
        with sorted_errors():
            return self.connection.execute(statement, values).all()

    def stream(self, statement: Executable) -> Iterator[Any]:
        """As ``tuples``, but never all of them in memory; nothing may be changed meanwhile."""
        with sorted_errors():
            yield from self.connection.execute(statement)

    def first(self, statement: Executable) -> RowMapping | None:
        with sorted_errors():
            return self.connection.execute(statement).mappings().first()

    def value(self, statement: Executable) -> Any:
        """The first column of the first row, or None."""
        with sorted_errors():
            return self.connection.execute(statement).scalar()

    def change(self, statement: Executable, values: Values | None = None) -> int:
        """How many rows were changed."""
        self._refuse_reading()
        with sorted_errors():
            return self.connection.execute(statement, values).rowcount

    def change_many(self, statement: Executable, many: Sequence[Values]) -> None:
        """The statement once for each; nothing for none."""
        self._refuse_reading()
        if many:
            with sorted_errors():
                self.connection.execute(statement, many)

    def insert_many(self, table: Table, columns: Sequence[str], many: Sequence[Any]) -> None:
        """Tuples of plain values, JSON as text: several times faster than ``change_many``."""
        self.run_many(_inserting(table, tuple(columns)), columns, many)

    def run_many(
        self, statement: Insert | Update | Delete, names: Sequence[str], many: Sequence[Any]
    ) -> None:
        """The statement once for each tuple of plain values, ``names`` being its parameters."""
        self._refuse_reading()
        if not many:
            return
        compiled = _compiled(statement, self.connection.dialect)
        if compiled.positional:
            place = {name: at for at, name in enumerate(names)}
            order = itemgetter(*(place[name] for name in compiled.positiontup or ()))
            lines: list[Any] = [order(line) for line in many]
        else:
            lines = [dict(zip(names, line, strict=True)) for line in many]
        with sorted_errors():
            self.connection.exec_driver_sql(str(compiled), lines)

    def _refuse_reading(self) -> None:
        """The database would refuse too, but as if the disk were to blame."""
        if self._reading:
            raise RuntimeError("a unit of work that only reads is written to")

    @property
    def connection(self) -> Connection:
        """For what needs more than the methods here. Raises RuntimeError outside the block."""
        if self._connection is None:
            raise RuntimeError("a unit of work is used outside its block")
        return self._connection


@lru_cache(maxsize=64)
def _inserting(table: Table, columns: tuple[str, ...]) -> Insert:
    values: dict[str, Any] = {name: bindparam(name) for name in columns}
    return insert(table).values(values)


@lru_cache(maxsize=64)
def _compiled(statement: Insert | Update | Delete, dialect: Dialect) -> SQLCompiler:
    """There are few of them, and each is run very often."""
    return statement.compile(dialect=dialect)
