"""What is tried of the built program, in order; later ones use what earlier ones left."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree

from cryptography.hazmat.primitives.serialization import Encoding

from desktop.practice.sample import sample_unit
from tests.fakes.certificates import unit_identity
from tests.fakes.softhsm import MODULE, PIN, soft_token
from tests.frozen.program import PATIENCE, Program, expect

UNIT, TAX_CODE = "ZZ0001Z", sample_unit().tax_code
PERIOD = f"{datetime.now(UTC):%Y-%m}"
DOSSIER = f"{UNIT}-{PERIOD}-600-1"
PAGES = 10
PASSWORD = "mat-khau-luyen-tap"
PLUG_IN = """
import sync.replies
from sync.errors import Permanent

class Beside:
    idempotent = False

    def __init__(self, destination, line):
        pass

    def deliver(self, parcel, content, *, remember_upload, progress):
        raise Permanent("gateway.refused")

    ask = deliver
"""
ENTRY_POINT = "[tokhai.gateways]\nbeside = tokhai_beside:Beside\n"


def demo(program: Program) -> str:
    """Resources, database steps, Excel, XML, signatures, the practice gateway, the cover in PDF."""
    said = program.json("demo", "--keep", program.place / "demo")
    expect(said["state"] == "accepted", f"state {said['state']}")
    expect(any(str(each).endswith(".pdf") for each in said["files"]), "no cover in PDF")
    return f"{len(said['steps'])} steps, {said['number']}"


def sample(program: Program) -> str:
    """A practice folder with a dossier that is built."""
    options = ("--practice", "--data", _data(program))
    out = program.place / "sample"
    program.run(*options, "practice", "sample", "--out", out, "--pin-stdin", given=PASSWORD)
    made = program.json(
        *options, "import", out / "danh-sach-mau.xlsx", "--unit", UNIT, "--period", PERIOD
    )
    program.run(*options, "build", "--unit", UNIT, "--period", PERIOD)
    expect(made["id"] == DOSSIER, made["id"])
    return DOSSIER


def paper(program: Program) -> str:
    """Layouts, fonts and the PDF library's own data."""
    out = program.place / "paper"
    program.run(*("--practice", "--data", _data(program), "print", DOSSIER, "--out", out))
    made = sorted(out.rglob("*.pdf"))
    expect(bool(made), "no form in PDF")
    for each in made:
        content = each.read_bytes()
        expect(content.startswith(b"%PDF-") and b"/FontFile2" in content, f"{each.name}: no font")
    return ", ".join(each.name for each in made)


def token(program: Program) -> str:
    """The program starts itself as the token agent, which loads a driver and signs."""
    if not MODULE.exists():
        return "left out, no SoftHSM2 here"
    made = soft_token(program.place / "softhsm")
    program.variables["SOFTHSM2_CONF"] = str(made.settings)
    made.add_token()
    now = datetime.now(UTC)
    made.put(
        unit_identity(
            user_ids=(f"MST:{TAX_CODE}",),
            not_before=now - timedelta(days=1),
            not_after=now + timedelta(days=100),
        )
    )
    program.run("token", "list", "--module", MODULE)
    bundle = program.place / "bundle.zip"
    program.run("token", "doctor", "--module", MODULE, "--bundle", bundle)
    expect(bundle.stat().st_size > 0, "an empty bundle")
    _signed(program, "--practice", "--data", _data(program))
    return "listed, examined, signed with"


def _signed(program: Program, *options: str | Path) -> None:
    with_token = ("sign", DOSSIER, "--module", MODULE, "--pin-stdin")
    signed = program.json(*options, *with_token, given=PIN)
    expect(signed["state"] == "signed", f"state {signed['state']}")


def secrets(program: Program) -> str:
    """The system has a store of secrets or it has none: either is told in our words."""
    asked = ("secret", "proxy", "proxy.invalid:8080", "--user", "thu", "--pin-stdin")
    ended = program.run(*asked, given="khong-co-that", codes=(0, 3))
    if ended.returncode == 0:
        program.run("secret", "proxy", "proxy.invalid:8080", "--forget")
    return ("kept and forgotten", "", "", "this system has no store")[ended.returncode]


