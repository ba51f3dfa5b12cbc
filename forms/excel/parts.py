"""Which part of the package holds which sheet, and from which day the workbook counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms.excel.archive import Archive
from forms.excel.expat import feed, local_name, new_parser
from resources.faults import DataFault

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_TRUE = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class Parts:
    """``sheets``: sheet name → part, in the order of the workbook."""

    sheets: Mapping[str, str]
    from_1904: bool


def read_parts(archive: Archive) -> Parts:
    """Raises DataFault ``workbook.broken`` when the package does not hang together."""
    if _RELATIONS not in archive:
        raise DataFault("workbook.broken")
    targets = _targets(archive)
    sheets: dict[str, str] = {}
    from_1904 = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        plain = {local_name(key): value for key, value in attributes.items()}
        if local_name(name) == "sheet":
            part = targets.get(plain.get("id", ""), "")
            if part in archive:
                sheets[plain.get("name", "")] = part
        elif local_name(name) == "workbookPr":
            from_1904 = plain.get("date1904", "").lower() in _TRUE

    parser = new_parser()
    parser.StartElementHandler = start
    feed(parser, archive.chunks(_WORKBOOK))
    return Parts(sheets, from_1904)


def _targets(archive: Archive) -> dict[str, str]:
    """Relation id → part."""
    targets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[attributes.get("Id", "")] = path

    parser = new_parser()
    parser.StartElementHandler = start
    feed(parser, archive.chunks(_RELATIONS))
    return targets
