"""The gateway's side of tus 1.0 and of its JSON calls, over the wire as any client may speak."""

import base64
import hashlib
import json
import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from desktop.practice.gateway import PracticeGateway
from desktop.practice.gateway.uploads import whole_body
from sync.http import Reply
from sync.transport import HttpsTransport
from tests.fakes.gateway import Way, announcement, destination, good_package
from tests.fakes.outbox import parcel

OCTETS = "application/offset+octet-stream"
VERSION = {"Tus-Resumable": "1.0.0"}
CONTENT = b"mot hai ba bon nam"


@pytest.fixture
def http(gateway: PracticeGateway) -> Iterator["Client"]:
    with HttpsTransport(destination(gateway)) as transport:
        yield Client(transport, gateway)


class Client:
    """Speaks tus by hand."""

    def __init__(self, transport: HttpsTransport, gateway: PracticeGateway) -> None:
        self._transport = transport
        self._gateway = gateway

    def __call__(self, method: str, path: str, body: bytes = b"", **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._transport.request(
            method, self._gateway.url + path, headers={**VERSION, **named}, body=body
        )

    def post_json(self, path: str, document: object) -> Reply:
        return self("POST", path, json.dumps(document).encode(), Content_Type="application/json")

    def create(self, length: object = len(CONTENT), number: int = 1) -> str:
        metadata = "parcel " + base64.b64encode(parcel(number).id.encode()).decode()
        reply = self("POST", "/v1/uploads", Upload_Length=str(length), Upload_Metadata=metadata)
        assert reply.status == 201
        return reply.headers["location"]

    def chunk(self, path: str, offset: object, body: bytes, **headers: str) -> Reply:
        named = {"Content_Type": OCTETS, "Upload_Offset": str(offset), **headers}
        return self("PATCH", path, body, **named)

    def offset(self, path: str) -> int:
        return int(self("HEAD", path).headers["upload-offset"])


def test_an_upload_in_two_chunks(http: Client) -> None:
    path = http.create()
    assert http.offset(path) == 0
    assert http.chunk(path, 0, CONTENT[:5]).headers["upload-offset"] == "5"
    assert http.offset(path) == 5
    last = http.chunk(path, 5, CONTENT[5:])
    assert (last.status, last.headers["tus-resumable"]) == (204, "1.0.0")
    head = http("HEAD", path)
    assert head.headers["upload-offset"] == head.headers["upload-length"] == str(len(CONTENT))
    assert head.headers["cache-control"] == "no-store"


def test_it_says_what_it_can(http: Client) -> None:
    told = http("OPTIONS", "/v1/uploads")
    assert told.status == 204
    assert told.headers["tus-extension"] == "creation,checksum,termination,expiration"
    assert told.headers["tus-checksum-algorithm"] == "sha1,sha256"


@pytest.mark.parametrize("version", ["0.2.2", "", "1.0"])
def test_another_version_of_tus_is_refused(http: Client, version: str) -> None:
    path = http.create()
    said = {"Tus_Resumable": version}
    assert http("HEAD", path, **said).status == 412
    assert http("POST", "/v1/uploads", Upload_Length="1", **said).status == 412
    assert http.chunk(path, 0, CONTENT, **said).status == 412
    assert http.offset(path) == 0


@pytest.mark.parametrize(
    ("length", "status"),
    [("", 400), ("-1", 400), ("²", 400), ("x", 400), ("9" * 16, 400), (str(65 * 2**20), 413)],
)
def test_a_length_that_cannot_be(http: Client, length: str, status: int) -> None:
    assert http("POST", "/v1/uploads", Upload_Length=length).status == status


def test_metadata_that_is_no_base64(http: Client) -> None:
    told = http("POST", "/v1/uploads", Upload_Length="1", Upload_Metadata="parcel A=A")
    assert told.status == 400


@pytest.mark.parametrize("offset", [1, 4, 6, 100])
def test_a_chunk_must_begin_where_the_upload_stands(http: Client, offset: int) -> None:
    path = http.create()
    http.chunk(path, 0, CONTENT[:5])
    assert http.chunk(path, offset, b"x").status == 409
    assert http.offset(path) == 5


def test_a_chunk_with_a_wrong_checksum_is_thrown_away(http: Client) -> None:
    path = http.create()
    wrong = base64.b64encode(hashlib.sha1(b"other").digest()).decode()
    assert http.chunk(path, 0, CONTENT, Upload_Checksum=f"sha1 {wrong}").status == 460
    assert http.offset(path) == 0
    right = base64.b64encode(hashlib.sha256(CONTENT).digest()).decode()
    assert http.chunk(path, 0, CONTENT, Upload_Checksum=f"sha256 {right}").status == 204


def test_an_unknown_checksum_and_another_kind_of_body_are_refused(http: Client) -> None:
    path = http.create()
    assert http.chunk(path, 0, CONTENT, Upload_Checksum="md5 AAAA").status == 400
    assert http.chunk(path, 0, CONTENT, Content_Type="text/plain").status == 415
    assert http.chunk(path, "x", CONTENT).status == 400


def test_more_than_was_announced_is_refused(http: Client) -> None:
    path = http.create(5)
    assert http.chunk(path, 0, CONTENT).status == 413
    assert http.offset(path) == 0


def test_a_chunk_that_does_not_say_its_length_is_refused() -> None:
    environ = EnvironBuilder(method="PATCH", input_stream=BytesIO(CONTENT)).get_environ()
    del environ["CONTENT_LENGTH"]
    with pytest.raises(HTTPException) as caught:
        whole_body(Request({**environ, "wsgi.input_terminated": True}))
    assert caught.value.response
    assert caught.value.response.status_code == 400


def test_an_upload_nobody_began(http: Client) -> None:
    assert http("HEAD", "/v1/uploads/0").status == 404
    assert http.chunk("/v1/uploads/0", 0, CONTENT).status == 404
    assert http("HEAD", "/v1/uploads/..%2Fca.key").status == 404


def test_an_upload_whose_file_is_gone(http: Client, gateway_folder: Path) -> None:
    path = http.create()
    (gateway_folder / "uploads" / path.rpartition("/")[2]).unlink()
    assert http("HEAD", path).status == 404


def test_the_same_chunk_on_its_way_twice_is_kept_once(
    gateway_folder: Path, gateway: PracticeGateway
) -> None:
    """A client that lost patience sends again while the first is still being read."""
    with HttpsTransport(destination(gateway)) as one:
        client = Client(one, gateway)
        path = client.create(1024 * 1024)
        body = bytes(1024 * 1024)
        statuses: list[int] = []

        def send() -> None:
            with HttpsTransport(destination(gateway)) as mine:
                statuses.append(Client(mine, gateway).chunk(path, 0, body).status)

        threads = [threading.Thread(target=send) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(statuses) == [204, *[409] * 5]
        assert client.offset(path) == len(body)


def test_announcing_over_the_wire(http: Client) -> None:
    told = http.post_json("/v1/dossiers", announcement(good_package()))
    assert told.status == 200
    assert told.headers["content-type"] == "application/json"
    assert json.loads(told.body) == {
        "state": "new",
        "transaction": None,
        "upload_endpoint": "/v1/uploads",
    }
    other = http.post_json("/v1/dossiers", announcement(good_package(), sha256="0" * 64))
    assert other.status == 409


@pytest.mark.parametrize(
    "body", [b"", b"{]", b"[]", b"\xff", b"[" * 60_000, b"{}", b" " * 65 * 1024]
)
def test_an_announcement_that_is_none(http: Client, body: bytes) -> None:
    assert http("POST", "/v1/dossiers", body).status == 400


def test_submitting_what_is_not_whole_or_not_announced(http: Client) -> None:
    submit = f"/v1/dossiers/{parcel().id}/submit"
    assert http.post_json(submit, {}).status == 404
    http.post_json("/v1/dossiers", announcement(good_package()))
    assert http.post_json(submit, {}).status == 409
    path = http.create(len(good_package()))
    http.chunk(path, 0, good_package()[:100])
    assert http.post_json(submit, {}).status == 409


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/v1/dossiers", 405),
        ("GET", "/v1/dossiers/không-phải", 404),
        ("GET", "/v1/dossiers/00000000-0000-4000-8000-000000000009", 404),
        ("DELETE", "/v1/uploads/1", 404),
        ("PUT", "/v1/uploads/1", 405),
    ],
)
def test_other_calls(http: Client, method: str, path: str, status: int) -> None:
    assert http(method, path).status == status


