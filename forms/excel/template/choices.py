"""What a cell of the template offers and says: drop-down lists, and codes found by their names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from forms.excel.layout import Column, SheetLayout
from forms.excel.template.catalogues import (
    BETWEEN,
    BY_PROVINCE,
    codes_of,
    counts_of,
    is_closed,
    keys_of,
    names_of,
    starts_of,
)

ROWS = 10_000
"""so many rows offer choices"""
LOOKED_UP = 300
"""so many rows find codes by names; a formula in every row would make the file heavy"""
_BY_NAME = frozenset({"gioi_tinh"})
"""lists from which the name is chosen, not the code"""
_NAME_FIELDS = {
    "phuong_an": "ten_phuong_an",
    "loai": "ten_loai",
    "quoc_tich": "ten_quoc_tich",
    "dan_toc": "ten_dan_toc",
    "moi_quan_he": "ten_moi_quan_he",
}
"""field of a code → field of its name, beside ``ma_…`` and ``ten_…``"""
_LONGEST_TITLE, _LONGEST_PROMPT = 32, 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A code and its name in one row, and the province that both depend on."""

    code: Column
    name: Column
    province: Column | None

    @property
    def list(self) -> str:
        return self.code.code_list

    def formula(self, line: int) -> str:
        """The code of the name that was chosen; nothing where there is none."""
        chosen = f"{self.name.letters}{line}"
        if self.province is None:
            found = f"MATCH({chosen},{names_of(self.list)},0)"
        else:
            key = f'{self.province.letters}{line}&"{BETWEEN}"&{chosen}'
            found = f"MATCH({key},{keys_of(self.list)},0)"
        return f'IF({chosen}="","",IFERROR(INDEX({codes_of(self.list)},{found}),""))'

    def offered(self, line: int) -> str:
        """The names to choose from: those of the province of the same row."""
        if self.province is None:
            return names_of(self.list)
        where = f"MATCH(${self.province.letters}{line},{codes_of('tinh')},0)"
        first, count = (f"INDEX({n},{where})" for n in (starts_of(self.list), counts_of(self.list)))
        return f"OFFSET(INDEX({names_of(self.list)},1),{first},0,{count},1)"


def pairs_of(sheet: SheetLayout) -> dict[str, Pair]:
    """Key of the code → pair, for every code whose name has a column too."""
    found = {}
    for column in sheet.named:
        name = sheet.column(_name_field(column.key))
        if column.code_list and name is not None:
            province = _province_of(sheet, column)
            if column.code_list in BY_PROVINCE and province is None:
                continue
            found[column.key] = Pair(code=column, name=name, province=province)
    return found


def _name_field(key: str) -> str:
    return _NAME_FIELDS.get(key) or (f"ten_{key[3:]}" if key.startswith("ma_") else "")


def _province_of(sheet: SheetLayout, column: Column) -> Column | None:
    """``ma_xa_ks`` → ``ma_tinh_ks``, ``ma_benh_vien`` → ``ma_tinh_benh_vien``."""
    if column.code_list not in BY_PROVINCE:
        return None
    tail = column.key.removeprefix("ma_").removeprefix("xa_")
    return sheet.column(f"ma_tinh_{tail}")


def validations(sheet: SheetLayout) -> str:
    """XML of every drop-down list and of the help that shows when a cell is entered."""
    pairs = pairs_of(sheet)
    names = {pair.name.key: pair for pair in pairs.values()}
    rules = [rule for column in sheet.named if (rule := _rule(column, sheet.first_data_row, names))]
    return f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>'


def _rule(column: Column, line: int, names: Mapping[str, Pair]) -> str:
    pair = names.get(column.key)
    if pair is not None:
        return _list(column, line, pair.offered(line), closed=False)
    if column.code_list in _BY_NAME:
        return _list(column, line, names_of(column.code_list), closed=False)
    if column.code_list:
        closed = is_closed(column.code_list)
        return _list(column, line, codes_of(column.code_list), closed=closed)
    return _validation(column, line, "", "") if column.hint else ""


def _list(column: Column, line: int, formula: str, *, closed: bool) -> str:
    style = "" if closed else ' errorStyle="warning"'
    kind = f' type="list"{style} showErrorMessage="1"'
    return _validation(column, line, kind, f"<formula1>{escape(formula)}</formula1>")


def _validation(column: Column, line: int, kind: str, inside: str) -> str:
    where = f"{column.letters}{line}:{column.letters}{line + ROWS - 1}"
    said = "".join(_prompt(column))
    return f'<dataValidation{kind} allowBlank="1"{said} sqref="{where}">{inside}</dataValidation>'


def _prompt(column: Column) -> Iterator[str]:
    if column.hint:
        yield ' showInputMessage="1"'
        yield f" promptTitle={quoteattr(column.title[:_LONGEST_TITLE])}"
        yield f" prompt={quoteattr(column.hint[:_LONGEST_PROMPT])}"
