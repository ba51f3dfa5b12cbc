"""One text out of a JSON column, by whichever name the database calls that."""

from typing import Any

from sqlalchemy import Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class JsonText(GenericFunction[str]):
    """``JsonText(column, "key")``: NULL where the key is not there."""

    type = Text()
    inherit_cache = True
    name = "tokhai_json_text"


@compiles(JsonText, "sqlite")
def _sqlite(element: JsonText, compiler: SQLCompiler, **options: Any) -> str:
    column, key = (compiler.process(one, **options) for one in element.clauses)
    return f"json_extract({column}, '$.' || {key})"


@compiles(JsonText, "postgresql")
def _postgresql(element: JsonText, compiler: SQLCompiler, **options: Any) -> str:
    column, key = (compiler.process(one, **options) for one in element.clauses)
    return f"(CAST({column} AS json) ->> {key})"
