"""The JSON shapes of README, made from the values of the rooms. Nothing is looked up here."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from desktop.services.api import Remark, VerifiedFile
from desktop.services.ports import JournalEntry, StoredFile
from desktop.signature_words import fault_params, weak_points
from forms.findings import Finding
from forms.model import Dossier, Unit
from resources.faults import Fault
from resources.messages import text
from signing.model import CertificateInfo, SignatureReport, TokenSlot
from signing.standing import Standing
from signing.trust.known import KnownRoot
from sync.model import Parcel

Json = dict[str, Any]


def moment(value: datetime | None) -> str | None:
    return value.isoformat(timespec="seconds") if value else None


def finding(value: Finding, lang: str) -> Json:
    return {
        "code": value.code,
        "severity": value.severity.value,
        "sheet": value.sheet,
        "row": value.row,
        "column": value.column,
        "field": value.field,
        "params": dict(value.params),
        "message": text(value.code, lang, **value.params),
    }


def findings(values: Iterable[Finding], lang: str) -> list[Json]:
    return [finding(value, lang) for value in values]


def failure(dossier_id: str | None, fault: Fault | None, lang: str) -> Json | None:
    """At which dossier a batch stopped, and why."""
    if fault is None:
        return None
    message = text(fault.code, lang, **fault.params)
    return {"id": dossier_id, "code": fault.code, "message": message, "sort": fault.sort.value}


def remarks(values: Iterable[Remark], lang: str) -> list[Json]:
    return [
        {
            "code": value.code,
            "params": dict(value.params),
            "message": text(value.code, lang, **value.params),
        }
        for value in values
    ]


def unit(value: Unit) -> Json:
    return {
        "code": value.code,
        "name": value.name,
        "tax_code": value.tax_code,
        "agency": value.agency,
        "region": value.region,
        "signer": value.signer,
        "phone": value.phone,
    }


def file(value: StoredFile) -> Json:
    content = value.signed if value.signed is not None else value.form.content
    return {
        "name": value.form.name,
        "kind": value.form.kind.value,
        "form": value.form.form_code,
        "size": len(content),
        "signed": value.signed is not None,
    }


def dossier(value: Dossier, files: Sequence[StoredFile]) -> Json:
    return {
        "id": value.id,
        "unit": value.unit_code,
        "period": value.period.iso,
        "procedure": value.procedure,
        "batch": value.batch,
        "state": value.state.value,
        "files": [file(each) for each in files],
        "transaction": value.transaction,
        "number": value.number,
        "rules": value.rules_hash,
    }


def journal(entries: Iterable[JournalEntry], lang: str) -> list[Json]:
    return [
        {
            "at": moment(entry.at),
            "event": entry.event,
            "message": text(entry.event, lang),
            "before": entry.before.value if entry.before else None,
            "after": entry.after.value if entry.after else None,
            "detail": entry.detail,
        }
        for entry in entries
    ]


def certificate(value: CertificateInfo, now: datetime) -> Json:
    return {
        "serial": value.serial,
        "common_name": value.common_name,
        "subject": value.subject,
        "issuer": value.issuer,
        "tax_code": value.tax_code,
        "not_before": moment(value.not_before),
        "not_after": moment(value.not_after),
        "key_bits": value.key_bits,
        "valid_now": value.valid_at(now),
    }


def signature(value: SignatureReport, now: datetime) -> Json:
    known = value.certificate
    signed_at = value.signing_time
    return {
        "node": value.node,
        "intact": value.intact.value,
        "strict": value.strict,
        "quirks": list(value.quirks),
        "signer": known.common_name if known else None,
        "tax_code": known.tax_code if known else None,
        "certificate": {
            **certificate(known, now),
            "valid_at_signing": known.valid_at(signed_at) if signed_at else None,
        }
        if known
        else None,
        "chain": chain(value.standing),
        "revocation": revocation(value.standing),
        "algorithms": list(value.algorithms),
        "weak": list(weak_points(value)),
        "signing_time": moment(signed_at),
        "signing_time_protected": value.signing_time_protected,
        "signing_time_stamped_by": value.stamped_by or None,
        "covers_whole_file": value.whole_file,
    }


def chain(value: Standing | None) -> Json | None:
    """None where there is no certificate."""
    if value is None:
        return None
    found = value.chain
    return {
        "status": found.status.value,
        "status_now": value.chain_now.value,
        "anchor": found.anchor,
        "group": found.group.value if found.group else None,
        "path": list(found.path),
    }


def revocation(value: Standing | None) -> Json | None:
    if value is None:
        return None
    found = value.revocation
    return {
        "status": found.status.value,
        "checked_by": found.checked_by,
        "at": moment(found.at),
        "reason": found.reason,
        "revoked_at": moment(found.revoked_at),
        "issuers": found.issuers.value,
    }


def known_root(value: KnownRoot) -> Json:
    return {
        "name": value.name,
        "kind": value.kind,
        "group": value.group.value if value.group else None,
        "sha256": value.sha256,
        "not_before": moment(value.not_before),
        "not_after": moment(value.not_after),
    }


def verified_file(value: VerifiedFile, now: datetime, lang: str) -> Json:
    return {
        "file": str(value.file),
        "fault": value.fault,
        "message": text(value.fault, lang, **fault_params(value)) if value.fault else None,
        "signatures": [signature(each, now) for each in value.signatures],
    }


def slot(value: TokenSlot, now: datetime) -> Json:
    return {
        "slot": value.slot,
        "label": value.label,
        "manufacturer": value.manufacturer,
        "model": value.model,
        "serial": value.serial,
        "pin": {
            "count_low": value.pin_count_low,
            "final_try": value.pin_final_try,
            "locked": value.pin_locked,
            "pad": value.has_pin_pad,
        },
        "needs_login_to_list": value.needs_login_to_list,
        "certificates": [
            {
                **certificate(each.certificate, now),
                "key_id": each.key_id,
                "has_private_key": each.has_private_key,
            }
            for each in value.certificates
        ],
    }


def parcel(value: Parcel) -> Json:
    return {
        "id": value.id,
        "dossier": value.dossier_id,
        "gateway": value.destination.url,
        "file": value.file_name,
        "sha256": value.sha256,
        "size": value.size,
        "state": value.state.value,
        "handed_over": value.handed_over,
        "attempts": value.attempts,
        "next_try": None if value.handed_over else moment(value.next_try),
        "transaction": value.transaction,
    }
