"""Months from one to another."""

from forms.model import Period


def months_between(first: Period, last: Period) -> tuple[Period, ...]:
    """Both included; none when the last lies before the first."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(first.plus(n) for n in range(count))
