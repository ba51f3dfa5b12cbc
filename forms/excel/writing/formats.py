"""The formats of a workbook that we write, in the order of the numbers in ``cells``."""

_TEXT_FORMAT = 49
"""``@``: what is typed stays text, zeros in front too"""
_DAY_FORMAT, _MOMENT_FORMAT, _LENGTH_FORMAT = 164, 165, 46
_GREY = "FF808080"
_FONT = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
_NORMAL, _BOLD, _LARGE, _SMALL_GREY = range(4)
_NO_FILL, _PALE = 0, 2
NARROW, WIDE = 12, 24
"""widths of columns, in letters"""

STYLES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    f'<numFmts count="2"><numFmt numFmtId="{_DAY_FORMAT}" formatCode="dd/mm/yyyy"/>'
    f'<numFmt numFmtId="{_MOMENT_FORMAT}" formatCode="dd/mm/yyyy\\ hh:mm:ss"/></numFmts>'
    f'<fonts count="4"><font>{_FONT}</font><font><b/>{_FONT}</font>'
    '<font><b/><sz val="14"/><name val="Calibri"/><family val="2"/></font>'
    f'<font><sz val="8"/><color rgb="{_GREY}"/><name val="Calibri"/><family val="2"/></font>'
    "</fonts>"
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
    '<fgColor rgb="FFE8EEF7"/><bgColor indexed="64"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    "{formats}"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def styles() -> bytes:
    """The part of formats."""
    formats = (
        _format(),
        _format(number=_TEXT_FORMAT),
        _format(number=_TEXT_FORMAT, more=' quotePrefix="1"'),
        _format(number=_DAY_FORMAT),
        _format(number=_MOMENT_FORMAT),
        _format(number=_LENGTH_FORMAT),
        _format(font=_BOLD, fill=_PALE, wrapped=True),
        _format(font=_LARGE),
        _format(font=_SMALL_GREY),
        _format(wrapped=True),
    )
    joined = f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs>'
    return STYLES.replace("{formats}", joined).encode()


def _format(
    *,
    number: int = 0,
    font: int = _NORMAL,
    fill: int = _NO_FILL,
    wrapped: bool = False,
    more: str = "",
) -> str:
    opened = (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" '
        f'applyNumberFormat="1" applyFont="1" applyFill="1"{more}'
    )
    if not wrapped:
        return f"{opened}/>"
    return f'{opened} applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
