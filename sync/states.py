"""The pure transition table of a parcel."""

from sync.model import ParcelState as S

ALLOWED: dict[S, frozenset[S]] = {
    S.WAITING: frozenset({S.SENDING, S.ACCEPTED, S.REFUSED}),
    S.SENDING: frozenset({S.WAITING, S.SENT, S.ACCEPTED, S.REFUSED, S.FAILED}),
    S.SENT: frozenset({S.SENDING, S.SENT, S.ACCEPTED, S.REFUSED}),
    S.FAILED: frozenset({S.WAITING, S.SENDING, S.ACCEPTED, S.REFUSED}),
    S.ACCEPTED: frozenset(),
    S.REFUSED: frozenset(),
}
AT_REST = frozenset({S.ACCEPTED, S.REFUSED})


def may_follow(before: S, after: S) -> bool:
    return after in ALLOWED[before]
