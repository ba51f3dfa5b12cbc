"""How much goes into one piece of an upload: more while it goes fast, less after a cut.

A piece is what a cut can cost, so a bad line gets small ones; every piece costs a round trip, so
a good line gets large ones.
"""

from dataclasses import dataclass

KIB = 1024
LEAST = 256 * KIB
FIRST = 2 * KIB * KIB
MOST = 8 * KIB * KIB
FAST_SECONDS = 2.0
SLOW_SECONDS = 8.0
SHRINK = 4


@dataclass(slots=True, kw_only=True)
class Pace:
    """The size of the next piece, bytes. One for a gateway, shared by what goes there: two
    uploads that change it at once only disturb a guess."""

    size: int = FIRST
    least: int = LEAST
    most: int = MOST

    def went(self, seconds: float) -> None:
        """A whole piece arrived in this time."""
        if seconds < FAST_SECONDS:
            self.size = min(self.most, self.size * 2)
        elif seconds > SLOW_SECONDS:
            self.size = max(self.least, self.size // 2)

    def broke(self) -> None:
        """A piece did not arrive."""
        self.size = max(self.least, self.size // SHRINK)


def steady(size: int) -> Pace:
    """Always the same size."""
    return Pace(size=size, least=size, most=size)
