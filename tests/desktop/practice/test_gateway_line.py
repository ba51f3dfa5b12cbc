"""The program's own line against the practice gateway: tokens, the whole way, notices, files."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.practice.gateway import PracticeGateway
from sync.errors import Permanent, Transient
from sync.line import Line
from sync.model import Answer, Destination, Parcel, Posts, Verdict
from tests.fakes.gateway import Recipe
from tests.fakes.outbox import LABELS, parcel

CLIENT, SECRET = "phan-mem-1", "bi_mat-khong.co~that"


class Kept:
    """``sync.ports.Secrets`` with one secret."""

    def __init__(self, secret: str | None = SECRET) -> None:
        self.secret = secret

    def get(self, destination: Destination) -> str | None:
        return self.secret

    def put(self, destination: Destination, secret: str) -> None:
        self.secret = secret


@pytest.fixture
def closed(gateway_folder: Path) -> Iterator[PracticeGateway]:
    """A gateway that lets in one client alone."""
    with PracticeGateway(gateway_folder, clients={CLIENT: SECRET}) as gateway:
        yield gateway


def there(gateway: PracticeGateway, client_id: str = CLIENT) -> Destination:
    return Destination(url=gateway.url, ca_pem=gateway.ca_pem, client_id=client_id)


def sent(line: Line, destination: Destination) -> tuple[Parcel, Answer]:
    content = Recipe().package()
    made = parcel(1, content, destination=destination)
    answer = line.gateway(destination).deliver(
        made, content, remember_upload=lambda _url: None, progress=lambda _done, _whole: None
    )
    return made, answer


def code(act: Callable[[], object]) -> str:
    with pytest.raises((Permanent, Transient)) as caught:
        act()
    return caught.value.code


def posts(line: Line, destination: Destination, cursor: str = "") -> Posts:
    return line.mailbox(destination).posts(
        unit_code=LABELS["unit_code"], tax_code=LABELS["tax_code"], cursor=cursor
    )


def test_a_client_is_let_in_and_its_dossier_taken(closed: PracticeGateway) -> None:
    line, destination = Line(secrets=Kept()), there(closed)
    made, answer = sent(line, destination)
    assert answer.verdict is Verdict.ACCEPTED
    assert line.gateway(destination).ask(made).transaction == answer.transaction


@pytest.mark.parametrize(
    ("client_id", "secret", "expected"),
    [
        (CLIENT, "another", "gateway.unauthorised"),
        ("another", SECRET, "gateway.unauthorised"),
        (CLIENT, None, "gateway.no_secret"),
        ("", SECRET, "gateway.unauthorised"),
    ],
)
def test_nobody_else_is(
    closed: PracticeGateway, client_id: str, secret: str | None, expected: str
) -> None:
    line = Line(secrets=Kept(secret))
    assert code(lambda: sent(line, there(closed, client_id))) == expected


def test_notices_come_once_with_files_as_they_were_told(closed: PracticeGateway) -> None:
    line, destination = Line(secrets=Kept()), there(closed)
    made, _answer = sent(line, destination)
    for _ in range(5):
        closed.officer_step()
    page = posts(line, destination)
    assert page.items
    assert {each.parcel_id for each in page.items} == {made.id}
    files = [file for each in page.items for file in each.files]
    assert files
    for file in files:
        content = line.mailbox(destination).fetch(file)
        assert (len(content), sha256(content).hexdigest()) == (file.size, file.sha256)
    assert posts(line, destination, page.cursor).items == ()
