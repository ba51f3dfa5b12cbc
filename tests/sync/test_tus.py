"""The client's side of tus: after any cut no more than one chunk is sent again."""

import base64
import hashlib
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import Permanent, Transient
from sync.http import Reply
from sync.pace import Pace
from sync.tus import Offer, TusUpload, UploadLost, offer_of, upload
from tests.sync.servers import Cut, Request, Scripted, TusServer, fault_code, reply

CHUNK = 16
CONTENT = bytes(range(100))
ENDPOINT = "https://127.0.0.1:8443/v1/uploads"
URL = ENDPOINT + "/1"


def server(content: bytes = CONTENT, cuts: Iterable[Cut | None] = ()) -> TusServer:
    return TusServer(length=len(content), cuts=iter(cuts))


def quiet(_done: int, _whole: int) -> None:
    return None


def go_on(there: TusServer, content: bytes, known: list[str], offer: Offer | None = None) -> None:
    """One try, as the gateway adapter makes it."""
    transfer = TusUpload(there, content, chunk=CHUNK, offer=offer)

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


@pytest.mark.parametrize("digest", ["sha1", "sha256", None])
def test_every_piece_says_where_it_belongs_and_its_checksum_where_that_is_offered(
    digest: str | None,
) -> None:
    there, seen = server(), list[Request]()
    there.refuse = lambda asked: seen.append(asked)
    go_on(there, CONTENT, [], Offer(digest=digest))
    pieces = [asked for asked in seen if asked.method == "PATCH"]
    assert [int(asked.headers["Upload-Offset"]) for asked in pieces] == list(range(0, 100, CHUNK))
    for asked in pieces:
        if digest is None:
            assert "Upload-Checksum" not in asked.headers
        else:
            value = base64.b64encode(hashlib.new(digest, asked.body).digest()).decode()
            assert asked.headers["Upload-Checksum"] == f"{digest} {value}"


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
        "http://127.0.0.1:8443/v1/uploads",
        "http://127.0.0.1/v1/uploads/1",
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
        (reply(204, upload_offset="0"), "gateway.rubbish"),
        (reply(204, upload_offset="101"), "gateway.rubbish"),
        (reply(204), "gateway.rubbish"),
        (reply(200, upload_offset="100"), "gateway.rubbish"),
        (reply(503), "gateway.busy"),
        (reply(423), "gateway.locked"),
        (reply(302, location="https://wifi.example"), "gateway.captive"),
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


@pytest.mark.parametrize("status", [400, 409, 460])
def test_a_piece_the_gateway_wants_otherwise_goes_on_from_what_it_has(status: int) -> None:
    there = Scripted(
        [
            reply(200, upload_offset="0"),
            reply(status),
            reply(200, upload_offset="60"),
            reply(204, upload_offset="100"),
        ]
    )
    TusUpload(there, CONTENT).send(URL, quiet)
    assert there.requests[-1].body == CONTENT[60:]


@pytest.mark.parametrize("status", [400, 409, 460])
def test_but_not_for_ever(status: int) -> None:
    there = Scripted([reply(200, upload_offset="0"), reply(status)] * 10)
    with pytest.raises(Transient) as caught:
        TusUpload(there, CONTENT).send(URL, quiet)
    assert caught.value.code == "gateway.damaged"
    assert len(there.requests) == 2 * 4


def test_pieces_grow_on_a_fast_line_and_shrink_after_a_cut() -> None:
    pace = Pace(size=20, least=4, most=40)
    there = server(cuts=[None, None, Cut(10)])
    with pytest.raises(Transient):
        TusUpload(there, CONTENT, pace=pace, clock=lambda: 0.0).send(URL, quiet)
    assert (bytes(there.held), pace.size) == (CONTENT[:70], 10)


def test_a_slow_line_gets_smaller_pieces() -> None:
    pace = Pace(size=20, least=4, most=40)
    times = iter(range(0, 1000, 10))
    TusUpload(server(), CONTENT, pace=pace, clock=lambda: float(next(times))).send(URL, quiet)
    assert pace.size == 4


