"""The switchboard of faults: what is planned comes, once and in order, and what it looks like."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from desktop.practice.gateway import Call, Faults, PracticeGateway, Trouble
from desktop.practice.gateway.faults import Planned, read_fault
from resources.faults import UsageFault
from sync.errors import Permanent, Transient
from sync.http import Reply
from sync.model import ParcelState
from sync.transport import HttpsTransport
from tests.fakes.checked import UNIT
from tests.fakes.gateway import Way, destination, good_package, other_package
from tests.fakes.outbox import parcel

NOTICES = f"/v1/notices?unit_code={UNIT.code}&tax_code={UNIT.tax_code}"


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("submit=500", (Call.SUBMIT, Planned(Trouble.STATUS, 500, 1), 1)),
        ("announce=429:5*3", (Call.ANNOUNCE, Planned(Trouble.STATUS, 429, 5), 3)),
        ("chunk=cut:65536", (Call.CHUNK, Planned(Trouble.CUT, 65536), 1)),
        ("ask=slow:1500*0", (Call.ASK, Planned(Trouble.SLOW, 1500), 0)),
        ("submit=forged", (Call.SUBMIT, Planned(Trouble.FORGED), 1)),
        ("notices=reordered", (Call.NOTICES, Planned(Trouble.REORDERED), 1)),
        ("connection=certificate*2", (Call.CONNECTION, Planned(Trouble.CERTIFICATE), 2)),
    ],
)
def test_a_fault_in_words(text: str, planned: tuple[Call, Planned, int]) -> None:
    assert read_fault(text) == planned


@pytest.mark.parametrize(
    "text",
    ["", "submit", "submit=", "x=500", "submit=99", "submit=600", "submit=status", "submit=cut:-1",
     "submit=certificate", "connection=500", "connection=slow", "submit=500*x", "submit=500 "],
)  # fmt: skip
def test_words_that_are_no_fault(text: str) -> None:
    with pytest.raises(UsageFault, match=r"practice\.fault"):
        Faults().plan_text(text)


def test_faults_come_once_in_order_and_a_standing_one_until_it_is_cleared() -> None:
    faults = Faults()
    for text in ("ask=slow:1*0", "ask=500", "ask=502*2"):
        faults.plan_text(text)
    taken = [planned.amount for _ in range(5) if (planned := faults.take(Call.ASK))]
    assert taken == [500, 502, 502, 1, 1]
    assert faults.take(Call.SUBMIT) is None
    faults.clear()
    assert faults.take(Call.ASK) is None


class Caller:
    def __init__(self, gateway: PracticeGateway) -> None:
        self.gateway = gateway

    def __call__(self, path: str, method: str = "GET") -> Reply:
        with HttpsTransport(destination(self.gateway)) as http:
            return http.request(method, self.gateway.url + path, headers={})

    def json(self, path: str, method: str = "GET") -> Any:
        return json.loads(self(path, method).body)


@pytest.fixture
def caller(gateway: PracticeGateway) -> Caller:
    return Caller(gateway)


def test_too_many_requests_say_how_long_to_wait(gateway: PracticeGateway, caller: Caller) -> None:
    gateway.faults.plan_text("notices=429:7")
    told = caller(NOTICES)
    assert (told.status, told.headers["retry-after"]) == (429, "7")
    assert caller(NOTICES).status == 200


def test_a_wrong_certificate_is_no_gateway(gateway: PracticeGateway, caller: Caller) -> None:
    gateway.faults.plan_text("connection=certificate*2")
    for _ in range(2):
        with pytest.raises((Permanent, Transient)) as caught:
            caller(NOTICES)
        assert caught.value.code == "gateway.tls"
    assert caller(NOTICES).status == 200


def test_a_parcel_survives_a_wrong_certificate(gateway: PracticeGateway) -> None:
    gateway.faults.plan_text("connection=certificate")
    way = Way.to(gateway)
    assert way.send().state is not ParcelState.ACCEPTED
    assert list(gateway.ledger.all()) == []


def accepted_two(gateway: PracticeGateway) -> None:
    for number, package in enumerate((good_package(), other_package()), start=1):
        assert Way.to(gateway, package, number).send().state is ParcelState.ACCEPTED


def test_notices_twice_and_in_the_wrong_order(gateway: PracticeGateway, caller: Caller) -> None:
    accepted_two(gateway)
    right = caller.json(NOTICES)
    assert [notice["kind"] for notice in right["notices"]] == ["receipt", "receipt"]
    gateway.faults.plan_text("notices=duplicate")
    gateway.faults.plan_text("notices=reordered")
    first, second = right["notices"]
    assert caller.json(NOTICES)["notices"] == [first, first, second, second]
    assert caller.json(NOTICES)["notices"] == [second, first]
    assert caller.json(NOTICES) == right


def test_an_answer_to_an_earlier_call_settles_nothing(gateway: PracticeGateway) -> None:
    assert Way.to(gateway, good_package(), 1).send().state is ParcelState.ACCEPTED
    way = Way.to(gateway, other_package(), 2)
    gateway.faults.plan_text("announce=reordered")
    late = way.send()
    assert late.state is ParcelState.SENT
    assert late.outcome == "receipt.other_dossier"
    assert way.parcel.state is ParcelState.SENT


def test_a_submission_made_twice_is_accepted_once(gateway: PracticeGateway) -> None:
    gateway.faults.plan_text("submit=duplicate")
    assert Way.to(gateway).send().state is ParcelState.ACCEPTED
    (tally,) = gateway.ledger.tally().values()
    assert (tally.accepted, tally.submitted) == (1, 2)


def test_the_cursor_goes_on_behind_the_page(gateway: PracticeGateway, caller: Caller) -> None:
    accepted_two(gateway)
    whole = caller.json(NOTICES)
    assert whole["more"] is False
    assert caller.json(f"{NOTICES}&cursor={whole['cursor']}")["notices"] == []
    document = b64decode(whole["notices"][0]["document"])
    assert document == gateway.ledger.all()[0].receipt
    assert [notice["parcel_id"] for notice in whole["notices"]] == [parcel(1).id, parcel(2).id]


@pytest.mark.parametrize(
    "query", ["", "?unit_code=A", "?unit_code=&tax_code=1", "?unit_code=A&tax_code=1&cursor=x",
              "?unit_code=A&tax_code=1&cursor=-1", "?unit_code=A%00&tax_code=1"],
)  # fmt: skip
def test_notices_of_nobody(caller: Caller, query: str) -> None:
    assert caller(f"/v1/notices{query}").status == 400


def test_a_file_that_is_not_there(caller: Caller) -> None:
    assert caller("/v1/results/0").status == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("POST", "/practice/step", 403), ("GET", "/practice/", 403), ("POST", "/practice/x", 403)],
)
def test_the_switchboard_is_locked(caller: Caller, method: str, path: str, status: int) -> None:
    assert caller(path, method).status == status


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "step", b"{}", 200),
        ("POST", "here", b"", 200),
        ("GET", "step", b"", 405),
        ("POST", "nothing", b"{}", 404),
        ("POST", "step", b"{]", 400),
        ("POST", "step", b"[]", 400),
        ("POST", "step", b" " * 20_000, 400),
        ("POST", "faults", b'{"faults": "submit=500"}', 400),
        ("POST", "faults", b'{"faults": ["x"]}', 409),
        ("POST", "month", b'{"period": "11-2026"}', 400),
        ("POST", "month", b'{"period": "2026-01"}', 200),
    ],
)
def test_what_the_switchboard_understands(
    gateway: PracticeGateway,
    gateway_folder: Path,
    method: str,
    path: str,
    body: bytes,
    status: int,
) -> None:
    token = (gateway_folder / "switchboard.token").read_text(encoding="ascii")
    headers = {"Authorization": f"Bearer {token}"}
    with HttpsTransport(destination(gateway)) as http:
        url = f"{gateway.url}/practice/{path}"
        assert http.request(method, url, headers=headers, body=body).status == status
