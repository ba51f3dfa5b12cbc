"""Workbooks of any length with 45 filled columns, as Excel writes them: shared texts, numbers.

Written as plain text, because writing 100,000 rows with the library takes minutes.
"""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from itertools import islice
from pathlib import Path

from desktop.practice.roster import LAYOUT, make_roster
from forms.excel import layout as layouts
from forms.excel.letters import to_letters
from forms.model import Part, Period

COLUMNS = 45
PERIOD = Period(2026, 11)
SHEET = "Dữ Liệu"
_DIFFERENT = 1_000
"""so many people are invented; the others are they again under other numbers"""
_ALWAYS = {
    "email": "nguoi.lao.dong{n}@vi-du.example",
    "dia_chi_ks": "Thôn {n}",
    "kem_tk1": 1,
    "ma_so_bhxh": "99{n:08}",
}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet '
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)


def write_wide(path: Path, people: int) -> None:
    """The roster layout with its first 45 columns that are filled in every row."""
    texts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
        for name, content in _PARTS.items():
            book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_HEAD.encode())
            for line, values in _lines(people):
                sheet.write(_row(line, values, texts).encode())
            sheet.write(b"</sheetData></worksheet>")
        book.writestr("xl/sharedStrings.xml", _shared(texts))


def _lines(people: int) -> Iterator[tuple[int, list[object]]]:
    layout = layouts.load(LAYOUT)
    sheet = next(sheet for sheet in layout.sheets if sheet.part is Part.LAO_DONG)
    keys = tuple(_base()[0])
    yield sheet.header_row, [sheet.column(key).name for key in keys]  # type: ignore[union-attr]  # keys of the layout
    for number, record in enumerate(islice(_people(), people)):
        yield sheet.first_data_row + number, list(record.values())


def _people() -> Iterator[Mapping[str, object]]:
    number = 0
    while True:
        for record in _base():
            number += 1
            if number > _DIFFERENT:
                record = {**record, **_numbers(record, number)}
            yield record


def _numbers(record: Mapping[str, object], number: int) -> dict[str, object]:
    return {
        "stt": number,
        "cccd": f"{str(record['cccd'])[:6]}{number:06}",
        "ma_so_bhxh": f"98{number:08}",
        "ma_ho_gia_dinh": f"97{number:08}",
        "dien_thoai": f"09{number:08}",
        "email": f"nguoi.lao.dong{number}@vi-du.example",
    }


@cache
def _base() -> tuple[Mapping[str, object], ...]:
    rows = make_roster(_DIFFERENT, seed=1, period=PERIOD).sections[Part.LAO_DONG]
    whole = [_filled(row, number) for number, row in enumerate(rows, 1)]
    common = [key for key in whole[0] if all(row.get(key) not in (None, "") for row in whole)]
    keys = common[:COLUMNS]
    if len(keys) != COLUMNS:
        raise RuntimeError(f"only {len(keys)} columns are always filled")
    return tuple({key: row[key] for key in keys} for row in whole)


def _filled(row: Mapping[str, object], number: int) -> dict[str, object]:
    """A term instead of an open end, and whatever else a full sheet holds."""
    begun = str(row.get("hdld_xdth_tu_ngay") or row["hdld_tu_ngay"])
    until = f"{begun[:6]}{int(begun[6:]) + 1}"
    extra = {
        key: value.format(n=number) if isinstance(value, str) else value
        for key, value in _ALWAYS.items()
        if not row.get(key)
    }
    return {**row, **extra, "hdld_xdth_tu_ngay": begun, "hdld_xdth_den_ngay": until}


def _row(line: int, values: Iterable[object], texts: dict[str, int]) -> str:
    cells = "".join(
        _cell(f"{to_letters(column)}{line}", value, texts) for column, value in enumerate(values, 1)
    )
    return f'<row r="{line}">{cells}</row>'


def _cell(place: str, value: object, texts: dict[str, int]) -> str:
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="s"><v>{texts.setdefault(str(value), len(texts))}</v></c>'


def _shared(texts: Mapping[str, int]) -> str:
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.'
        f'openxmlformats.org/spreadsheetml/2006/main" uniqueCount="{len(texts)}">{items}</sst>'
    )


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        '<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/'
        f'spreadsheetml/2006/main" xmlns:r="{_OFFICE}"><sheets><sheet name="{SHEET}" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    ),
}
