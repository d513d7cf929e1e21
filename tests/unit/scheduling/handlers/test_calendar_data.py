"""Exam windows and bank holidays that are imported lie over those that come with Kindred, year by year."""

import datetime as dt
import json

import pytest

from shared.commands.scheduling import DraftCalendar, PublishVisits, ShowCalendarImpact
from shared.commands.scheduling_calendars import ImportBankHolidays, ImportExamWindows
from shared.errors import Rejected
from shared.events.scheduling import CoordinatorAsked, VisitMoved
from tests.unit.scheduling import facts
from tests.unit.scheduling.world import SETTINGS, SHIPPED

FOLDER = SETTINGS.calendar_folder


async def in_force(world):
    return await world.stores.calendars.in_force()


async def imported(world, command, data, name="file.json"):
    key = await world.client.upload(json.dumps(data).encode(), name)
    return await world.client.ask(command(upload=key, filename=name))


def holidays(*days):
    events = [{"title": "Holiday", "date": str(day)} for day in days]
    return {"england-and-wales": {"division": "england-and-wales", "events": events}}


def windows(first, last, *phases):
    return {"windows": [{"name": "Tests", "first": str(first), "last": str(last), "phases": list(phases)}]}


async def test_the_files_that_come_with_kindred_can_be_imported_and_change_nothing(world):
    exams = json.loads((FOLDER / "exam-windows.json").read_text(encoding="utf-8"))
    days = json.loads((FOLDER / "bank-holidays.json").read_text(encoding="utf-8"))
    done = await imported(world, ImportExamWindows, exams)
    assert done.sentence.startswith("6 exam windows for 2025/26, 2026/27, 2027/28;")
    done = await imported(world, ImportBankHolidays, days)
    assert done.sentence.endswith("bank holidays from 2012 to 2028. No published visit clashes.")
    found = await in_force(world)
    assert (found.exams, found.bank_holidays) == (SHIPPED.exams, SHIPPED.bank_holidays)


async def test_imported_exam_windows_replace_those_of_their_school_year_only(world):
    first, last = dt.date(2027, 3, 1), dt.date(2027, 3, 3)
    await imported(world, ImportExamWindows, windows(first, last, "primary"))
    exams = (await in_force(world)).exams
    of_year = {day for days in exams.values() for day in days if dt.date(2026, 9, 1) <= day < dt.date(2027, 8, 1)}
    assert of_year == {dt.date(2027, 3, day) for day in (1, 2, 3)}
    assert {day for day in exams["secondary"] if day.year != 2027} == {
        day for day in SHIPPED.exams["secondary"] if day.year != 2027
    }
    await imported(world, ImportExamWindows, windows(last, last, "secondary"))
    assert sum(day.year == 2027 for days in (await in_force(world)).exams.values() for day in days) == 1


async def test_imported_bank_holidays_replace_those_of_their_year_only(world):
    moved = sorted(one for one in SHIPPED.bank_holidays if one.year == 2027)[1:]
    days = {*moved, dt.date(2027, 5, 7)}
    await imported(world, ImportBankHolidays, holidays(*days))
    found = (await in_force(world)).bank_holidays
    assert {one for one in found if one.year == 2027} == days
    assert {one for one in found if one.year != 2027} == {one for one in SHIPPED.bank_holidays if one.year != 2027}


async def test_a_few_extra_bank_holidays_do_not_erase_their_year(world):
    known = {one for one in SHIPPED.bank_holidays if one.year == 2027}
    done = await imported(world, ImportBankHolidays, holidays("2027-06-07"))
    assert "2027 keeps its other 8, of which the file says nothing. No published visit clashes." in done.sentence
    assert {one for one in (await in_force(world)).bank_holidays if one.year == 2027} == {*known, dt.date(2027, 6, 7)}
    await imported(world, ImportBankHolidays, holidays("2027-06-14"))
    both = {*known, dt.date(2027, 6, 7), dt.date(2027, 6, 14)}
    assert {one for one in (await in_force(world)).bank_holidays if one.year == 2027} == both


async def test_a_file_of_half_a_year_keeps_the_other_half(world):
    known = sorted(one for one in SHIPPED.bank_holidays if one.year == 2027)
    done = await imported(world, ImportBankHolidays, holidays(*known[3:]))
    assert "2027 keeps its other 3, of which the file says nothing." in done.sentence
    assert sorted(one for one in (await in_force(world)).bank_holidays if one.year == 2027) == known