def test_an_upload_given_up_is_thrown_away(http: Client, gateway_folder: Path) -> None:
    path = http.create()
    http.chunk(path, 0, CONTENT[:5])
    assert http("DELETE", path).status == 204
    assert list((gateway_folder / "uploads").iterdir()) == []
    assert http("HEAD", path).status == http("DELETE", path).status == 404


def test_an_unfinished_upload_expires_a_day_after_its_last_byte(
    http: Client, gateway_folder: Path
) -> None:
    path = http.create()
    told = parsedate_to_datetime(http.chunk(path, 0, CONTENT[:5]).headers["upload-expires"])
    assert abs(told - datetime.now(UTC) - timedelta(days=1)) < timedelta(minutes=1)
    file = gateway_folder / "uploads" / path.rpartition("/")[2]
    nearly = time.time() - timedelta(days=1).total_seconds()
    os.utime(file, (nearly + 30, nearly + 30))
    assert http("HEAD", path).status == 200
    os.utime(file, (nearly - 1, nearly - 1))
    assert http("HEAD", path).status == http.chunk(path, 5, b"x").status == 410
    assert http("DELETE", path).status == 410


def test_what_is_accepted_no_longer_lies_among_the_uploads(
    gateway: PracticeGateway, gateway_folder: Path
) -> None:
    assert Way.to(gateway).send().number
    assert list((gateway_folder / "uploads").iterdir()) == []
    (entry,) = gateway.ledger.all()
    assert gateway.ledger.package(entry.id) == good_package()
