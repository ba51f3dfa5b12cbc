"""Announce, upload, submit, ask: what is sent, and how strictly the answers are read."""

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from sync.errors import Permanent, Transient
from sync.http import Reply
from sync.http_gateway import HttpGateway
from sync.model import Answer, Destination, Parcel, Verdict
from tests.fakes.outbox import CONTENT, GATEWAY, LABELS, parcel
from tests.sync.servers import Scripted, as_json, reply

NEW = as_json({"state": "new", "transaction": None, "upload_endpoint": "/v1/uploads"}, 201)
ACCEPTED = {
    "state": "accepted",
    "transaction": "LT-1",
    "receipt": b64encode(b"<BHXH/>").decode(),
    "reasons": [],
}
UPLOADS = f"{GATEWAY.url}/v1/uploads"
OFFER = reply(204)


def gateway(there: Scripted, destination: Destination = GATEWAY) -> HttpGateway:
    @contextmanager
    def connect(_destination: Destination) -> Iterator[Scripted]:
        yield there

    return HttpGateway(destination, connect)  # type: ignore[arg-type]  # a stand-in for the wire


def deliver(there: Scripted, sent: Parcel | None = None) -> tuple[Answer, list[str]]:
    remembered: list[str] = []
    answer = gateway(there).deliver(
        sent or parcel(),
        CONTENT,
        remember_upload=remembered.append,
        progress=lambda _done, _whole: None,
    )
    return answer, remembered


def uploading(*after: Reply) -> Scripted:
    """Up to the end of the upload, and what is answered then."""
    size = str(len(CONTENT))
    return Scripted(
        [
            NEW,
            OFFER,
            reply(201, location="/v1/uploads/7"),
            reply(200, upload_offset="0"),
            reply(204, upload_offset=size),
            *after,
        ]
    )


def test_the_whole_way() -> None:
    there = uploading(as_json(ACCEPTED))
    answer, remembered = deliver(there)
    assert [(asked.method, asked.url) for asked in there.requests] == [
        ("POST", f"{GATEWAY.url}/v1/dossiers"),
        ("OPTIONS", UPLOADS),
        ("POST", UPLOADS),
        ("HEAD", f"{UPLOADS}/7"),
        ("PATCH", f"{UPLOADS}/7"),
        ("POST", f"{GATEWAY.url}/v1/dossiers/{parcel().id}/submit"),
    ]
    assert remembered == [f"{UPLOADS}/7"]
    assert (answer.verdict, answer.transaction) == (Verdict.ACCEPTED, "LT-1")
    assert answer.receipt == b"<BHXH/>"
    assert answer.raw == as_json(ACCEPTED).body


def test_the_announcement_says_what_comes_under_the_parcels_own_key() -> None:
    there = uploading(as_json(ACCEPTED))
    deliver(there)
    first, last = there.requests[0], there.requests[-1]
    assert json.loads(first.body) == {
        "parcel_id": parcel().id,
        "file_name": "BHXHDienTu.xml",
        "size": len(CONTENT),
        "sha256": parcel().sha256,
        **LABELS,
    }
    assert first.headers["Idempotency-Key"] == last.headers["Idempotency-Key"] == parcel().id


def test_what_the_gateway_has_already_is_not_sent_again() -> None:
    there = Scripted([as_json(ACCEPTED)])
    answer, remembered = deliver(there)
    assert answer.verdict is Verdict.ACCEPTED
    assert (len(there.requests), remembered) == (1, [])


def test_an_upload_begun_earlier_goes_on() -> None:
    there = Scripted(
        [
            NEW,
            OFFER,
            reply(200, upload_offset="10"),
            reply(204, upload_offset=str(len(CONTENT))),
            as_json({"state": "received"}),
        ]
    )
    answer, remembered = deliver(there, parcel(upload_url=f"{UPLOADS}/3?part=1"))
    assert answer.verdict is Verdict.RECEIVED
    assert remembered == []
    assert there.requests[2].url == f"{UPLOADS}/3?part=1"
    assert there.requests[3].body == CONTENT[10:]


