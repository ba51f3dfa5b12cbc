"""One way of signing a long D02 in a process of its own, for its time and its peak of memory.

``python -m tests.bench.signing_alone JOB PLAN``; PLAN is a JSON file that the bench writes. Rows
are held as a store holds them, packed; nothing but the job is loaded.
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path
from time import process_time
from typing import Any

from tests.bench.alone import peak_bytes

NOW = datetime(2026, 11, 22, tzinfo=UTC)
FILED = date(2026, 11, 22)
PIECE = 1024 * 1024
Plan = dict[str, Any]


def stream(plan: Plan) -> float:
    """Rows → signed file, the document never held."""
    from signing.streaming import SigningSink

    rows, signer = packed(plan), software_signer(plan)
    start = process_time()
    with Path(plan["signed"]).open("wb", buffering=PIECE) as out:
        sink = SigningSink(out, "D02-TS/Cky")
        write(sink, rows)
        sink.finish(signer, signing_time=NOW)
    return process_time() - start


def render(plan: Plan) -> float:
    """The same rows → file, unsigned."""
    rows = packed(plan)
    start = process_time()
    with Path(plan["unsigned"]).open("wb", buffering=PIECE) as out:
        write(out, rows)
    return process_time() - start


def pass_through(plan: Plan) -> float:
    """A document that is written already → signed file: the signing alone."""
    from signing.streaming import SigningSink

    signer = software_signer(plan)
    start = process_time()
    with (
        Path(plan["unsigned"]).open("rb") as source,
        Path(plan["signed"]).open("wb", buffering=PIECE) as out,
    ):
        sink = SigningSink(out, "D02-TS/Cky")
        while piece := source.read(PIECE):
            sink.write(piece)
        sink.finish(signer, signing_time=NOW)
    return process_time() - start


def by_signxml(plan: Plan) -> float:
    """The same document as signxml signs it: parsed, signed, written."""
    from lxml import etree
    from signxml import CanonicalizationMethod, XMLSigner
    from signxml.algorithms import DigestAlgorithm, SignatureMethod

    signer = software_signer(plan)
    xml = XMLSigner(
        signature_algorithm=SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0,
    )
    pem = Path(plan["certificate"]).read_bytes()
    start = process_time()
    tree = etree.parse(plan["unsigned"], etree.XMLParser(huge_tree=True))
    signed = xml.sign(tree.getroot(), key=signer.key, cert=pem)
    etree.ElementTree(signed).write(plan["other"], encoding="utf-8", xml_declaration=True)
    return process_time() - start


def packed(plan: Plan) -> Any:
    from forms.model import Row
    from forms.packed import PackedRows

    values = json.loads(Path(plan["rows"]).read_text(encoding="utf-8"))

    def rows() -> Iterator[Row]:
        for line, each in enumerate(islice(cycle(values), plan["count"]), 4):
            yield Row(line, each)

    return PackedRows.of(rows())


def write(out: Any, rows: Any) -> None:
    from forms import catalog
    from forms.xml.rendering import Content, write_document

    version = catalog.form("D02-TS", filing_date=FILED)
    about = {"ma_don_vi": "ZZ0001Z", "ky_ke_khai": "11/2026"}
    content = Content(values=about, lists={version.definition.part: rows})
    write_document(out, version.wire, content)


def software_signer(plan: Plan) -> Any:
    from signing.key_file import open_key_file

    with open_key_file(Path(plan["key"]), plan["password"]) as signer:
        return signer


JOBS: dict[str, Callable[[Plan], float]] = {
    "stream": stream,
    "render": render,
    "pass_through": pass_through,
    "by_signxml": by_signxml,
}

if __name__ == "__main__":
    job, path = sys.argv[1:]
    seconds = JOBS[job](json.loads(Path(path).read_text(encoding="utf-8")))
    sys.stdout.write(json.dumps({"seconds": seconds, "peak": peak_bytes()}))
