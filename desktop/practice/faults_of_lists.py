"""Faults that only several rows show: twice the same person, households and papers of nobody."""

from desktop.practice.movements import later
from desktop.practice.planting import Fault, Scene, Values, codes, sets
from forms.model import Part, Period

_NOBODY = 999_999
_TWICE_IN = codes("law.movement.already_active")


def _joining(row: Values, scene: Scene) -> bool:
    return row.get("phuong_an") == "TM" and "ma_so_bhxh" in row and scene.lonely(row)


def _again(row: Values, scene: Scene) -> None:
    scene.add_copy(row)


def _again_a_month_later(row: Values, scene: Scene) -> None:
    start, end = (Period.parse(str(row[key])) for key in ("tu_thang", "den_thang"))
    scene.add_copy(row, den_thang=later(end, -1).wire, tu_thang=start.wire)


def _under_another_name(row: Values, scene: Scene) -> None:
    scene.add_copy(row, stt=scene.new_id(), ho_ten="Ngô Khác Tên Hẳn", phuong_an="TD")


def _with_another_number(row: Values, scene: Scene) -> None:
    scene.add_copy(row, phuong_an="TD", ma_so_bhxh="9999999999")


def _id_of_somebody(row: Values, scene: Scene) -> None:
    others = [r for r in scene.sections[Part.LAO_DONG] if r is not row and scene.lonely(r)]
    row["stt"] = scene.chance.choice(others)["stt"]


def _id_of_a_household(row: Values, scene: Scene) -> None:
    row["stt"] = scene.chance.choice(scene.sections[Part.PHU_LUC])["stt"]


def _beside_households(row: Values, scene: Scene) -> bool:
    return scene.lonely(row) and bool(scene.sections[Part.PHU_LUC])


def _no_tk1(row: Values, scene: Scene) -> None:
    scene.person(row["stt"]).pop("kem_tk1")


def _owner_has_number(row: Values, scene: Scene) -> bool:
    first = next(r for r in scene.sections[Part.PHU_LUC] if r["stt"] == row["stt"])
    return first is row and "ma_so_bhxh" in scene.person(row["stt"])


LISTS = {
    "row_twice": Fault(damage=_again, codes=codes("check.duplicate_row"), suits=_joining),
    "months_overlap": Fault(
        damage=_again_a_month_later,
        codes=codes("check.overlapping_rows"),
        suits=lambda row, _: row.get("phuong_an") == "TS" and "ma_so_bhxh" in row,
    ),
    "number_under_two_names": Fault(
        damage=_under_another_name,
        codes=codes("check.name_differs"),
        also=_TWICE_IN,
        suits=_joining,
    ),
    "person_with_two_numbers": Fault(
        damage=_with_another_number,
        codes=codes("check.two_numbers"),
        also=_TWICE_IN,
        suits=_joining,
    ),
    "id_of_two_people": Fault(
        damage=_id_of_somebody,
        codes=codes("check.shared_id"),
        suits=lambda row, scene: scene.lonely(row),
    ),
    "id_of_two_people_with_household": Fault(
        damage=_id_of_a_household,
        codes=codes("check.shared_id_household"),
        suits=_beside_households,
    ),
    "household_of_nobody": Fault(
        damage=sets(stt=_NOBODY),
        codes=codes("check.household_unmatched"),
        also=codes("check.no_head"),
        part=Part.PHU_LUC,
    ),
    "two_heads": Fault(
        damage=sets(moi_quan_he="00"),
        codes=codes("check.two_heads"),
        part=Part.PHU_LUC,
        suits=lambda row, _: row["moi_quan_he"] != "00",
    ),
    "no_head": Fault(
        damage=sets(moi_quan_he="22"),
        codes=codes("check.no_head"),
        part=Part.PHU_LUC,
        suits=lambda row, _: row["moi_quan_he"] == "00",
    ),
    "household_without_tk1": Fault(
        damage=_no_tk1,
        codes=codes("check.household_without_tk1"),
        part=Part.PHU_LUC,
        suits=_owner_has_number,
    ),
    "paper_of_nobody": Fault(
        damage=sets(stt=_NOBODY), codes=codes("check.paper_unmatched"), part=Part.BANG_KE
    ),
}
