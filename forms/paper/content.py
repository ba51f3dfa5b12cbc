"""What stands in one printed form: its single values and its lists, as declared and as shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forms.definition import HEADER, Field, FormDefinition
from forms.model import Part, Period, Row, Unit
from forms.paper.fixed import NAME_OF_LINE, fixed_lines
from forms.paper.shown import shown
from forms.paper.table import PaperRow
from forms.paper.wording import unit_words
from forms.printed import printed_lines
from forms.render import FormData

UNIT = "unit"
"""the line that says whose form it is, for layouts without a field for it"""
FILED_ON = ("lap_ngay", "lap_thang", "lap_nam")
"""day, month and year of filing, for the dated lines of forms"""
_PERSONS = frozenset({"ho_ten", "ten_chu_ho"})
"""a form with one of these among its single values speaks of that person, not of the unit"""
_UNIT_ALONE = frozenset({"ma_don_vi", "ten_don_vi", "ma_so_thue", "ky_ke_khai"})
_Values = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContent:
    header: PaperRow
    lists: Mapping[str, Sequence[PaperRow]]
    households: Mapping[str, Sequence[PaperRow]]
    """number of a row of the form's part → the rows that belong to it"""


def content_of(
    definition: FormDefinition, data: FormData, unit: Unit, period: Period, *, filing_date: date
) -> PaperContent:
    header = {
        **_about(definition, unit, period),
        **_filed(filing_date),
        UNIT: unit_words(unit, period),
        **data.values,
    }
    return PaperContent(
        header=PaperRow(_shown(_fields(definition, HEADER), header), header),
        lists={name: _list(definition, name, rows) for name, rows in _lists(definition, data)},
        households=_households(definition, data),
    )


def _about(definition: FormDefinition, unit: Unit, period: Period) -> _Values:
    """What the form may say of the unit without being asked: never its telephone as somebody's."""
    known = {
        "ma_don_vi": unit.code,
        "ten_don_vi": unit.name,
        "ky_ke_khai": period.wire,
        "ma_so_thue": unit.tax_code,
        "dia_chi_lien_he": unit.address,
        "email": unit.email,
        "dien_thoai": unit.phone,
        "nguoi_dai_dien": unit.signer,
    }
    asked = definition.keys(HEADER)
    wanted = asked & _UNIT_ALONE if asked & _PERSONS else asked
    return {key: value for key, value in known.items() if key in wanted}


def _filed(filing_date: date) -> _Values:
    return dict(zip(FILED_ON, filing_date.strftime("%d %m %Y").split(), strict=True))


def _fields(definition: FormDefinition, part: str) -> dict[str, Field]:
    return {field.key: field for field in definition.fields if field.part == part}


def _shown(fields: Mapping[str, Field], values: Mapping[str, str]) -> _Values:
    return {
        key: shown(fields[key], value) if key in fields else value for key, value in values.items()
    }


def _lists(definition: FormDefinition, data: FormData) -> Iterable[tuple[str, Sequence[Row]]]:
    """A form whose lines are fixed has them also where nothing is filled in."""
    blank = {definition.part: ()} if definition.lines else {}
    return {**blank, **data.lists}.items()


def _list(definition: FormDefinition, part: str, rows: Sequence[Row]) -> tuple[PaperRow, ...]:
    """The rows with what the form makes of them."""
    fields = _fields(definition, part)
    if definition.lines and NAME_OF_LINE in fields:
        return tuple(
            PaperRow(_shown(fields, values), values) for values in fixed_lines(definition, rows)
        )
    made: Sequence[Mapping[str, str]] = [{} for _ in rows]
    if part == definition.part:
        made = printed_lines(definition, rows)
    raw = ({**row.values, **line} for row, line in zip(rows, made, strict=True))
    return tuple(PaperRow(_shown(fields, values), values) for values in raw)


def _households(definition: FormDefinition, data: FormData) -> dict[str, list[PaperRow]]:
    part, by = definition.household_part, definition.household_by
    if part is None or by is None:
        return {}
    found: dict[str, list[PaperRow]] = {}
    members = data.lists.get(part, ())
    for member, row in zip(members, _list(definition, part, members), strict=True):
        if number := member.get(by):
            found.setdefault(number, []).append(row)
    return found


def drafted(definition: FormDefinition, rows: Sequence[Row], family: Sequence[Row]) -> FormData:
    """The data of a form that is made of a draft's rows."""
    lists: dict[str, Sequence[Row]] = {definition.part: rows}
    if definition.household_part is not None:
        lists[Part(definition.household_part)] = family
    return FormData(lists=lists)
