"""Files of tens of megabytes, archives of many parts and tables that are wrong throughout: bounded, and said once."""

import asyncio
import datetime as dt
import io
import random
import zipfile
from contextlib import suppress

import pytest

from services.programmes.domain.enrolment.days import read_spans
from services.programmes.domain.imports import MOST_SHOWN, ImportJob, Progress
from services.programmes.domain.register.places import Places
from services.programmes.domain.register.reader import open_register
from services.programmes.domain.register.report_cards import LARGEST as LARGEST_INSPECTIONS
from services.programmes.domain.register.report_cards import read_report_cards
from services.programmes.domain.tables.headings import Heading, header_of
from shared.commands.programmes import Problem
from shared.tables import opening
from shared.tables.delimited import LARGEST
from shared.tables.opening import open_sheets, sheets_in
from shared.tables.problems import NotThisFile
from shared.tables.records import Record
from shared.tables.sheets import Sheet
from tests.made_tables import csv_file, patched, workbook
from tests.unit.programmes.made_files import lines, row
from tests.unit.programmes.made_register import register
from tests.unit.programmes.test_inspection_files import NEW
from tests.yardstick import Watch, allowed

ROWS = 10_000


@pytest.fixture(scope="module")
def heavy() -> bytes:
    """A good workbook of 30 MB: a picture in it does not shrink when it is packed."""
    target = io.BytesIO(workbook(*lines(row(), row(106564))))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", random.Random(1).randbytes(30_000_000))
    return target.getvalue()


async def test_a_workbook_of_30_mb_is_refused_as_an_enrolment_before_it_is_opened(heavy, monkeypatch):
    monkeypatch.setattr(opening, "unpacked", lambda _: pytest.fail("it was opened"))
    with pytest.raises(NotThisFile, match=r"^The file is larger than 10 MB\. Send the table alone"):
        sheets_in(heavy, LARGEST)


async def test_a_workbook_of_30_mb_is_read_where_files_may_be_so_large(heavy):
    (sheet,) = await open_sheets(heavy, largest=LARGEST_INSPECTIONS)
    assert len(sheet.rows) == 3


