"""How grave each code is. An error is what the agency would surely refuse, or what would be lost.

Whatever may be right after all is a warning: to call good data wrong is worse than the reverse.
"""

from collections.abc import Mapping
from types import MappingProxyType

from forms.findings import Severity

_ERRORS = (
    "required",
    "illegal_character",
    "too_long",
    "not_digits",
    "not_money",
    "not_number",
    "not_percent",
    "not_date",
    "not_birth_date",
    "not_month",
    "not_flag",
    "unknown_code",
    "social_number",
    "citizen_id",
    "citizen_id_shape",
    "no_identity",
    "month_order",
    "date_order",
    "movement_kind",
    "death_in_future",
    "death_before_birth",
    "birth_in_future",
    "wage_zero",
    "no_people",
    "duplicate_row",
    "name_differs",
    "household_unmatched",
    "two_heads",
    "shared_id_household",
)
_WARNINGS = (
    "unlisted_code",
    "citizen_id_old",
    "citizen_id_passport",
    "citizen_id_province",
    "citizen_id_sex",
    "citizen_id_birth",
    "phone",
    "household",
    "movement_kind_old",
    "movement_sex",
    "death_movement",
    "birth_long_ago",
    "too_young",
    "date_far",
    "month_early",
    "month_after_period",
    "wage_small",
    "coefficient_large",
    "allowance_without_coefficient",
    "commune_province",
    "hospital_province",
    "book_without_number",
    "number_without_tk1",
    "overlapping_rows",
    "two_numbers",
    "household_without_tk1",
    "no_head",
    "paper_unmatched",
    "shared_id",
    "region_differs",
)
_ENDED = ("ended", "ended_several", "ended_unknown")

SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    {f"check.{name}": Severity.ERROR for name in _ERRORS}
    | {f"check.{name}": Severity.WARNING for name in _WARNINGS}
    | {f"code.{name}": Severity.WARNING for name in _ENDED}
    | {"check.not_checkable": Severity.INFO}
)
