"""The files an envelope carries in base64 (wire format §1). Which form they are is not asked."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from signing.xml import local_name


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedFile:
    """One ``FileToKhai``. ``content`` is None when its base64 cannot be read."""

    name: str
    content: bytes | None

    @property
    def is_xml(self) -> bool:
        return self.name.lower().endswith(".xml")


def embedded_files(tree: etree._ElementTree) -> Iterator[EmbeddedFile]:
    """In document order."""
    for element in tree.getroot().iter("{*}FileToKhai"):
        texts = {local_name(child): child.text or "" for child in element}
        yield EmbeddedFile(
            name=texts.get("TenFile", "").strip(), content=_decoded(texts.get("NoiDungFile"))
        )


def _decoded(text: str | None) -> bytes | None:
    try:
        return b64decode("".join((text or "").split()), validate=True) or None
    except (Base64Error, ValueError):
        return None
