"""Whether an attached paper is what its name says. Accepted kinds: wire format §3."""

import zipfile
from io import BytesIO

_PDF_HEADER_WITHIN = 1024
_MAX_ENTRIES = 20_000


def is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:_PDF_HEADER_WITHIN]


def is_word(content: bytes) -> bool:
    return _is_office(content, "word/")


def is_excel(content: bytes) -> bool:
    return _is_office(content, "xl/")


def _is_office(content: bytes, folder: str) -> bool:
    """Looks at the names in the archive only; nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return (
        len(names) <= _MAX_ENTRIES
        and "[Content_Types].xml" in names
        and any(name.startswith(folder) for name in names)
    )


RECOGNISERS = {".pdf": is_pdf, ".docx": is_word, ".xlsx": is_excel}
"""extension in small letters → whether the content is of that kind"""
