"""Every format of a file is read, or called by its name with what to do; no file takes the service down."""

import asyncio
import io
import sys
import zipfile

import pytest

from shared.tables.formats import unpacked
from shared.tables.opening import open_sheets, sheets_in
from shared.tables.problems import NotThisFile
from tests.made_tables import csv_file, ods, ods_cell, patched, workbook, zipped
from tests.unit.programmes.made_files import NAMES, lines, read, row, wrong
from tests.yardstick import Watch, allowed

GOOD = lines(row(), row(106564))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SAVE = "Open it and save it as 'Excel Workbook (.xlsx)', then send that."
LOCKED = "The file has a password. Save it without one and send it again."


def wide(name):
    return name.encode("utf-16-le")


def refused(content):
    with pytest.raises(NotThisFile) as error:
        sheets_in(content)
    return str(error.value)


STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def strict():
    return patched(
        workbook(*GOOD),
        "xl/workbook.xml",
        lambda xml: xml.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", STRICT),
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (OLE + wide("EncryptionInfo") + wide("EncryptedPackage"), LOCKED),
        (OLE + wide("Workbook"), f"The file is an old Excel workbook (.xls). {SAVE}"),
        (OLE + wide("Book"), f"The file is an old Excel workbook (.xls). {SAVE}"),
        (b"\x09\x08\x10\x00" + bytes(20), f"The file is an old Excel workbook (.xls). {SAVE}"),
        (OLE + wide("WordDocument"), "The file is an old Word document, not a table."),
        (OLE, f"The file is of an old Office program. {SAVE}"),
        (zipped(**{"xl__workbook.bin": b"x"}), f"The file is an Excel Binary Workbook (.xlsb). {SAVE}"),
        (strict(), f"The file is a Strict Open XML spreadsheet. {SAVE}"),
        (zipped(**{"Index__Document.iwa": b"x"}), "The file is an Apple Numbers document."),
        (zipped(**{"Index.zip": b"x"}), "The file is an Apple Numbers document."),
        (zipped(**{"[Content_Types].xml": b"", "word__document.xml": b""}), "The file is a Word document, not"),
        (b"\xef\xbb\xbf\r\n<HTML><body><table>", f"The file is a web page (HTML), whatever it is called. {SAVE}"),
        (b"<!DOCTYPE html><table>", f"The file is a web page (HTML), whatever it is called. {SAVE}"),
        (b"<table><tr><td>URN", f"The file is a web page (HTML), whatever it is called. {SAVE}"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            f"The file is an XML Spreadsheet 2003. {SAVE}",
        ),
        (b"<?xml version='1.0'?><data/>", f"The file is XML, not a table. {SAVE}"),
        (b"{\\rtf1 URN}", "The file is a text document (RTF), not a table."),
        (ods(manifest="<manifest:encryption-data/>"), LOCKED),
        (ods(mimetype="application/vnd.oasis.opendocument.text"), "The file is an OpenDocument file but no"),
        (patched(ods(), "content.xml", lambda xml: xml[:-9]), "The OpenDocument spreadsheet is damaged"),
        (b"%PDF-1.7", "The file is a PDF, not a table. Type the table"),
        (b"\x05Coral" + b" " * 159, "The file only says who has a workbook open; its name begins with ~$."),
        (b'{"url":"https://docs.example/open?id=1","doc_id":"1"}', "The file is only a link to an online table."),
        (b'ID;PWXL;N;E\r\nC;Y1;X1;K"URN"\r\nE\r\n', "The file is a SYLK spreadsheet."),
        (b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "The file is a spreadsheet in the format DIF."),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "The file is a calendar."),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "The file is a list of contact cards"),
        (b"a.csv" + bytes(252) + b"ustar" + bytes(300), "The file is a tar archive."),
        (b"PAR1" + bytes(50), "The file is a Parquet table"),
        (b"L\0\0\0\x01\x14\x02" + bytes(60), "The file is only a shortcut of Windows."),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\n",
            "The file is a web page in one file (MHTML)",
        ),
        (b"[InternetShortcut]\r\nURL=https://x.example/\r\n", "The file is only a link to a page."),
        (b'[{"URN": 106557}]', "The file is JSON, not a table."),
        (b"From: a@x.example\r\nSubject: Our list\r\n\r\nSee below.", "The file is a mail. Save the table"),
        ("URN,Name".encode("utf-32"), "The file is in UTF-32."),
        (zipped(), "The ZIP archive is empty."),
        (zipped(**{"inner.zip": zipped()}), "The ZIP archive holds no table."),
    ],
)  # fmt: skip
def test_a_format_that_is_not_read_is_called_by_its_name_with_what_to_do(content, said):
    assert refused(content).startswith(said)


