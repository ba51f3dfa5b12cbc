"""The files an envelope carries in base64 (wire format §1). Which form they are is not asked."""

from base64 import b64decode
from binascii import Error as Base64Error

from lxml import etree

from signing.xml import local_name


def embedded_in(tree: etree._ElementTree) -> tuple[tuple[str, bytes], ...]:
    """(name, content) of every XML file that the document carries in a ``FileToKhai``.

    The content is empty where its base64 cannot be read, so that the file is not passed over in
    silence.
    """
    carried = (_name_and_text(element) for element in tree.iter("{*}FileToKhai"))
    return tuple((name, _decoded(text)) for name, text in carried if name.lower().endswith(".xml"))


def _name_and_text(element: etree._Element) -> tuple[str, str]:
    texts = {local_name(child): child.text or "" for child in element}
    return texts.get("TenFile", "").strip(), texts.get("NoiDungFile", "")


def _decoded(text: str) -> bytes:
    try:
        return b64decode("".join(text.split()), validate=True)
    except (Base64Error, ValueError):
        return b""
