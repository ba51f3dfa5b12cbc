"""The hospital may be changed in the first days of a quarter (domain rules §3.3, §8.3)."""

from collections.abc import Iterator
from datetime import date

from forms.checks.law.case import Case
from forms.checks.law.legal import cited, rule
from forms.checks.law.shown import day
from forms.checks.problem import Problem, Setting
from forms.codes import fold
from forms.model import Period

_KEY = "ma_benh_vien"
_ASKED = "noi_dung_thay_doi"
_WORDS = ("kham chua benh", "kham benh, chua benh", "kcb")


def hospital(case: Case, setting: Setting) -> Iterator[Problem]:
    """Somebody who comes chooses a hospital at any time; a change has its days."""
    if case.comes or case.row.get("kem_tk1") != "1" or not _asks(case.row.get(_ASKED)):
        return
    filed = setting.filing_date
    entry = rule("hospital-change-days", Period.of(filed))
    if (filed.month - 1) % 3 == 0 and filed.day <= entry.value:
        return
    opens = _next_quarter(filed)
    params = {
        "days": entry.value,
        "opens": day(opens),
        "closes": day(opens.replace(day=entry.value)),
        "filed": day(filed),
    }
    yield Problem("law.hospital_out_of_season", _KEY, {**params, **cited(entry.source)})


def _asks(wanted: str) -> bool:
    words = fold(wanted)
    return any(word in words for word in _WORDS)


def _next_quarter(after: date) -> date:
    first = Period(after.year, (after.month - 1) // 3 * 3 + 1)
    return first.plus(3).first_day