async def test_a_bank_holiday_that_is_moved_is_told(world):
    first, *others = sorted(one for one in SHIPPED.bank_holidays if one.year == 2027)
    done = await imported(world, ImportBankHolidays, holidays(*others, dt.date(2027, 5, 7)))
    assert f"; no bank holiday any more: {first:%d/%m/%Y}." in done.sentence
    assert first not in (await in_force(world)).bank_holidays


async def test_visits_of_hosts_with_tests_are_listed_and_the_impact_proposes_the_repair(published):
    visit = (await published.visits())[-1].visit
    clashing = {row.visit.visit_id for row in await published.visits() if row.visit.on == visit.on}
    done = await imported(published, ImportExamWindows, windows(visit.on, visit.on, "secondary"))
    assert done.sentence.endswith("No published visit clashes.")
    done = await imported(published, ImportExamWindows, windows(visit.on, visit.on, "primary", "secondary"))
    assert f"{len(clashing)} published visits clash: " in done.sentence
    asked = await published.until(CoordinatorAsked, len(clashing))
    assert {(each.question, each.target_id) for each in asked} == {("calendar-clash", one) for one in clashing}
    rows = (await published.client.find(ShowCalendarImpact(cohort_id=facts.COHORT))).rows
    assert {row.target_id for row in rows} == clashing
    assert {one.sentence for row in rows for one in row.closed} == {"has tests or examinations"}
    assert all(row.repair for row in rows)
    assert published.of(VisitMoved) == []


@pytest.mark.parametrize("count", [1, 2])
async def test_visits_on_new_bank_holidays_are_repaired_by_the_next_draft(published, count):
    days = [row.visit.on for row in await published.visits(group_id="grp-1")][-count:]
    clashing = {row.visit.visit_id for row in await published.visits() if row.visit.on in days}
    known = [day for day in SHIPPED.bank_holidays if day.year == 2027]
    done = await imported(published, ImportBankHolidays, holidays(*known, *days))
    assert f"{len(clashing)} published visits clash: " in done.sentence
    rows = (await published.client.find(ShowCalendarImpact(cohort_id=facts.COHORT))).rows
    assert {row.target_id for row in rows} == clashing
    assert all(row.repair or row.advice.startswith("Moves to") for row in rows)
    await published.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    calendar = await published.calendar()
    assert {each.visit_id for each in calendar.differences} >= clashing
    await published.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=calendar.revision))
    moved = await published.until(VisitMoved, len(clashing))
    assert not {each.on for each in moved} & set(days)


BAD_WINDOWS = {
    "windows": [
        {"name": "A", "first": "2027-05-40", "last": "2027-05-14", "phases": ["primary"]},
        {"first": "2027-05-10", "phases": ["primry"]},
        {"first": "2027-05-14", "last": "2027-05-10", "phases": ["primary"]},
        {"first": "2027-05-10", "last": "2027-05-14", "phases": "primary"},
    ]
}


async def test_a_bad_file_of_exam_windows_is_refused_by_every_entry_and_nothing_is_stored(world):
    with pytest.raises(Rejected) as refused:
        await imported(world, ImportExamWindows, BAD_WINDOWS)
    said = refused.value.sentence
    assert "has 5 entries that cannot be read" in said
    for problem in (
        "windows, entry 1 'A': '2027-05-40' does not exist in the calendar",
        "windows, entry 2: 'last' is missing",
        "windows, entry 2: 'primry' is none of 'phases'; there are not-applicable, nursery, primary,",
        "windows, entry 3: it ends before it begins or lasts over 120 days",
        "windows, entry 4: 'phases' is no list of names",
    ):
        assert problem in said
    assert world.memory["exams"] == {}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (holidays("2027-05-03", "2027-05-32"), "england-and-wales, entry 2: '2027-05-32' does not exist"),
        ({"scotland": {"events": []}}, "'england-and-wales' with events is expected"),
        (holidays(), "holds no day"),
        ([], "is expected"),
    ],
)
async def test_a_bad_file_of_bank_holidays_is_refused_and_nothing_is_stored(world, data, said):
    with pytest.raises(Rejected) as refused:
        await imported(world, ImportBankHolidays, data)
    assert (refused.value.rule, said in refused.value.sentence) == ("calendar-file", True)
    assert world.memory["holidays"] == {}
