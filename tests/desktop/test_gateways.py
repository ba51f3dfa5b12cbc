"""Ways of sending that others bring: the example of docs/gateway.md word for word, and bad ones."""

import json
import re
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from desktop.gateways import GROUP, Adapters, installed
from resources.faults import UsageFault
from sync.errors import Permanent, Transient
from sync.http import Reply
from sync.http_gateway import HttpGateway
from sync.line import Line
from sync.mailbox import HttpMailbox
from sync.model import Destination, Parcel, ParcelState, PostedFile, Posts, Settlement
from sync.outbox import drain
from sync.ports import Gateway
from tests.fakes.clock import Clock
from tests.fakes.desk import Desk
from tests.fakes.outbox import CONTENT, MemoryOutbox, parcel
from tests.sync.test_outbox import judge

DOC = Path(__file__).parents[2] / "docs" / "gateway.md"
THERE = Destination(url="https://ivan.example", ca_pem="", adapter="vidu")


@dataclass
class Server:
    """The invented I-VAN: files every PUT as a dossier of its own."""

    filed: list[bytes] = field(default_factory=list)
    cut: bool = False
    calls: list[str] = field(default_factory=list)

    @contextmanager
    def connect(self, _destination: Destination) -> Iterator["Server"]:
        yield self

    def request(
        self, method: str, url: str, *, headers: dict[str, str], body: bytes = b""
    ) -> Reply:
        self.calls.append(method)
        assert url == f"https://ivan.example/goi/{parcel().id}"
        if method == "PUT":
            self.filed.append(body)
            if self.cut:
                self.cut = False
                raise Transient("gateway.cut")
        if not self.filed:
            return Reply(status=404, headers={}, body=b"")
        told = {"trangThai": "dang-xu-ly", "maGiaoDich": "VD-1"}
        told["thongBao"] = b64encode(b"<BHXH/>").decode()
        said = {"content-type": "application/json"}
        return Reply(status=200, headers=said, body=json.dumps(told).encode())


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


