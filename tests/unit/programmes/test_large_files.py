"""Files of tens of megabytes, archives of many parts and tables that are wrong throughout: bounded, and said once."""

import asyncio
import datetime as dt
import io
import random
import zipfile

import pytest

from services.programmes.domain.imports import MOST_SHOWN, ImportJob, Progress
from services.programmes.domain.register.reader import open_register
from services.programmes.domain.register.report_cards import LARGEST as LARGEST_INSPECTIONS
from services.programmes.domain.register.report_cards import read_report_cards
from shared.commands.programmes import Problem
from shared.tables import opening
from shared.tables.delimited import LARGEST
from shared.tables.opening import open_sheets, sheets_in
from shared.tables.problems import NotThisFile
from tests.made_tables import csv_file, patched, workbook
from tests.unit.programmes.made_files import lines, row
from tests.unit.programmes.made_register import register
from tests.unit.programmes.test_inspection_files import NEW

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
    with pytest.raises(NotThisFile, match=r"^The file is larger than 10 MB\.$"):
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
