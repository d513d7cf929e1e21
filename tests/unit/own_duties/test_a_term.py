"""Nine heads with five daily duties over a term: one mail a week, ticked off in two presses, never flooding anybody."""

import datetime as dt
from collections import Counter
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.duties import ListDuties, SumDuties
from shared.commands.inspections import NoteInspection
from shared.commands.programmes import EnrolSchool, OpenProgramme, PersonDetails
from shared.commands.reports import CompileReport
from shared.commands.scheduling import CloseSchoolDays
from shared.commands.tasks import ListTasks
from shared.events.base import DateSpan
from shared.events.duties import DutyWeekEnded, DutyWeekTicked
from shared.template.reading import faults_of
from tests.fakes.town import Town
from tests.workers import UNTRACED

pytestmark = UNTRACED

TEMPLATES = Path(__file__).parent / "templates"
AUGUST = dt.datetime(2026, 8, 24, 9, tzinfo=dt.UTC)
SCHOOLS = range(9)
DAILY = ("drop-in", "break-duty", "start-of-day", "end-of-day", "modelling")
MONDAY = dt.date(2026, 9, 7)


def school(number):
    return School(
        urn=100 + number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield",
    )  # fmt: skip


class Heads:
    """The programme in the town."""

    def __init__(self):
        self.town = Town(TEMPLATES, AUGUST)
        self.programme_id = ""

    async def open(self):
        self.town.register([school(number) for number in SCHOOLS])
        opened = await self.town.ask(
            OpenProgramme(
                template="nine-heads", name="Nine heads", year=2026, coordinator_name="Cora Coe",
                coordinator_email="cora@trust.example",
            )
        )  # fmt: skip
        self.programme_id = opened.id
        for number in SCHOOLS:
            people = (
                PersonDetails(role="headteacher", name=f"Head {number}", email=f"head@s{number}.example"),
                PersonDetails(role="middle-leader", name=f"Lead {number}", email=f"lead@s{number}.example"),
            )
            await self.town.ask(
                EnrolSchool(
                    programme_id=self.programme_id, urn=100 + number, people=people, strengths=(), needs=()
                )
            )  # fmt: skip
        await self.town.day("2026-09-01")

    def head(self, number):
        return self.town.person(f"head@s{number}.example")

    async def tick(self, number, button="all", values=None):
        browser, page = await self.head(number).open("Tick off your week", "task")
        return await browser.press(page, button, values or {}, expect=(200, 422))

    async def sums(self, **where):
        found = await self.town.find(SumDuties(programme_id=self.programme_id, **where))
        return {(one.school, one.strand): one for one in found.sums if not one.person_id}


@pytest.fixture
async def heads():
    found = Heads()
    await found.open()
    return found


def test_the_template_is_right():
    assert faults_of((TEMPLATES / "nine-heads.yaml").read_text(encoding="utf-8")) == ()


async def test_a_week_is_ticked_off_in_two_presses_from_the_mail(heads):
    await heads.town.day(MONDAY)
    letters = [one.subject for one in heads.head(0).letters if "week" in one.subject.lower()]
    assert letters == ["Tick off your week: by Friday 11 September 2026"]
    browser, page = await heads.head(0).open("Tick off your week", "task")
    assert page.heading == "Your duties of the week"
    assert "Drop in on lessons, 4 days" in " ".join(page.text.split())
    saved = await browser.press(page, "all", {})
    assert saved.heading == "Ticked off, thank you"
    assert [(one.done, one.not_done) for one in heads.town.of(DutyWeekTicked)] == [(21, 0)]
    done = await heads.sums(first=dt.date(2026, 8, 31), last=dt.date(2026, 9, 4))
    leadership = done["School 0", "Leadership that people see"]
    assert (leadership.due, leadership.done, leadership.missed) == (20, 20, 0)
    other = done["School 1", "Leadership that people see"]
    assert (other.due, other.done, other.open) == (20, 0, 20)


async def test_what_was_not_done_is_ticked_and_coaching_leaves_no_trace_but_that_it_was(heads):
    await heads.town.day(MONDAY)
    browser, page = await heads.head(1).open("Tick off your week", "task")
    names = {*page.form.fields, *page.form.choices}
    boxes = sorted(name for name in names if name.startswith("not-") and name.endswith("2026-09-03"))
    assert len(boxes) == len(DAILY)
    (coaching,) = [name for name in names if name.startswith("also-")]
    assert [name for name in names if "note" in name or "text" in name] == []
    nothing = await browser.press(page, "except", {}, expect=(422,))
    assert "Tick what was not done" in nothing.text
    saved = await browser.press(nothing, "except", {boxes[0]: "on", coaching: "on"})
    assert saved.heading == "Ticked off, thank you"
    assert [(one.done, one.not_done) for one in heads.town.of(DutyWeekTicked)] == [(21, 1)]