@pytest.fixture
def vidu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The example as pip would have installed it."""
    (tmp_path / "ivan_vidu.py").write_text(block("python"), encoding="utf-8")
    about = tmp_path / "ivan_vidu-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: ivan-vidu\nVersion: 1.0\n")
    (point,) = re.findall(r'^vidu = "(.+)"$', block("toml"), re.MULTILINE)
    (about / "entry_points.txt").write_text(f"[{GROUP}]\nvidu = {point}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("ivan_vidu", None)


def sent(outbox: MemoryOutbox, adapters: Adapters) -> Settlement:
    (settlement,) = drain(
        outbox, adapters.gateway, judge, now=Clock(), parcel_id=parcel().id, at_once=1
    )
    return settlement


def over(server: Server) -> Adapters:
    return Adapters(server)  # type: ignore[arg-type]  # the line's connect is all it uses


@pytest.mark.usefixtures("vidu")
def test_the_example_is_found_and_sends() -> None:
    server, outbox = Server(), MemoryOutbox.holding([parcel(destination=THERE)])
    adapters = over(server)
    settlement = sent(outbox, adapters)
    assert (settlement.state, settlement.transaction) == (ParcelState.SENT, "VD-1")
    assert server.filed == [CONTENT]
    assert outbox.only.upload_url == f"https://ivan.example/goi/{parcel().id}"


@pytest.mark.usefixtures("vidu")
def test_after_a_cut_the_example_is_asked_and_nothing_is_filed_twice() -> None:
    server, outbox = Server(cut=True), MemoryOutbox.holding([parcel(destination=THERE)])
    adapters = over(server)
    assert sent(outbox, adapters).outcome == "gateway.cut"
    assert sent(outbox, adapters).state is ParcelState.SENT
    assert server.calls == ["PUT", "GET"]
    assert server.filed == [CONTENT]


@pytest.mark.usefixtures("vidu")
def test_what_never_arrived_is_sent_after_asking() -> None:
    server = Server()
    outbox = MemoryOutbox.holding([parcel(destination=THERE, attempts=1)])
    assert sent(outbox, over(server)).state is ParcelState.SENT
    assert server.calls == ["GET", "PUT"]


def test_metadata_that_cannot_be_read_is_a_named_fault_too() -> None:
    def unreadable() -> list[EntryPoint]:
        raise OSError

    adapters = Adapters(Line(secrets=None), unreadable)  # type: ignore[arg-type]  # never asked
    assert tried(adapters).outcome == "gateway.plug_in"
    ours = adapters.gateway(Destination(url="https://127.0.0.1:1", ca_pem=""))
    assert isinstance(ours, HttpGateway)


# ---- others


class Point:
    """An entry point that does what it is told to when it is loaded."""

    def __init__(self, name: str, load: Callable[[], object]) -> None:
        self.name = name
        self.load = load


def adapters_with(*points: Point) -> Adapters:
    return Adapters(Line(secrets=None), lambda: points)  # type: ignore[arg-type,return-value]  # stand-ins


def raising(error: BaseException) -> Callable[..., object]:
    def act(*_given: object, **_named: object) -> object:
        raise error

    return act


@dataclass
class Made:
    """A gateway that delivers as it is told to."""

    deliver: Callable[..., object]


def point(deliver: Callable[..., object]) -> Point:
    return Point("bad", lambda: lambda _destination, _line: Made(deliver))


BAD = Destination(url="https://ivan.example", ca_pem="", adapter="bad")


def tried(adapters: Adapters, destination: Destination = BAD) -> Settlement:
    return sent(MemoryOutbox.holding([parcel(destination=destination)]), adapters)


def test_our_own_needs_no_metadata_and_nobody_takes_its_name() -> None:
    impostor = Point("gateway", raising(AssertionError("loaded")))
    adapters = adapters_with(impostor)
    ours = adapters.gateway(Destination(url="https://127.0.0.1:1", ca_pem=""))
    assert isinstance(ours, HttpGateway)
    assert ours.idempotent


def test_our_own_is_registered_for_others_to_see() -> None:
    text = (DOC.parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'[project.entry-points."{GROUP}"]\ngateway = "desktop.gateways:own"' in text
    assert {one.group for one in installed()} <= {GROUP}


@pytest.mark.parametrize(
    "bad",
    [
        Point("bad", raising(ImportError("gone"))),
        Point("bad", raising(SyntaxError("what"))),
        Point("bad", lambda: raising(ValueError("no"))),
        Point("bad", lambda: None),
        point(raising(RuntimeError("boom"))),
        point(lambda *_a, **_n: "accepted"),
    ],
)
def test_a_broken_one_is_a_named_fault_of_its_parcel(bad: Point) -> None:
    settlement = tried(adapters_with(bad))
    assert (settlement.state, settlement.outcome) == (ParcelState.FAILED, "gateway.plug_in")
    assert settlement.detail.startswith("adapter=bad; kind=")


def test_one_that_is_not_installed_is_named_too() -> None:
    settlement = tried(adapters_with())
    assert (settlement.state, settlement.outcome) == (ParcelState.FAILED, "gateway.no_adapter")


def test_its_own_faults_keep_their_meaning() -> None:
    busy = tried(adapters_with(point(raising(Transient("gateway.busy", retry_after=9)))))
    assert (busy.state, busy.outcome) == (ParcelState.WAITING, "gateway.busy")
    refused = tried(adapters_with(point(raising(Permanent("gateway.refused")))))
    assert (refused.state, refused.outcome) == (ParcelState.FAILED, "gateway.refused")


@pytest.mark.parametrize("swallows", [True, False])
def test_a_cancel_goes_through_it(swallows: bool) -> None:
    class Cancelled(Exception):
        pass

    def deliver(
        _parcel: Parcel, _content: bytes, *, progress: Callable[[int, int], None], **_named: object
    ) -> object:
        try:
            progress(0, 1)
        except Cancelled:
            if not swallows:
                raise
        raise RuntimeError("confused")

    outbox = MemoryOutbox.holding([parcel(destination=BAD)])
    with pytest.raises(Cancelled):
        drain(
            outbox,
            adapters_with(point(deliver)).gateway,
            judge,
            now=Clock(),
            progress=raising(Cancelled()),  # type: ignore[arg-type]  # raises whatever it is told
        )
    assert outbox.only.state is ParcelState.WAITING


def test_only_who_says_so_is_trusted_to_file_once() -> None:
    silent: Gateway = adapters_with(point(lambda: None)).gateway(BAD)
    assert not silent.idempotent


def test_practice_uses_its_own_way_alone(desk: Desk) -> None:
    there = Destination(url="https://127.0.0.1:1", ca_pem="", adapter="vidu")
    with pytest.raises(UsageFault, match=r"practice\.loopback_only"):
        desk.services.enqueue(desk.signed(), there)


@pytest.fixture
def desk() -> Desk:
    return Desk()


# ---- mailboxes


PAPER = PostedFile(id="1", name="a.pdf", size=3, sha256=sha256(b"abc").hexdigest())
EMPTY = Posts(items=(), cursor="", more=False)


@dataclass
class MadeWithMail:
    """A gateway that has notices too."""

    found: object = EMPTY
    content: object = b"abc"

    def posts(self, *, unit_code: str, tax_code: str, cursor: str) -> object:
        return self.found

    def fetch(self, file: PostedFile) -> object:
        return self.content


def with_mail(made: object) -> Adapters:
    return adapters_with(Point("bad", lambda: lambda _destination, _line: made))


def test_a_gateway_that_is_a_mailbox_too_is_asked() -> None:
    mailbox = with_mail(MadeWithMail()).mailbox(BAD)
    assert mailbox.posts(unit_code="ZZ", tax_code="99", cursor="") == EMPTY
    assert mailbox.fetch(PAPER) == b"abc"
    ours = with_mail(None).mailbox(Destination(url="https://127.0.0.1:1", ca_pem=""))
    assert isinstance(ours, HttpMailbox)


def test_a_way_of_sending_without_a_mailbox_is_said() -> None:
    with pytest.raises(UsageFault, match=r"inbox\.no_mailbox"):
        adapters_with(point(raising(AssertionError()))).mailbox(BAD)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (MadeWithMail(found=[]), "gateway.plug_in"),
        (MadeWithMail(content="abc"), "gateway.plug_in"),
        (MadeWithMail(content=b"abd"), "gateway.rubbish"),
    ],
)
def test_what_a_strange_mailbox_gives_is_looked_at(made: MadeWithMail, code: str) -> None:
    mailbox = with_mail(made).mailbox(BAD)

    def ask() -> bytes:
        mailbox.posts(unit_code="ZZ", tax_code="99", cursor="")
        return mailbox.fetch(PAPER)

    with pytest.raises((Permanent, Transient), match=code):
        ask()
