"""Workbooks as the programs that people have make them."""

import datetime as dt
import io
import zipfile

import openpyxl
import xlwt

XLS_ERRORS = {"#REF!": 0x17, "#N/A": 0x2A}
ODS_CELLS = {
    str: '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>',
    int: '<table:table-cell office:value-type="float" office:value="{}"/>',
    dt.date: '<table:table-cell office:value-type="date" office:date-value="{}"/>',
    type(None): "<table:table-cell/>",
}
ODS_ERROR = (
    '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>{}</text:p></table:table-cell>'
)
ODS_NAMESPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        **{
            name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
            for name in ("office", "table", "text", "style", "number")
        },
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }.items()
)


def workbook(*rows):
    return xlsx({"Liste": rows})


def xlsx(sheets, *, hidden=(), hidden_rows=()):
    """`sheets`: the rows of each name; `hidden`: the names of those that are not shown."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for number in hidden_rows:
            sheet.row_dimensions[number].hidden = True
        if name in hidden:
            sheet.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(sheets, *, hidden=(), hidden_rows=()):
    book = xlwt.Workbook()
    a_date = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row_number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str) and value.startswith("#"):
                    sheet.row(row_number).set_cell_error(column, XLS_ERRORS[value])
                elif value is not None:
                    style = a_date if isinstance(value, dt.date) else xlwt.Style.default_style
                    sheet.write(row_number, column, value, style)
        for number in hidden_rows:
            sheet.row(number - 1).hidden = True
        sheet.visibility = int(name in hidden)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(sheets, *, hidden=(), hidden_rows=()):
    tables = "".join(_ods_table(name, rows, name in hidden, hidden_rows) for name, rows in sheets.items())
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table">'
        f'<style:table-properties table:display="{display}"/></style:style>'
        for name, display in (("shown", "true"), ("hidden", "false"))
    )
    return odf(tables, styles)


def odf(tables, styles="", named_styles=""):
    """Around what its sheets say. A style is of this file alone, or has a name and stands apart."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_NAMESPACES}>'
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {ODS_NAMESPACES}><office:styles>{named_styles}</office:styles>"
            "</office:document-styles>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return file.getvalue()


def _ods_table(name, rows, is_hidden, hidden_rows):
    lines = "".join(
        f'<table:table-row table:visibility="{"filter" if number in hidden_rows else "visible"}">'
        f"{''.join(map(_ods_cell, row))}</table:table-row>"
        for number, row in enumerate(rows, start=1)
    )
    style = "hidden" if is_hidden else "shown"
    return f'<table:table table:name="{name}" table:style-name="{style}">{lines}</table:table>'


def _ods_cell(value):
    if isinstance(value, str) and value.startswith("#"):
        return ODS_ERROR.format(value)
    return ODS_CELLS[type(value)].format(value)
