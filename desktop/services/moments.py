"""The day that counts for a filing: the one in Viet Nam, wherever the computer thinks it is."""

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))


def in_vietnam(moment: datetime) -> datetime:
    """The same moment with the Vietnamese clock. ``moment`` must carry a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(VIETNAM)


def filing_day(moment: datetime) -> date:
    """NgayLap for something built at ``moment``."""
    return in_vietnam(moment).date()
