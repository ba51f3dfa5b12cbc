"""Faults of one row: every cell is possible, together they are not."""

from desktop.practice.movements import later
from desktop.practice.people import provinces
from desktop.practice.planting import Fault, Scene, Values, codes, sets
from forms.model import Period

_BIRTH = codes("check.citizen_id_birth")


def _in_tk1(row: Values, scene: Scene) -> bool:
    del scene
    return "kem_tk1" in row


def _new(row: Values, scene: Scene) -> bool:
    return row["da_co_so"] == 0 and scene.lonely(row)


def _movement(row: Values, *movements: str) -> bool:
    return row.get("phuong_an") in movements


def _open(row: Values, scene: Scene) -> bool:
    del scene
    return "den_thang" not in row


def _earning_amount(row: Values, scene: Scene) -> bool:
    del scene
    wage = row.get("tien_luong")
    return isinstance(wage, int) and wage > 100


def _start(row: Values) -> Period:
    return Period.parse(str(row["tu_thang"]))


def _ends_before(row: Values, scene: Scene) -> None:
    del scene
    row["den_thang"] = later(_start(row), -1).wire


def _begins_too_late(row: Values, scene: Scene) -> None:
    row["tu_thang"] = later(scene.period, 2).wire


def _born(years_ago: int, row: Values, scene: Scene) -> None:
    row["ngay_sinh"] = scene.period.year - years_ago


def _born_a_year_earlier(row: Values, scene: Scene) -> None:
    del scene
    row["ngay_sinh"] = int(str(row["ngay_sinh"])[-4:]) - 1


def _other_sex(row: Values, scene: Scene) -> None:
    del scene
    row["gioi_tinh"] = 1 - int(str(row["gioi_tinh"]))


def _citizen_with(place: slice, digits: str, row: Values) -> None:
    number = str(row["cccd"])
    row["cccd"] = number[: place.start] + digits + number[place.stop :]


def _man_on_maternity_leave(row: Values, scene: Scene) -> None:
    number = str(row["cccd"])
    _citizen_with(slice(3, 4), str(int(number[3]) - 1), row)
    _other_sex(row, scene)


def _died(year: int, row: Values) -> None:
    row["ngay_chet"] = f"01/01/{year}"


def _other_province(key: str, row: Values, scene: Scene) -> None:
    codes_ = [p.province.code for p in provinces() if p.province.code != row[key]]
    hospital = str(row.get("ma_benh_vien", ""))[:2]
    row[key] = scene.chance.choice([code for code in codes_ if code != hospital])


def _contract_ends_first(row: Values, scene: Scene) -> None:
    year = scene.period.year
    row["hdld_khac_tu_ngay"], row["hdld_khac_den_ngay"] = f"02/01/{year}", f"01/01/{year}"


PERSON = {
    "identity_missing": Fault(damage=sets(cccd=None), codes=codes("check.no_identity"), suits=_new),
    "citizen_of_no_century": Fault(
        damage=lambda row, _: _citizen_with(slice(3, 4), "9", row),
        codes=codes("check.citizen_id_shape"),
    ),
    "citizen_of_no_province": Fault(
        damage=lambda row, _: _citizen_with(slice(0, 3), "003", row),
        codes=codes("check.citizen_id_province"),
    ),
    "citizen_of_other_sex": Fault(
        damage=_other_sex,
        codes=codes("check.citizen_id_sex"),
        suits=lambda row, _: not _movement(row, "TS"),
    ),
    "citizen_of_other_year": Fault(damage=_born_a_year_earlier, codes=_BIRTH),
    "born_tomorrow": Fault(
        damage=lambda row, scene: _born(-1, row, scene),
        codes=codes("check.birth_in_future"),
        also=_BIRTH,
    ),
    "born_as_child": Fault(
        damage=lambda row, scene: _born(10, row, scene),
        codes=codes("check.too_young"),
        also=_BIRTH,
    ),
    "born_long_ago": Fault(
        damage=lambda row, scene: _born(105, row, scene),
        codes=codes("check.birth_long_ago"),
        also=_BIRTH | codes("law.retired_no_bhtn"),
    ),
    "book_without_number": Fault(
        damage=sets(da_co_so=1), codes=codes("check.book_without_number"), suits=_new
    ),
    "number_without_tk1": Fault(
        damage=sets(kem_tk1=None), codes=codes("check.number_without_tk1"), suits=_new
    ),
}

MOVEMENT = {
    "movement_under_wrong_kind": Fault(
        damage=sets(loai=3),
        codes=codes("check.movement_kind"),
        suits=lambda row, _: _movement(row, "TM"),
    ),
    "movement_under_old_kind": Fault(
        damage=sets(loai=2, phuong_an="CD"), codes=codes("check.movement_kind_old"), suits=_open
    ),
    "maternity_of_a_man": Fault(
        damage=_man_on_maternity_leave,
        codes=codes("check.movement_sex"),
        suits=lambda row, scene: _movement(row, "TS") and scene.lonely(row),
    ),
    "ends_before_it_begins": Fault(
        damage=_ends_before, codes=codes("check.month_order"), suits=_open
    ),
    "begins_after_the_period": Fault(
        damage=_begins_too_late, codes=codes("check.month_after_period"), suits=_open
    ),
    "begins_before_1995": Fault(
        damage=sets(tu_thang="05/1990"),
        codes=codes("check.month_early"),
        also=codes("check.too_young", "law.past_months", "law.retro_wage"),
        suits=_open,
    ),
    "contract_ends_first": Fault(damage=_contract_ends_first, codes=codes("check.date_order")),
    "dead_but_joining": Fault(
        damage=lambda row, scene: _died(scene.period.year, row),
        codes=codes("check.death_movement"),
        suits=lambda row, _: _movement(row, "TM", "TD"),
    ),
    "death_to_come": Fault(
        damage=lambda row, scene: _died(scene.period.year + 1, row),
        codes=codes("check.death_in_future"),
        suits=lambda row, _: _movement(row, "GH"),
    ),
    "death_before_birth": Fault(
        damage=lambda row, _: _died(int(str(row["ngay_sinh"])[-4:]) - 1, row),
        codes=codes("check.death_before_birth"),
        suits=lambda row, _: _movement(row, "GH"),
    ),
}

MONEY_AND_PLACES = {
    "wage_zero": Fault(damage=sets(tien_luong=0), codes=codes("check.wage_zero")),
    "wage_in_thousands": Fault(
        damage=sets(tien_luong=5700, phu_cap_cv=None), codes=codes("check.wage_small")
    ),
    "wage_in_millions": Fault(damage=sets(tien_luong=57), codes=codes("check.coefficient_large")),
    "allowance_beside_amount": Fault(
        damage=sets(phu_cap_cv=0.5),
        codes=codes("check.allowance_without_coefficient"),
        suits=_earning_amount,
    ),
    "clinic_in_other_province": Fault(
        damage=lambda row, scene: _other_province("ma_tinh_benh_vien", row, scene),
        codes=codes("check.hospital_province"),
        suits=_in_tk1,
    ),
    "commune_in_other_province": Fault(
        damage=lambda row, scene: _other_province("ma_tinh_ks", row, scene),
        codes=codes("check.commune_province"),
        suits=_in_tk1,
    ),
    "other_region": Fault(
        damage=lambda row, _: row.update(ma_vung_ltt="02" if row["ma_vung_ltt"] != "02" else "03"),
        codes=codes("check.region_differs"),
    ),
}
