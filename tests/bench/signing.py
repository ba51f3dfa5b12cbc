"""Writing, signing and verifying the forms of a long list; ``python -m tests.bench.signing``.

A D02 of 100,000 rows is written, signed and put into a file by processes that do nothing else,
and signed by signxml in another; one of 1,000 rows is signed by a token of SoftHSM2.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from time import perf_counter
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from desktop.practice.roster import make_roster, write_roster
from desktop.practice.sample import sample_unit
from forms.excel.workbook import read_workbook
from forms.model import Draft, Part
from forms.render import render_forms
from signing.key_kind import key_kind
from signing.tokens import open_token
from signing.verify import verify_document
from signing.xmldsig import sign_document
from tests.bench.importing import folder
from tests.bench.measure import Measure, best, by_turns, say
from tests.bench.wide import PERIOD
from tests.fakes.certificates import unit_identity, write_key_file
from tests.fakes.softhsm import MODULE, PIN, soft_token

PEOPLE = 10_000
LONG, SHORT = 100_000, 1_000
OF_SIGNXML, OF_RAW, MOST_MB = 1 / 5, 1.15, 200.0
ROUNDS = 15
FILED = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@cache
def draft() -> Draft:
    path = folder() / "roster.xlsx"
    write_roster(path, make_roster(PEOPLE, seed=PEOPLE, period=PERIOD))
    found = read_workbook(path).draft
    if found is None:
        raise RuntimeError("the roster has nobody in it")
    return found


def forms() -> dict[str, bytes]:
    rendered = render_forms(draft(), sample_unit(), PERIOD, procedure="600", filing_date=FILED)
    return {form.name: form.content for form in rendered}


def measure_render() -> Iterator[Measure]:
    rows = len(draft().rows(Part.LAO_DONG))
    content = next(iter(forms().values()))
    job, bare = by_turns(forms, lambda: etree.tostring(etree.fromstring(content), method="c14n"))
    yield Measure(
        name=f"write the forms, {rows:,} rows", yardstick="parse + C14N of D02", job=job, bare=bare
    )


def measure_sign() -> Iterator[Measure]:
    signer = unit_identity().signer
    content = forms()["D02-TS-595.xml"]

    def yardstick() -> None:
        canonical = etree.tostring(etree.fromstring(content), method="c14n")
        signer.sign(hashlib.sha256(canonical).digest())

    job, bare = by_turns(
        lambda: sign_document(content, "D02-TS/Cky", signer, signing_time=NOW), yardstick
    )
    size, against = f"{len(content) / 1e6:.1f} MB", "C14N + hash + raw signature"
    yield Measure(name=f"sign D02 of {size}", yardstick=against, job=job, bare=bare)
    signed = sign_document(content, "D02-TS/Cky", signer, signing_time=NOW)
    check = best(lambda: verify_document(signed))
    yield Measure(name=f"verify D02 of {size}", yardstick=against, job=check, bare=bare)


def measure_long() -> Iterator[Measure]:
    """Against signxml over the same document, and against the memory that is allowed."""
    plan = _plan(LONG)
    done = {job: alone(job, plan) for job in ("render", "stream", "pass_through", "by_signxml")}
    other = done["by_signxml"]["seconds"]
    title = f"D02 of {plan['unsigned'].stat().st_size / 1e6:.0f} MB"
    signing = done["stream"]["seconds"] - done["render"]["seconds"]
    yield _against(f"{title}: signed as it passes", done["pass_through"]["seconds"], other)
    yield _against(f"{title}: what signing adds to writing", signing, other)
    yield Measure(
        name=f"{title}: rows → signed file, against the same way",
        yardstick="write + signxml",
        job=done["stream"]["seconds"],
        bare=done["render"]["seconds"] + other,
    )
    for job, target in (("stream", 1.0), ("by_signxml", None)):
        yield Measure(
            name=f"{title}: peak of memory, {job}",
            yardstick="allowed",
            job=done[job]["peak"] / 1e6,
            bare=MOST_MB,
            target=target,
            unit="MB",
        )


def _against(name: str, job: float, other: float) -> Measure:
    return Measure(name=name, yardstick="signxml", job=job, bare=other, target=OF_SIGNXML)


def alone(job: str, plan: dict[str, Any]) -> dict[str, float]:
    """Seconds and bytes of a process that does nothing else."""
    path = folder() / "plan.json"
    path.write_text(json.dumps(plan, default=str), encoding="utf-8")
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.signing_alone", job, str(path)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


@cache
def _rows() -> list[dict[str, str]]:
    path = folder() / "short.xlsx"
    write_roster(path, make_roster(SHORT, seed=SHORT, period=PERIOD))
    found = read_workbook(path).draft
    if found is None:
        raise RuntimeError("the roster has nobody in it")
    return [dict(row.values) for row in found.rows(Part.LAO_DONG)]


def _plan(count: int) -> dict[str, Any]:
    identity, names = unit_identity(), ("rows", "key", "certificate", "unsigned", "signed", "other")
    plan: dict[str, Any] = {name: folder() / f"sign-{name}" for name in names}
    plan |= {"count": count, "password": "thu"}
    plan["rows"].write_text(json.dumps(_rows()), encoding="utf-8")
    write_key_file(plan["key"], identity, plan["password"])
    plan["certificate"].write_bytes(identity.certificate.public_bytes(Encoding.PEM))
    return plan


def measure_token() -> Iterator[Measure]:
    """On the clock, since the token works in a process of its own."""
    plan = _plan(SHORT)
    alone("render", plan)
    content = plan["unsigned"].read_bytes()
    token = soft_token(folder() / "softhsm")
    os.environ["SOFTHSM2_CONF"] = str(token.settings)
    token.add_token()
    token.put(unit_identity())
    with open_token(MODULE, PIN) as signer:
        tree = etree.fromstring(content)
        digest = key_kind(signer.certificate).digest(content)
        raw = raw_signing(digest)
        jobs = (
            lambda: sign_document(content, "D02-TS/Cky", signer, signing_time=NOW),
            lambda: hashlib.sha256(etree.tostring(tree, method="c14n")).digest(),
            raw,
        )
        step, canonical, bare = (min(_elapsed(job) for _ in range(ROUNDS)) for job in jobs)
    yield Measure(
        name=f"D02 of {len(content) / 1e6:.1f} MB: whole step with a token",
        yardstick=f"raw {bare * 1e3:.1f} + C14N + SHA-256",
        job=step * 1e3,
        bare=(bare + canonical) * 1e3,
        target=OF_RAW,
        unit="ms",
    )


def _elapsed(job: Callable[[], object]) -> float:
    start = perf_counter()
    job()
    return perf_counter() - start


def raw_signing(digest: bytes) -> Callable[[], object]:
    """The token's own work, called without anything between."""
    import PyKCS11

    from signing.digest_info import sha256_digest_info

    library = PyKCS11.PyKCS11Lib()
    library.load(str(MODULE))
    session = library.openSession(library.getSlotList(tokenPresent=True)[0])
    session.login(PIN)
    (key,) = session.findObjects([(PyKCS11.CKA_CLASS, PyKCS11.CKO_PRIVATE_KEY)])
    octets = sha256_digest_info(digest)
    return lambda: session.sign(key, octets, PyKCS11.Mechanism(PyKCS11.CKM_RSA_PKCS))


if __name__ == "__main__":
    for measure in (*measure_token(), *measure_long()):
        say(measure)
