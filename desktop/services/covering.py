"""The cover sheet of a carried dossier: what is handed over, with the fingerprint of each file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from desktop.services.moments import in_vietnam
from forms.cover import CoveredFile, CoverSheet
from forms.model import Dossier, Unit
from signing.model import SignatureReport

Words = Callable[[str, Mapping[str, str | int]], str]
"""(code, params) → the sentence in the language of the program"""
WriteCover = Callable[[CoverSheet], bytes]

COVER = "PHIEU-BAN-GIAO.pdf"
_PLACES = ("cover.hands_over", "cover.takes_over")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a cover sheet is about."""

    dossier: Dossier
    unit: Unit
    procedure_name: str
    files: Sequence[tuple[str, bytes]]
    titles: Mapping[str, str]
    """file name → what it is"""
    signatures: Sequence[SignatureReport]
    """of the package and the forms in it"""
    now: datetime


def cover_of(carried: Carried, words: Words) -> CoverSheet:
    return CoverSheet(
        title=words("cover.title", {}),
        facts=tuple(_facts(carried, words)),
        files_title=words("cover.files", {"count": len(carried.files)}),
        files=tuple(_files(carried, words)),
        signers_title=words("cover.signers", {}),
        signers=tuple(_signers(carried, words)) or (words("cover.no_signer", {}),),
        note=words("cover.note", {}),
        places=tuple((words(code, {}), words("cover.write", {})) for code in _PLACES),
        made=carried.now,
    )


def _facts(carried: Carried, words: Words) -> Iterator[tuple[str, str]]:
    dossier, unit = carried.dossier, carried.unit
    filed = f"{dossier.filed_on:%d/%m/%Y}" if dossier.filed_on else "-"
    for code, text in (
        ("unit", unit.name),
        ("unit_code", unit.code),
        ("tax_code", unit.tax_code),
        ("agency", unit.agency),
        ("procedure", f"{dossier.procedure} – {carried.procedure_name}"),
        ("period", dossier.period.wire),
        ("filed_on", filed),
        ("dossier", dossier.id),
        ("state", words(f"state.{dossier.state.value}", {})),
        ("number", dossier.number or "-"),
        ("made", f"{in_vietnam(carried.now):%d/%m/%Y %H:%M}"),
    ):
        yield words(f"cover.fact.{code}", {}), text


def _files(carried: Carried, words: Words) -> Iterator[CoveredFile]:
    for name, content in carried.files:
        size = f"{len(content):,}".replace(",", ".")
        about = words("cover.file", {"title": carried.titles.get(name, ""), "size": size})
        yield CoveredFile(name=name, about=about.strip(" ·"), sha256=sha256(content).hexdigest())


def _signers(carried: Carried, words: Words) -> Iterator[str]:
    """Each certificate once, with the time of its last signature."""
    last = {each.certificate.serial: each for each in carried.signatures if each.certificate}
    for serial, report in last.items():
        if report.certificate is None:
            continue
        at = report.signing_time
        params = {
            "name": report.certificate.common_name,
            "tax_code": report.certificate.tax_code or "-",
            "serial": serial,
            "at": f"{in_vietnam(at):%d/%m/%Y %H:%M}" if at else "-",
        }
        yield words("cover.signer", params)
