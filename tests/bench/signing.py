"""Writing, signing and verifying the forms of a long list."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

from lxml import etree

from desktop.practice.roster import make_roster, write_roster
from desktop.practice.sample import sample_unit
from forms.excel.workbook import read_workbook
from forms.model import Draft, Part
from forms.render import render_forms
from signing.verify import verify_document
from signing.xmldsig import sign_document
from tests.bench.importing import folder
from tests.bench.measure import Measure, best, by_turns
from tests.bench.wide import PERIOD
from tests.fakes.certificates import unit_identity

PEOPLE = 10_000
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
