"""A workbook with all that a rewriting library loses, written part by part as Excel would."""

import zipfile
from pathlib import Path

from tests.fakes.workbooks import MAIN, RELATIONS, Package, package, row_xml, sheet_xml

DATA, HIDDEN, SIDE = "Dữ Liệu", "Ẩn", "Phụ"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"

STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>\
</numFmts><fonts count="2"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="12"/>\
<name val="Arial"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor \
theme="4" tint="0.5"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1">\
<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" \
fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="1" fillId="2" borderId="0" \
xfId="0" applyFill="1"><alignment horizontal="center"/><protection locked="0"/></xf>\
<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""

BEFORE = (
    '<sheetPr codeName="S1"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"/>'
    '</sheetViews><cols><col min="4" max="4" width="9" style="2"/></cols>'
)
AFTER = (
    '<sheetProtection sheet="1"/><mergeCells count="1"><mergeCell ref="B7:C8"/></mergeCells>'
    '<conditionalFormatting sqref="A1:A9"><cfRule type="duplicateValues" priority="1"/>'
    '</conditionalFormatting><dataValidations count="1"><dataValidation type="list" sqref="E1:E9">'
    "<formula1>Chon</formula1></dataValidation></dataValidations>"
    f'<drawing xmlns:r="{RELATIONS}" r:id="rId1"/>'
    f'<legacyDrawing xmlns:r="{RELATIONS}" r:id="rId2"/>'
    f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{_X14}">'
    '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list"><x14:formula1><xm:f>Phụ!$A$1:$A$2</xm:f></x14:formula1>'
    "<xm:sqref>F1:F9</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)
COMMENTS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<comments xmlns="{MAIN}"><authors><author>Kế toán</author><author>tc={{ABC}}</author></authors>\
<commentList><comment ref="B4" authorId="0"><text><t>Hỏi lại</t></text></comment>\
<comment ref="B5" authorId="1"><text><t>[Threaded comment]</t></text></comment>\
</commentList></comments>"""
VML = """<xml xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202"/>\
<v:shape id="_x0000_s1025" type="#_x0000_t202"><v:textbox><div><br></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:Row>3</x:Row><x:Column>1</x:Column></x:ClientData></v:shape>\
<v:shape id="_x0000_s1026" type="#_x0000_t202"><x:ClientData ObjectType="Note"><x:Row>4</x:Row>\
<x:Column>1</x:Column></x:ClientData></v:shape></xml>"""


def _relations(*found: tuple[str, str]) -> bytes:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(found, 1)
    )
    base = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{base}">{inside}</Relationships>'.encode()


def rich() -> Package:
    """Three sheets (the second hidden) with drawing, chart, pivot, notes, names, choices, macros'
    leftovers; cells B4 (with a note and a format), B5, C6 and a merged B7:C8."""
    rows = [
        row_xml(4, {"A": 1, "B": b'<c r="B4" s="1"><v>45000</v></c>', "C": "chữ"}),
        row_xml(5, {"B": b'<c r="B5" s="1"><v>1</v></c>'}),
        '<row r="6" s="2" customFormat="1"/>',
        row_xml(7, {"B": "gộp"}),
    ]
    data = sheet_xml(rows, BEFORE).replace(b"</sheetData>", b"</sheetData>" + AFTER.encode())
    book = package({DATA: data, HIDDEN: sheet_xml([row_xml(1, {"A": 1})]), SIDE: sheet_xml([])})
    parts = book.parts
    parts["xl/workbook.xml"] = (
        parts["xl/workbook.xml"]
        .replace(b'sheetId="2"', b'sheetId="7" state="hidden"')
        .replace(b"<sheets>", b'<bookViews><workbookView activeTab="2"/></bookViews><sheets>')
        .replace(
            b"</sheets>",
            "</sheets><definedNames><definedName name=\"Chon\">'Phụ'!$A$1</definedName>"
            '<definedName name="_xlnm.Print_Area" localSheetId="2">\'Phụ\'!$A$1:$B$2</definedName>'
            '</definedNames><calcPr calcId="191029"/>'.encode(),
        )
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId9" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        "</Relationships>".encode(),
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'vmlDrawing"/><Override PartName="/xl/styles.xml" ContentType="'
        + f"{_KIND}.styles+xml".encode()
        + b'"/></Types>',
    )
    parts |= {
        "xl/styles.xml": STYLES.encode(),
        "xl/comments1.xml": COMMENTS.encode(),
        "xl/drawings/vmlDrawing1.vml": VML.encode(),
        "xl/worksheets/_rels/sheet1.xml.rels": _relations(
            ("drawing", "../drawings/drawing1.xml"),
            ("vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("comments", "../comments1.xml"),
        ),
        "xl/drawings/drawing1.xml": (
            b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/'
            b'spreadsheetDrawing"/>'
        ),
        "xl/media/image1.png": bytes(range(256)),
        "xl/charts/chart1.xml": b"<c:chartSpace xmlns:c='c'/>",
        "xl/pivotTables/pivotTable1.xml": f'<pivotTableDefinition xmlns="{MAIN}"/>'.encode(),
        "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="A1" i="7"/></calcChain>'.encode(),
        "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments xmlns='t'/>",
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0",
        "customXml/item1.xml": "<ghi-chú/>".encode(),
    }
    return book


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
