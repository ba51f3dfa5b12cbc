"""What a gateway has for a unit: how it is asked, and how strictly the answer is read."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import Permanent
from sync.http import Reply
from sync.mailbox import LARGEST_FILE, HttpMailbox
from sync.model import Destination, Posted, PostedFile, PostedKind, Posts
from tests.sync.servers import Scripted, as_json, fault_code, reply

HERE = Destination(url="https://cong.example/bhxh/", ca_pem="")
CONTENT = b"ket qua khong co that"
FILE = {
    "id": "f/1 ?",
    "name": "C12.xlsx",
    "size": len(CONTENT),
    "sha256": sha256(CONTENT).hexdigest(),
}
NOTICE = {
    "id": "n-1",
    "kind": "result",
    "parcel_id": "p-1",
    "document": b64encode(b"<ThongBao/>").decode(),
    "files": [FILE],
}
POSTED = PostedFile(
    id="f/1 ?", name="C12.xlsx", size=len(CONTENT), sha256=sha256(CONTENT).hexdigest()
)


def box(there: Scripted) -> HttpMailbox:
    @contextmanager
    def connect(_destination: Destination) -> Iterator[Scripted]:
        yield there

    return HttpMailbox(HERE, connect)


def page(*notices: object, **changes: object) -> Reply:
    return as_json({"notices": list(notices), "cursor": "c-2", "more": False, **changes})


def posts(said: Reply, cursor: str = "c-1") -> Posts:
    return box(Scripted([said])).posts(unit_code="ZZ0001Z", tax_code="9900000016", cursor=cursor)


def test_notices_since_a_cursor() -> None:
    there = Scripted([page(NOTICE, more=True)])
    found = box(there).posts(unit_code="ZZ 1&2", tax_code="9900000016", cursor="c=1")
    assert found == Posts(
        items=(
            Posted(
                id="n-1",
                kind=PostedKind.RESULT,
                parcel_id="p-1",
                document=b"<ThongBao/>",
                files=(POSTED,),
            ),
        ),
        cursor="c-2",
        more=True,
    )
    asked = urlsplit(there.requests[0].url)
    assert asked.path == "/bhxh/v1/notices"
    assert parse_qs(asked.query) == {
        "unit_code": ["ZZ 1&2"],
        "tax_code": ["9900000016"],
        "cursor": ["c=1"],
    }


def test_the_first_time_there_is_no_cursor_and_an_empty_box_may_have_none() -> None:
    assert posts(page(cursor=""), "") == Posts(items=(), cursor="", more=False)


@pytest.mark.parametrize("kind", list(PostedKind))
def test_every_kind_is_known(kind: PostedKind) -> None:
    assert posts(page({**NOTICE, "kind": kind.value})).items[0].kind is kind


@pytest.mark.parametrize("kind", ["something new", "", None, 7, []])
def test_a_kind_that_came_up_later_is_still_a_notice(kind: object) -> None:
    assert posts(page({**NOTICE, "kind": kind})).items[0].kind is PostedKind.OTHER


def test_bare_files_come_without_a_document_or_a_parcel() -> None:
    found = posts(page({"id": "n", "kind": "statement", "files": [FILE]})).items[0]
    assert (found.parcel_id, found.document, found.files) == (None, None, (POSTED,))


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\x\\y.pdf", "C__x_y.pdf"),
        ("..", "_"),
        ("a.pdf. ", "a.pdf"),
        ("Kết quả.pdf", "Kết quả.pdf"),
    ],
)
def test_no_name_leads_elsewhere_on_the_disk(given_name: str, name: str) -> None:
    found = posts(page({**NOTICE, "files": [{**FILE, "name": given_name}]}))
    assert found.items[0].files[0].name == name


def notice(**changes: object) -> Reply:
    return page({**NOTICE, **changes})


def file(**changes: object) -> Reply:
    return notice(files=[{**FILE, **changes}])


@pytest.mark.parametrize(
    "said",
    [
        as_json({}),
        as_json([]),
        page("n-1"),
        page(cursor=None),
        page(cursor="x" * 1001),
        page(cursor="a\nb"),
        page(more="no"),
        page(more=None),
        as_json({"notices": {}, "cursor": "", "more": False}),
        page(*[NOTICE] * 1001),
        notice(id=None),
        notice(id=""),
        notice(id="x" * 201),
        notice(id="a\0"),
        notice(parcel_id=7),
        notice(parcel_id=""),
        notice(document=7),
        notice(document="không phải"),
        notice(files=None),
        notice(files=["f"]),
        notice(files=[FILE] * 101),
        file(id=None),
        file(id=".."),
        file(name=""),
        file(name="a\nb"),
        file(size=-1),
        file(size="1"),
        file(size=True),
        file(sha256="A" * 64),
        file(sha256="ab"),
        file(sha256=None),
        reply(200, b"<html>", content_type="text/plain"),
    ],
)
def test_a_page_of_the_wrong_make_is_rubbish(said: Reply) -> None:
    assert fault_code(lambda: posts(said)) == "gateway.rubbish"


def test_the_same_page_again_and_again_is_not_followed_for_ever() -> None:
    assert fault_code(lambda: posts(page(cursor="c-1", more=True))) == "gateway.rubbish"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


@given(
    st.dictionaries(st.sampled_from([*NOTICE, "x"]), JSON),
    st.dictionaries(st.sampled_from([*FILE]), JSON),
)
def test_no_notice_whatever_breaks_the_program(
    changes: dict[str, Any], file_changes: dict[str, Any]
) -> None:
    said = notice(**{"files": [{**FILE, **file_changes}], **changes})
    assert fault_code(lambda: posts(said)) in {None, "gateway.rubbish"}


def fetch(*said: Reply, wanted: PostedFile = POSTED) -> bytes:
    return box(Scripted(list(said))).fetch(wanted)


def octets(body: bytes = CONTENT, **headers: str) -> Reply:
    return reply(200, body, content_type="application/octet-stream", **headers)


def test_a_file_is_fetched_by_its_id() -> None:
    there = Scripted([octets(content_length=str(len(CONTENT)))])
    assert box(there).fetch(POSTED) == CONTENT
    assert there.requests[0].url == "https://cong.example/bhxh/v1/results/f%2F1%20%3F"


@pytest.mark.parametrize(
    "said",
    [
        octets(CONTENT[:-1]),
        octets(CONTENT + b"x"),
        octets(bytes(len(CONTENT))),
        octets(content_length="7"),
        octets(b""),
    ],
)
def test_a_file_that_is_not_what_was_told_is_not_taken(said: Reply) -> None:
    assert fault_code(lambda: fetch(said)) == "gateway.rubbish"


def test_one_packed_for_the_way_has_another_length_there() -> None:
    assert fetch(octets(content_length="7", content_encoding="gzip")) == CONTENT


def test_one_too_large_is_not_asked_for() -> None:
    huge = PostedFile(id="f", name="a", size=LARGEST_FILE + 1, sha256="0" * 64)
    there = Scripted([])
    assert fault_code(lambda: box(there).fetch(huge)) == "gateway.rubbish"
    assert there.requests == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_file_the_gateway_has_no_more_is_told_to_the_user(status: int) -> None:
    with pytest.raises(Permanent) as caught:
        fetch(reply(status))
    assert caught.value.code == "gateway.file_gone"


def test_trouble_is_trouble() -> None:
    assert fault_code(lambda: posts(reply(503))) == "gateway.busy"
    assert fault_code(lambda: fetch(reply(500))) == "gateway.server"
