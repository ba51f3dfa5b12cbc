"""What the practice gateway says in writing: signed notices of every kind (wire format §5.4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from desktop.practice.ca import GatewayPapers, Identity, make_authority
from desktop.practice.gateway.inspection import Reason
from desktop.practice.gateway.ledger import Entry
from forms.outcomes import REFUSAL, outcomes
from forms.xml.envelope import Envelope
from forms.xml.notice import ACCEPTED, SIGN_NODE, Notice, NoticeRow, write_notice
from resources.messages import text
from signing.xmldsig import sign_document

VIETNAM = timezone(timedelta(hours=7))
MOST_IN_A_ROW = 1000
"""characters of one ROW_CTIET"""


def number_of(serial: int, year: int, agency: str) -> str:
    """Số hồ sơ ``nnnnn/yyyy/ccccc`` (wire format §5.2)."""
    return f"{serial:05}/{year}/{agency}"


def reasons_in_words(reasons: Sequence[Reason]) -> list[str]:
    return [text(reason.code, "vi", **reason.params) for reason in reasons]


def notice_about(
    entry: Entry, envelope: Envelope | None, *, signer: Identity, now: datetime
) -> Notice:
    """The facts of the parcel; the result is still to be filled in."""
    files = [packed.name for packed in envelope.files] if envelope else []
    rows = [NoticeRow(name=name, count=1) for name in files]
    rows.append(NoticeRow(name=f"{entry.file_name} sha256:{entry.sha256}", count=1))
    return Notice(
        unit_name=envelope.unit_name if envelope else "",
        agency_name=text("gateway.practice_name", "vi"),
        unit_code=entry.unit_code,
        tax_code=entry.tax_code,
        number=entry.number or "",
        procedure_name=envelope.procedure_name if envelope else "",
        procedure=entry.procedure,
        received=now.astimezone(VIETNAM).replace(tzinfo=None),
        period=entry.period,
        transaction=entry.transaction_code,
        result_code=outcomes()[REFUSAL].code,
        result="",
        error_code="",
        error_text="",
        rows=tuple(rows),
        signer=signer.certificate.subject.rfc4514_string(),
        signer_serial=f"{signer.certificate.serial_number:X}",
    )


def accepting(notice: Notice, number: str) -> Notice:
    result = text("gateway.practice_accepted", "vi", number=number)
    return replace(notice, number=number, result_code=ACCEPTED, result=result)


def refusing(notice: Notice, reasons: Sequence[Reason]) -> Notice:
    return replace(
        notice,
        result=text("gateway.practice_refused", "vi"),
        error_code=reasons[0].code,
        error_text="\n".join(reasons_in_words(reasons)),
    )


def outcome_of(
    notice: Notice, name: str, *, result: str, rows: Sequence[str] = (), fault: str = ""
) -> Notice:
    """``rows``: what is said of single rows or files, each its own ROW_CTIET before the package's;
    ``fault``: code and words of why it is not settled."""
    said = [NoticeRow(name=row[:MOST_IN_A_ROW], count=1) for row in rows]
    return replace(
        notice,
        result_code=outcomes()[name].code,
        result=result,
        error_code=name if fault else "",
        error_text=fault,
        rows=(*notice.rows[:-1], *said, notice.rows[-1]),
    )


def signed(
    notice: Notice, signer: Identity, now: datetime, *, promised: date | None = None
) -> bytes:
    """``promised``: NGAY_TRA, the day by which a result is promised."""
    document = write_notice(replace(notice, promised=promised))
    return sign_document(document, SIGN_NODE, signer.signer, signing_time=now)


def forged(notice: Notice, papers: GatewayPapers, now: datetime) -> bytes:
    """Signed by a stranger who calls himself the same."""
    stranger = make_authority("ca", papers.authority.certificate.not_valid_before_utc)
    return signed(notice, stranger, now)
