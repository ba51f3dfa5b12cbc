"""Which line of C12-TS a printed number means: ``3.1`` under part B is ``B.3.1``.

The form prints numbers without their part, prints 1.1 and 1.2 again under B.2, and leaves
payments unnumbered or as ``n``. The portal's list writes codes in full.
"""

import re
from collections.abc import Iterable, Sequence

from forms.reconcile.notice import Layout
from forms.reconcile.notice_layouts import letters, lines

PAYMENTS = "C"
_PARTS = ("A", "B", "C", "D", "Đ")
_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*\Z")
_FULL = re.compile(r"([ABCDĐ])\.([0-9]{1,3}(?:\.[0-9]{1,2})*|n)\Z")


class Numbering:
    """Goes down the lines of one statement."""

    def __init__(self) -> None:
        self._part = ""
        self._top = ""
        self._payments = 0
        self._seen: set[str] = set()

    def code(self, number: str, label: str) -> str:
        """The full code; empty when the number says nothing."""
        text = " ".join(number.split()).removesuffix(".")
        code = self._code(text.upper() if len(text) == 1 else text, label)
        self._seen.add(code)
        return code

    def _code(self, text: str, label: str) -> str:
        if text in _PARTS:
            self._part, self._top = text, ""
            return text
        full = _FULL.match(text)
        if full and full[1] == PAYMENTS:
            return self._payment()
        if full:
            self._part, self._top = full[1], full[2].split(".")[0]
            return text
        if self._part == PAYMENTS:
            return self._payment() if text or label.strip() else ""
        return self._numbered(text) if self._part and _NUMBER.match(text) else ""

    def _payment(self) -> str:
        self._payments += 1
        return f"{PAYMENTS}.{self._payments}"

    def _numbered(self, text: str) -> str:
        head, _, rest = text.partition(".")
        code = f"{self._part}.{text}"
        if not rest:
            self._top = head
        elif code in self._seen and head != self._top:
            return f"{self._part}.{self._top}.{rest}"
        return code


def best_layout(found: Iterable[tuple[str, str]], *, split: bool) -> Layout:
    """The form version whose lines are there, by (code, label); split columns decide a tie."""
    pairs = [(code, letters(label)) for code, label in found]
    newer_first = sorted(Layout, reverse=split)
    return max(newer_first, key=lambda layout: _hits(layout, pairs))


def _hits(layout: Layout, pairs: Sequence[tuple[str, str]]) -> int:
    known = lines(layout)
    return sum(code in known and letters(known[code].label_vi) == label for code, label in pairs)


def by_label(layout: Layout, label: str, after: str) -> str:
    """The next line of that label below ``after``; empty when there is none."""
    codes = list(lines(layout))
    start = codes.index(after) + 1 if after in codes else 0
    wanted = letters(label)
    matching = (c for c in codes[start:] if wanted == letters(lines(layout)[c].label_vi))
    return next(matching, "") if wanted else ""


def is_payment(code: str) -> bool:
    """One payment order of part C."""
    return code.startswith(f"{PAYMENTS}.")
