"""The pure transition table of a dossier; nothing else decides what may follow what."""

from forms.model import DossierState as S

ALLOWED: dict[S, frozenset[S]] = {
    S.DRAFT: frozenset({S.CHECKED}),
    S.CHECKED: frozenset({S.DRAFT, S.CHECKED, S.SIGNED}),
    S.SIGNED: frozenset({S.DRAFT, S.CHECKED, S.WAITING}),
    S.WAITING: frozenset({S.SENDING, S.SENT, S.ACCEPTED, S.REJECTED, S.SEND_FAILED}),
    S.SENDING: frozenset({S.WAITING, S.SENT, S.ACCEPTED, S.REJECTED, S.SEND_FAILED}),
    S.SENT: frozenset({S.ACCEPTED, S.REJECTED}),
    S.SEND_FAILED: frozenset({S.WAITING, S.ACCEPTED, S.REJECTED}),
    S.ACCEPTED: frozenset(),
    S.REJECTED: frozenset(),
}


def may_follow(before: S, after: S) -> bool:
    return after in ALLOWED[before]
