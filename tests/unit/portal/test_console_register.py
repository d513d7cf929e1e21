"""The coordinator's page of what all programmes share: register, inspections, term dates, closed days."""

import datetime as dt

import pytest

from services.portal.pages import security
from shared.commands.programmes import ImportFile, ImportReport, ImportStarted
from shared.commands.programmes_queries import SchoolRow, SchoolRows
from shared.commands.scheduling import CloseSchoolDays, ImportCalendar
from shared.commands.scheduling_calendars import (
    ImportBankHolidays,
    ImportExamWindows,
    ReadTitle,
    ReadYear,
    TermFileRead,
)
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.programmes import SchoolFacts
from tests.unit.portal.console import IMPORT
from tests.unit.portal.driver import read
from tests.unit.portal.world import PUBLIC

HERE = "/console/register"
ORIGIN = {"origin": PUBLIC}
JUNE = dt.date(2027, 6, 4)
READ = TermFileRead(
    titles=(
        ReadTitle(title="Half term <b>", read_as="closed", times=3, first=dt.date(2026, 10, 26), last=JUNE),
    ),
    years=(ReadYear(year=2026, school_days=171),), doubts=("2026/27 has 171 school days, far from 195.",),
)  # fmt: skip


@pytest.fixture
async def desk(world, desk):
    of_all = ImportReport(import_id=IMPORT, state="done", check=True, added=55, rejected=5)
    world.owners.finds |= {"ListSchools": SchoolRows(total=0, schools=()), "ImportStatus": of_all}
    return desk


async def send(desk, content=b"x", filename="f.csv", **values):
    fields = {**read(await desk.get(HERE)).forms[1].fields, "do": "import", **values}
    return await desk.post(HERE, data=fields, files={"file": (filename, content)}, headers=ORIGIN)


async def test_a_new_deployment_is_told_to_begin_with_the_register(world, desk):
    assert "No school is known yet." in (await desk.get("/console")).text
    assert "No school is known yet" in (await desk.get(HERE)).text
    world.owners.finds["ListSchools"] = SchoolRows(total=24_000, schools=())
    assert "24,000 schools known" in (await desk.get(HERE)).text
    assert "No school is known yet." not in (await desk.get("/console")).text


@pytest.mark.parametrize("kind", ["register", "inspections"])
async def test_a_file_of_schools_is_read_with_its_report(world, desk, kind):
    world.owners.replies["ImportFile"] = ImportStarted(import_id=IMPORT)
    page = await send(desk, kind=kind, accept="yes")
    command = ImportFile(kind=kind, upload="upl-1", filename="f.csv", accept_unread=True)
    assert world.owners.commands == [command]
    assert page.url.path == f"{HERE}/imports/{IMPORT}"
    assert f"{HERE}/imports/{IMPORT}/to-put-right.csv" in page.text
    assert "Back to schools and term dates" in page.text
    assert (await desk.get(f"{HERE}/imports/{IMPORT}/to-put-right.csv")).status_code == 200


@pytest.mark.parametrize(("kind", "command"), [("bank-holidays", ImportBankHolidays), ("exams", ImportExamWindows)])
async def test_days_come_from_a_file(world, desk, kind, command):
    world.owners.sentence = "2027: 8 bank holidays."
    page = await send(desk, filename="days.json", kind=kind)
    assert world.owners.commands == [command(upload="upl-1", filename="days.json")]
    assert "2027: 8 bank holidays." in page.text


async def test_term_dates_are_shown_before_anything_is_replaced(world, desk):
    world.owners.finds["ReadTermFile"] = READ
    page = await send(desk, filename="t.ics", kind="terms", authority="Sheffield")
    said = " ".join(read(page).text.split())
    assert "2026/27 has 171 school days, far from 195." in said
    assert "Half term <b> 3 times closed" in said
    assert world.owners.commands == []
    fields = {**read(page).forms[1].fields, "do": "take"}
    await desk.post(HERE, data=fields, headers=ORIGIN)
    taken = ImportCalendar(upload="upl-1", filename="t.ics", authority_code="Sheffield", accept_unusual=True)
    assert world.owners.commands == [taken]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"kind": "terms"}, "Say whose term dates they are"),
        ({"kind": ""}, "Choose a file, and say what stands in it."),
        ({"do": "close", "urn": "107000", "kind": "inset", "first": "4 January"}, "Write the days as 2027-01-04"),
        ({"do": "close", "urn": "", "kind": "inset", "first": "2027-01-04"}, "Give the URN of the school"),
    ],
)
async def test_what_is_missing_is_asked_for(world, desk, values, said):
    page = await send(desk, **values)
    assert (page.status_code, said in page.text, world.owners.commands) == (422, True, [])


async def test_what_a_service_refuses_is_said(world, desk):
    def refused(_query):
        raise Rejected("calendar-file", "This is no calendar; `kindred calendars import` takes .ics.")

    world.owners.finds["ReadTermFile"] = refused
    page = await send(desk, kind="terms", authority="373")
    assert (page.status_code, "This is no calendar." in page.text) == (422, True)


async def test_a_school_is_closed_on_days(world, desk):
    facts = SchoolFacts(
        school_id="sch-a", urn=107000, name="Hollins", phase="primary", authority_code="373", authority="Sheffield"
    )  # fmt: skip
    world.owners.finds["ShowSchool"] = SchoolRow(facts=facts, status="open", enrollable=True)
    await send(desk, do="close", urn="107000", kind="closure", first="2027-05-03", last="2027-05-04")
    days = (DateSpan(first=dt.date(2027, 5, 3), last=dt.date(2027, 5, 4)),)
    assert world.owners.commands == [CloseSchoolDays(school_id="sch-a", days=days, kind="closure")]


async def test_a_register_may_be_larger_than_a_form(world, desk, monkeypatch):
    world.owners.replies["ImportFile"] = ImportStarted(import_id=IMPORT)
    big = b"x" * (security.MOST_BYTES + 1)
    assert (await send(desk, big, kind="register")).status_code == 200
    monkeypatch.setattr(security, "MOST_OF_A_REGISTER", len(big))
    assert (await send(desk, big, kind="register")).status_code == 413
