"""A remote signing service over real TLS on loopback: what goes over the wire, what comes of it."""

import json
import logging
import traceback
from pathlib import Path

import pytest

from resources.faults import Fault
from resources.messages import catalogue
from signing.remote import open_remote
from signing.verify import verify_own
from sync.errors import Permanent, Transient
from sync.http import Reply
from sync.model import Destination
from sync.remote_signing import CscAccount
from sync.transport import HttpsTransport
from tests.fakes.csc import TOKEN, RemoteService, https_service
from tests.fakes.documents import FORM_NODE, signed_form
from tests.sync.servers import Scripted, as_json, reply
from tests.sync.tls import authority


def account(base: str, token: str = TOKEN, ca: str | None = None) -> CscAccount:
    ca_pem = authority().pem if ca is None else ca
    http = HttpsTransport(Destination(url=base, ca_pem=ca_pem))
    return CscAccount(http=http, base=base, token=lambda: token)


def asked(answer: Reply | Exception) -> Scripted:
    return Scripted([answer])


def fault_of(answer: Reply | Exception) -> Fault:
    http = asked(answer)
    with pytest.raises(Fault) as caught:
        CscAccount(http=http, base="https://a.example", token=lambda: TOKEN).ask("x", {})
    assert caught.value.code in catalogue()
    assert len(http.requests) == 1, "it must not be tried again"
    return caught.value


def test_a_form_is_signed_over_the_wire(tmp_path: Path) -> None:
    service = RemoteService(scal="2")
    with https_service(service, tmp_path) as base, open_remote(account(base)) as signer:
        signed = signed_form(signer=signer)
        assert verify_own(signed, FORM_NODE, signer.certificate)
    assert service.methods() == [
        "credentials/list",
        "credentials/info",
        "credentials/authorize",
        "signatures/signHash",
    ]


def test_a_session_that_has_ended_is_said_as_such(tmp_path: Path) -> None:
    with https_service(RemoteService(), tmp_path) as base:
        ended = account(base, token="da-het-han")
        with pytest.raises(Fault, match=r"remote\.session"), open_remote(ended):
            pytest.fail("it must not open")


def test_a_service_that_cannot_prove_itself_is_told_nothing(tmp_path: Path) -> None:
    service = RemoteService()
    with https_service(service, tmp_path) as base:
        stranger = account(base, ca=authority("CA khác (không có thật)").pem)
        with pytest.raises(Transient, match=r"remote\.tls"):
            stranger.ask("credentials/list", {})
    assert service.asked == []


def test_the_request_is_what_the_api_asks_for() -> None:
    http = asked(as_json({"credentialIDs": []}))
    CscAccount(http=http, base="https://a.example/csc/v2/", token=lambda: TOKEN).ask(
        "credentials/list", {"maxResults": 3}
    )
    (request,) = http.requests
    assert (request.method, request.url) == (
        "POST",
        "https://a.example/csc/v2/credentials/list",
    )
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    assert json.loads(request.body) == {"maxResults": 3}


@pytest.mark.parametrize(
    ("came", "code"),
    [
        (Transient("gateway.unreachable"), "remote.unreachable"),
        (Transient("gateway.timeout"), "remote.no_answer"),
        (Transient("gateway.cut"), "remote.no_answer"),
        (Transient("gateway.tls"), "remote.tls"),
        (Permanent("gateway.address"), "remote.address"),
        (reply(200, b"<html>"), "remote.rubbish"),
        (reply(200, b"[1]"), "remote.rubbish"),
        (reply(200, b"[" * 100_000), "remote.rubbish"),
    ],
)
def test_what_goes_wrong_on_the_way(came: Reply | Exception, code: str) -> None:
    assert fault_of(came).code == code


@pytest.mark.parametrize("body", [b"<html>", b"[]", b""])
def test_a_refusal_needs_no_json(body: bytes) -> None:
    http = asked(reply(502, body))
    answer = CscAccount(http=http, base="https://a.example", token=lambda: TOKEN).ask("x", {})
    assert (answer.status, answer.body) == (502, {})


def test_no_token_is_seen_anywhere(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        fault = fault_of(Transient("gateway.timeout"))
    shown = account("https://127.0.0.1:1/csc/v2")
    everything = "\n".join([*traceback.format_exception(fault), caplog.text, repr(shown)])
    assert TOKEN not in everything
