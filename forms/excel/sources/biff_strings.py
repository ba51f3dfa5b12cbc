"""How long each shared string of an .xls is. Source: [MS-XLS] 2.4.265 SST, 2.5.293."""

from collections.abc import Sequence

from resources.faults import DataFault

_WIDE, _PHONETIC, _RICH = 0x01, 0x04, 0x08
_SMALLEST = 3


class _Pieces:
    """The record and its continuations, read as one."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = pieces
        self._number = 0
        self._at = 0

    def take(self, count: int) -> bytes:
        taken = bytearray()
        while len(taken) < count:
            piece = self._piece()
            part = piece[self._at : self._at + count - len(taken)]
            self._at += len(part)
            taken += part
        return bytes(taken)

    def skip(self, count: int) -> None:
        while count:
            step = min(count, len(self._piece()) - self._at)
            self._at += step
            count -= step

    def skip_letters(self, count: int, *, wide: bool) -> None:
        """A continuation within the letters says anew how wide they are."""
        while count:
            before = self._number
            room = len(self._piece()) - self._at
            if self._number != before:
                wide = bool(self.take(1)[0] & _WIDE)
                room = len(self._pieces[self._number]) - self._at
            size = 2 if wide else 1
            letters = min(count, room // size)
            if not letters:
                self._at += room
                if room:
                    raise DataFault("workbook.broken")
                continue
            self._at += letters * size
            count -= letters

    def _piece(self) -> bytes:
        while self._number < len(self._pieces) and self._at >= len(self._pieces[self._number]):
            self._number += 1
            self._at = 0
        if self._number >= len(self._pieces):
            raise DataFault("workbook.broken")
        return self._pieces[self._number]


def string_sizes(pieces: Sequence[bytes]) -> tuple[int, ...]:
    """Bytes of each string as UTF-8 at most. Raises DataFault ``workbook.broken``."""
    if not pieces:
        return ()
    reader = _Pieces(pieces)
    count = int.from_bytes(reader.take(8)[4:], "little")
    if count * _SMALLEST > sum(map(len, pieces)):
        raise DataFault("workbook.broken")
    return tuple(_size(reader) for _ in range(count))


def _size(reader: _Pieces) -> int:
    head = reader.take(3)
    letters, flags = int.from_bytes(head[:2], "little"), head[2]
    runs = int.from_bytes(reader.take(2), "little") if flags & _RICH else 0
    phonetic = int.from_bytes(reader.take(4), "little") if flags & _PHONETIC else 0
    reader.skip_letters(letters, wide=bool(flags & _WIDE))
    reader.skip(runs * 4 + phonetic)
    return letters * 3
