"""Tokens as they have been met: hidden, lost while read, one among many odd slots; and what the
person is told, word for word."""

from pathlib import Path

import pytest

from resources.faults import Fault
from resources.messages import text
from signing.tokens import count_tokens, list_tokens, open_token
from signing.verify import verify_own
from tests.fakes.certificates import unit_identity
from tests.fakes.documents import FORM_NODE, signed_form
from tests.fakes.softhsm import LABEL, PIN, SoftToken

pytestmark = pytest.mark.token

PATIENT = dict.fromkeys(("load", "open", "probe", "survey", "list", "login", "sign", "logout"), 30)


def sign_with(module: Path) -> bytes:
    with open_token(module, PIN, deadlines=PATIENT) as signer:
        return signed_form(signer=signer)


def accepted(module: Path) -> bool:
    return verify_own(sign_with(module), FORM_NODE, unit_identity().der).strict


def told(module: Path, language: str = "vi") -> str:
    with pytest.raises(Fault) as caught:
        sign_with(module)
    return text(caught.value.code, language, **caught.value.params)


@pytest.mark.parametrize(
    "behaviour",
    ["needs-login-to-list", "mismatches-labels", "has-many-slots", "prints", "loses-its-session"],
)
def test_it_signs_all_the_same(
    behaviour: str, misbehaving: Path, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISBEHAVE", behaviour)
    assert accepted(misbehaving)


def test_one_that_shows_nothing_before_the_pin_says_so(
    misbehaving: Path, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISBEHAVE", "needs-login-to-list")
    (slot,) = list_tokens(misbehaving, deadlines=PATIENT)
    assert slot.needs_login_to_list
    assert slot.certificates == ()


def test_windows_hello_and_other_makers_devices_hide_nothing(
    misbehaving: Path, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISBEHAVE", "has-many-slots")
    assert [slot.label for slot in list_tokens(misbehaving, deadlines=PATIENT)] == [LABEL]
    assert count_tokens(misbehaving, deadlines=PATIENT) == 1


def test_only_other_makers_devices(
    misbehaving: Path, empty_token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISBEHAVE", "has-many-slots")
    assert told(misbehaving) == (
        "Trình điều khiển misbehaving.so không nhận ra thiết bị đang cắm (token của hãng khác, "
        "hoặc thẻ ảo của Windows). Hãy chọn đúng trình điều khiển của nhà cung cấp ghi trên token."
    )


def test_a_token_lost_while_it_is_read(
    misbehaving: Path, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISBEHAVE", "is-pulled-out-while-listing")
    assert told(misbehaving) == (
        "Token vừa bị rút ra hoặc lỏng cổng USB. Hãy cắm lại rồi ký lại; phần chưa ký xong không "
        "được lưu."
    )


def test_a_driver_that_gives_up_is_not_called_cancelled_nor_a_wrong_pin(
    misbehaving: Path, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISBEHAVE", "gives-up-at-login")
    assert told(misbehaving) == (
        "Trình điều khiển token đã dừng giữa chừng (mã CKR_FUNCTION_CANCELED), chưa ký gì cả; đây "
        "không phải lỗi sai mã PIN. Nếu bạn vừa đóng một cửa sổ nhập PIN thì ký lại; nếu không, "
        "hãy rút token ra, cắm lại rồi thử lại."
    )


def test_what_it_prints_while_listing_goes_nowhere(
    misbehaving: Path,
    token: SoftToken,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MISBEHAVE", "prints")
    (slot,) = list_tokens(misbehaving, deadlines=PATIENT)
    assert slot.certificates
    assert "".join(capfd.readouterr()) == ""
