"""Which commands match what was typed. No Qt."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing that can be done now."""

    words: str
    place: str
    """where it stands: a screen's name"""
    keys: str = ""
    """its shortcut, as a person writes it"""
    run: Callable[[], object]


def matching(commands: Iterable[Command], typed: str) -> list[Command]:
    """Those that hold every word typed, without diacritics; those that begin with it first."""
    wanted = folded(typed).split()
    found = [each for each in commands if _holds(each, wanted)]
    return sorted(found, key=lambda each: not folded(each.words).startswith(" ".join(wanted)))


def _holds(command: Command, wanted: Sequence[str]) -> bool:
    text = folded(f"{command.words} {command.place}")
    return all(word in text for word in wanted)


def folded(text: str) -> str:
    """``Hộp thư đi`` → ``hop thu di``."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
