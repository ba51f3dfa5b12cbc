"""``tokhai backup`` and ``tokhai restore``: copies of the data."""

from collections.abc import Iterator
from typing import Any

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.field_words import clock
from desktop.services.upkeep import Copy, Inside, Restored, UpkeepApi
from resources.faults import SurroundingsFault

DAMAGED = "store.corrupt"
MEGABYTE = 1024 * 1024


def backup(context: Context) -> Outcome:
    if context.options.list:
        return _list(context)
    made = context.services.upkeep.back_up(context.options.out)
    return Outcome(_shape(made), (context.console.words("cli.backup.made", file=str(made.file)),))


def _list(context: Context) -> Outcome:
    copies = _upkeep(context).copies()
    lines = [_line(context, each) for each in copies] or [context.console.words("cli.backup.none")]
    return Outcome({"copies": [_shape(each) for each in copies]}, lines)


def restore(context: Context) -> Outcome:
    """Exit code 1 until the person has seen what is in the copy and said ``--yes``."""
    options, upkeep = context.options, _upkeep(context)
    inside = upkeep.look(options.file)
    lines = list(inside_lines(context, inside))
    if not options.yes:
        lines.append(context.console.words("cli.restore.confirm"))
        return Outcome({"restored": False, **_inside(inside)}, lines, 1)
    done = upkeep.restore(options.file)
    return Outcome({"restored": True, **_inside(inside), **_done(done)}, list(_told(context, done)))


def _upkeep(context: Context) -> UpkeepApi:
    """Also where the data cannot be read any more: then most of all."""
    try:
        return context.services.upkeep
    except SurroundingsFault as fault:
        if fault.code != DAMAGED:
            raise
        return context.upkeep_alone


def inside_lines(context: Context, inside: Inside) -> Iterator[str]:
    words = context.console.words
    newest = clock(inside.newest) if inside.newest else words("copy.never")
    yield words("copy.newest", newest=newest)
    for each in inside.units:
        counts = {"people": each.people, "dossiers": each.dossiers}
        yield words("copy.unit", code=each.code, name=each.name, **counts)
    if not inside.units:
        yield words("copy.no_unit")


def _told(context: Context, done: Restored) -> Iterator[str]:
    words = context.console.words
    yield words("cli.restore.done")
    yield words("copy.before", file=str(done.before.file))
    if done.kept:
        yield words("copy.kept", dossiers=", ".join(done.kept))
    if done.paused:
        yield words("copy.paused")


def _line(context: Context, copy: Copy) -> str:
    kind = context.console.words(f"copy.kind.{copy.kind.value}")
    return f"{clock(copy.at)}  {copy.size / MEGABYTE:.1f} MB  {kind}  {copy.file}"


def _shape(copy: Copy) -> dict[str, Any]:
    at = shapes.moment(copy.at)
    return {"file": str(copy.file), "at": at, "kind": copy.kind.value, "size": copy.size}


def _inside(inside: Inside) -> dict[str, Any]:
    units = [
        {"code": each.code, "name": each.name, "people": each.people, "dossiers": each.dossiers}
        for each in inside.units
    ]
    return {"newest": shapes.moment(inside.newest), "units": units}


def _done(done: Restored) -> dict[str, Any]:
    return {"before": _shape(done.before), "kept": list(done.kept), "paused": done.paused}