def inbox(program: Program) -> str:
    options = ("--practice", "--data", _data(program))
    program.run(*options, "send", DOSSIER)
    letters = program.json(*options, "inbox", "--fetch")["letters"]
    expect(bool(letters), "no letter")
    return f"{len(letters)} letters"


def law(program: Program) -> str:
    """Dated tables, days off of the holidays library."""
    rates = program.json("rates", "--month", PERIOD)["rows"]
    due = program.json("due", "--month", PERIOD)["due"]
    expect(bool(rates), "no rates")
    return f"{len(rates)} rates, due {due}"


def serve(program: Program) -> str:
    """Runs until it is stopped."""
    command = [str(program.console), "practice", "serve", "--data", str(program.place / "serve")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env=program.environment, encoding="utf-8"
    ) as running:
        line = running.stdout.readline() if running.stdout else ""
        running.terminate()
        running.wait(PATIENCE)
    expect("https://127.0.0.1:" in line, f"said {line!r}")
    return line.split(".")[0]


def plug_in(program: Program) -> str:
    """A way of sending of another program, found in the folder beside the program."""
    if not MODULE.exists():
        return "left out, no SoftHSM2 here"
    beside = program.folder / "gateways"
    expect(not beside.exists(), f"{beside} is in the way")
    named = beside / "beside-1.0.dist-info"
    named.mkdir(parents=True)
    try:
        (beside / "tokhai_beside.py").write_text(PLUG_IN, encoding="utf-8")
        (named / "METADATA").write_text("Metadata-Version: 2.1\nName: beside\nVersion: 1.0\n")
        (named / "entry_points.txt").write_text(ENTRY_POINT)
        attempt = _sent_beside(program)
    finally:
        rmtree(beside)
    expect("gateway.refused" in attempt, attempt)
    return "found, and asked to send"


def _sent_beside(program: Program) -> str:
    """Out of a folder that is not for practice, to an address that nobody has."""
    options = ("--data", program.place / "real")
    named = {"code": UNIT, "name": "Mây (không có thật)", "tax-code": TAX_CODE, "agency": "079"}
    more = {"region": "1", "signer": "Ngô Văn Mây", "phone": "0900000001"}
    words = [word for key, value in {**named, **more}.items() for word in (f"--{key}", value)]
    program.run(*options, "unit", "add", *words)
    workbook = program.place / "sample" / "danh-sach-mau.xlsx"
    made = program.json(*options, "import", workbook, "--unit", UNIT, "--period", PERIOD)
    program.run(*options, "build", "--unit", UNIT, "--period", PERIOD)
    _signed(program, *options)
    authority = program.place / "authority.pem"
    authority.write_bytes(unit_identity().certificate.public_bytes(Encoding.PEM))
    where = ("--gateway", "https://127.0.0.1:9", "--ca", authority, "--adapter", "beside")
    sent = program.run(*options, "--json", "send", made["id"], *where, codes=(0, 1, 3))
    return sent.stdout + sent.stderr


def window(program: Program) -> str:
    """Every page is made and drawn: Qt's plug-ins, fonts, icons, words in both languages."""
    program.variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    pictures = program.place / "pictures"
    options = ("--practice", "--data", program.place / "window", "--shots", pictures)
    program.start(program.window, *options)
    made = sorted(pictures.rglob("*.png"))
    expect(len(made) >= PAGES, f"{len(made)} pictures")
    return f"{len(made)} pictures"


def _data(program: Program) -> Path:
    return program.place / "practice"


TRIALS: dict[str, Callable[[Program], str]] = {
    "demo": demo,
    "law": law,
    "sample": sample,
    "paper": paper,
    "token": token,
    "secrets": secrets,
    "inbox": inbox,
    "serve": serve,
    "plug-in": plug_in,
    "window": window,
}
