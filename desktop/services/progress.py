"""How far a piece of work is."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""called with (done, in all); raising from it cancels the work"""


def silent(_done: int, _whole: int) -> None:
    """Nobody wants to know."""


def stage(progress: Progress | None, number: int, stages: int) -> Progress:
    """One of several stages of a work that are about as long as each other. ``number``: from 0."""
    if progress is None:
        return silent
    tell = progress
    return lambda done, whole: tell(number * whole + done, stages * whole)


def further(progress: Progress, before: int, whole: int) -> Progress:
    """One of several pieces, ``before`` which so much of the whole was done."""
    return lambda done, _: progress(min(before + done, whole), whole)
