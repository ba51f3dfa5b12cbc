"""Rows of the main sheet and of the papers: who comes, goes, earns another wage."""

import random
from dataclasses import dataclass
from datetime import date

from desktop.practice.people import Inventor, Person, words
from forms.codes import code_list
from forms.model import Period
from forms.rules.persons import Group
from forms.rules.rates import group_rates

_WEIGHTS = {
    ("1", "TM"): 66,
    ("1", "TD"): 4,
    ("1", "ON"): 4,
    ("2", "DC"): 8,
    ("4", "DC"): 1,
    ("5", "CD"): 2,
    ("3", "GH"): 8,
    ("3", "TS"): 3,
    ("3", "OF"): 2,
    ("3", "KL"): 1,
    ("3", "GD"): 1,
}
_KINDS = tuple(_WEIGHTS)
_ARREARS = ("2", "AD")
"""a month that was forgotten, on a line of its own"""
_WORKING = range(18, 55)
"""nobody old enough for a pension in any year of the table"""
_CHILDBEARING = range(21, 41)
_LEAVES = {"TS": 6, "OF": 2, "KL": 1}
"""months away, the first among them"""
_LATE, _NEW, _CHANGES, _BY_COEFFICIENT, _INDEFINITE = 0.1, 0.15, 0.05, 0.03, 0.4
_POSITIONS = ("nql", "cmktbc", "cmktbt", "khac")


@dataclass(frozen=True, slots=True)
class Movement:
    kind: str
    """loại khai báo"""
    code: str
    """phương án"""
    start: Period
    late: bool


@dataclass(frozen=True, slots=True)
class Employee:
    """A person and the row that declares them."""

    person: Person
    values: dict[str, object]


def pick_movement(chance: random.Random, period: Period) -> Movement:
    kind, code = chance.choices(_KINDS, weights=tuple(_WEIGHTS.values()))[0]
    if code == "TM" and chance.random() < _LATE:
        return Movement(*_ARREARS, later(period, -1), late=True)
    return Movement(kind, code, period, late=False)


def later(period: Period, months: int) -> Period:
    years, month = divmod(period.month - 1 + months, 12)
    return Period(period.year + years, month + 1)


def employee_row(number: int, inventor: Inventor, movement: Movement, *, region: int) -> Employee:
    """One row; ``number`` is the ID within the workbook."""
    chance = inventor.chance
    mother = movement.code == "TS"
    person = inventor.person(
        ages=_CHILDBEARING if mother else _WORKING, sex="0" if mother else None
    )
    new = movement.code == "TM" and chance.random() < _NEW
    values: dict[str, object] = {
        "stt": number,
        "ho_ten": person.name,
        **_insurance(inventor, new=new),
        **_movement(movement, chance),
        **_work(chance),
        **_pay(chance),
        "ma_vung_ltt": f"{region:02}",
        **_identity(person, inventor),
        **_places(person, chance),
        **_contract(movement, chance),
    }
    if new or chance.random() < _CHANGES:
        values["kem_tk1"] = "x"
        values["noi_dung_thay_doi"] = "Tăng mới" if new else "Thay đổi số điện thoại"
        values["nhan_ban_dien_tu"] = 1
    return Employee(person, values)


def paper_row(employee: Employee, movement: Movement, inventor: Inventor) -> dict[str, object]:
    """The paper that a late report or a new wage is based on."""
    papers, values = words()["papers"], employee.values
    day = _shown(date(movement.start.year, movement.start.month, 1))
    row = {
        "stt": values["stt"],
        "ho_ten": values["ho_ten"],
        "ma_so_bhxh": values.get("ma_so_bhxh"),
        "ten_loai_van_ban": papers["contract" if movement.late else "decision"],
        "so_van_ban": f"{inventor.chance.randrange(1, 1000)}/{movement.start.year}",
        "ngay_ban_hanh": day,
        "ngay_hieu_luc": day,
        "co_quan_ban_hanh": papers["issuer"],
        "trich_yeu": papers["summary"],
    }
    if movement.late:
        text = str(papers["late"])
        row["noi_dung_tham_dinh"] = text.format(name=values["ho_ten"], month=movement.start.wire)
    return {key: value for key, value in row.items() if value is not None}


