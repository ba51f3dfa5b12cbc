"""Faults against the law: every cell is possible, but not in that month or for that person."""

from datetime import date, timedelta

from desktop.practice.planting import Fault, Scene, Values, codes, sets
from forms.model import Period


def _of(*movements: str) -> "Suits":
    return Suits(movements)


class Suits:
    """Rows of people by amount who have one of these movements."""

    def __init__(self, movements: tuple[str, ...]) -> None:
        self._movements = movements

    def __call__(self, row: Values, scene: Scene) -> bool:
        wage = row.get("tien_luong")
        right = row.get("phuong_an") in self._movements and "ma_so_bhxh" in row
        return right and isinstance(wage, int) and wage > 100 and scene.lonely(row)


def _shown(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def _pay(row: Values, amount: int) -> None:
    for key in ("phu_cap_luong", "phu_cap_bo_sung"):
        row.pop(key, None)
    row["tien_luong"] = amount


def _below_the_floor(row: Values, scene: Scene) -> None:
    del scene
    _pay(row, 1_000_000)


def _contract(row: Values, start: date, end: date | None, *, sort: str) -> None:
    for key in [key for key in row if key.startswith("hdld_")]:
        row.pop(key)
    row[f"hdld_{sort}tu_ngay"] = _shown(start)
    if end is not None:
        row[f"hdld_{sort}den_ngay"] = _shown(end)


def _first(row: Values) -> date:
    return Period.parse(str(row["tu_thang"])).first_day


def _under_a_month(row: Values, scene: Scene) -> None:
    del scene
    start = _first(row)
    _contract(row, start, start + timedelta(days=19), sort="xdth_")


def _on_probation(row: Values, scene: Scene) -> None:
    del scene
    start = _first(row)
    _contract(row, start, start + timedelta(days=59), sort="khac_")
    row["ghi_chu"] = "HĐ thử việc"


def _begun_before(days: int, row: Values, scene: Scene) -> None:
    """So many days before the 20th of the period, when lists are filed in trials."""
    _contract(row, scene.period.first_day + timedelta(days=19 - days), None, sort="")


def _old_man(row: Values, scene: Scene) -> None:
    year = scene.period.year - 70
    row["ngay_sinh"] = f"01/02/{year}"
    row["cccd"] = f"{str(row['cccd'])[:4]}{year % 100:02}{str(row['cccd'])[6:]}"


def _leaves_twice(row: Values, scene: Scene) -> None:
    scene.add_copy(row, phuong_an="GD", loai="3")


def _from_last_month(row: Values, scene: Scene) -> None:
    row["tu_thang"] = scene.period.plus(-1).wire


def _other_clinic(row: Values, scene: Scene) -> None:
    del scene
    row["noi_dung_thay_doi"] = "Thay đổi nơi đăng ký khám chữa bệnh ban đầu"


def _may_change(row: Values, scene: Scene) -> bool:
    out_of_season = scene.period.month % 3 != 1
    return "kem_tk1" in row and row.get("phuong_an") == "DC" and out_of_season


LAW = {
    "wage_under_the_floor": Fault(
        damage=_below_the_floor, codes=codes("law.wage_below_floor"), suits=_of("TM", "DC")
    ),
    "rate_of_another_year": Fault(
        damage=sets(ty_le_dong=28.5), codes=codes("law.rate_differs"), suits=_of("TM", "DC")
    ),
    "contract_of_some_days": Fault(
        damage=_under_a_month, codes=codes("law.contract_short"), suits=_of("TM")
    ),
    "contract_of_probation": Fault(
        damage=_on_probation, codes=codes("law.contract_probation"), suits=_of("TM")
    ),
    "registered_after_40_days": Fault(
        damage=lambda row, scene: _begun_before(40, row, scene),
        codes=codes("law.registered_late"),
        suits=_of("TM"),
    ),
    "registered_after_100_days": Fault(
        damage=lambda row, scene: _begun_before(100, row, scene),
        codes=codes("law.registration_evasion"),
        suits=_of("TM"),
    ),
    "old_enough_for_a_pension": Fault(
        damage=_old_man,
        codes=codes("law.retired_no_bhtn"),
        suits=lambda row, scene: _of("TM")(row, scene) and str(row["cccd"])[3] in "01",
    ),
    "leaves_twice": Fault(
        damage=_leaves_twice, codes=codes("law.movement.absent"), suits=_of("GH")
    ),
    "past_month_in_a_new_row": Fault(
        damage=_from_last_month, codes=codes("law.past_months"), suits=_of("ON")
    ),
    "clinic_out_of_season": Fault(
        damage=_other_clinic, codes=codes("law.hospital_out_of_season"), suits=_may_change
    ),
}
"""codes for months since 2026-01, filed on the 20th of the period"""
