"""Tables as people and their programs write them, made where a test needs one: workbooks, OpenDocument, CSV, ZIP."""

import csv
import io
import zipfile
from xml.sax.saxutils import escape

import openpyxl


def csv_file(*table, encoding="utf-8", separator=",", end="\r\n"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(table)
    return text.getvalue().encode(encoding)


def workbook(*table, title="Enrolments", shaped=None):
    """A workbook of one sheet; `shaped` may do more to the sheet or its book."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(title)
    for line in table:
        sheet.append([cell if cell != "" else None for cell in line])
    if shaped:
        shaped(sheet)
    return saved(book)


def saved(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def patched(content, part, change):
    """The archive with the text of one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            data = old.read(each)
            new.writestr(each.filename, change(data.decode()).encode() if each.filename == part else data)
    return out.getvalue()


def zipped(**files):
    """A ZIP archive; two underscores in a name stand for a slash."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return content.getvalue()


ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def ods_cell(value, attributes=""):
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n")) if value != "" else ""
    return f'<table:table-cell office:value-type="string" {attributes}>{text}</table:table-cell>'


def ods(*rows, before="", manifest=None, mimetype=ODS):
    """An OpenDocument spreadsheet; each row is a list of cells, or its XML."""
    made = "".join(
        each if isinstance(each, str) else f"<table:table-row>{''.join(map(ods_cell, each))}</table:table-row>"
        for each in rows
    )
    body = f'<office:body><office:spreadsheet>{before}<table:table table:name="Sheet1">{made}</table:table>'
    content = f"<office:document-content {_NAMES}>{body}</office:spreadsheet></office:body></office:document-content>"
    files = {"mimetype": mimetype, "content.xml": content}
    return zipped(**files, **({"META-INF__manifest.xml": manifest} if manifest else {}))
