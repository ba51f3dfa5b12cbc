"""The copies at hand, what is in one, and what putting it back means. No Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Services
from desktop.services.upkeep import Copy, CopyKind, Inside, Restored
from desktop.ui.formats import moment, size
from desktop.ui.texts import tr

NAMED = 10
"""dossiers that a question lists by name"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    copy: Copy
    when: str
    why: str
    size: str
    name: str

    @property
    def usable(self) -> bool:
        return self.copy.kind is not CopyKind.DAMAGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A copy that was looked into, beside what no copy takes back."""

    inside: Inside
    sent: tuple[str, ...]


class CopiesPresenter:
    def __init__(self, services: Services) -> None:
        self._services = services

    # ---- off the UI thread

    def lines(self) -> tuple[CopyLine, ...]:
        return tuple(_line(each) for each in self._services.upkeep.copies())

    def back_up(self, folder: Path | None) -> Copy:
        return self._services.upkeep.back_up(folder)

    def look(self, file: Path) -> Chosen:
        upkeep = self._services.upkeep
        return Chosen(inside=upkeep.look(file), sent=tuple(upkeep.sent()))

    def restore(self, file: Path) -> Restored:
        return self._services.upkeep.restore(file)

    # ---- words

    def question(self, chosen: Chosen) -> str:
        """What is in the copy, what will go, what stays."""
        practice = tr("ui.app.practice") if self._services.practice else ""
        parts = (practice, *inside_lines(chosen.inside), tr("ui.copies.goes"), *_stays(chosen.sent))
        return "\n\n".join(part for part in parts if part)


def inside_lines(inside: Inside) -> Iterator[str]:
    yield tr("copy.newest", newest=moment(inside.newest) if inside.newest else tr("copy.never"))
    for each in inside.units:
        counts = {"people": each.people, "dossiers": each.dossiers}
        yield tr("copy.unit", code=each.code, name=each.name, **counts)
    if not inside.units:
        yield tr("copy.no_unit")


def told(done: Restored) -> str:
    lines = [tr("copy.before", file=str(done.before.file))]
    lines += _stays(done.kept)
    if done.paused:
        lines.append(tr("copy.paused"))
    return "\n".join(lines)


def _stays(dossiers: Sequence[str]) -> Iterator[str]:
    if dossiers:
        named = ", ".join(dossiers[-NAMED:])
        more = len(dossiers) - NAMED
        if more > 0:
            named = tr("ui.copies.and_more", named=named, count=more)
        yield tr("copy.kept", dossiers=named)


def _line(copy: Copy) -> CopyLine:
    return CopyLine(
        copy=copy,
        when=moment(copy.at),
        why=tr(f"copy.kind.{copy.kind.value}"),
        size=size(copy.size),
        name=copy.file.name,
    )
