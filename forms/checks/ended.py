"""A code that was good before: when it ended, by what, and what it is now."""

from collections.abc import Mapping
from datetime import date

from forms.checks.problem import Problem
from forms.code_validity import DatedCode, dated
from forms.codes import CodeList
from resources.faults import Param

_BETWEEN = "; "


def ended(key: str, value: str, former: CodeList | None, day: date) -> Problem | None:
    """For a former code that had ended on ``day``; None for a code that never was."""
    entry = former.entry(value) if former else None
    if former is None or entry is None:
        return None
    code = dated(former.name, entry)
    return None if code.good_on(day) else Problem(_said(code), key, _params(code))


def was_good(value: str, former: CodeList | None, day: date) -> bool:
    entry = former.entry(value) if former else None
    return former is not None and entry is not None and dated(former.name, entry).good_on(day)


def _said(code: DatedCode) -> str:
    if not code.replaced_by:
        return "code.ended_unknown"
    return "code.ended" if code.answer else "code.ended_several"


def _params(code: DatedCode) -> Mapping[str, Param]:
    days = code.validity
    params: dict[str, Param] = {
        "ended": f"{days.valid_to:%d/%m/%Y}" if days.valid_to else "?",
        "source": days.source,
        "confidence": days.confidence.value,
        "now": _BETWEEN.join(f"{place.code} {place.name}" for place in code.replaced_by),
    }
    if code.answer:
        params["proposed"] = code.answer
    return params
