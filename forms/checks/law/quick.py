"""Which rows may have something against the law: by column, several hundred at once.

A check of the law looks at few fields, and what stands in them stands in many rows alike. It is
asked once for each different set of values. What is passed here is passed by the check too; what
is suspected here is looked at by the check itself, with all that the row says.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from forms.checks.law.case import Case, understand
from forms.checks.law.contracts import main_contract
from forms.checks.law.severities import UNKNOWN
from forms.checks.problem import Problem, Setting
from forms.model import Row
from forms.movements import Kind, Movement, movement
from forms.packed import Block
from forms.rules.dated import RuleMissing

Check = Callable[[Case, Setting], Iterator[Problem]]
Answer = tuple[str, ...]
Said = tuple[Problem, ...] | None

_MOST_KNOWN = 50_000
"""so many answers are remembered of one check"""
_TERM = ("phuong_an", "tu_thang", "den_thang")
_CONTRACTS = (
    "hdld_tu_ngay",
    "hdld_xdth_tu_ngay",
    "hdld_xdth_den_ngay",
    "hdld_khac_tu_ngay",
    "hdld_khac_den_ngay",
)
_PEOPLE = ("quoc_tich", "dan_toc")
_PAY = (
    "ma_vung_ltt",
    "tien_luong",
    "phu_cap_luong",
    "phu_cap_bo_sung",
    "phu_cap_cv",
    "phu_cap_tnvk",
    "phu_cap_tn_nghe",
)
_SOME_AGE = 50
_YEAR = itemgetter(slice(-4, None))


Wanted = Callable[[Movement | None], bool]


def _coming(moved: Movement | None) -> bool:
    return moved is not None and moved.kind is Kind.INCREASE


def _with_wage(moved: Movement | None) -> bool:
    return moved is not None and moved.whole


def _moved(moved: Movement | None) -> bool:
    return moved is not None


def _any(moved: Movement | None) -> bool:
    del moved
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a check looks at."""

    fields: tuple[str, ...]
    of: Wanted
    """rows of other movements are passed"""
    suspicious: Callable[[Case], bool] | None = None
    exact: Callable[[Case], bool] | None = None
    """whether the check sees nothing but the fields, so that its answer holds for all rows"""
    views: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    """all of a value that is enough to pass a row"""
    sees: tuple[str, ...] = ()
    """all that the check looks at in a row that is not passed; nothing: in the whole row"""


def _is_old(case: Case) -> bool:
    """Only the year of birth is known here."""
    year = case.row.get("ngay_sinh")
    if case.start is None or not year:
        return False
    return not (year.isascii() and year.isdigit()) or case.start.year - int(year) >= _SOME_AGE


def _is_foreign(case: Case) -> bool:
    return case.foreigner


def _surely(case: Case) -> bool:
    del case
    return True


def _says_all(case: Case) -> bool:
    """What else is written in the row matters where there are only other contracts."""
    return not case.contracts or main_contract(case.contracts) is not None


GLANCES: Mapping[str, Glance] = {
    "wage": Glance(fields=(*_TERM, *_PAY), of=_with_wage, exact=_surely),
    "rate": Glance(fields=(*_TERM, "ty_le_dong", *_PEOPLE), of=_moved),
    "age": Glance(
        fields=("phuong_an", "tu_thang", "ngay_sinh"),
        of=_moved,
        suspicious=_is_old,
        views={"ngay_sinh": _YEAR},
        sees=("phuong_an", "tu_thang", "ngay_sinh", "gioi_tinh"),
    ),
    "contract": Glance(
        fields=("phuong_an", "tu_thang", *_PEOPLE, *_CONTRACTS),
        of=_coming,
        suspicious=_is_foreign,
        exact=_says_all,
    ),
    "months": Glance(fields=("phuong_an", "tu_thang", "tinh_lai"), of=_moved, exact=_surely),
    "registration": Glance(fields=("phuong_an", *_CONTRACTS), of=_coming, exact=_surely),
    "hospital": Glance(
        fields=("phuong_an", "kem_tk1", "noi_dung_thay_doi"), of=_any, exact=_surely
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One check with the rule that it cannot do without."""

    name: str
    """what cannot be checked when the rule is missing"""
    check: Check
    key: str
    """the field it is about"""
    setting: Setting

    def ask(self, case: Case) -> Iterator[Problem]:
        try:
            yield from self.check(case, self.setting)
        except RuleMissing as missing:
            params = {"month": str(missing.params["month"])}
            yield Problem(f"{UNKNOWN}{self.name}", self.key, params)


@dataclass(slots=True)
class Glancing:
    """One question asked by column. Lives as long as one check of one draft."""

    question: Question
    glance: Glance
    known: dict[Answer, Said] = field(default_factory=dict)
    passed: set[Answer] = field(default_factory=set)
    asked: dict[Answer, tuple[Problem, ...]] = field(default_factory=dict)
    """of rows that were not passed, by all that the check sees"""

    def said(self, block: Block) -> Iterator[tuple[int, Said]]:
        """Of every row that is not passed its position, and what is wrong with it.

        None: the question must be asked of the row itself.
        """
        rows = list(zip(*(self._seen(key, block) for key in self.glance.fields), strict=True))
        different = set(rows) - self.passed
        if len(self.passed) > _MOST_KNOWN:
            self.passed.clear()
        if len(self.known) > _MOST_KNOWN:
            self.known.clear()
        for row in different - self.known.keys():
            self.known[row] = self._answer(row)
        bad = {row: said for row in different if (said := self.known[row]) != ()}
        self.passed |= different - bad.keys()
        if bad:
            yield from ((place, bad[row]) for place, row in enumerate(rows) if row in bad)

    def of_row(self, block: Block, place: int) -> tuple[Problem, ...]:
        """What is wrong with one row that is not passed."""
        sees = self.glance.sees
        if not sees:
            return tuple(self.question.ask(understand(block.row(place), self.question.setting)))
        values = tuple(block.column(key)[place] for key in sees)
        if values not in self.asked:
            if len(self.asked) > _MOST_KNOWN:
                self.asked.clear()
            self.asked[values] = tuple(self.question.ask(self._case(sees, values)))
        return self.asked[values]

    def _case(self, keys: Sequence[str], values: Answer) -> Case:
        said = zip(keys, values, strict=True)
        row = Row(0, {key: value for key, value in said if value})
        return understand(row, self.question.setting)

    def _seen(self, key: str, block: Block) -> Sequence[str]:
        column, view = block.column(key), self.glance.views.get(key)
        return list(map(view, column)) if view else column

    def _answer(self, values: Answer) -> Said:
        glance = self.glance
        if not glance.of(movement(values[0])):
            return ()
        case = self._case(glance.fields, values)
        if glance.suspicious is not None and glance.suspicious(case):
            return None
        problems = tuple(self.question.ask(case))
        return problems if not problems or (glance.exact and glance.exact(case)) else None
