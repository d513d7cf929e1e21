"""The workbook: text stays text, dates are dates."""

import datetime as dt
import io
import zipfile

from openpyxl import load_workbook

from services.reporting.render.xlsx import make_xlsx
from tests.unit.reporting import samples

JULY = dt.datetime(2027, 7, 16)  # noqa: DTZ001 - a workbook knows no time zones


def sheet_of(report):
    return load_workbook(io.BytesIO(make_xlsx(report))).active


def test_a_row_for_each_action():
    sheet = sheet_of(samples.action_plan())
    assert [cell.value for cell in sheet[4]] == [
        "No.", "Priority", "What", "Owner", "Due", "How success is told", "Status", "Rating",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[5]] == [
        1, "Reading", "Choose texts by fluency band", "English lead", JULY,
        "Nine readers in ten can read the class text", "Not started", "At risk",
    ]  # fmt: skip
    assert sheet.max_row == 9


def test_formulas_and_links_stay_text():
    made = make_xlsx(samples.hostile_action_plan())
    cell = load_workbook(io.BytesIO(made))["Action plan"]["C5"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://evil.example","click")', "s")
    parts = zipfile.ZipFile(io.BytesIO(made))
    sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert not any("externalLink" in name for name in parts.namelist())


def test_the_same_report_gives_the_same_bytes():
    assert make_xlsx(samples.action_plan()) == make_xlsx(samples.action_plan())
