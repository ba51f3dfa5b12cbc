"""Who is the same person in two lists: by mã số BHXH, else CCCD, else name and birth.

A weaker sign never joins two whose stronger numbers differ. The personal number of 12 digits may
stand as mã số BHXH (công văn 1804/BHXH-QLT), so a person keeps being found when it takes the
place of the one of 10 digits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from forms.codes import fold
from forms.months.model import PersonState, Values
from forms.numbers import citizen_id, social_number
from forms.numbers.text import without_separators


class Signs(NamedTuple):
    """What a person is known by; empty where it is not known. A tuple: one is made for everybody
    of both lists."""

    social: str
    personal: str
    paper: str
    """CMND, passport: a number that another one may take the place of"""
    name: str
    birth: str
    whole: str = ""
    """everything there is of somebody without any of these"""

    @property
    def name_birth(self) -> str:
        """Folded only when asked for: most people are known by a number."""
        return f"{fold(self.name)}|{self.birth.strip()}" if self.name and self.birth else ""


def signs_of(values: Values) -> Signs:
    social = _plain(values.get("ma_so_bhxh", ""))
    paper = _plain(values.get("cccd", ""))
    personal = paper if len(paper) == citizen_id.LENGTH else ""
    if not personal and len(social) == citizen_id.LENGTH:
        personal = social
    name, birth = values.get("ho_ten", ""), values.get("ngay_sinh", "")
    known = bool(social or paper or (name and birth))
    return Signs(
        social=social,
        personal=personal,
        paper="" if personal else paper,
        name=name,
        birth=birth,
        whole="" if known else repr(sorted(values.items())),
    )


def _plain(number: str) -> str:
    return number if number.isdecimal() and number.isascii() else without_separators(number)


def contradict(one: Signs, other: Signs) -> bool:
    """Whether a number says that these are two people."""
    return _differ(one.personal, other.personal) or _other_social(one, other)


def _other_social(one: Signs, other: Signs) -> bool:
    """A number of 10 digits may have become the personal number of the same person."""
    lengths = {len(one.social), len(other.social)}
    if lengths == {social_number.LENGTH, citizen_id.LENGTH}:
        return False
    return _differ(one.social, other.social)


def _differ(one: str, other: str) -> bool:
    return bool(one) and bool(other) and one != other


def _never(one: Signs, other: Signs) -> bool:
    del one, other
    return False


def _weak(one: Signs, other: Signs) -> bool:
    same_kind = len(one.paper) == len(other.paper)
    return contradict(one, other) or (same_kind and _differ(one.paper, other.paper))


_Key = Callable[[Signs], str]
_Refuses = Callable[[Signs, Signs], bool]

_BY: tuple[tuple[_Key, _Refuses], ...] = (
    (lambda signs: signs.social, _never),
    (lambda signs: signs.personal, _other_social),
    (lambda signs: signs.paper, contradict),
    (lambda signs: signs.name_birth, _weak),
    (lambda signs: signs.whole, _never),
)


def signs_of_all(people: Sequence[PersonState]) -> tuple[Signs, ...]:
    return tuple(signs_of(person.values) for person in people)


def pairs(before: Sequence[Signs], after: Sequence[Signs]) -> dict[int, int]:
    """Position in the new list → position in the old one of the same person; each taken once."""
    found: dict[int, int] = {}
    left, right = set(range(len(before))), set(range(len(after)))
    for key, refuses in _BY:
        if not (left and right):
            break
        for here, there in _joined(before, after, left, right, key, refuses):
            found[there] = here
            left.discard(here)
            right.discard(there)
    return found


def _joined(
    before: Sequence[Signs],
    after: Sequence[Signs],
    left: set[int],
    right: set[int],
    key: _Key,
    refuses: _Refuses,
) -> Iterator[tuple[int, int]]:
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for position in sorted(left):
        if sign := key(before[position]):
            waiting[sign].append(position)
    for position in sorted(right):
        candidates = waiting.get(key(after[position]), [])
        for candidate in candidates:
            if not refuses(before[candidate], after[position]):
                candidates.remove(candidate)
                yield candidate, position
                break


def doubles(people: Sequence[Signs]) -> tuple[tuple[int, ...], ...]:
    """Positions of rows that are one person by number, or by name and birth without numbers."""
    first: dict[str, int] = {}
    groups: dict[str, list[int]] = {}
    for position, signs in enumerate(people):
        for sign in _own(signs):
            before = first.setdefault(sign, position)
            if before != position:
                groups.setdefault(sign, [before]).append(position)
    return tuple(sorted({tuple(dict.fromkeys(found)) for found in groups.values()}))


def _own(signs: Signs) -> Iterator[str]:
    numbers = (signs.social, signs.personal, signs.paper)
    return filter(None, numbers if any(numbers) else (signs.name_birth,))
