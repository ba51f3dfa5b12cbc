"""How far a piece of work is."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""called with (done, in all); raising from it cancels the work"""
