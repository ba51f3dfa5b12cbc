"""The client's side of tus: after any cut no more than one chunk is sent again."""

import base64
import hashlib
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import Permanent, Transient
from sync.tus import TusUpload, UploadLost, upload
from tests.sync.servers import Cut, Request, Scripted, TusServer, fault_code, reply

CHUNK = 16
CONTENT = bytes(range(100))
ENDPOINT = "https://127.0.0.1:8443/v1/uploads"
URL = ENDPOINT + "/1"


def server(content: bytes = CONTENT, cuts: Iterable[Cut | None] = ()) -> TusServer:
    return TusServer(length=len(content), cuts=iter(cuts))


def quiet(_done: int, _whole: int) -> None:
    return None


def go_on(there: TusServer, content: bytes, known: list[str]) -> None:
    """One try, as the gateway adapter makes it."""
    transfer = TusUpload(there, content, chunk=CHUNK)

    def create() -> str:
        known.append(transfer.create(ENDPOINT, file_name="a.xml", parcel_id="p"))
        return known[-1]

    upload(transfer, known=known[-1] if known else None, create=create, progress=quiet)


@given(
    st.binary(max_size=200),
    st.lists(st.one_of(st.none(), st.integers(0, CHUNK).map(Cut)), max_size=40),
)
def test_any_sequence_of_cuts_ends_with_the_whole_content_and_little_sent_twice(
    content: bytes, cuts: list[Cut | None]
) -> None:
    there, known = server(content, cuts), list[str]()
    tries = 1
    while (code := fault_code(lambda: go_on(there, content, known))) is not None:
        assert code == "gateway.cut"
        tries += 1
    assert bytes(there.held) == content
    assert len(known) == 1
    assert there.received <= len(content) + (tries - 1) * CHUNK
    assert tries <= 1 + sum(cut is not None for cut in cuts)


def test_every_chunk_says_where_it_belongs_and_its_checksum() -> None:
    there, seen = server(), list[Request]()
    there.refuse = lambda asked: seen.append(asked)
    go_on(there, CONTENT, [])
    chunks = [asked for asked in seen if asked.method == "PATCH"]
    assert [int(asked.headers["Upload-Offset"]) for asked in chunks] == list(range(0, 100, CHUNK))
    for asked in chunks:
        digest = base64.b64encode(hashlib.sha1(asked.body).digest()).decode()
        assert asked.headers["Upload-Checksum"] == f"sha1 {digest}"


def test_creation_names_file_and_parcel() -> None:
    there = Scripted([reply(201, location="/v1/uploads/7")])
    url = TusUpload(there, CONTENT).create(ENDPOINT, file_name="Đơn.xml", parcel_id="p-1")
    assert url == "https://127.0.0.1:8443/v1/uploads/7"
    metadata = dict(
        part.split(" ") for part in there.requests[0].headers["Upload-Metadata"].split(",")
    )
    decoded = {key: base64.b64decode(value).decode() for key, value in metadata.items()}
    assert decoded == {"filename": "Đơn.xml", "parcel": "p-1"}


def test_progress_tells_what_the_gateway_has() -> None:
    told: list[tuple[int, int]] = []
    transfer = TusUpload(server(), CONTENT, chunk=40)
    transfer.send(URL, lambda done, whole: told.append((done, whole)))
    assert told == [(0, 100), (40, 100), (80, 100), (100, 100)]


@pytest.mark.parametrize(
    "location",
    [
        "",
        "https://127.0.0.1:8443/v1/uploads",
        "https://other.example/v1/uploads/1",
        "https://127.0.0.1:9999/v1/uploads/1",
        "http://127.0.0.1:8443/v1/uploads/1",
        "//other.example/1",
        "https://ai@127.0.0.1:8443/1",
        "https://[/1",
    ],
)
def test_an_upload_may_lie_on_the_same_gateway_only(location: str) -> None:
    with pytest.raises(Transient) as caught:
        TusUpload(Scripted([reply(201, location=location)]), CONTENT).create(
            ENDPOINT, file_name="a", parcel_id="p"
        )
    assert caught.value.code == "gateway.rubbish"


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_forgotten_upload_is_begun_anew(status: int) -> None:
    there, known = server(), [URL]
    answers = iter([reply(status)])
    there.refuse = lambda _asked: next(answers, None)
    go_on(there, CONTENT, known)
    assert bytes(there.held) == CONTENT
    assert len(known) == 2


def test_one_forgotten_while_sending_is_begun_anew_as_well() -> None:
    there, forgotten = server(), [False]

    def forget(asked: Request) -> object:
        if asked.method == "PATCH" and not forgotten[0]:
            forgotten[0] = True
            return reply(404)
        return None

    there.refuse = forget  # type: ignore[assignment]  # a reply or None
    go_on(there, CONTENT, [URL])
    assert bytes(there.held) == CONTENT


def test_one_that_is_always_forgotten_is_left_for_the_next_try() -> None:
    there = server()
    there.refuse = lambda asked: reply(404) if asked.method == "HEAD" else None
    with pytest.raises(UploadLost) as caught:
        go_on(there, CONTENT, [URL])
    assert caught.value.code == "gateway.upload_lost"


def test_more_bytes_than_there_are_means_another_upload() -> None:
    there, known = server(), [URL]
    there.held += CONTENT + b"more"
    go_on(there, CONTENT, known)
    assert bytes(there.held) == CONTENT
    assert len(known) == 2


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(lambda: reply(200), id="no offset: a captive portal answers every HEAD"),
        pytest.param(lambda: reply(200, upload_offset="-1"), id="negative"),
        pytest.param(lambda: reply(200, upload_offset="²"), id="no number"),
        pytest.param(lambda: reply(200, upload_offset="9" * 5000), id="endless"),
        pytest.param(lambda: reply(302, location="https://wifi.example"), id="redirect"),
    ],
)
def test_rubbish_about_the_offset_sends_nothing(said: Callable[[], object]) -> None:
    there = Scripted([said()])  # type: ignore[list-item]  # a reply of the table
    with pytest.raises(Transient) as caught:
        TusUpload(there, CONTENT).send(URL, quiet)
    assert caught.value.code == "gateway.rubbish"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (reply(409), "gateway.cut"),
        (reply(460), "gateway.cut"),
        (reply(204, upload_offset="0"), "gateway.rubbish"),
        (reply(204, upload_offset="101"), "gateway.rubbish"),
        (reply(204), "gateway.rubbish"),
        (reply(200, upload_offset="100"), "gateway.rubbish"),
        (reply(503), "gateway.busy"),
        (reply(423), "gateway.server"),
    ],
)
def test_an_odd_answer_to_a_chunk_is_tried_again_later(said: object, code: str) -> None:
    there = Scripted([reply(200, upload_offset="0"), said])  # type: ignore[list-item]  # a reply
    with pytest.raises(Transient) as caught:
        TusUpload(there, CONTENT).send(URL, quiet)
    assert caught.value.code == code


@pytest.mark.parametrize("status", [400, 413, 415])
def test_a_gateway_that_will_not_have_the_file_is_told_to_the_user(status: int) -> None:
    with pytest.raises(Permanent):
        TusUpload(Scripted([reply(status)]), CONTENT).create(ENDPOINT, file_name="a", parcel_id="p")


def test_a_gateway_that_takes_less_than_was_sent_gets_the_rest() -> None:
    there = Scripted(
        [
            reply(200, upload_offset="0"),
            reply(204, upload_offset="60"),
            reply(204, upload_offset="100"),
        ]
    )
    TusUpload(there, CONTENT).send(URL, quiet)
    assert there.requests[-1].body == CONTENT[60:]
