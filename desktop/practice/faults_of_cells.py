"""Faults of one cell: what Excel and hurried fingers do."""

from datetime import date
from functools import partial

from desktop.practice.planting import Fault, Scene, Values, codes, sets
from forms.codes import Entry, code_list


def _in_tk1(row: Values, scene: Scene) -> bool:
    del scene
    return "kem_tk1" in row


def _new(row: Values, scene: Scene) -> bool:
    del scene
    return row["da_co_so"] == 0


def _lone(row: Values, scene: Scene) -> bool:
    return scene.lonely(row)


def _has_number(row: Values, scene: Scene) -> bool:
    return "ma_so_bhxh" in row and scene.lonely(row)


def _number_begins_with_zero(row: Values, scene: Scene) -> bool:
    return _has_number(row, scene) and str(row["ma_so_bhxh"]).startswith("09")


def _ends_nowhere(row: Values, scene: Scene) -> bool:
    del scene
    return "den_thang" not in row


def _zero_lost(key: str, row: Values, scene: Scene) -> None:
    del scene
    row[key] = int(str(row[key]))


def _digit_lost(key: str, row: Values, scene: Scene) -> None:
    del scene
    row[key] = str(row[key])[:-1]


def _letter_for_zero(row: Values, scene: Scene) -> None:
    del scene
    row["ma_so_bhxh"] = f"O{str(row['ma_so_bhxh'])[1:]}"


def _spaces(row: Values, scene: Scene) -> None:
    del scene
    row["ho_ten"] = f"  {row['ho_ten']}  "


def _day_for_month(row: Values, scene: Scene) -> None:
    row["tu_thang"] = date(scene.period.year, scene.period.month, 15)


def _short_year(row: Values, scene: Scene) -> None:
    row["nndh_tu_ngay"] = f"05/01/{scene.period.year % 100:02}"


def _old_commune(now: int, row: Values, scene: Scene) -> None:
    province = row["ma_tinh_ks"]
    row["ma_xa_ks"] = scene.chance.choice(_old_communes(province, now=now)).code


def _has_old_communes(now: int, row: Values, scene: Scene) -> bool:
    return _in_tk1(row, scene) and bool(_old_communes(row["ma_tinh_ks"], now=now))


def _old_communes(province: object, *, now: int) -> list[Entry]:
    """Those that became so many communes of today; the province as it was and is."""
    old = code_list("xa_cu").entries.values()
    return [e for e in old if e.more["province"] == province and len(e.more["now"].split()) == now]


TYPED = {
    "lost_zero_citizen": Fault(
        damage=lambda row, scene: _zero_lost("cccd", row, scene),
        codes=codes("clean.leading_zero"),
    ),
    "lost_zero_social": Fault(
        damage=lambda row, scene: _zero_lost("ma_so_bhxh", row, scene),
        codes=codes("clean.leading_zero"),
        suits=_number_begins_with_zero,
    ),
    "spaces_around_name": Fault(damage=_spaces, codes=codes("clean.spaces")),
    "birth_on_no_day": Fault(
        damage=sets(ngay_sinh="31/02/1990"),
        codes=codes("clean.not_a_date", "check.not_birth_date"),
    ),
    "date_on_no_day": Fault(
        damage=sets(nndh_tu_ngay="30/02/2026"),
        codes=codes("clean.not_a_date", "check.not_date"),
    ),
    "month_thirteen": Fault(
        damage=sets(tu_thang="13/2026"), codes=codes("clean.not_a_month", "check.not_month")
    ),
    "day_for_month": Fault(
        damage=_day_for_month, codes=codes("clean.month_from_date"), suits=_ends_nowhere
    ),
    "short_year": Fault(damage=_short_year, codes=codes("clean.two_digit_year")),
    "wage_in_words": Fault(
        damage=sets(tien_luong="mười triệu"),
        codes=codes("clean.not_a_number", "check.not_number"),
    ),
    "wage_ambiguous": Fault(
        damage=sets(tien_luong="12.500"), codes=codes("clean.ambiguous_number")
    ),
    "wage_negative": Fault(damage=sets(tien_luong=-5_000_000), codes=codes("check.not_number")),
    "allowance_of_half_a_dong": Fault(
        damage=sets(phu_cap_luong="500000,5"),
        codes=codes("clean.money_fraction", "check.not_money"),
    ),
    "flag_unclear": Fault(
        damage=sets(tinh_lai="có thể"), codes=codes("clean.not_a_flag", "check.not_flag")
    ),
    "sex_unclear": Fault(
        damage=sets(gioi_tinh="?"), codes=codes("clean.not_a_sex", "check.unknown_code")
    ),
    "rate_as_share": Fault(damage=sets(ty_le_dong=0.32), codes=codes("clean.percent_fraction")),
    "rate_too_large": Fault(damage=sets(ty_le_dong=320), codes=codes("check.not_percent")),
    "citizen_in_exponent": Fault(
        damage=sets(cccd="7.9185E+10"), codes=codes("clean.digits_lost", "check.citizen_id")
    ),
    "social_with_letter": Fault(
        damage=_letter_for_zero,
        codes=codes("clean.letter_for_digit", "check.social_number"),
        suits=_has_number,
    ),
}

