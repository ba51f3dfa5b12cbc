"""A clock that goes only when a test says so."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Called, it tells the time; ``pass_`` moves it."""

    def __init__(self, moment: datetime = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def pass_(self, **amount: float) -> datetime:
        """Named as in timedelta: ``pass_(minutes=5)``."""
        self.moment += timedelta(**amount)
        return self.moment