async def test_an_archive_that_lies_about_the_size_of_its_parts_is_no_bomb():
    content = patched(workbook(*lines(row())), "xl/worksheets/sheet1.xml", lambda xml: xml + " " * 5_000_000)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = content.replace(told.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(NotThisFile, match=r"^The Excel workbook is damaged and cannot be opened\. Open it"):
        await open_sheets(lying)


async def test_an_archive_of_very_many_parts_does_not_stop_the_loop():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(20_000):
            archive.writestr(str(number), "")
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    counting = asyncio.create_task(count())
    with pytest.raises(NotThisFile, match=r"^The ZIP archive holds no table\."):
        await open_sheets(target.getvalue())
    counting.cancel()
    assert turns > 100


def test_every_row_of_a_register_that_is_wrong_throughout_is_named():
    entries = list(open_register(register(*({"URN": f"x{number}"} for number in range(ROWS)))).entries)
    assert [len(entry.problems) for entry in entries] == [1] * ROWS
    assert entries[-1].problems[0].reason == f"'x{ROWS - 1}' is not a URN (six digits)."


def test_every_row_of_inspections_that_are_wrong_throughout_is_named():
    table = [list(NEW), *(list((NEW | {"URN": f"x{number}"}).values()) for number in range(ROWS))]
    found = list(read_report_cards(csv_file(*table), dt.date(2026, 11, 28)))
    assert len(found) == ROWS
    assert all(one.problem for one in found)


def test_an_import_counts_every_problem_and_shows_the_first_thousand():
    job = ImportJob(import_id="imp-1", asked_kind="register", upload="u", filename="f")
    wrong = tuple(Problem(line=line, column="URN", reason="It is not a URN.") for line in range(ROWS))
    for _ in range(2):
        job = job.after(Progress(problems=wrong))
    assert (job.problems_total, len(job.problems)) == (2 * ROWS, MOST_SHOWN)


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(f'xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "table", "text"))


def open_document(body: str) -> bytes:
    """A spreadsheet of these tables, as small as they are written."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        whole = f"<office:document-content {SPACES}><office:body><office:spreadsheet>{body}</office:spreadsheet>"
        archive.writestr("content.xml", f"{whole}</office:body></office:document-content>")
    return target.getvalue()


def records(sheet: Sheet) -> list[Record]:
    return [row for row in sheet.rows if isinstance(row, Record)]


def cell(text: str, times: int = 1) -> str:
    repeated = f'table:number-columns-repeated="{times}"'
    return f'<table:table-cell office:value-type="string" {repeated}><text:p>{text}</text:p></table:table-cell>'


def table(*rows: str, times: int = 1) -> str:
    begin = f'<table:table-row table:number-rows-repeated="{times}">'
    return f'<table:table table:name="T">{"".join(f"{begin}{row}</table:table-row>" for row in rows)}</table:table>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (table(cell("x", 200), times=39_999) * 20, "The spreadsheet has more than 8,000,000 cells."),
        (table(cell("x"), times=999_999_999), "The sheet is longer than 40,000 rows."),
        (table(cell("<text:span>" * 5_000 + "x" + "</text:span>" * 5_000)), "The OpenDocument spreadsheet is damaged"),
    ],
    ids=["many repeated rows", "rows without end", "spans within spans"],
)
def test_a_small_open_document_that_unfolds_to_a_large_one_is_refused_at_once(body, said):
    with Watch() as watch, pytest.raises(NotThisFile, match=said):
        sheets_in(open_document(body))
    assert watch.spent.processor < allowed(3_000)


def test_blanks_and_columns_without_end_are_cut():
    (sheet,) = sheets_in(open_document(table(cell("a" + '<text:s text:c="99999999"/>' * 3_000 + "b", 999_999))))
    assert (len(records(sheet)[0].cells), sheet.widest) == (200, 999_999)
    assert len(records(sheet)[0].cells[0]) < 200_000


def test_a_table_within_a_cell_is_named_and_takes_nothing_from_the_table_around_it():
    inner = f"<table:table-cell>{table(cell('inner'))}</table:table-cell>"
    (sheet,) = sheets_in(open_document(table(cell("URN") + cell("Name"), cell("106557") + inner, cell("106564"))))
    assert [row.cells for row in records(sheet)] == [["URN", "Name"], ["106557", ""], ["106564"]]
    assert records(sheet)[1].faults == {
        1: "This cell holds a table of its own, which is not read. Write its value into the cell."
    }


def test_a_workbook_whose_rows_reach_the_last_column_is_read_soon_and_its_width_is_told():
    far = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="XFD{n}"><v>1</v></c></row>' for n in range(10, 1_000))
    content = patched(
        workbook(*lines(row())),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("</sheetData>", f"{far}</sheetData>"),
    )
    with Watch() as watch:
        (sheet,) = sheets_in(content)
    assert watch.spent.processor < allowed(3_000)
    assert (sheet.widest, max(len(one.cells) for one in records(sheet)) <= 200) == (16_384, True)


def test_a_table_of_text_without_end_is_refused():
    with pytest.raises(NotThisFile, match=r"^The file is longer than 100,000 rows\. Send fewer at a time\.$"):
        sheets_in(b"URN\n" + b"1\n" * 100_001)


@pytest.mark.parametrize("text", [" " * 32_000, "a" + " " * 32_000 + "b", "\n" * 32_000 + "x", "17/05/2027 " * 3_000])
def test_a_cell_as_long_as_a_spreadsheet_allows_is_read_soon(text):
    with Watch() as watch, suppress(ValueError):
        read_spans(text)
    with Watch() as more:
        header_of(["URN", f"Dates {text}"], [Heading("URN"), Heading("Dates not possible")])
        with suppress(ValueError):
            Places({str(n): f"Authority {n}" for n in range(150)}).authority(f"x{text}")
    assert watch.spent.processor + more.spent.processor < allowed(1_000)


async def test_names_of_an_archives_parts_reach_no_terminal_as_they_are():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("\x1b[31m.csv", "a")
        archive.writestr("b.csv", "a")
    with pytest.raises(NotThisFile, match="holds 2 tables") as refused:
        sheets_in(target.getvalue())
    assert "\x1b" not in str(refused.value)