@pytest.mark.parametrize(
    ("remembered", "asked"),
    [
        ("https://127.0.0.1:1111/v1/uploads/3", f"{UPLOADS}/3"),
        ("https://other.example/v1/uploads/3", f"{UPLOADS}/3"),
        ("https://127.0.0.1:8443//other.example/x", f"{GATEWAY.url}//other.example/x"),
    ],
)
def test_a_remembered_upload_is_sought_at_the_gateway_of_now_alone(
    remembered: str, asked: str
) -> None:
    there = Scripted([NEW, OFFER, reply(503)])
    with pytest.raises(Transient):
        deliver(there, parcel(upload_url=remembered))
    assert there.requests[2].url == asked


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://other.example/v1/uploads",
        "//other.example/v1/uploads",
        "http://127.0.0.1/v1/uploads",
        "https://127.0.0.1:9999/v1/uploads",
        "https://ai:mk@127.0.0.1:8443/v1/uploads",
        "https://[",
        "",
        None,
        7,
        ["/v1/uploads"],
    ],
)
def test_an_upload_address_elsewhere_is_refused(endpoint: object) -> None:
    there = Scripted([as_json({"state": "new", "upload_endpoint": endpoint})])
    with pytest.raises(Transient) as caught:
        deliver(there)
    assert caught.value.code == "gateway.rubbish"
    assert len(there.requests) == 1


def test_a_gateway_below_a_path_keeps_it() -> None:
    there = Scripted([reply(500)])
    destination = Destination(url="https://127.0.0.1/bhxh/", ca_pem="")
    with pytest.raises(Transient):
        gateway(there, destination).ask(parcel())
    assert there.requests[0].url == f"https://127.0.0.1/bhxh/v1/dossiers/{parcel().id}"


def told(**changes: object) -> dict[str, Any]:
    return {**ACCEPTED, **changes}


@pytest.mark.parametrize(
    "document",
    [
        {},
        told(state=None),
        told(state="lost"),
        told(state=[]),
        told(state={}),
        told(state=1),
        told(transaction=7),
        told(transaction=""),
        told(transaction="x" * 201),
        told(transaction="a\nb"),
        told(transaction="\ud800"),
        told(receipt=7),
        told(receipt=["PA=="]),
        told(receipt="không phải"),
        told(receipt="PA="),
        told(reasons="sai"),
        told(reasons=[1]),
        told(reasons=["\ud800"]),
        told(reasons=["a\0b"]),
        told(reasons=None),
    ],
)
def test_an_answer_of_the_wrong_make_is_rubbish(document: dict[str, Any]) -> None:
    with pytest.raises(Transient) as caught:
        gateway(Scripted([as_json(document)])).ask(parcel())
    assert caught.value.code == "gateway.rubbish"
    assert caught.value.answer == as_json(document).body


def test_reasons_are_kept_within_bounds() -> None:
    document = told(state="refused", reasons=["dài" * 5000] * 500)
    answer = gateway(Scripted([as_json(document)])).ask(parcel())
    assert answer.verdict is Verdict.REFUSED
    assert (len(answer.reasons), {len(reason) for reason in answer.reasons}) == (100, {2000})


def test_an_answer_may_come_without_a_receipt() -> None:
    answer = gateway(Scripted([as_json({"state": "received"})])).ask(parcel())
    assert (answer.transaction, answer.receipt, answer.reasons) == (None, None, ())


@pytest.mark.parametrize("said", [reply(404), as_json({"state": "new"})])
def test_a_parcel_the_gateway_does_not_know_is_to_be_sent(said: Reply) -> None:
    with pytest.raises(Transient) as caught:
        gateway(Scripted([said])).ask(parcel())
    assert caught.value.code == "gateway.upload_lost"


def test_submitting_what_is_not_whole_is_tried_again_from_the_upload() -> None:
    with pytest.raises(Transient) as caught:
        deliver(uploading(reply(409)))
    assert caught.value.code == "gateway.upload_lost"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "gateway.refused"),
        (422, "gateway.refused"),
        (409, "gateway.conflict"),
        (404, "gateway.not_found"),
    ],
)
def test_an_announcement_refused_is_told_to_the_user(status: int, code: str) -> None:
    with pytest.raises(Permanent) as caught:
        deliver(Scripted([reply(status, b"why")]))
    assert (caught.value.code, caught.value.answer) == (code, b"why")


def test_the_login_page_of_a_network_is_no_answer() -> None:
    with pytest.raises(Transient) as caught:
        deliver(Scripted([reply(200, b"<html>", content_type="text/html")]))
    assert caught.value.code == "gateway.captive"
