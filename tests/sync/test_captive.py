"""The login page of a network is told from the gateway and from other trouble."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.captive import behind_portal
from sync.errors import Permanent, Transient
from sync.http import Reply
from tests.sync.servers import Scripted, reply

URL = "https://cong.example:8443/v1/x"


def moved(location: str, status: int = 302) -> Reply:
    return reply(status, location=location)


@pytest.mark.parametrize(
    ("said", "portal"),
    [
        (moved("http://login.wifi.example/?back=cong.example"), True),
        (moved("https://10.0.0.1/"), True),
        (moved("//login.example/", 307), True),
        (moved("http://[/"), True),
        (moved("http://cong.example.wifi.net/"), True),
        (reply(511), True),
        (moved("https://cong.example/"), False),
        (moved("https://www.cong.example/"), False),
        (moved("/home"), False),
        (reply(302), False),
        (reply(200, b"<html>", content_type="text/html"), False),
        (reply(404), False),
    ],
)
def test_a_question_without_tls_that_ends_elsewhere_shows_a_portal(
    said: Reply, portal: bool
) -> None:
    there = Scripted([said])
    assert behind_portal(URL, there) is portal
    asked = there.requests[0]
    assert (asked.method, asked.url, asked.body) == ("GET", "http://cong.example/", b"")


@pytest.mark.parametrize(
    "fault", [Transient("gateway.unreachable"), Transient("x"), Permanent("gateway.address")]
)
def test_what_cannot_be_told_is_no_portal(fault: Exception) -> None:
    assert behind_portal(URL, Scripted([fault])) is False


@pytest.mark.parametrize("host", ["127.0.0.1:8443", "[::1]", "localhost", "may-chu", "10.0.0.7"])
def test_nothing_within_this_network_is_asked(host: str) -> None:
    there = Scripted([])
    assert behind_portal(f"https://{host}/x", there) is False
    assert there.requests == []


@given(st.text())
def test_no_address_whatever_breaks_the_program(location: str) -> None:
    assert behind_portal(URL, Scripted([moved(location)])) in {True, False}