def _insurance(inventor: Inventor, *, new: bool) -> dict[str, object]:
    if new:
        return {"da_co_so": 0}
    return {"ma_so_bhxh": inventor.social_number(), "da_co_so": 1}


def _movement(movement: Movement, chance: random.Random) -> dict[str, object]:
    names = code_list("phuong_an")
    values: dict[str, object] = {
        "ten_loai": code_list("loai").name_of(movement.kind),
        "loai": int(movement.kind),
        "ten_phuong_an": f"{movement.code} - {names.name_of(movement.code)}",
        "phuong_an": movement.code,
        "tu_thang": movement.start.wire,
        "ghi_chu": str(words()["notes"][movement.code]).format(number=chance.randrange(1, 1000)),
        "ty_le_dong": _rate(movement.start),
        "tinh_lai": int(movement.late),
    }
    if movement.late:
        values["den_thang"] = movement.start.wire
    if movement.code in _LEAVES:
        values["den_thang"] = later(movement.start, _LEAVES[movement.code] - 1).wire
    return values


def _rate(month: Period) -> int | float:
    """Per cent of the standard group, as an accountant types it."""
    rates = group_rates(Group.STANDARD, month)
    total = sum((*rates.employer.values(), *rates.employee.values()))
    return int(total) if total == int(total) else float(total)


def _work(chance: random.Random) -> dict[str, object]:
    work = words()["work"]
    return {
        "chuc_vu": chance.choice(work["jobs"]),
        "noi_lam_viec": chance.choice(work["places"]),
        "ma_phong_ban": chance.choice(work["departments"]),
    }


def _pay(chance: random.Random) -> dict[str, object]:
    """Above the highest regional minimum; now and then by coefficient."""
    if chance.random() < _BY_COEFFICIENT:
        step = chance.randrange(8)
        return {"tien_luong": round(2.34 + 0.33 * step, 2), "phu_cap_cv": chance.choice((0.2, 0.4))}
    values: dict[str, object] = {"tien_luong": chance.randrange(5_700_000, 45_000_000, 50_000)}
    if chance.random() < 0.3:
        values["phu_cap_luong"] = chance.randrange(200_000, 2_000_000, 50_000)
    return values


def _identity(person: Person, inventor: Inventor) -> dict[str, object]:
    return {
        "cccd": person.citizen_id,
        "ma_ho_gia_dinh": f"99{person.citizen_id[-8:]}",
        "ngay_sinh": _shown(person.birth),
        "gioi_tinh": int(person.sex),
        "ten_quoc_tich": "Việt Nam",
        "quoc_tich": "VN",
        "ten_dan_toc": "Kinh",
        "dan_toc": "01",
        "dien_thoai": inventor.phone(),
        "muc_huong": "4",
    }


def _places(person: Person, chance: random.Random) -> dict[str, object]:
    here = person.places
    hospital, birth, home = (
        chance.choice(here.hospitals),
        chance.choice(here.communes),
        chance.choice(here.communes),
    )
    street = chance.choice(words()["work"]["streets"])
    return {
        "ten_tinh_benh_vien": here.province.name,
        "ma_tinh_benh_vien": here.province.code,
        "ten_benh_vien": hospital.name,
        "ma_benh_vien": hospital.code,
        "ten_tinh_ks": here.province.name,
        "ma_tinh_ks": here.province.code,
        "ten_xa_ks": birth.name,
        "ma_xa_ks": birth.code,
        "ten_tinh_nn": here.province.name,
        "ma_tinh_nn": here.province.code,
        "ten_xa_nn": home.name,
        "ma_xa_nn": home.code,
        "dia_chi_nn": f"Số {chance.randrange(1, 400)} {street}",
    }


def _contract(movement: Movement, chance: random.Random) -> dict[str, object]:
    start = date(movement.start.year, movement.start.month, 1)
    values: dict[str, object] = {
        f"vtvl_{chance.choice(_POSITIONS)}_tu_ngay": _shown(start),
    }
    if chance.random() < _INDEFINITE:
        return {**values, "hdld_tu_ngay": _shown(start)}
    end = start.replace(year=start.year + chance.choice((1, 2, 3)))
    return {**values, "hdld_xdth_tu_ngay": _shown(start), "hdld_xdth_den_ngay": _shown(end)}


def _shown(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
