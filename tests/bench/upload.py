"""An upload against curl: the same bytes to the same TLS server on this computer.

Seconds of the clock, not of the processor: most of an upload is the other side's work. Ours holds
all that a try needs (handshake, what the gateway offers, creation, offset, pieces); curl sends one
request with everything to an upload that was created for it.
"""

import shutil
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Thread
from time import perf_counter

from sync.model import Destination
from sync.pace import Pace
from sync.transport import HttpsTransport
from sync.tus import TusUpload, offer_of
from tests.bench.measure import Measure
from tests.sync.reference import missing, reference
from tests.sync.tls import LOOPBACK, authority, server_paper

MEGABYTES = 64
ROUNDS = 7
TARGET = 1.25
"""times the seconds of curl: 0.8 of its throughput"""
PIECE = 1024 * 1024
Served = Callable[[Path], AbstractContextManager[int]]


def measure_upload() -> Iterator[Measure]:
    """Nothing where there is no curl to measure against."""
    if shutil.which("curl") is None:
        return
    yield measured("bare server", bare_server)
    if not missing():
        yield measured("@tus/server", reference)


def measured(name: str, serve: Served) -> Measure:
    with TemporaryDirectory() as folder:
        here = Path(folder)
        package = here / "package"
        package.write_bytes(Random(MEGABYTES).randbytes(MEGABYTES * 1024 * 1024))
        (here / "ca.pem").write_text(authority().pem)
        with serve(here / "server") as port:
            turns = [
                (by_curl(here, port), by_us(package.read_bytes(), port)) for _ in range(ROUNDS)
            ]
    bare, job = (min(each) for each in zip(*turns, strict=True))
    return Measure(
        name=f"upload of {MEGABYTES} MB to {name}",
        yardstick="curl",
        job=job,
        bare=bare,
        target=TARGET,
    )


def by_us(content: bytes, port: int) -> float:
    began = perf_counter()
    with connected(port) as http:
        endpoint = f"https://{LOOPBACK}:{port}/files"
        transfer = TusUpload(http, content, pace=Pace(), offer=offer_of(http, endpoint))
        url = transfer.create(endpoint, file_name="package", parcel_id="bench")
        transfer.send(url, lambda _done, _whole: None)
    return perf_counter() - began


def by_curl(folder: Path, port: int) -> float:
    package = folder / "package"
    with connected(port) as http:
        transfer = TusUpload(http, package.read_bytes())
        url = transfer.create(
            f"https://{LOOPBACK}:{port}/files", file_name="package", parcel_id="bench"
        )
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
        "Expect": "",
    }
    named = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}".strip())]
    command = ["curl", "-sS", "--fail", "--cacert", folder / "ca.pem", *named]
    began = perf_counter()
    subprocess.run([*command, "-X", "PATCH", "-T", package, url], check=True)
    return perf_counter() - began


def connected(port: int) -> HttpsTransport:
    return HttpsTransport(Destination(url=f"https://{LOOPBACK}:{port}", ca_pem=authority().pem))


class Uploads(BaseHTTPRequestHandler):
    """The core of tus with nothing behind it: bytes are counted and thrown away."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    offsets: dict[str, int]
    numbers: "count[int]"

    def do_OPTIONS(self) -> None:
        self._answer(204)

    def do_POST(self) -> None:
        path = f"/files/{next(self.numbers)}"
        self.offsets[path] = 0
        self._answer(201, Location=path)

    def do_HEAD(self) -> None:
        self._answer(200, Upload_Offset=str(self.offsets[self.path]))

    def do_PATCH(self) -> None:
        left = int(self.headers["Content-Length"])
        while left:
            left -= len(self.rfile.read(min(PIECE, left)))
        self.offsets[self.path] += int(self.headers["Content-Length"])
        self._answer(204, Upload_Offset=str(self.offsets[self.path]))

    def _answer(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 204:
            self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is said while it is measured."""


@contextmanager
def bare_server(folder: Path) -> Iterator[int]:
    """In a process of its own, so that it takes no turns with our client."""
    folder.mkdir()
    pem = server_paper().write(folder)
    command = [sys.executable, "-m", "tests.bench.upload", pem]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin
        assert process.stdout
        yield int(process.stdout.readline())
        process.stdin.close()


def serve_until_told(pem: str) -> None:
    handler = type("Handler", (Uploads,), {"offsets": {}, "numbers": count()})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with ThreadingHTTPServer((LOOPBACK, 0), handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        print(server.server_address[1], flush=True)  # noqa: T201 - who started it reads it
        sys.stdin.read()
        server.shutdown()


if __name__ == "__main__":
    serve_until_told(sys.argv[1])
