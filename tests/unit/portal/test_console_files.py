"""Reports, duties, and every list of the console as a file."""

import csv
import datetime as dt
import hashlib
import io

import openpyxl
import pytest

from services.portal.pages.console.files import Row, as_csv, as_xlsx
from shared.commands.duties import DutySum, DutySums, SumDuties
from shared.commands.people import FoundPeople, FoundPerson, PlaceRow
from shared.commands.programmes_queries import ProgrammeRows
from shared.commands.reporting import Chunk
from shared.commands.reports import CompileReport, ReportRow, ReportRows
from shared.errors import Rejected
from tests.unit.portal import console
from tests.unit.portal.driver import read
from tests.unit.portal.signing import NADIA
from tests.unit.portal.test_console import press
from tests.unit.portal.world import PROGRAMME
from tests.unit.reporting.entries import exchange

REPORTS, DUTIES = f"/console/programmes/{PROGRAMME}/reports", f"/console/programmes/{PROGRAMME}/duties"
BLOCKS = [{"kind": "text", "text": ["x"]}]
ROW = ReportRow(
    report_id="rpt-9", kind="year", title="The year <b>so far", programme_id=PROGRAMME, about="programme",
    about_id=PROGRAMME, state="compiled", edition=2, pages=3, formats=("pdf", "html"),
)  # fmt: skip


