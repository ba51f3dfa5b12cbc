"""Invented forms and envelopes in canonical form, as they come to be signed; signed ones too."""

from base64 import b64encode
from datetime import datetime
from xml.sax.saxutils import escape

from signing.ports import Signer
from signing.xmldsig import sign_document
from tests.fakes.certificates import NOW, unit_identity

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
NAMESPACES = (
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
)
FORM_NODE = "D02-TS/Cky"
ENVELOPE_NODE = "Hoso/CKy_Dvi"
ROW = (
    "<LaoDong><STT>{number}</STT><HoTen>{name}</HoTen><TienLuong>12500000</TienLuong>"
    "<DenThang></DenThang><Ghichu>Tăng mới &amp; chuyển đến</Ghichu></LaoDong>"
)


def form(*, rows: int = 1, name: str = "Trần Thị Sương Mai (không có thật)") -> bytes:
    """A small D02-TS with an empty ``Cky``."""
    people = "".join(ROW.format(number=n + 1, name=escape(name)) for n in range(rows))
    body = f"<D02-TS{NAMESPACES}><NoiDung>{people}</NoiDung><Cky></Cky></D02-TS>"
    return (DECLARATION + body).encode()


def envelope(files: dict[str, bytes]) -> bytes:
    """A ``Hoso`` that carries files by name."""
    carried = "".join(
        f"<FileToKhai><TenFile>{name}</TenFile><LoaiFile>.xml</LoaiFile>"
        f"<NoiDungFile>{b64encode(content).decode()}</NoiDungFile></FileToKhai>"
        for name, content in files.items()
    )
    body = (
        f"<Hoso{NAMESPACES}><NoiDung><ThongTinHoSo><ToKhais>{carried}</ToKhais></ThongTinHoSo>"
        "</NoiDung><CKy_Dvi></CKy_Dvi></Hoso>"
    )
    return (DECLARATION + body).encode()


def signed_form(
    document: bytes | None = None, signer: Signer | None = None, moment: datetime = NOW
) -> bytes:
    return sign_document(
        form() if document is None else document,
        FORM_NODE,
        signer or unit_identity().signer,
        signing_time=moment,
    )


def signed_envelope(files: dict[str, bytes], signer: Signer | None = None) -> bytes:
    return sign_document(
        envelope(files), ENVELOPE_NODE, signer or unit_identity().signer, signing_time=NOW
    )
