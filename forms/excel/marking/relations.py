"""How the parts of a package hang together: relations, and the kind of each part."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from forms.excel.marking.spans import Document

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
EMPTY_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'
).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    id: str
    kind: str
    """the last word of its type, such as ``worksheet``"""
    type: str
    target: str
    """path of the part, or what else it is"""


def relations_part(part: str) -> str:
    """Where the relations of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class Relations:
    """The relations of one part, and those that are added."""

    def __init__(self, part: str, content: bytes) -> None:
        self._document = Document(content)
        self._part = part
        self._all = {
            found.id: found
            for found in (
                Relation(
                    id=span.get("Id") or "",
                    kind=(span.get("Type") or "").rpartition("/")[2],
                    type=span.get("Type") or "",
                    target=self._resolved(span.get("Target") or ""),
                )
                for span in self._document.root.all("Relationship")
            )
        }
        self._added: dict[str, str] = {}

    def get(self, number: str) -> Relation | None:
        return self._all.get(number)

    def of_kind(self, kind: str) -> Relation | None:
        return next((found for found in self._all.values() if found.kind == kind), None)

    def add(self, base: str, kind: str, part: str) -> str:
        """The id of a new relation to a part of the package. ``base``: how its type begins."""
        number = len(self._all) + len(self._added) + 1
        while f"rId{number}" in self._all or f"rId{number}" in self._added:
            number += 1
        new = f"rId{number}"
        self._added[new] = (
            f"<{self._document.prefix}Relationship Id={quoteattr(new)} "
            f"Type={quoteattr(f'{base}/{kind}')} Target={quoteattr('/' + part)}/>"
        )
        return new

    @property
    def is_changed(self) -> bool:
        return bool(self._added)

    def content(self) -> bytes:
        self._document.append(self._document.root, "".join(self._added.values()).encode())
        return self._document.result()

    def _resolved(self, target: str) -> str:
        folder = posixpath.dirname(self._part)
        return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")


class ContentTypes:
    """What kind each part is of."""

    def __init__(self, content: bytes) -> None:
        self._document = Document(content)
        root = self._document.root
        self._defaults = {(span.get("Extension") or "").lower() for span in root.all("Default")}
        self.overrides: Mapping[str, str] = {
            (span.get("PartName") or "").lstrip("/"): span.get("ContentType") or ""
            for span in root.all("Override")
        }
        self._first_override = next((span.start for span in root.all("Override")), root.tail)
        self._changed = False

    def add(self, part: str, kind: str) -> None:
        p = self._document.prefix
        override = f"<{p}Override PartName={quoteattr('/' + part)} ContentType={quoteattr(kind)}/>"
        self._document.append(self._document.root, override.encode())
        self._changed = True

    def need(self, extension: str, kind: str) -> None:
        """All parts whose names end so are of a kind, unless something else is said already."""
        if extension in self._defaults:
            return
        self._defaults.add(extension)
        default = (
            f"<{self._document.prefix}Default Extension={quoteattr(extension)} "
            f"ContentType={quoteattr(kind)}/>"
        )
        self._document.insert(self._first_override, default.encode())
        self._changed = True

    @property
    def is_changed(self) -> bool:
        return self._changed

    def content(self) -> bytes:
        return self._document.result()