def locked_zip(content):
    """Set the bit that says a part is encrypted, in the local header and in the directory."""
    changed = bytearray(content)
    changed[6] |= 1
    changed[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def test_zip_archives():
    table = csv_file(*GOOD)
    assert (
        unpacked(zipped(**{"enrolments.csv": table, "__MACOSX__._enrolments.csv": b"x", "read me.txt": b"x"})) == table
    )
    assert len(read(zipped(**{"folder__enrolments.xlsx": workbook(*GOOD)})).rows) == 2
    assert unpacked(table) == table
    assert refused(zipped(**{"a.csv": table, "b.csv": table})) == (
        "The ZIP archive holds 2 tables ('a.csv', 'b.csv'). Unpack it and send each by itself."
    )
    assert refused(locked_zip(zipped(**{"a.csv": table}))) == (
        "The ZIP archive has a password. Unpack it and send the file in it."
    )
    assert refused(zipped(**{"a.csv": bytes(100_000_001)})) == "'a.csv' in the ZIP archive is larger than 100 MB."


def test_an_open_document_is_read_as_a_workbook_is():
    names, good = GOOD[0], GOOD[1]
    numbers = {"URN": "106557", "Strength 1 weight": "4.0"}
    cells = []
    for name, cell in zip(names, good, strict=True):
        if name in numbers:
            cells.append(f'<table:table-cell office:value-type="float" office:value="{numbers[name]}"/>')
        elif name == "Dates not possible":
            cells.append('<table:table-cell office:value-type="date" office:date-value="2027-05-17T00:00:00"/>')
        else:
            cells.append(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>')
    blank = '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    blank = f'<table:table-row table:number-rows-repeated="1048574">{blank}'
    found = read(ods(names, f"<table:table-row>{''.join(cells)}</table:table-row>", blank)).rows
    assert len(found) == 1
    assert {name: found[0].cells[name] for name in ("URN", "Strength 1 weight", "Dates not possible", "Need 1")} == {
        "URN": "106557", "Strength 1 weight": "4", "Dates not possible": "17/05/2027", "Need 1": "Writing",
    }  # fmt: skip


def test_cells_and_rows_that_an_open_document_repeats_are_read_each():
    row_ = [ods_cell(cell) for cell in GOOD[1]]
    twice = f'<table:table-row table:number-rows-repeated="2">{"".join(row_)}</table:table-row>'
    found = read(ods(NAMES, twice))
    assert [each.line for each in found.rows] == [2]
    assert found.notes[0] == "Passed over: line 3, which repeats line 2 word for word."


def test_a_hidden_sheet_of_an_open_document_is_not_read():
    hidden = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    hidden = f"<office:automatic-styles>{hidden}</office:automatic-styles>"
    content = patched(
        ods(*GOOD),
        "content.xml",
        lambda xml: xml.replace("<office:body>", hidden + "<office:body>").replace(
            'table:name="Sheet1"', 'table:name="Sheet1" table:style-name="ta2"'
        ),
    )
    with pytest.raises(NotThisFile, match="Only the hidden sheet 'Sheet1' has the columns"):
        read(content)


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_workbook_with_xml_entities_is_not_opened(part):
    def change(xml):
        return (
            (xml.partition("?>")[0] + "?>" if xml.startswith("<?xml") else "") + BOMB + (xml.partition("?>")[2] or xml)
        )

    said = "The workbook defines XML entities, which no spreadsheet program writes; it is not opened. Save it anew."
    assert refused(patched(workbook(*GOOD), part, change)) == said


def test_an_open_document_with_xml_entities_is_not_opened():
    assert "XML entities" in refused(patched(ods(*GOOD), "content.xml", lambda xml: BOMB + xml))


def test_ten_thousand_rows_with_a_fault_each_get_one_sentence_in_bounded_time():
    table = lines(*(row(n, Need_1_weight="9", School_name="") for n in range(10_000)))
    with Watch() as watch, pytest.raises(NotThisFile) as error:
        read(csv_file(*table))
    assert str(error.value) == "The file has 10,000 rows; at most 5,000 are taken at once."
    assert watch.spent.processor < allowed(5_000)


def test_a_sheet_that_is_merged_all_over_is_refused():
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:GR1300"/></mergeCells>'
    content = workbook(*lines(*(row(n) for n in range(1200))))
    content = patched(content, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", merged))
    assert refused(content) == "The sheet 'Enrolments' is merged all over. Unmerge its cells and send it again."


def large():
    """A workbook that unpacks to more than is read in a thread."""
    return workbook(*GOOD, *([f"# {'x' * 1000} {n}", *["y" * 100] * 30] for n in range(800)))


async def test_a_large_file_is_read_by_a_process_of_its_own():
    content = large()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sum(part.file_size for part in archive.infolist()) > 3_000_000
    assert await open_sheets(content) == sheets_in(content)
    with pytest.raises(NotThisFile, match="unpacks to more than 100 MB"):
        await open_sheets(zipped(bomb=bytes(100_000_001)))


async def test_a_file_whose_reader_hangs_is_given_up_and_the_loop_goes_on():
    turns = 0

    async def count():
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    counting = asyncio.create_task(count())
    hangs = (sys.executable, "-c", "import time; time.sleep(600)")
    with pytest.raises(
        NotThisFile, match=r"^The file takes longer than 0.5 seconds to read\. Send fewer rows at a time\.$"
    ):
        await open_sheets(large(), seconds=0.5, program=hangs)
    counting.cancel()
    assert turns > 100


async def test_a_file_whose_reader_dies_gets_a_sentence():
    dies = (sys.executable, "-c", "import os, sys; sys.stdin.buffer.read(); os.kill(os.getpid(), 9)")
    with pytest.raises(NotThisFile, match="needs more memory than there is for it"):
        await open_sheets(large(), program=dies)


def test_every_good_file_has_nothing_wrong():
    for content in (csv_file(*GOOD), workbook(*GOOD), ods(*GOOD)):
        table = read(content)
        assert (len(table.rows), wrong(table), table.questions) == (2, [], ())
