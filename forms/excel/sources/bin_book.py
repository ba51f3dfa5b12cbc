"""Which part of an .xlsb holds which sheet, and its shared strings. Source: [MS-XLSB] 2.1.7."""

from array import array
from collections.abc import Sequence

from forms.excel.archive import Archive
from forms.excel.limits import LIMITS, Limits
from forms.excel.parts import Parts, SheetPart, targets_of
from forms.excel.sources.bin_records import records, wide_text
from resources.faults import DataFault

_WORKBOOK = "xl/workbook.bin"
_STRINGS = "xl/sharedStrings.bin"
_RELATIONS = "xl/_rels/workbook.bin.rels"
_PROPERTIES, _SHEET, _STRING = 153, 156, 19
_LISTS = "worksheets/"


def read_bin_parts(archive: Archive, limits: Limits = LIMITS) -> Parts:
    """Raises DataFault ``workbook.broken`` when the package does not hang together."""
    if _RELATIONS not in archive:
        raise DataFault("workbook.broken")
    targets = targets_of(archive, _RELATIONS)
    content = b"".join(archive.chunks(_WORKBOOK))
    entries: list[SheetPart] = []
    from_1904 = False
    for kind, begin, end in records(content, limits.records):
        if kind == _PROPERTIES:
            from_1904 = bool(content[begin] & 1) if end > begin else False
        elif kind == _SHEET and end - begin >= 16:
            state = int.from_bytes(content[begin : begin + 4], "little")
            relation, at = wide_text(content, begin + 8, end)
            name, _ = wide_text(content, at, end)
            part = targets.get(relation, "")
            is_list = _LISTS in part and part in archive
            entries.append(SheetPart(name=name, part=part, visible=not state, is_list=is_list))
    return Parts.of(entries, from_1904=from_1904)


def bin_string_sizes(archive: Archive, limits: Limits = LIMITS) -> Sequence[int]:
    """Bytes of each shared string. Raises DataFault ``workbook.text_too_long``."""
    if _STRINGS not in archive:
        return ()
    content = b"".join(archive.chunks(_STRINGS))
    sizes = array("I")
    for kind, begin, end in records(content, limits.records):
        if kind == _STRING:
            sizes.append(end - begin)
    if max(sizes, default=0) > limits.string_bytes:
        raise DataFault("workbook.text_too_long")
    return sizes
