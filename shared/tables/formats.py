"""Which program wrote a file: named by what is in it, whatever it is called, each with what to do.

What can be read as a table goes on; a ZIP with one table in it is unpacked. Nothing is unpacked beyond a limit.
"""

import io
import re
import zipfile
from collections.abc import Iterable

from shared.tables.archives import must_be_common, part_content
from shared.tables.cells import shown
from shared.tables.problems import NotThisFile

__all__ = ["LARGEST_UNPACKED", "format_of", "unpacked"]

LARGEST_UNPACKED = 100_000_000
_ZIP, _EMPTY_ZIP, _OLE = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "Open it and save it as 'Excel Workbook (.xlsx)', then send that."
_LOCKED = "The file has a password. Save it without one and send it again."
_TABLES = (".csv", ".tsv", ".csv.gz", ".xlsx", ".xlsm", ".ods")
_IN_ZIP = (
    ("xl/workbook.bin", f"The file is an Excel Binary Workbook (.xlsb). {_SAVE}"),
    ("word/document.xml", "The file is a Word document, not a table. Copy the table into a spreadsheet and send that."),
    ("ppt/presentation.xml", "The file is a PowerPoint presentation, not a table."),
)
_IN_OLE = (
    ("__substg1.0_", "The file is an Outlook mail (.msg). Save the table that is attached to it, and send that."),
    ("EncryptedPackage", _LOCKED),
    ("Workbook", f"The file is an old Excel workbook (.xls). {_SAVE}"),
    ("Book", f"The file is an old Excel workbook (.xls). {_SAVE}"),
    ("WordDocument", "The file is an old Word document, not a table. Copy the table into a spreadsheet and send that."),
)
_PICTURE = "not a table. Type the table into a spreadsheet, or ask for the file that it was made from."
_ARCHIVE = "Unpack it and send the table in it."
_BY_MARK = (
    (0, b"Rar!", f"The file is a RAR archive. {_ARCHIVE}"),
    (0, b"7z\xbc\xaf", f"The file is a 7-Zip archive. {_ARCHIVE}"),
    (0, b"\xfd7zXZ", f"The file is an xz archive. {_ARCHIVE}"),
    (0, b"BZh", f"The file is a bzip2 archive. {_ARCHIVE}"),
    (257, b"ustar", f"The file is a tar archive. {_ARCHIVE}"),
    (0, b"PAR1", "The file is a Parquet table, which spreadsheets do not open. Export the table as .xlsx or .csv."),
    (0, b"L\0\0\0\x01\x14\x02", "The file is only a shortcut of Windows. Send the file that it leads to."),
    (4, b"ftyp", f"The file is a picture or film of a telephone (HEIC, MP4), {_PICTURE}"),
    (8, b"WEBP", f"The file is a picture (WebP), {_PICTURE}"),
    (0, b"\x89PNG", f"The file is a picture (PNG), {_PICTURE}"),
    (0, b"\xff\xd8\xff", f"The file is a picture (JPEG), {_PICTURE}"),
    (0, b"GIF8", f"The file is a picture (GIF), {_PICTURE}"),
    (0, b"%PDF", f"The file is a PDF, {_PICTURE}"),
    (0, b"SQLite format 3", "The file is a database (SQLite), not a table. Export the table as .xlsx or .csv."),
    (4, b"Standard Jet DB", "The file is an Access database, not a table. Export the table as .xlsx or .csv."),
    (4, b"Standard ACE DB", "The file is an Access database, not a table. Export the table as .xlsx or .csv."),
)
_IN_TEXT = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", f"The file is an XML Spreadsheet 2003. {_SAVE}"),
    (b"<html", f"The file is a web page (HTML), whatever it is called. {_SAVE}"),
    (b"<!doctype html", f"The file is a web page (HTML), whatever it is called. {_SAVE}"),
    (b"<table", f"The file is a web page (HTML), whatever it is called. {_SAVE}"),
    (b"{\\rtf", "The file is a text document (RTF), not a table. Copy the table into a spreadsheet and send that."),
)
_BY_START = (
    ((b"[internetshortcut]",), "The file is only a link to a page. Open it, download the table there, and send that."),
    ((b'{"url"', b'{"doc_id"', b'{"":"warning'), "The file is only a link to an online table. Download it as .xlsx."),
    ((b"id;p",), f"The file is a SYLK spreadsheet. {_SAVE}"),
    ((b"table\r\n0,1", b"table\n0,1"), f"The file is a spreadsheet in the format DIF. {_SAVE}"),
    ((b"begin:vcalendar",), "The file is a calendar. Only term dates come from a calendar; send the table."),
    ((b"begin:vcard",), f"The file is a list of contact cards (vCard), not a table. {_SAVE}"),
    ((b"{", b"[{"), f"The file is JSON, not a table. {_SAVE}"),
    (
        (b"received: ", b"return-path: ", b"from: ", b"mime-version: ", b"delivered-to: "),
        "The file is a mail. Save the table that is attached to it, and send that.",
    ),
)
_BEFORE_ZIP, _BEFORE_HTML = 2_000, 8_000
_WIDE = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_LOCK_FILE, _LONGEST_NAME = 200, 55
_NUMBERS = "The file is an Apple Numbers document. In Numbers choose File, Export To, Excel, and send the .xlsx."
_WORKBOOK = re.compile(r"xl[/\\]workbook\d*\.xml", re.IGNORECASE)
"""The part with the sheets; Excel on the web numbers it, and some programs write a backslash or other capitals."""
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def format_of(data: bytes) -> str:
    """'xlsx', 'ods' or 'text'. Raises `NotThisFile` with the name of any other format and what to do."""
    if data.startswith(_ZIP):
        return _of_archive(data)
    _refuse_binary(data)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<", b"{\\rtf")):
        raise NotThisFile(
            next((said for mark, said in _IN_TEXT if mark in start), f"The file is XML, not a table. {_SAVE}")
        )
    if (
        start.startswith(b"mime-version")
        and b"multipart/related" in start
        and b"text/html" in data[:_BEFORE_HTML].lower()
    ):
        raise NotThisFile(f"The file is a web page in one file (MHTML), whatever it is called. {_SAVE}")
    if sentence := next((said for marks, said in _BY_START if start.startswith(marks)), ""):
        raise NotThisFile(sentence)
    return "text"


def _refuse_binary(data: bytes) -> None:
    """Refuse what is neither a ZIP archive nor text."""
    if data.startswith(_EMPTY_ZIP):
        raise NotThisFile("The ZIP archive is empty.")
    if data.startswith(_OLE):
        names = (sentence for name, sentence in _IN_OLE if name.encode("utf-16-le") in data)
        raise NotThisFile(next(names, f"The file is of an old Office program. {_SAVE}"))
    if data[:2] == b"\x09\x08":
        raise NotThisFile(f"The file is an old Excel workbook (.xls). {_SAVE}")
    if sentence := next((said for at, mark, said in _BY_MARK if data[at : at + len(mark)] == mark), ""):
        raise NotThisFile(sentence)
    if len(data) > _LOCK_FILE and not data.strip(b"\0"):
        raise NotThisFile("The file holds nothing: it has not been downloaded, or not been saved. Send it again.")
    if _ZIP in data[:_BEFORE_ZIP]:
        raise NotThisFile(f"Something stands before the workbook in the file. {_SAVE}")
    if data.startswith(_WIDE):
        raise NotThisFile("The file is in UTF-32. Save it as 'CSV UTF-8' and send it again.")
    if _LONGEST_NAME < len(data) < _LOCK_FILE and data[0] < _LONGEST_NAME and data[1 + data[0] :].strip(b" \0") == b"":
        raise NotThisFile("The file only says who has a workbook open; its name begins with ~$. Send the workbook.")


def unpacked(data: bytes, largest: int = LARGEST_UNPACKED) -> bytes:
    """The one table in a ZIP archive; any other file as it is. Raises `NotThisFile` where there are several."""
    if not data.startswith(_ZIP):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [part.filename for part in archive.infolist()]
            if _is_document(names):
                return data
            tables = [part for part in archive.infolist() if _is_table(part.filename)]
            if len(tables) > 1:
                listed = ", ".join(shown(part.filename, 60) for part in tables[:5])
                raise NotThisFile(
                    f"The ZIP archive holds {len(tables)} tables ({listed}). Unpack it and send each by itself."
                )
            if not tables:
                return data
            return part_content(archive, tables[0], largest)
    except zipfile.BadZipFile:
        return data  # its own reader says so


def _is_table(name: str) -> bool:
    """Whether a part can be the table; what macOS adds to an archive begins with ._ and is none."""
    return name.lower().endswith(_TABLES) and not name.rpartition("/")[2].startswith("._")


def _is_document(names: Iterable[str]) -> bool:
    """Whether the archive is a document of an Office program, which are ZIP archives too."""
    known = set(names)
    return bool(known & {"[Content_Types].xml", "mimetype", "content.xml", "Index.zip"}) or any(
        name.startswith(("xl/", "xl\\", "Index/")) for name in known
    )


def _of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            if sum(part.file_size for part in parts.values()) > LARGEST_UNPACKED:
                raise NotThisFile("The Excel workbook unpacks to more than 100 MB.")
            must_be_common(archive)
            return _of_parts(archive, parts)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise NotThisFile("The Excel workbook is cut off or damaged.") from error


def _of_parts(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> str:
    if any(part.flag_bits & 1 for part in parts.values()):
        raise NotThisFile(_LOCKED)
    for name, sentence in _IN_ZIP:
        if name in parts:
            raise NotThisFile(sentence)
    if "Index.zip" in parts or any(name.startswith("Index/") and name.endswith(".iwa") for name in parts):
        raise NotThisFile(_NUMBERS)
    if book := next(filter(_WORKBOOK.fullmatch, parts), None):
        if _STRICT in archive.read(book):
            raise NotThisFile(f"The file is a Strict Open XML spreadsheet. {_SAVE}")
        return "xlsx"
    if "content.xml" in parts and "mimetype" in parts:
        return _of_open_document(archive, parts)
    raise NotThisFile("The ZIP archive holds no table. Send the workbook or CSV file itself.")


def _of_open_document(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> str:
    if not archive.read("mimetype").strip().startswith(_ODS):
        raise NotThisFile("The file is an OpenDocument file but no spreadsheet. Send the table as .xlsx, .ods or .csv.")
    if "META-INF/manifest.xml" in parts and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise NotThisFile(_LOCKED)
    return "ods"
