"""What a figure is made of and the law behind it, in words. No Qt."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.ui.texts import words
from forms.rules.dated import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The answer to «Tại sao?» beside a figure. ``title``: the figure itself."""

    title: str
    lines: tuple[str, ...]
    sources: tuple[str, ...] = ()


def source_lines(rows: Iterable[Source]) -> tuple[str, ...]:
    """«theo …», with how certain it is; each once."""
    return tuple(dict.fromkeys(source_line(row) for row in rows))


def source_line(row: Source) -> str:
    grade = words(f"cli.confidence.{row.confidence.value}")
    place = ", ".join(part for part in (row.document, row.article) if part)
    return words("cli.according_to", {"place": place, "grade": grade}).strip()