WRITTEN = {
    "name_missing": Fault(
        damage=sets(ho_ten=None), codes=codes("check.required"), suits=_has_number
    ),
    "movement_missing": Fault(
        damage=sets(phuong_an=None), codes=codes("check.required"), suits=_has_number
    ),
    "wage_missing": Fault(damage=sets(tien_luong=None), codes=codes("check.required")),
    "clinic_missing": Fault(
        damage=sets(ma_benh_vien=None), codes=codes("check.required"), suits=_new
    ),
    "name_too_long": Fault(
        damage=sets(ho_ten="Nguyễn Dài " * 10),
        codes=codes("check.too_long", "clean.spaces"),
        suits=_lone,
    ),
    "movement_unknown": Fault(damage=sets(phuong_an="XX"), codes=codes("check.unknown_code")),
    "clinic_unknown": Fault(
        damage=sets(ma_benh_vien="79ZZZ"), codes=codes("check.unlisted_code"), suits=_in_tk1
    ),
    "commune_unknown": Fault(
        damage=sets(ma_xa_nn="99999"), codes=codes("check.unlisted_code"), suits=_in_tk1
    ),
    "commune_old": Fault(
        damage=partial(_old_commune, 1),
        codes=codes("code.ended"),
        suits=partial(_has_old_communes, 1),
    ),
    "commune_divided": Fault(
        damage=partial(_old_commune, 2),
        codes=codes("code.ended_several"),
        suits=partial(_has_old_communes, 2),
    ),
    "commune_gone": Fault(
        damage=partial(_old_commune, 0),
        codes=codes("code.ended_unknown"),
        suits=partial(_has_old_communes, 0),
    ),
    "social_too_short": Fault(
        damage=lambda row, scene: _digit_lost("ma_so_bhxh", row, scene),
        codes=codes("check.social_number"),
        suits=_has_number,
    ),
    "citizen_too_short": Fault(
        damage=lambda row, scene: _digit_lost("cccd", row, scene),
        codes=codes("check.citizen_id"),
    ),
    "phone_too_short": Fault(
        damage=sets(dien_thoai="12345"), codes=codes("check.phone"), suits=_in_tk1
    ),
    "household_too_short": Fault(
        damage=sets(ma_ho_gia_dinh="123"), codes=codes("check.household"), suits=_in_tk1
    ),
    "citizen_old": Fault(damage=sets(cccd="990000012"), codes=codes("check.citizen_id_old")),
    "citizen_passport": Fault(
        damage=sets(cccd="C9900001"), codes=codes("check.citizen_id_passport")
    ),
    "date_long_ago": Fault(damage=sets(nndh_tu_ngay="01/01/1920"), codes=codes("check.date_far")),
}
