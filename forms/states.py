"""The pure transition table of a dossier; nothing else decides what may follow what.

``DONE`` and ``REJECTED`` end: a verified final answer is never undone. What the agency says of a
dossier that it took in (``PROCESSING``, ``SUPPLEMENT``, ``DONE``) follows ``ACCEPTED`` alone. A
verified notice that carries the dossier's number proves the acceptance too, so that it may come
before the receipt: ``steps`` then leads through ``ACCEPTED``, and the journal tells both.
"""

from forms.model import DossierState as S

ALLOWED: dict[S, frozenset[S]] = {
    S.DRAFT: frozenset({S.CHECKED}),
    S.CHECKED: frozenset({S.DRAFT, S.CHECKED, S.SIGNED}),
    S.SIGNED: frozenset({S.DRAFT, S.CHECKED, S.WAITING}),
    S.WAITING: frozenset({S.SENDING, S.SENT, S.ACCEPTED, S.REJECTED, S.SEND_FAILED}),
    S.SENDING: frozenset({S.WAITING, S.SENT, S.ACCEPTED, S.REJECTED, S.SEND_FAILED}),
    S.SENT: frozenset({S.ACCEPTED, S.REJECTED}),
    S.SEND_FAILED: frozenset({S.WAITING, S.ACCEPTED, S.REJECTED}),
    S.ACCEPTED: frozenset({S.PROCESSING, S.SUPPLEMENT, S.DONE, S.REJECTED}),
    S.PROCESSING: frozenset({S.SUPPLEMENT, S.DONE, S.REJECTED}),
    S.SUPPLEMENT: frozenset({S.PROCESSING, S.DONE, S.REJECTED}),
    S.DONE: frozenset(),
    S.REJECTED: frozenset(),
}
FILED = frozenset({S.ACCEPTED, S.PROCESSING, S.SUPPLEMENT, S.DONE})
"""đã nộp: the agency took it in and has not refused it"""
FINAL = frozenset({S.DONE, S.REJECTED})
"""nothing that comes later changes it"""
ANSWERED = FILED | {S.REJECTED}
"""a verified answer led there, and no sending leads away"""


def may_follow(before: S, after: S) -> bool:
    return after in ALLOWED[before]


def steps(before: S, after: S) -> tuple[S, ...]:
    """The legal way that a verified answer takes, through ``ACCEPTED`` where it must.

    Empty where the dossier is there already or may not go there: a stale, repeated or reordered
    answer, to be noted in the journal and no more.
    """
    if may_follow(before, after):
        return (after,)
    if after in ANSWERED and may_follow(before, S.ACCEPTED) and may_follow(S.ACCEPTED, after):
        return (S.ACCEPTED, after)
    return ()