@pytest.fixture
async def reported(world, desk):
    """A programme with a report that is made when the coordinator asks, and one about schools."""
    year = {"key": "year", "title": "The year so far", "about": "programme", "after": ["coordinator"], "to": ["lead"]}
    other = {"key": "plan", "title": "Action plan", "about": "school", "after": ["project.sent"], "to": ["lead"]}
    await world.handle(exchange.opened(reports=[{**one, "blocks": BLOCKS} for one in (year, other)]))

    def shown(query):
        if query.person_id != NADIA or query.report_id != "rpt-9":
            raise Rejected("unknown-report", "There is no such report.")
        return ROW

    secret = ROW.model_copy(update={"report_id": "rpt-8", "title": "Not for you"})

    def listed(reader):
        mine = ROW.model_copy(update={"may_read": reader == NADIA})
        return ReportRows(total=2, reports=(mine, secret))

    content = b"%PDF-1.7 whole"
    chunk = Chunk(
        filename="year.pdf", media_type="application/pdf", content=content, offset=0, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    world.owners.finds |= {
        "ListReports": lambda query: listed(query.reader_id), "ShowReport": shown, "FetchReport": chunk
    }  # fmt: skip
    return desk


async def test_reports_say_for_whom_they_are_and_open_for_who_may_read(reported):
    page = await reported.get(REPORTS)
    said = " ".join(read(page).text.split())
    assert "Edition 2, 3 pages" in said
    assert 'href="/console/reports/rpt-9/pdf"' in page.text
    assert "rpt-8/pdf" not in page.text
    assert "The year <b>so far" in said
    found = await reported.get("/console/reports/rpt-9/pdf")
    assert (found.content, found.headers["content-disposition"][:10]) == (b"%PDF-1.7 whole", "attachment")
    for path in ("rpt-8/pdf", "rpt-9/xlsx", "rpt-9/html"):
        assert (await reported.get(f"/console/reports/{path}")).status_code == 404


async def test_a_report_is_made_for_the_first_time_and_again(world, reported):
    page = await reported.get(REPORTS)
    await press(reported, page, {"report": "year"})
    await press(reported, page, {}, form=3)
    assert world.owners.commands == [
        CompileReport(programme_id=PROGRAMME, report="year"),
        CompileReport(programme_id=PROGRAMME, report="year", about_id=PROGRAMME),
    ]


def summed(school, missed, **more):
    return DutySum(
        school_id=school, school=f"School {school}", strand="Teaching", due=10, done=10 - missed, missed=missed,
        excused=1, open=0, **more,
    )  # fmt: skip


def last_sums(world):
    """The last question for sums of duties: the page asks for what found no day as well."""
    return [one for one in world.owners.found if isinstance(one, SumDuties)][-1]


async def test_duties_show_who_missed_most_first_and_a_school_with_its_people(world, desk):
    person = summed("b", 4, activity="Break <b>duty", person_id="per-b-head")
    of_all = DutySum(due=80, done=64, missed=16, excused=3, open=0)
    found = DutySums(
        scope="all", first=dt.date(2026, 8, 1), last=dt.date(2027, 4, 12), sums=(summed("b", 4), summed("a", 1)),
        schools=60, of_all=of_all,
    )  # fmt: skip
    world.owners.finds["SumDuties"] = found
    said = " ".join(read(await desk.get(f"{DUTIES}?page=2")).text.split())
    assert "64 of 80 done, 16 missed" in said
    assert said.index("School b") < said.index("School a")
    assert "Page 2 of 3" in said
    asked = last_sums(world)
    assert (asked.by_strand, asked.limit, asked.offset) == (True, 25, 25)
    world.owners.finds["SumDuties"] = found.model_copy(update={"sums": (summed("b", 4), person), "schools": 1})
    said = " ".join(read(await desk.get(f"{DUTIES}?school=b&term=yes")).text.split())
    assert (last_sums(world).school_id, last_sums(world).term) == ("b", True)
    assert "Break <b>duty Siobhán O\u2019Neill" in said


async def test_nothing_has_fallen_due(world, desk):
    world.owners.finds["ListProgrammes"] = ProgrammeRows(
        programmes=(console._programme(PROGRAMME, "Peer visits", "closed", 4),)
    )
    assert "No duty has fallen due yet." in (await desk.get(DUTIES)).text


def somebody(number):
    place = PlaceRow(role="headteacher", title="headteacher", programme_id=PROGRAMME, programme="P", urn=107000)
    return FoundPerson(
        person_id=f"per-{number}", name="=cmd|' /C calc'!A0", email=f"p{number}@x.example", places=(place,)
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_a_list_comes_as_a_file_with_its_filters_and_all_its_pages(world, desk, kind):
    def people(query):
        rows = [somebody(number) for number in range(query.offset, min(query.offset + query.limit, 700))]
        return FoundPeople(total=700, people=tuple(rows))

    world.owners.finds["FindPeople"] = people
    found = await desk.get(f"/console/export/people.{kind}?search=oak")
    assert world.owners.found[-1].search == "oak"
    if kind == "csv":
        assert found.content.startswith(b"\xef\xbb\xbf")
        lines = list(csv.reader(io.StringIO(found.content.decode("utf-8-sig"))))
        assert lines[1][0] == "'=cmd|' /C calc'!A0"
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(found.content)).worksheets[0]
        lines = [[str(cell.value) for cell in line] for line in sheet.iter_rows()]
        assert sheet["A2"].data_type == "s"
    assert lines[0][:2] == ["Name", "E-mail"]
    assert [line[1] for line in lines[1:]] == [f"p{number}@x.example" for number in range(700)]


@pytest.mark.parametrize("what", ["schools", "tasks", "mails"])
async def test_other_lists_come_as_files(desk, what):
    found = await desk.get(f"/console/export/{what}.csv?programme={PROGRAMME}&state=missed")
    lines = list(csv.reader(io.StringIO(found.content.decode("utf-8-sig"))))
    assert len(lines) >= 2 or what == "mails"
    assert all(len(line) == len(lines[0]) for line in lines)
    assert (await desk.get(f"/console/export/{what}.exe")).status_code == 404


def test_days_numbers_and_blanks_keep_their_kind():
    lines: list[Row] = [("Day", "Number", "None"), (dt.date(2027, 4, 1), 3, None)]
    assert as_csv(lines).decode("utf-8-sig") == "Day,Number,None\r\n2027-04-01,3,\r\n"
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx("Days", lines))).worksheets[0]
    assert [cell.value for cell in sheet[2]] == [dt.datetime(2027, 4, 1), 3, None]  # noqa: DTZ001 - as cells are


async def test_the_same_press_twice_is_one_and_another_of_the_same_page_is_another(world, reported):
    page = await reported.get(REPORTS)
    for about in ("", "", "sch-a"):
        await press(reported, page, {"report": "year", "about": about})
    assert [command.about_id for command in world.owners.commands] == ["", "sch-a"]
