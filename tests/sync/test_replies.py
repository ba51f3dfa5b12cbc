"""From what came over the wire to what it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import Permanent, Transient
from sync.replies import MOST_RETRY_AFTER, address, expect, json_object, natural, retry_after
from tests.sync.servers import fault_code, reply


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (429, "gateway.busy"),
        (503, "gateway.busy"),
        (408, "gateway.server"),
        (423, "gateway.server"),
        (425, "gateway.server"),
        (500, "gateway.server"),
        (502, "gateway.server"),
        (511, "gateway.server"),
        (204, "gateway.rubbish"),
        (301, "gateway.rubbish"),
        (302, "gateway.rubbish"),
        (307, "gateway.rubbish"),
    ],
)
def test_what_may_pass_is_tried_again(status: int, code: str) -> None:
    with pytest.raises(Transient) as caught:
        expect(reply(status, b"cause", retry_after="7"), {200})
    assert (caught.value.code, caught.value.answer) == (code, b"cause")
    assert caught.value.retry_after == (7.0 if status >= 400 else None)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 415, 422])
def test_what_the_gateway_will_never_take_is_not_tried_again(status: int) -> None:
    with pytest.raises(Permanent) as caught:
        expect(reply(status, b"cause"), {200})
    assert caught.value.code == "gateway.refused"
    assert caught.value.params == {"status": status}
    assert caught.value.answer == b"cause"


def test_an_expected_status_passes() -> None:
    assert expect(reply(404, b"x"), {404}).body == b"x"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        ("999999999", MOST_RETRY_AFTER),
        ("-1", None),
        ("1.5", None),
        ("²", None),
        ("٣", None),
        ("9" * 5000, None),
        ("Fri, 20 Nov 2026 02:30:00 GMT", None),
        ("", None),
    ],
)
def test_retry_after_in_seconds_alone(said: str, seconds: float | None) -> None:
    assert retry_after(reply(503, retry_after=said)) == seconds


@given(st.text())
def test_a_count_in_a_header_is_read_or_left(text: str) -> None:
    count = natural(text)
    assert count is None or str(count) == text.lstrip("0") or (count == 0 and set(text) == {"0"})


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8"])
def test_an_object_is_read(kind: str) -> None:
    assert json_object(reply(200, b'{"state":"new"}', content_type=kind)) == {"state": "new"}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!doctype html><h1>Wi-Fi</h1>", "text/html"),
        (b'{"state":"new"}', "text/html"),
        (b'{"state":"new"}', ""),
        (b"{]", "application/json"),
        (b"", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b"\xff\xfe\xfa", "application/json"),
        (b"[" * 200_000, "application/json"),
        (b'{"a":' + b"9" * 10_000 + b"}", "application/json"),
    ],
)
def test_anything_else_is_rubbish_and_kept(body: bytes, kind: str) -> None:
    with pytest.raises(Transient) as caught:
        json_object(reply(200, body, content_type=kind))
    assert (caught.value.code, caught.value.answer) == ("gateway.rubbish", body)


@given(st.binary())
def test_no_body_whatever_breaks_the_program(body: bytes) -> None:
    said = reply(200, body, content_type="application/json")
    assert fault_code(lambda: json_object(said)) in {None, "gateway.rubbish"}


@given(st.text())
def test_no_address_whatever_breaks_the_program(given_address: str) -> None:
    there = "https://127.0.0.1/"
    code = fault_code(lambda: address(there, given_address, reply()))
    assert code in {None, "gateway.rubbish"}
