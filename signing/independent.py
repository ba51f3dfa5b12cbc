"""The second opinion: libxmlsec, which shares no code with what signs."""

import xmlsec
from lxml import etree

from signing.parts import ID_ATTRIBUTES


def accepts(signature: etree._Element, certificate: bytes, *, by_id: bool) -> bool:
    """Whether libxmlsec accepts the signature with the key of ``certificate`` (DER).

    ``by_id``: some reference names a part of the document by its id.
    To be asked only about structures without the quirks of ``signing.structure.UNSAFE``.
    """
    context = xmlsec.SignatureContext()
    try:
        context.key = xmlsec.Key.from_memory(certificate, xmlsec.constants.KeyDataFormatCertDer)
        if by_id:
            xmlsec.tree.add_ids(signature.getroottree().getroot(), list(ID_ATTRIBUTES))
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True
