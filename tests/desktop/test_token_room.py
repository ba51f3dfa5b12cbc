"""The doctor's word on a certificate's chain."""

import pytest

from desktop.token_room import leads_to_trust
from signing.standing import (
    Chain,
    ChainStatus,
    Revocation,
    RevocationStatus,
    Standing,
)


class Case:
    """Answers with one chain."""

    def __init__(self, standing: Standing | None) -> None:
        self.answer = standing

    def standing(self, certificate: bytes, carried: object, signed_at: object) -> Standing | None:
        del certificate, carried, signed_at
        return self.answer


def chain(status: ChainStatus, anchor: str | None = None) -> Standing:
    return Standing(
        chain=Chain(status=status, anchor=anchor),
        chain_now=status,
        revocation=Revocation(status=RevocationStatus.UNKNOWN),
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (ChainStatus.TRUSTED, True),
        (ChainStatus.INCOMPLETE, None),
        (ChainStatus.EXPIRED_ISSUER, None),
        (ChainStatus.BROKEN, False),
        (ChainStatus.UNKNOWN_ROOT, False),
    ],
)
def test_what_a_chain_means(status: ChainStatus, expected: bool | None) -> None:
    assert leads_to_trust(Case(chain(status)), b"") is expected


def test_a_root_known_by_name_alone_is_no_verdict() -> None:
    assert leads_to_trust(Case(chain(ChainStatus.UNKNOWN_ROOT, "National Root 2025")), b"") is None


def test_what_is_no_certificate_is_not_trusted() -> None:
    assert leads_to_trust(Case(None), b"") is False
