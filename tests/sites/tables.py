"""Small XLSX and ODS files, the same bytes every time. Enough of the formats for a test, and no more."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
Cell = str | int | date | None


def xlsx_of(sheets: dict[str, list[list[Cell]]], *, hidden: tuple[str, ...] = ()) -> bytes:
    """A workbook; days are cells that the program keeps as such, None is a cell that is not there."""
    listed = "".join(
        f"<sheet name={quoteattr(name)} sheetId='{n}' r:id='r{n}' state='{_state(name in hidden)}'/>"
        for n, name in enumerate(sheets, start=1)
    )
    related = "".join(
        f"<Relationship Id='r{n}' Type='{_OFFICE}/worksheet' Target='worksheets/sheet{n}.xml'/>"
        for n in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f"<Types xmlns='{_PACKAGE}/content-types'><Override PartName='/xl/workbook.xml'"
        f" ContentType='{_SHEET}.sheet.main+xml'/></Types>",
        "_rels/.rels": f"<Relationships xmlns='{_PACKAGE}/relationships'><Relationship Id='r1'"
        f" Type='{_OFFICE}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{_MAIN}' xmlns:r='{_OFFICE}'><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{_PACKAGE}/relationships'>{related}"
        f"<Relationship Id='s' Type='{_OFFICE}/styles' Target='styles.xml'/></Relationships>",
        "xl/styles.xml": f"<styleSheet xmlns='{_MAIN}'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>"
        "</styleSheet>",
    }
    for number, rows in enumerate(sheets.values(), start=1):
        inside = "".join(_xlsx_row(n, row) for n, row in enumerate(rows, start=1))
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f"<worksheet xmlns='{_MAIN}'><sheetData>{inside}</sheetData></worksheet>"
        )
    return zipped(parts)


def ods_of(rows: list[list[Cell]]) -> bytes:
    """A spreadsheet of one sheet, with the million of empty rows that LibreOffice writes below."""
    return zipped(ods_parts(rows))


def ods_parts(rows: list[list[Cell]]) -> dict[str, str]:
    """The parts of such a spreadsheet."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    inside = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    table = f'<table:table table:name="Leht1">{inside}{empty}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    type_ = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entry = f'<m:file-entry m:full-path="/" m:media-type="{type_}"/>'
    return {
        "mimetype": type_,
        "content.xml": f"<office:document-content {names}>{body}</office:document-content>",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}">{entry}</m:manifest>',
    }


def _state(is_hidden: bool) -> str:
    return "hidden" if is_hidden else "visible"


def _xlsx_row(number: int, row: list[Cell]) -> str:
    cells = "".join(_xlsx_cell(f"{chr(65 + place)}{number}", cell) for place, cell in enumerate(row))
    return f"<row r='{number}'>{cells}</row>"


def _xlsx_cell(place: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"<c r='{place}' s='1'><v>{(cell - date(1899, 12, 30)).days}</v></c>"
    if isinstance(cell, int):
        return f"<c r='{place}'><v>{cell}</v></c>"
    return f"<c r='{place}' t='inlineStr'><is><t xml:space='preserve'>{escape(cell)}</t></is></c>"


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell}"/>'
    if isinstance(cell, int):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


def zipped(parts: dict[str, str]) -> bytes:
    """A zip file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=kind)
    return file.getvalue()
