"""Tokens of the practice gateway: who gets one, and what it opens."""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.practice.gateway import PracticeGateway
from desktop.practice.gateway.access import LIFETIME, Access, basic, client_secret, known_secret
from resources.faults import UsageFault
from sync.http import Reply
from sync.transport import HttpsTransport
from tests.fakes.gateway import announcement, destination, good_package
from tests.fakes.outbox import parcel

CLIENT, SECRET = "tho-may", "mat-khau-luyen-tap"
FORM = "application/x-www-form-urlencoded"
GRANT = b"grant_type=client_credentials"


def credentials(client: str = CLIENT, secret: str = SECRET) -> str:
    return "Basic " + b64encode(f"{client}:{secret}".encode()).decode()


@pytest.fixture
def guarded(gateway_folder: Path) -> Iterator[PracticeGateway]:
    with PracticeGateway(gateway_folder, clients={CLIENT: SECRET}) as running:
        yield running


def call(
    gateway: PracticeGateway, method: str, path: str, body: bytes = b"", **headers: str
) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with HttpsTransport(destination(gateway)) as http:
        return http.request(method, gateway.url + path, headers=named, body=body)


def token(gateway: PracticeGateway, authorization: str, body: bytes = GRANT) -> Reply:
    return call(gateway, "POST", "/v1/token", body, Authorization=authorization, Content_Type=FORM)


def test_a_known_client_gets_a_token_that_opens_the_calls(guarded: PracticeGateway) -> None:
    told = token(guarded, credentials())
    assert (told.status, told.headers["cache-control"]) == (200, "no-store")
    said = json.loads(told.body)
    assert (said["token_type"], said["expires_in"]) == ("Bearer", 3600)
    body = json.dumps(announcement(good_package())).encode()
    bearer = f"Bearer {said['access_token']}"
    opened = call(guarded, "POST", "/v1/dossiers", body, Authorization=bearer)
    assert opened.status == 200


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Basic",
        "Basic !!",
        "Basic /w==",
        credentials(secret="khac"),
        credentials(client="khac"),
        credentials("", ""),
        "Bearer x",
    ],
)
def test_nobody_else_gets_one(guarded: PracticeGateway, authorization: str) -> None:
    told = token(guarded, authorization)
    assert (told.status, told.body) == (401, b'{"error": "invalid_client"}')
    assert told.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"grant_type=password", b"unsupported_grant_type"),
        (b"", b"invalid_request"),
        (GRANT + b"&x=" + b"y" * 5000, b"invalid_request"),
    ],
)
def test_a_form_that_is_none(guarded: PracticeGateway, body: bytes, error: bytes) -> None:
    told = token(guarded, credentials(), body)
    assert told.status == 400
    assert error in told.body


CALLS = [
    ("POST", "/v1/dossiers"),
    ("GET", f"/v1/dossiers/{parcel().id}"),
    ("POST", f"/v1/dossiers/{parcel().id}/submit"),
    ("GET", "/v1/notices?unit_code=A&tax_code=1"),
    ("GET", "/v1/results/1"),
    ("OPTIONS", "/v1/uploads"),
    ("POST", "/v1/uploads"),
    ("HEAD", "/v1/uploads/1"),
    ("PATCH", "/v1/uploads/1"),
    ("DELETE", "/v1/uploads/1"),
]


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize("authorization", ["", "Bearer x", credentials()])
def test_without_a_good_token_nothing_opens(
    guarded: PracticeGateway, method: str, path: str, authorization: str
) -> None:
    told = call(guarded, method, path, Authorization=authorization)
    assert told.status == 401
    assert told.headers["www-authenticate"].startswith("Bearer ")


def test_a_gateway_without_clients_is_open_and_gives_no_token(gateway: PracticeGateway) -> None:
    assert call(gateway, "GET", "/v1/notices?unit_code=A&tax_code=1").status == 200
    assert token(gateway, credentials()).status == 401


def test_a_token_ends() -> None:
    clock = datetime(2026, 11, 1, tzinfo=UTC)
    access = Access({CLIENT: SECRET}, lambda: clock)
    given = access.token(credentials())
    clock += LIFETIME - timedelta(seconds=1)
    assert access.admits(f"Bearer {given}")
    clock += timedelta(seconds=1)
    assert not access.admits(f"Bearer {given}")
    assert not access.admits(f"Basic {given}")


def test_credentials_without_a_colon_are_a_client_without_a_secret() -> None:
    assert basic("Basic " + b64encode(b"ai-do").decode()) == ("ai-do", "")


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = client_secret(tmp_path, CLIENT)
    assert path.stat().st_mode & 0o077 == 0
    secret = known_secret(tmp_path, CLIENT)
    assert len(secret) >= 24
    assert known_secret(tmp_path, CLIENT) == secret != known_secret(tmp_path, "khac")


@pytest.mark.parametrize("client", ["", "../x", "a/b", ".x", "chữ", "a" * 65, "a\n"])
def test_a_client_that_cannot_be_a_files_name(tmp_path: Path, client: str) -> None:
    with pytest.raises(UsageFault, match=r"practice\.client"):
        client_secret(tmp_path, client)
