"""How a person laid out a grid: which columns, how wide, which stand still. No Qt."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

_WIDEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GridLayout:
    """What is remembered of one grid."""

    columns: tuple[str, ...] | None = None
    """field keys; None: nobody chose, the usual ones are shown"""
    widths: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """field key → px in letters of the usual size"""
    frozen: str | None = None
    """key of the last column that stands still; empty: none does; None: nobody chose"""

    @classmethod
    def parse(cls, text: str) -> "GridLayout":
        """What cannot be read is forgotten, never an error."""
        try:
            table = json.loads(text)
        except ValueError:
            return cls()
        return cls._from(table) if isinstance(table, dict) else cls()

    @classmethod
    def _from(cls, table: Mapping[str, object]) -> "GridLayout":
        columns, widths, frozen = (table.get(key) for key in ("columns", "widths", "frozen"))
        return cls(
            columns=_texts(columns) if isinstance(columns, list) else None,
            widths=_lengths(widths) if isinstance(widths, dict) else {},
            frozen=frozen if isinstance(frozen, str) else None,
        )

    @property
    def text(self) -> str:
        """To be remembered."""
        table = {"columns": self.columns, "widths": dict(self.widths), "frozen": self.frozen}
        return json.dumps({key: value for key, value in table.items() if value is not None})

    def frozen_count(self, keys: Sequence[str], usual: str) -> int:
        """How many of the columns shown stand still; ``usual``: up to which when nobody chose."""
        last = usual if self.frozen is None else self.frozen
        return keys.index(last) + 1 if last in keys else 0


def layout_key(unit_code: str, form: str) -> str:
    """Under which a grid is remembered: of one unit and one form."""
    return f"grid/{unit_code}/{form}"


def _texts(found: Sequence[object]) -> tuple[str, ...] | None:
    return tuple(each for each in found if isinstance(each, str)) or None


def _lengths(found: Mapping[object, object]) -> dict[str, int]:
    return {
        key: width
        for key, width in found.items()
        if isinstance(key, str) and isinstance(width, int) and 0 < width <= _WIDEST
    }
