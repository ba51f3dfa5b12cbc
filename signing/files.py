"""What can be said of the signatures of a file of any sort: XML, PDF, or an office document."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from resources.faults import DataFault
from signing.model import SignatureReport
from signing.verify import verify_package
from signing.xml import BOM

HEAD = 1024
"""bytes in which the first mark of a PDF is looked for, as its readers do"""
OFFICE_SIGNATURES = "_xmlsignatures/"


def is_pdf(content: bytes) -> bool:
    head = content[:HEAD]
    return b"%PDF-" in head and not head.removeprefix(BOM).lstrip().startswith(b"<")


def has_office_signature(content: bytes) -> bool:
    """Whether a workbook or document of Office carries a signature, right or not."""
    if not content.startswith(b"PK"):
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            return any(name.startswith(OFFICE_SIGNATURES) for name in archive.namelist())
    except (BadZipFile, NotImplementedError, ValueError):
        return False


def verify_file(content: bytes) -> tuple[SignatureReport, ...]:
    """Raises the faults of ``signing.verify`` and ``signing.pdf_verify``, and DataFault
    ``verify.office_signed``, ``verify.office_unsigned``."""
    if is_pdf(content):
        from signing.pdf_verify import verify_pdf

        return verify_pdf(content)
    if content.startswith(b"PK"):
        signed = has_office_signature(content)
        raise DataFault("verify.office_signed" if signed else "verify.office_unsigned")
    return verify_package(content)
