"""From what came over the wire to what it means."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import Permanent, Transient
from sync.http import Reply
from sync.replies import (
    MOST_RETRY_AFTER,
    address,
    expect,
    json_object,
    moment,
    natural,
    retry_after,
    same_gateway,
)
from tests.sync.servers import fault_code, reply


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (429, "gateway.busy"),
        (503, "gateway.busy"),
        (408, "gateway.server"),
        (423, "gateway.locked"),
        (425, "gateway.server"),
        (500, "gateway.server"),
        (502, "gateway.server"),
        (204, "gateway.rubbish"),
    ],
)
def test_what_may_pass_is_tried_again(status: int, code: str) -> None:
    with pytest.raises(Transient) as caught:
        expect(reply(status, b"cause", retry_after="7"), {200})
    assert (caught.value.code, caught.value.answer) == (code, b"cause")
    assert caught.value.retry_after == (7.0 if status >= 400 else None)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "gateway.refused"),
        (422, "gateway.refused"),
        (401, "gateway.unauthorised"),
        (403, "gateway.forbidden"),
        (404, "gateway.not_found"),
        (405, "gateway.not_found"),
        (407, "gateway.proxy_login"),
        (409, "gateway.conflict"),
        (410, "gateway.not_found"),
        (412, "gateway.protocol"),
        (413, "gateway.too_large"),
        (415, "gateway.protocol"),
    ],
)
def test_what_the_gateway_will_never_take_is_not_tried_again(status: int, code: str) -> None:
    """And only what was refused for itself is said to have to be built anew."""
    with pytest.raises(Permanent) as caught:
        expect(reply(status, b"cause"), {200})
    assert caught.value.code == code
    assert caught.value.params == {"status": status}
    assert caught.value.answer == b"cause"


@pytest.mark.parametrize(
    "said",
    [
        reply(301, b"x"),
        reply(302, b"x", location="https://wifi.example"),
        reply(307, b"x"),
        reply(511, b"x"),
        reply(511, b"x", content_type="application/json"),
        reply(200, b"x", content_type="text/html; charset=utf-8"),
        reply(204, b"x", content_type="Application/XHTML+xml"),
    ],
)
def test_the_page_of_a_network_is_told_from_an_answer(said: Reply) -> None:
    with pytest.raises(Transient) as caught:
        expect(said, {200, 204})
    assert (caught.value.code, caught.value.answer) == ("gateway.captive", b"x")


@pytest.mark.parametrize("status", [404, 500])
def test_a_web_servers_own_page_of_trouble_is_no_network_login(status: int) -> None:
    with pytest.raises((Transient, Permanent)) as caught:
        expect(reply(status, content_type="text/html"), {200})
    assert caught.value.code != "gateway.captive"


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
        ("Fri, 99 Nov 2026 02:30:00 GMT", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_retry_after_in_seconds(said: str, seconds: float | None) -> None:
    assert retry_after(reply(503, retry_after=said)) == seconds


def test_retry_after_as_a_date_counts_from_the_gateways_own_clock() -> None:
    """Which may be years from ours."""
    said = reply(
        503,
        retry_after="Fri, 20 Nov 2026 02:32:00 GMT",
        date="Fri, 20 Nov 2026 02:30:00 GMT",
    )
    assert retry_after(said, now=datetime(2031, 1, 1, tzinfo=UTC)) == 120.0


@pytest.mark.parametrize(
    ("until", "seconds"),
    [
        ("Fri, 20 Nov 2026 02:31:00 GMT", 60.0),
        ("Friday, 20-Nov-26 02:31:00 GMT", 60.0),
        ("Fri Nov 20 02:31:00 2026", 60.0),
        ("Fri, 20 Nov 2026 09:31:00 +0700", 60.0),
        ("Fri, 20 Nov 2020 02:31:00 GMT", 0.0),
        ("Fri, 20 Nov 2099 02:31:00 GMT", MOST_RETRY_AFTER),
    ],
)
def test_and_from_ours_where_the_gateway_does_not_tell_its_own(until: str, seconds: float) -> None:
    now = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
    assert retry_after(reply(503, retry_after=until), now=now) == seconds


@given(st.text())
def test_no_date_whatever_breaks_the_program(text: str) -> None:
    found = moment(text)
    assert found is None or found.tzinfo is not None


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


@pytest.mark.parametrize(
    ("base", "given_address", "reached"),
    [
        ("https://a.vn/up", "https://a.vn/up/1?b=c#d", "https://a.vn/up/1?b=c"),
        ("https://a.vn/up", "/up/1", "https://a.vn/up/1"),
        ("https://a.vn/up", "http://a.vn/up/1", "https://a.vn/up/1"),
        ("https://a.vn/up", "https://A.VN:443/up/1", "https://a.vn/up/1"),
        ("https://a.vn:443/up", "http://a.vn/up/1", "https://a.vn:443/up/1"),
        ("https://a.vn:8443/up", "http://a.vn:8443/up/1", "https://a.vn:8443/up/1"),
        ("https://a.vn/up", "http://a.vn:80/up/1", None),
        ("https://a.vn:8443/up", "http://a.vn/up/1", None),
        ("https://a.vn/up", "https://b.vn/up/1", None),
        ("https://a.vn/up", "https://a.vn.b.vn/up/1", None),
        ("https://a.vn/up", "https://x@a.vn/up/1", None),
        ("https://a.vn/up", "https://a.vn:99999/up/1", None),
        ("https://a.vn/up", "ftp://a.vn:443/up/1", None),
        ("https://a.vn/up", "file:///etc/hosts", None),
    ],
)
def test_a_gateway_behind_a_tls_proxy_may_name_itself_without_tls(
    base: str, given_address: str, reached: str | None
) -> None:
    """And is reached with it all the same; another host or port is another gateway."""
    if reached is not None:
        assert same_gateway(base, given_address, reply()) == reached
    else:
        assert fault_code(lambda: same_gateway(base, given_address, reply())) == "gateway.rubbish"


@given(st.text())
def test_whatever_is_given_nothing_but_the_gateway_over_tls_is_reached(text: str) -> None:
    try:
        reached = same_gateway("https://a.vn:8443/up", text, reply())
    except Transient:
        return
    assert reached.startswith("https://a.vn:8443")
