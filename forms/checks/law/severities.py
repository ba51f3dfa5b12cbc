"""How grave each code is. Likely law, and whatever may be right after all, is a warning."""

from collections.abc import Mapping
from types import MappingProxyType

from forms.findings import Severity

_ERRORS = (
    "wage_below_floor",
    "contract_probation",
    "contract_short",
    "birth_differs",
    "movement.already_active",
    "movement.on_leave",
    "movement.not_on_leave",
    "movement.absent",
    "envelope.unit",
    "envelope.tax_code",
    "envelope.agency",
    "envelope.procedure",
    "envelope.period",
    "envelope.date",
    "envelope.form_missing",
    "envelope.form_added",
    "envelope.rows",
)
_WARNINGS = (
    "wage_below_minimum",
    "wage_below_trained",
    "rate_differs",
    "rate_changes",
    "retired_no_bhtn",
    "past_retirement_age",
    "contract_other_only",
    "contract_no_bhtn",
    "contract_after_month",
    "foreign_contract",
    "foreign_retired",
    "past_months",
    "late_money",
    "retro_wage",
    "registered_late",
    "registration_evasion",
    "hospital_out_of_season",
    "declared_before",
    "named_otherwise_before",
    "commune_divided",
    "movement.already_active_before",
    "movement.on_leave_before",
    "movement.not_on_leave_before",
    "movement.absent_before",
)
_INFOS = ("wage_capped",)
UNKNOWN = "law.not_checkable."
_UNKNOWN = ("wage", "rate", "age", "contract", "months", "registration", "hospital", "state")
"""said once a list, with the number of rows"""

SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    {f"law.{name}": Severity.ERROR for name in _ERRORS}
    | {f"law.{name}": Severity.WARNING for name in _WARNINGS}
    | {f"law.{name}": Severity.INFO for name in _INFOS}
    | {f"{UNKNOWN}{name}": Severity.INFO for name in _UNKNOWN}
)
