"""Reads tables of our own TOML so that a slip in the data is a fault at once, not a wrong form."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from resources.faults import Fault

_T = TypeVar("_T")


class DefinitionFault(Fault):
    """Data that the program ships contradicts itself: our bug, never the user's."""


class Table:
    """One table of a file. Every key must be taken before ``done``, or it is refused."""

    def __init__(self, values: Mapping[str, object], *, file: str, place: str) -> None:
        self._values = dict(values)
        self.file = file
        self.place = place

    def fault(self, code: str, name: str) -> DefinitionFault:
        return DefinitionFault(code, file=self.file, place=self.place, name=name)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        """Raises DefinitionFault ``definition.missing`` without a default, ``definition.type``."""
        return self._take(key, str, default)

    def flag(self, key: str) -> bool:
        """False when it does not stand there."""
        return self._take(key, bool, False)

    def number(self, key: str) -> int | None:
        return self._take(key, int, None) if key in self._values else None

    def length(self, key: str) -> float:
        """A whole number or one with a dot; 0 when it does not stand there."""
        value = self._values.pop(key, 0)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault("definition.type", key)
        return float(value)

    def day(self, key: str) -> date | None:
        """``YYYY-MM-DD`` as text; None when it does not stand there."""
        text = self.text(key, "")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise self.fault("definition.type", key) from None

    def texts(self, key: str) -> tuple[str, ...]:
        found = self._take(key, list, [])
        if not all(isinstance(item, str) for item in found):
            raise self.fault("definition.type", key)
        return tuple(found)

    def table(self, key: str) -> "Table | None":
        if key not in self._values:
            return None
        return self._child(self._take(key, dict, None), key)

    def tables(self, key: str, *, keep: bool = False) -> tuple["Table", ...]:
        """The tables of an array; their place counts from 1. ``keep``: may be asked for again."""
        found = self._take(key, list, [])
        if keep and found:
            self._values[key] = found
        if not all(isinstance(item, dict) for item in found):
            raise self.fault("definition.type", key)
        return tuple(self._child(item, f"{key}[{n}]") for n, item in enumerate(found, 1))

    def keys(self) -> tuple[str, ...]:
        return tuple(self._values)

    def drop(self, key: str) -> None:
        """Takes what was kept, so that ``done`` does not miss it."""
        self._values.pop(key, None)

    def done(self) -> None:
        """Raises DefinitionFault ``definition.unknown_key`` for what nobody took."""
        for key in self._values:
            raise self.fault("definition.unknown_key", key)

    def _child(self, values: Mapping[str, object], name: str) -> "Table":
        place = f"{self.place}.{name}" if self.place else name
        return Table(values, file=self.file, place=place)

    def _take(self, key: str, kind: type[_T], default: _T | None) -> _T:
        value = self._values.pop(key, default)
        if value is None:
            raise self.fault("definition.missing", key)
        if not isinstance(value, kind):
            raise self.fault("definition.type", key)
        return value