@pytest.mark.parametrize(
    ("said", "offer"),
    [
        (reply(204), Offer()),
        (reply(404), Offer()),
        (reply(405), Offer()),
        (reply(200, tus_max_size="7"), Offer(most_bytes=7)),
        (reply(200, tus_max_size="0"), Offer()),
        (reply(200, tus_max_size="much"), Offer()),
        (
            reply(204, tus_extension="creation,checksum", tus_checksum_algorithm="sha1, SHA256"),
            Offer(digest="sha256"),
        ),
        (
            reply(204, tus_extension="checksum", tus_checksum_algorithm="md5,sha1"),
            Offer(digest="sha1"),
        ),
        (reply(204, tus_extension="checksum", tus_checksum_algorithm="crc32"), Offer()),
        (reply(204, tus_checksum_algorithm="sha1"), Offer()),
        (reply(204, tus_extension="creation, termination"), Offer(terminates=True)),
    ],
)
def test_what_a_gateway_offers_is_used_and_nothing_else(said: Reply, offer: Offer) -> None:
    there = Scripted([said])
    assert offer_of(there, ENDPOINT) == offer
    assert [(asked.method, asked.url) for asked in there.requests] == [("OPTIONS", ENDPOINT)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (reply(503), "gateway.busy"),
        (reply(500), "gateway.server"),
        (reply(302), "gateway.captive"),
        (reply(200, content_type="text/html"), "gateway.captive"),
    ],
)
def test_trouble_is_not_taken_for_an_offer_of_nothing(said: Reply, code: str) -> None:
    assert fault_code(lambda: offer_of(Scripted([said]), ENDPOINT)) == code


def test_what_is_larger_than_the_gateway_takes_is_not_even_begun() -> None:
    there = Scripted([])
    transfer = TusUpload(there, CONTENT, offer=Offer(most_bytes=99))
    with pytest.raises(Permanent) as caught:
        transfer.create(ENDPOINT, file_name="a", parcel_id="p")
    assert (caught.value.code, there.requests) == ("gateway.too_large", [])


@pytest.mark.parametrize(
    ("said", "given_up"),
    [
        (reply(204), True),
        (reply(404), True),
        (reply(410), True),
        (reply(405), False),
        (reply(500), False),
    ],
)
def test_an_upload_given_up_is_taken_away_where_the_gateway_can(
    said: Reply, given_up: bool
) -> None:
    there = Scripted([said])
    assert TusUpload(there, b"").terminate(URL) is given_up
    assert (there.requests[0].method, there.requests[0].url) == ("DELETE", URL)


@pytest.mark.parametrize(
    ("expires", "lost"),
    [
        ("Fri, 20 Nov 2026 02:29:59 GMT", True),
        ("Fri, 20 Nov 2026 02:30:00 GMT", True),
        ("Fri, 20 Nov 2026 02:30:01 GMT", False),
        ("some day", False),
    ],
)
def test_an_upload_whose_time_is_over_by_the_gateways_clock_is_begun_anew(
    expires: str, lost: bool
) -> None:
    now = "Fri, 20 Nov 2026 02:30:00 GMT"
    there = Scripted([reply(200, upload_offset="0", upload_expires=expires, date=now)])
    code = fault_code(lambda: TusUpload(there, CONTENT).offset(URL))
    assert code == ("gateway.upload_lost" if lost else None)


def test_an_upload_of_another_length_is_not_gone_on_with() -> None:
    there = Scripted([reply(200, upload_offset="0", upload_length="99")])
    assert fault_code(lambda: TusUpload(there, CONTENT).offset(URL)) == "gateway.upload_lost"


def test_pieces_are_sent_from_where_they_lie() -> None:
    there, seen = server(), list[object]()
    there.refuse = lambda asked: seen.append(asked.body) if asked.method == "PATCH" else None
    go_on(there, CONTENT, [])
    assert {type(body) for body in seen} == {memoryview}
    assert {body.obj for body in seen} == {CONTENT}  # type: ignore[attr-defined]  # memoryview
