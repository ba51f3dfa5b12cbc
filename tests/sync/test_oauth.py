"""Tokens: asked for with the secret, kept in memory, renewed once."""

from base64 import b64decode
from urllib.parse import parse_qs, unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.faults import SurroundingsFault
from sync.errors import Permanent, Transient
from sync.http import Reply
from sync.model import Destination
from sync.oauth import Tokens, basic
from tests.sync.servers import Scripted, as_json, reply

URL = "https://cong.example/bhxh"
HERE = Destination(url=URL, ca_pem="", client_id="máy 1:a")
SECRET = "bí mật+/=&"
OK = reply(200, b"ok")


class Kept:
    """``sync.ports.Secrets`` in memory."""

    def __init__(self, secret: str | None = SECRET) -> None:
        self.secret = secret

    def get(self, destination: Destination) -> str | None:
        return self.secret

    def put(self, destination: Destination, secret: str) -> None:
        self.secret = secret


class Time:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def token(name: str = "t-1", **changes: object) -> Reply:
    said = {"access_token": name, "token_type": "Bearer", "expires_in": 600}
    return as_json({**said, **changes})


def call(tokens: Tokens, there: Scripted, url: str = f"{URL}/v1/notices") -> Reply:
    return tokens.authorised(there, HERE).request("GET", url, headers={"Accept": "x"})


def bearers(there: Scripted) -> list[str | None]:
    return [
        asked.headers["Authorization"]
        for asked in there.requests
        if not asked.url.endswith("/v1/token")
    ]


def test_the_token_is_asked_for_as_the_standard_says() -> None:
    there = Scripted([token(), OK])
    assert call(Tokens(Kept()), there) is OK
    asked = there.requests[0]
    assert (asked.method, asked.url) == ("POST", f"{URL}/v1/token")
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(bytes(asked.body).decode()) == {"grant_type": ["client_credentials"]}
    kind, said = asked.headers["Authorization"].split(" ")
    name, _, secret = b64decode(said).decode().partition(":")
    assert (kind, unquote_plus(name), unquote_plus(secret)) == ("Basic", "máy 1:a", SECRET)
    assert bearers(there) == ["Bearer t-1"]
    assert there.requests[1].headers["Accept"] == "x"


@given(st.text(), st.text())
def test_any_name_and_secret_come_through(name: str, secret: str) -> None:
    try:
        said = b64decode(basic(name, secret)).decode()
    except UnicodeEncodeError:
        return  # half of a surrogate pair
    there = [unquote_plus(part) for part in said.split(":")]
    assert there == [name, secret]


def test_it_serves_until_shortly_before_its_end() -> None:
    time = Time()
    tokens, there = Tokens(Kept(), clock=time), Scripted([token(), OK, OK, token("t-2"), OK])
    call(tokens, there)
    time.now += 569
    call(tokens, there)
    time.now += 2
    call(tokens, there)
    assert bearers(there) == ["Bearer t-1", "Bearer t-1", "Bearer t-2"]


@pytest.mark.parametrize("lives", [None, 0, -1, "600", True, 1.5])
def test_one_that_does_not_say_how_long_it_lives_is_renewed_soon(lives: object) -> None:
    time = Time()
    there = Scripted([token(expires_in=lives), OK, OK, token("t-2"), OK])
    tokens = Tokens(Kept(), clock=time)
    call(tokens, there)
    time.now += 260
    call(tokens, there)
    time.now += 20
    call(tokens, there)
    assert bearers(there)[-1] == "Bearer t-2"


def test_a_refused_token_is_renewed_once() -> None:
    there = Scripted([token(), reply(401), token("t-2"), OK])
    assert call(Tokens(Kept()), there) is OK
    assert bearers(there) == ["Bearer t-1", "Bearer t-2"]


def test_and_only_once() -> None:
    there = Scripted([token(), reply(401), token("t-2"), reply(401, b"no")])
    with pytest.raises(Permanent) as caught:
        call(Tokens(Kept()), there)
    assert (caught.value.code, caught.value.answer) == ("gateway.unauthorised", b"no")
    assert caught.value.params == {"status": 401}


@pytest.mark.parametrize("status", [400, 401])
def test_a_client_that_is_not_known_is_told_to_the_user(status: int) -> None:
    there = Scripted([as_json({"error": "invalid_client"}, status)])
    with pytest.raises(Permanent) as caught:
        call(Tokens(Kept()), there)
    assert caught.value.code == "gateway.unauthorised"


@pytest.mark.parametrize("secret", [None, ""])
def test_without_a_secret_nothing_is_asked(secret: str | None) -> None:
    there = Scripted([])
    with pytest.raises(Permanent) as caught:
        call(Tokens(Kept(secret)), there)
    assert (caught.value.code, there.requests) == ("gateway.no_secret", [])


def test_a_key_store_that_is_locked_leaves_the_parcel_for_later() -> None:
    class Locked(Kept):
        def get(self, destination: Destination) -> str | None:
            raise SurroundingsFault("secrets.unavailable")

    with pytest.raises(Transient) as caught:
        call(Tokens(Locked()), Scripted([]))
    assert caught.value.code == "secrets.unavailable"


@pytest.mark.parametrize(
    "said",
    [
        token(token_type="mac"),
        token(token_type=None),
        token(""),
        token("a b"),
        token("a\r\nX: y"),
        token("ê"),
        token("x" * 9000),
        as_json({"access_token": 7, "token_type": "Bearer"}),
        as_json([]),
        reply(200, b"access_token=t-1", content_type="text/plain"),
    ],
)
def test_what_is_no_token_is_not_used_and_not_kept_in_the_journal(said: Reply) -> None:
    with pytest.raises(Transient) as caught:
        call(Tokens(Kept()), Scripted([said]))
    assert caught.value.code == "gateway.rubbish"
    assert caught.value.answer == b""


@pytest.mark.parametrize(
    ("said", "code"),
    [(reply(503), "gateway.busy"), (reply(302), "gateway.captive"), (reply(404), "")],
)
def test_trouble_of_the_gateway_is_called_by_its_name(said: Reply, code: str) -> None:
    with pytest.raises((Transient, Permanent)) as caught:
        call(Tokens(Kept()), Scripted([said]))
    assert caught.value.code == (code or "gateway.not_found")


@pytest.mark.parametrize(
    "url", ["https://khac.example/x", "https://cong.example:8443/x", "http://cong.example:80/x"]
)
def test_the_token_is_shown_to_its_own_gateway_alone(url: str) -> None:
    there = Scripted([])
    with pytest.raises(Permanent) as caught:
        call(Tokens(Kept()), there, url)
    assert (caught.value.code, there.requests) == ("gateway.address", [])


def test_a_gateway_without_clients_gets_no_token() -> None:
    there = Scripted([OK])
    bare = Tokens(Kept()).authorised(there, Destination(url=URL, ca_pem=""))
    bare.request("GET", URL, headers={})
    assert "Authorization" not in there.requests[0].headers


def test_all_parcels_of_a_program_share_one_token() -> None:
    tokens = Tokens(Kept())
    call(tokens, Scripted([token(), OK]))
    there = Scripted([OK])
    call(tokens, there)
    assert bearers(there) == ["Bearer t-1"]


def test_two_clients_of_a_gateway_have_two() -> None:
    tokens, there = Tokens(Kept()), Scripted([token(), OK, token("t-2"), OK])
    call(tokens, there)
    other = Destination(url=URL, ca_pem="", client_id="may-2")
    tokens.authorised(there, other).request("GET", URL, headers={})
    assert bearers(there) == ["Bearer t-1", "Bearer t-2"]
