"""The running gateway held against its own description, call by call, by arbitrary requests.

Every answer's status, headers, kind and shape must be described, and none may be a fault of the
server's own.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from desktop.practice.ca import gateway_papers
from desktop.practice.gateway import PracticeGateway
from resources import read_text
from tests.fakes.gateway import announcement, good_package

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OCTETS = "application/offset+octet-stream"
CLIENT, SECRET = "tho-may", "mat-khau-luyen-tap"
DESCRIBED = schemathesis.openapi.from_file(read_text("gateway/openapi.yaml"))
FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
TUS = {"Tus-Resumable": "1.0.0"}


@schemathesis.serializer(OCTETS)
def octets(_context: schemathesis.SerializationContext, value: Any) -> bytes:
    """The bytes of a chunk; whatever else is made up, as its text."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


class Served:
    """A running gateway and how its calls are made."""

    def __init__(self, gateway: PracticeGateway, ca: Path) -> None:
        self.gateway = gateway
        self._ca = ca
        self._token = ""

    def make(self, case: "schemathesis.Case[Any]", **headers: str) -> Any:
        """The described call; fails where the answer is not as described."""
        named = {"Authorization": f"Bearer {self._token}", **headers} if self._token else headers
        return case.call_and_validate(
            base_url=self.gateway.url, verify=str(self._ca), checks=CHECKS, headers=named or None
        )

    def log_in(self) -> None:
        answer = self("POST", "/v1/token", body={"grant_type": "client_credentials"}, headers=BASIC)
        self._token = answer.json()["access_token"]

    def __call__(self, method: str, path: str, **parts: Any) -> Any:
        return self.make(DESCRIBED[path][method].Case(**parts))


BASIC: Mapping[str, str] = {
    "Authorization": "Basic " + b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("described")


def serving(folder: Path, clients: Mapping[str, str]) -> Iterator[Served]:
    ca = folder / "ca.pem"
    gateway_papers(folder, datetime.now(UTC))
    with PracticeGateway(folder, clients=clients) as gateway:
        yield Served(gateway, ca)


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    yield from serving(folder, {})


@pytest.fixture(scope="module")
def guarded(folder: Path) -> Iterator[Served]:
    yield from serving(folder, {CLIENT: SECRET})


@DESCRIBED.parametrize()
@FEW
def test_arbitrary_calls_are_answered_as_described(
    case: "schemathesis.Case[Any]", served: Served
) -> None:
    served.make(case)


@DESCRIBED.parametrize()
@settings(FEW, max_examples=3)
def test_so_they_are_where_a_token_is_asked_for(
    case: "schemathesis.Case[Any]", guarded: Served
) -> None:
    guarded.make(case)


def uploaded(guarded: Served, content: bytes) -> str:
    told = announcement(content)
    parcel = told["parcel_id"]
    assert guarded("POST", "/v1/dossiers", body=told).json()["state"] == "new"
    metadata = "parcel " + b64encode(parcel.encode()).decode()
    headers = {**TUS, "Upload-Length": str(len(content)), "Upload-Metadata": metadata}
    place = guarded("POST", "/v1/uploads", headers=headers).headers["location"][0]
    upload = {"upload": place.rpartition("/")[2]}
    at = "/v1/uploads/{upload}"
    guarded(
        "PATCH",
        at,
        path_parameters=upload,
        headers={**TUS, "Upload-Offset": "0"},
        body=content,
        media_type=OCTETS,
    )
    assert guarded("HEAD", at, path_parameters=upload, headers=TUS).status_code == 200
    return str(parcel)


def test_a_dossiers_whole_way_with_a_token_is_as_described(guarded: Served) -> None:
    """What arbitrary calls never reach: a receipt, a result and its files."""
    guarded.log_in()
    content = good_package()
    parcel = {"parcel_id": uploaded(guarded, content)}
    submitted = guarded("POST", "/v1/dossiers/{parcel_id}/submit", path_parameters=parcel)
    assert submitted.json()["state"] == "accepted"
    asked = guarded("GET", "/v1/dossiers/{parcel_id}", path_parameters=parcel)
    assert asked.json() == submitted.json()
    assert [guarded.gateway.officer_step() for _ in range(3)] == [1, 1, 0]
    told = announcement(content)
    unit = {"unit_code": told["unit_code"], "tax_code": told["tax_code"]}
    page = guarded("GET", "/v1/notices", query=unit).json()
    assert [notice["kind"] for notice in page["notices"]] == ["receipt", "processing", "result"]
    file = page["notices"][-1]["files"][0]
    got = guarded("GET", "/v1/results/{file_id}", path_parameters={"file_id": file["id"]})
    assert sha256(got.content).hexdigest() == file["sha256"]
