"""What we sign, others accept; what was changed since, they refuse as we do."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from signing.model import Intact
from signing.verify import verify_document
from tests.fakes import santuario
from tests.fakes.certificates import unit_identity
from tests.fakes.documents import form, signed_envelope, signed_form

RIGHT = {
    "rsa-2048": signed_form(form(rows=3)),
    "rsa-3072": signed_form(signer=unit_identity(key_name="long", bits=3072).signer),
    "p-256": signed_form(signer=unit_identity(elliptic=True).signer),
    "p-384": signed_form(signer=unit_identity(elliptic=True, curve=ec.SECP384R1).signer),
    "envelope": signed_envelope({"D02-TS-595.xml": signed_form(), "a.pdf": b"%PDF"}),
}
CHANGED = {
    name: document.replace(b"</NoiDung>", b" </NoiDung>") for name, document in RIGHT.items()
}
ALL = {**RIGHT, **{f"{name} changed": document for name, document in CHANGED.items()}}
EXPECTED = {name: name in RIGHT for name in ALL}


def written(folder: Path) -> dict[str, Path]:
    for name, document in ALL.items():
        (folder / f"{name}.xml").write_bytes(document)
    return {name: folder / f"{name}.xml" for name in ALL}


def test_ourselves() -> None:
    reports = {name: verify_document(document) for name, document in ALL.items()}
    intact = {name: one.intact is Intact.YES and one.strict for name, (one,) in reports.items()}
    assert intact == EXPECTED


@pytest.mark.skipif(shutil.which("xmlsec1") is None, reason="xmlsec1 is not installed")
def test_xmlsec1(tmp_path: Path) -> None:
    def accepts(file: Path) -> bool:
        command = ["xmlsec1", "--verify", "--insecure", str(file)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    assert {name: accepts(file) for name, file in written(tmp_path).items()} == EXPECTED


def test_santuario(tmp_path: Path) -> None:
    if not santuario.is_there():
        pytest.skip("no JDK with Apache Santuario is installed")
    files = written(tmp_path)
    assert dict(zip(files, santuario.verdicts(list(files.values()), tmp_path), strict=True)) == (
        EXPECTED
    )
