"""Which part of the package holds which sheet, and from which day the workbook counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forms.excel.archive import Archive
from forms.excel.expat import feed, local_name, new_parser
from resources.faults import DataFault

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_TRUE = frozenset({"1", "true"})
_OTHER_SHEETS = ("chartsheets/", "dialogsheets/", "macrosheets/")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """A sheet as the workbook names it."""

    name: str
    part: str
    visible: bool
    is_list: bool
    """a worksheet that is there, not a chart, a dialog or a missing part"""


@dataclass(frozen=True, slots=True)
class Parts:
    """``sheets``: sheet name → part, of the worksheets in the order of the workbook."""

    sheets: Mapping[str, str]
    from_1904: bool
    hidden: frozenset[str] = frozenset()
    """names of the worksheets that Excel does not show"""

    @classmethod
    def of(cls, entries: Iterable[SheetPart], *, from_1904: bool) -> "Parts":
        lists = [entry for entry in entries if entry.is_list]
        hidden = frozenset(entry.name for entry in lists if not entry.visible)
        return cls({entry.name: entry.part for entry in lists}, from_1904, hidden)


def read_parts(archive: Archive) -> Parts:
    """Raises DataFault ``workbook.broken`` when the package does not hang together."""
    if _RELATIONS not in archive:
        raise DataFault("workbook.broken")
    targets = targets_of(archive, _RELATIONS)
    entries: list[SheetPart] = []
    from_1904 = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        plain = {local_name(key): value for key, value in attributes.items()}
        if local_name(name) == "sheet":
            entries.append(_sheet(plain, targets, archive))
        elif local_name(name) == "workbookPr":
            from_1904 = plain.get("date1904", "").lower() in _TRUE

    parser = new_parser()
    parser.StartElementHandler = start
    feed(parser, archive.chunks(_WORKBOOK))
    return Parts.of(entries, from_1904=from_1904)


def _sheet(
    attributes: Mapping[str, str], targets: Mapping[str, str], archive: Archive
) -> SheetPart:
    part = targets.get(attributes.get("id", ""), "")
    return SheetPart(
        name=attributes.get("name", ""),
        part=part,
        visible=attributes.get("state", "visible") == "visible",
        is_list=part in archive and not any(kind in part for kind in _OTHER_SHEETS),
    )


def targets_of(archive: Archive, relations: str) -> dict[str, str]:
    """Relation id → part. Raises DataFault ``workbook.broken``."""
    targets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[attributes.get("Id", "")] = path

    parser = new_parser()
    parser.StartElementHandler = start
    feed(parser, archive.chunks(relations))
    return targets
