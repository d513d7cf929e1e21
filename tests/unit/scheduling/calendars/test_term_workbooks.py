"""Term dates in workbooks, as schools and authorities send them."""

import datetime as dt

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from services.scheduling.handlers.loading.term_files import term_file
from shared.errors import Rejected
from tests.made_tables import csv_file, ods, ods_cell, patched, workbook, zipped

HEADINGS = ["Term", "First day", "Last day"]
DAYS = [
    ("Autumn", dt.date(2026, 9, 3), dt.date(2026, 12, 18)),
    ("October half-term", dt.date(2026, 10, 26), dt.date(2026, 10, 30)),
    ("INSET day", dt.date(2026, 11, 27), None),
    ("Spring", dt.date(2027, 1, 4), dt.date(2027, 3, 25)),
    ("February half-term", dt.date(2027, 2, 15), dt.date(2027, 2, 19)),
    ("Summer", dt.date(2027, 4, 12), dt.date(2027, 7, 21)),
    ("May half-term", dt.date(2027, 5, 31), dt.date(2027, 6, 4)),
]
TABLE = [HEADINGS, *([title, first, last or ""] for title, first, last in DAYS)]
WRITTEN = [HEADINGS, *([title, f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}" if last else ""] for title, first, last in DAYS)]
COUNTED = "The last days of its rows are counted in."


class Uploads:
    """What was uploaded under the one key."""

    def __init__(self, content):
        self.content = content

    async def get(self, key):
        return self.content


async def read(content, name="terms.xlsx"):
    return await term_file(Uploads(content), "upload", name)


async def refused(content, name="terms.xlsx"):
    with pytest.raises(Rejected) as said:
        await read(content, name)
    return said.value.sentence


async def whole_year():
    return (await read(csv_file(*WRITTEN))).days


async def test_a_workbook_is_read_as_its_dates_stand():
    found = await read(workbook(*TABLE))
    assert (found.days, found.notes, found.doubts) == (await whole_year(), (COUNTED,), ())
    assert [(one.title, one.kind) for one in found.titles][:3] == [
        ("Autumn term", "school"),
        ("October half-term", "closed"),
        ("INSET day", "closed"),
    ]


@pytest.mark.parametrize(
    "made",
    [
        lambda: ods(*WRITTEN),
        lambda: workbook(*WRITTEN),
        lambda: zipped(**{"terms.csv": csv_file(*WRITTEN)}),
        lambda: csv_file(*WRITTEN, encoding="utf-16-le"),
        lambda: csv_file(["Term dates 2026/27"], *WRITTEN),
        lambda: b"sep=;\r\n" + csv_file(*WRITTEN, separator=";"),
    ],
    ids=["ods", "dates as text", "zip", "utf-16 without a mark", "title of one cell", "sep="],
)
async def test_whatever_program_wrote_it(made):
    assert (await read(made())).days == await whole_year()


async def test_the_dates_of_a_workbook_that_counts_from_1904():
    def shaped(sheet):
        sheet.parent.epoch = CALENDAR_MAC_1904

    assert (await read(workbook(*TABLE, shaped=shaped))).days == await whole_year()


async def test_the_sheet_with_the_headings_is_read_and_named_and_another_waits_for_a_yes():
    def shaped(sheet):
        notes, other = sheet.parent.create_sheet("Notes", 0), sheet.parent.create_sheet("Draft 2027")
        notes.append(["Agreed by governors"])
        other.append(HEADINGS)
        other.append(["Autumn", "02/09/2027", "17/12/2027"])

    found = await read(workbook(*TABLE, title="2026-27", shaped=shaped))
    assert found.days == await whole_year()
    assert found.notes == ("Read from the sheet '2026-27'; not read: 'Notes', 'Draft 2027'.", COUNTED)
    assert found.doubts == ("The sheet 'Draft 2027' has term dates too; its 1 row would not be read.",)


async def test_hidden_rows_and_columns_are_read_and_said():
    def shaped(sheet):
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["C"].hidden = True

    found = await read(workbook(["Term dates"], *TABLE, shaped=shaped))
    assert found.days == await whole_year()
    assert found.notes == (
        "Passed over: 'Term dates' above the headings (line 1).",
        "1 hidden row was read too (line 4).",
        "1 hidden column was read too ('Last day').",
        COUNTED,
    )


async def test_only_a_hidden_sheet_has_them():
    def shaped(sheet):
        sheet.sheet_state = "hidden"
        sheet.parent.create_sheet("This year").append(["see website"])

    said = await refused(workbook(*TABLE, title="Old", shaped=shaped))
    assert said.endswith("only its hidden sheet 'Old' has term dates; unhide it if it is meant.")


async def test_what_stands_in_a_cell_instead_of_a_date_is_named_by_line_and_column():
    def shaped(sheet):
        sheet["B2"], sheet["C3"], sheet["B4"] = "#REF!", "=C2+1", 46353
        sheet["B4"].number_format = "General"
        sheet.merge_cells("A7:B7")

    said = await refused(workbook(*TABLE, shaped=shaped))
    assert "line 2: column B: This cell holds the error value #REF!" in said
    assert "line 3: column C: This cell holds a formula without a value" in said
    assert "line 4: '46353' is a spreadsheet's number for 27/11/2026; format the cell as a date" in said
    assert "line 7: column B: This cell is merged with others" in said


async def test_rows_of_ods_that_repeat_are_read_each():
    row = "".join(map(ods_cell, ("Autumn", "03/09/2026", "18/12/2026")))
    twice = f'<table:table-row table:number-rows-repeated="2">{row}</table:table-row>'
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    found = await read(ods(HEADINGS, twice, empty))
    assert [(one.title, one.times) for one in found.titles] == [("Autumn term", 2)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "The Excel workbook is cut off or damaged."),
        (
            b"<html><table><tr><td>Term</td></tr></table></html>",
            "The file is a web page (HTML), whatever it is called.",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "an old Excel workbook (.xls)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "The file has a password."),
    ],
    ids=["cut off", "a web page", "xls", "password"],
)
async def test_other_files_are_called_what_they_are(content, said):
    assert said in await refused(content, "terms.xls")


async def test_entities_are_refused():
    def entity(text):
        return text.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)

    content = patched(workbook(*WRITTEN), "xl/worksheets/sheet1.xml", entity)
    assert "XML entities" in await refused(content)
