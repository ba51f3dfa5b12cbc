"""Which chains give reason for a remark before signing."""

import pytest

from resources.messages import LANGUAGES, catalogue, text
from signing.standing import Chain, ChainStatus
from signing.trust.notices import CODES, chain_notices


@pytest.mark.parametrize("status", list(ChainStatus))
def test_what_is_right_or_cannot_be_told_is_passed_over(status: ChainStatus) -> None:
    (*told,) = chain_notices(Chain(status=status, path=("Đơn vị", "Nhà cung cấp")))
    quiet = status in (ChainStatus.TRUSTED, ChainStatus.INCOMPLETE)
    assert [each.params for each in told] == ([] if quiet else [(("issuer", "Nhà cung cấp"),)])


def test_a_certificate_without_an_issuer_found_names_itself() -> None:
    (told,) = chain_notices(Chain(status=ChainStatus.UNKNOWN_ROOT, path=("Tự ký",)))
    assert dict(told.params) == {"issuer": "Tự ký"}


@pytest.mark.parametrize("code", CODES.values())
def test_each_has_words(code: str) -> None:
    assert code in catalogue()
    assert all("Nhà" in text(code, lang, issuer="Nhà") for lang in LANGUAGES)
