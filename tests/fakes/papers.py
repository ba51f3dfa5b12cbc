"""Papers that are attached: PDFs of every sort that matters to signing, made by hand."""

from io import BytesIO

from asn1crypto import keys, pem, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt import StandardSecurityHandler
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

from tests.fakes.certificates import unit_identity


def pdf(*, streams: bool = False, pages: int = 1, filling: int = 0) -> bytes:
    """A contract of empty pages. ``streams``: as new programs write it (PDF 1.5 and later)."""
    writer = PdfFileWriter(stream_xrefs=streams)
    for _ in range(pages):
        text = b"BT ET" + b"% giay " * filling
        content = writer.add_object(generic.StreamObject(stream_data=text))
        writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842)))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def old_pdf() -> bytes:
    """As the simplest scanners write: a plain table, no stream, a comment behind the end."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ]
    out = bytearray(b"%PDF-1.3\r\n%\xe2\xe3\xcf\xd3\r\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % table
    return bytes(out)


def encrypted_pdf() -> bytes:
    writer = PdfFileWriter()
    content = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 200, 200)))
    handler = StandardSecurityHandler.build_from_pw("chu", "nguoi-doc")
    writer.security_handler = handler
    writer._encrypt = writer.add_object(handler.as_pdf_object())
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def certified_pdf() -> bytes:
    """Closed by its author: no change is allowed."""
    return _signed_by_another(certify=True)


def pdf_signed_by_another() -> bytes:
    return _signed_by_another(certify=False)


def _signed_by_another(*, certify: bool) -> bytes:
    identity = unit_identity(common_name="NGƯỜI KHÁC (không có thật)", key_name="other")
    key = identity.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    _, _, der = pem.unarmor(key)
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(identity.der),
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=None,
    )
    meta = PdfSignatureMetadata(
        field_name="TacGia", certify=certify, docmdp_permissions=MDPPerm.NO_CHANGES
    )
    out = PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf())))
    return out.getvalue()
