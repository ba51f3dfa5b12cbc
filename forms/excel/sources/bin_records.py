"""The records of an .xlsb part. Source: [MS-XLSB] 2.1.4."""

from collections.abc import Iterator

from resources.faults import DataFault

Record = tuple[int, int, int]
"""(type, where its data begins, where they end)"""


def records(part: bytes, most: int) -> Iterator[Record]:
    """Raises DataFault ``workbook.broken`` for a record that is cut short, and for too many."""
    at, size = 0, len(part)
    try:
        for _ in range(most):
            if at >= size:
                return
            kind = part[at]
            at += 1
            if kind & 0x80:
                kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
                at += 1
            length = part[at]
            at += 1
            if length & 0x80:
                length, at = _long_length(part, at, length)
            end = at + length
            if end > size:
                raise DataFault("workbook.broken")
            yield kind, at, end
            at = end
    except IndexError as error:
        raise DataFault("workbook.broken") from error
    raise DataFault("workbook.broken")


def _long_length(part: bytes, at: int, first: int) -> tuple[int, int]:
    length = first & 0x7F
    for shift in (7, 14, 21):
        byte = part[at]
        at += 1
        length |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return length, at


def wide_text(part: bytes, at: int, end: int) -> tuple[str, int]:
    """A counted UTF-16 text and where it ends. Raises DataFault ``workbook.broken``."""
    length = int.from_bytes(part[at : at + 4], "little") * 2
    if at + 4 > end or at + 4 + length > end:
        raise DataFault("workbook.broken")
    return part[at + 4 : at + 4 + length].decode("utf-16-le", "replace"), at + 4 + length
