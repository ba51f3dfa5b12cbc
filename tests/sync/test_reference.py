"""Our client against the reference server of tus, unchanged behind TLS."""

import hashlib
import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep

import pytest

from sync.errors import Permanent, Transient
from sync.http import Body, Reply
from sync.model import Destination
from sync.pace import KIB, Pace
from sync.transport import HttpsTransport
from sync.tus import Offer, TusUpload, UploadLost, offer_of, upload
from tests.sync.reference import missing, reference
from tests.sync.tls import LOOPBACK, authority

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "it is here")

CONTENT = random.Random(20261122).randbytes(3 * 1024 * KIB + 7)
CHUNK = 256 * KIB


def quiet(_done: int, _whole: int) -> None:
    return None


@contextmanager
def connected(port: int) -> Iterator[tuple[HttpsTransport, str]]:
    """The line and the endpoint of uploads."""
    url = f"https://{LOOPBACK}:{port}"
    destination = Destination(url=url, ca_pem=authority().pem)
    with HttpsTransport(destination, connect_seconds=5, read_seconds=10) as http:
        yield http, f"{url}/files"


def created(transfer: TusUpload, endpoint: str) -> str:
    return transfer.create(endpoint, file_name="Đơn.xml", parcel_id="p-1")


def kept(folder: Path) -> list[bytes]:
    """What the server holds, without its notes."""
    files = (folder / "uploads").iterdir()
    return [file.read_bytes() for file in files if file.suffix != ".json"]


def test_a_package_arrives_whole(tmp_path: Path) -> None:
    with reference(tmp_path) as port, connected(port) as (http, endpoint):
        offer = offer_of(http, endpoint)
        transfer = TusUpload(http, CONTENT, chunk=CHUNK, offer=offer)
        url = created(transfer, endpoint)
        assert url.startswith(f"https://{LOOPBACK}:{port}/files/")
        transfer.send(url, quiet)
        assert kept(tmp_path) == [CONTENT]


def test_what_it_offers(tmp_path: Path) -> None:
    """It checks no sums, so it is sent none."""
    with reference(tmp_path, maxSize=1000) as port, connected(port) as (http, endpoint):
        offer = offer_of(http, endpoint)
        assert offer == Offer(most_bytes=1000, digest=None, terminates=True)
        with pytest.raises(Permanent) as caught:
            created(TusUpload(http, CONTENT, offer=offer), endpoint)
        assert caught.value.code == "gateway.too_large"
        with pytest.raises(Permanent) as told:
            created(TusUpload(http, CONTENT), endpoint)
        assert (told.value.code, told.value.params) == ("gateway.too_large", {"status": 413})


@contextmanager
def cutting(port: int, after: Iterator[int]) -> Iterator[int]:
    """A line to the server that goes dead after so many bytes, anew for each connection."""
    listener = socket.create_server((LOOPBACK, 0))
    listener.settimeout(0.1)
    ended = threading.Event()

    def one(client: socket.socket, most: int) -> None:
        with client, socket.create_connection((LOOPBACK, port)) as server:
            back = threading.Thread(target=pump, args=(server, client, 1 << 40), daemon=True)
            back.start()
            pump(client, server, most)
            for each in (client, server):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            back.join(5)

    def accept() -> None:
        while not ended.is_set():
            with suppress(TimeoutError):
                one(listener.accept()[0], next(after))

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        ended.set()
        thread.join(10)
        listener.close()


def pump(source: socket.socket, target: socket.socket, most: int) -> None:
    with suppress(OSError):
        while most > 0 and (piece := source.recv(min(65536, most))):
            target.sendall(piece)
            most -= len(piece)


def test_after_any_cuts_it_goes_on_and_sends_at_most_a_piece_again(tmp_path: Path) -> None:
    cuts = iter([600_000, 40_000, 1_500_000, 900_000, *[1 << 40] * 9])
    sent, tries, known = 0, 0, list[str]()
    with reference(tmp_path) as real, cutting(real, cuts) as port:
        while tries < 20:
            tries += 1
            with connected(port) as (http, endpoint), suppress(Transient):
                counted = Counting(http)
                transfer = TusUpload(counted, CONTENT, chunk=CHUNK)

                def create(transfer: TusUpload = transfer, endpoint: str = endpoint) -> str:
                    known.append(created(transfer, endpoint))
                    return known[-1]

                try:
                    last = known[-1] if known else None
                    upload(transfer, known=last, create=create, progress=quiet)
                    break
                finally:
                    sent += counted.sent
    assert kept(tmp_path) == [CONTENT]
    assert 3 <= tries < 10
    assert len(known) == 1
    assert sent <= len(CONTENT) + (tries - 1) * CHUNK


class Counting:
    """Counts the bytes of bodies that were sent."""

    def __init__(self, http: HttpsTransport) -> None:
        self._http = http
        self.sent = 0

    def request(self, method: str, url: str, *, headers: dict[str, str], body: Body = b"") -> Reply:
        self.sent += len(body)
        return self._http.request(method, url, headers=headers, body=body)


def test_another_offset_is_met_by_asking(tmp_path: Path) -> None:
    """As after a claim that was thought dead: the other program went on meanwhile."""
    with reference(tmp_path) as port, connected(port) as (http, endpoint):
        transfer = TusUpload(http, CONTENT, chunk=CHUNK)
        url = created(transfer, endpoint)

        def overtake(done: int, _whole: int) -> None:
            if done == CHUNK:
                TusUpload(http, CONTENT, chunk=3 * CHUNK)._sent(url, done)

        with suppress(Transient):  # it may hang up on a piece that it does not want
            transfer.send(url, overtake)
        transfer.send(url, quiet)
        assert kept(tmp_path) == [CONTENT]


def test_an_upload_that_is_not_there_is_lost(tmp_path: Path) -> None:
    with (
        reference(tmp_path) as port,
        connected(port) as (http, endpoint),
        pytest.raises(UploadLost),
    ):
        TusUpload(http, CONTENT).offset(f"{endpoint}/0123456789abcdef")


def test_one_given_up_is_gone(tmp_path: Path) -> None:
    with reference(tmp_path) as port, connected(port) as (http, endpoint):
        transfer = TusUpload(http, CONTENT)
        url = created(transfer, endpoint)
        assert transfer.terminate(url)
        assert transfer.terminate(url)
        with pytest.raises(UploadLost):
            transfer.offset(url)
        assert kept(tmp_path) == []


def test_one_that_expired_is_begun_anew(tmp_path: Path) -> None:
    with reference(tmp_path, expires=1000) as port, connected(port) as (http, endpoint):
        transfer = TusUpload(http, CONTENT, pace=Pace())
        old = created(transfer, endpoint)
        sleep(1.5)
        upload(
            transfer,
            known=old,
            create=lambda: created(transfer, endpoint),
            progress=quiet,
        )
        digests = {hashlib.sha256(each).hexdigest() for each in kept(tmp_path)}
    assert hashlib.sha256(CONTENT).hexdigest() in digests