async def test_a_term_brings_one_mail_a_week_and_one_event_a_week_and_person(heads):
    town = heads.town
    closed = DateSpan(first=dt.date(2026, 11, 9), last=dt.date(2026, 11, 13))
    first = next(iter(town.of(DutyWeekEnded)), None)
    assert first is None
    found = await town.find(ListDuties(programme_id=heads.programme_id, activity="drop-in"))
    await town.ask(CloseSchoolDays(school_id=found.duties[8].school_id, days=(closed,)))
    for week in range(17):
        await town.day(MONDAY + dt.timedelta(weeks=week))
        for number in (0, 1, 2):
            if any("Tick off your week" in one.subject for one in heads.head(number).letters):
                await heads.tick(number)
    assert len(town.of(DutyWeekEnded)) == 9 * 2 * 15 - 2  # fifteen school weeks; one school was closed for one
    for number in SCHOOLS:
        mails = Counter(
            parsedate_to_datetime(str(message["Date"])).isocalendar()[:2]
            for _, to, message in town.post.mailboxes.mails
            if to == f"head@s{number}.example"
        )
        assert max(mails.values()) == 1, number
    term = {"first": dt.date(2026, 9, 1), "last": dt.date(2026, 12, 18)}
    sums = await heads.sums(**term)
    ticked, silent = sums["School 0", "Leadership that people see"], sums["School 5", "Leadership that people see"]
    assert (ticked.due, ticked.done, ticked.missed) == (ticked.due, ticked.due, 0)
    assert (silent.due, silent.done, silent.missed) == (ticked.due, 0, ticked.due)
    assert sums["School 8", "Leadership that people see"].due == ticked.due - 25
    assert town.waiting() == {}


async def test_nobody_is_asked_about_a_week_that_an_inspection_excuses_after_it_was_told(heads):
    town, friday = heads.town, dt.date(2026, 9, 11)
    school_id = (await town.find(ListDuties(programme_id=heads.programme_id, activity="drop-in"))).duties[0].school_id
    await town.to(dt.datetime.combine(friday, dt.time(13), dt.UTC))
    await town.ask(NoteInspection(school_id=school_id, first=friday, last=friday))
    await town.day(dt.date(2026, 9, 14))
    lists = [sum("Tick off your week" in one.text for one in heads.head(number).letters) for number in (0, 1)]
    assert lists == [1, 2]  # of the week before, too
    rows = (await town.find(ListTasks(programme_id=heads.programme_id, task="tick"))).tasks
    mine = [one for one in rows if one.school_id == school_id and one.opened == dt.date(2026, 9, 14)]
    assert [one for one in mine if one.state in {"open", "missed"}] == []


async def test_the_board_reads_what_stands_out_first_and_a_line_a_school(heads):
    town = heads.town
    for week in range(3):
        await town.day(MONDAY + dt.timedelta(weeks=week))
        await heads.tick(0)
    await town.day("2026-09-22")
    await town.ask(CompileReport(programme_id=heads.programme_id, report="paper"))
    await town.settle()
    stands_out, lines, strands = town.renderer.seen[-1].parts
    assert stands_out.lines[0].startswith("Talk about progress not received from nine schools: School 0, School 1")
    leadership, needs = "Leadership that people see 0 of 45 done (0 %)", "Everybody's needs 0 of 2 done (0 %)"
    assert stands_out.lines[1] == f"School 1: {needs}; {leadership}."
    assert not [one for one in stands_out.lines[1:] if one.startswith("School 0")]
    assert lines.columns == ("School", "Due", "Done", "Missed", "Talk about progress")
    assert lines.rows[:2] == (
        ("School 0", "83", "73", "0", "Not received"),
        ("School 1", "83", "0", "47", "Not received"),
    )
    assert [row[0] for row in strands.rows] == ["Leadership that people see", "Everybody's needs"]
    assert "per-" not in str(town.renderer.seen[-1])


async def test_a_school_reads_by_which_role_and_what_an_entry_shows_is_done(heads):
    await heads.town.day(MONDAY)
    await heads.tick(0)
    listed = (await heads.town.find(ListDuties(programme_id=heads.programme_id, activity="progress"))).duties
    school_id = listed[0].school_id
    await heads.town.day("2026-10-06")
    await heads.town.ask(CompileReport(programme_id=heads.programme_id, report="review", about_id=school_id))
    await heads.town.settle()
    (duties,) = heads.town.renderer.seen[-1].parts
    assert [row[0] for row in duties.rows] == [
        "Leadership that people see", "Everybody's needs", "by headteacher", "by middle leader"
    ]  # fmt: skip
    assert duties.rows[0][2:] == ("20", "75", "0")
