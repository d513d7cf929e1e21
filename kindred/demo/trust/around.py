"""The team around each school: planned for all schools at once, one mail with all dates, minutes that are agreed to."""

import datetime as dt
from collections import Counter

from kindred.demo.courses import in_calendars
from kindred.demo.filling import in_rows
from kindred.demo.programme import ASKED, COURSE_DATES
from kindred.demo.round import Round, local
from kindred.demo.tasks import do, owed
from kindred.demo.trust.papers import entries
from kindred.demo.trust.story import Trust, line_of, person, trust
from shared.commands.sessions import CourseDetail, Courses, ListCourses
from shared.template.days import shifted
from shared.template.moments import Offset

KEY, TITLE, TIMES = "around-the-school", "The team around the school", 2
ACTION = {"what": "Hear every reader weekly", "owner": "headteacher", "success": "All are heard."}
A_WORKING_DAY = Offset(1, "working days")


async def plan_dates(this: Round) -> None:
    """The coordinator plans the dates of all schools by one command, looks at them, and publishes them."""
    this.tell("The team around each school gets its dates")
    mine = trust(this)
    found = await mine.desk.run("sessions", "plan", KEY)
    this.checks.true("the team around the school is planned for every school at once",
                     f"Planned at {len(mine.ids)} schools" in found["sentence"], str(found))  # fmt: skip
    courses = await _courses(this)
    days = {one.school: [row.on for row in one.sessions] for one in courses}
    this.checks.equal("it meets twice a year at each school", {len(one) for one in days.values()}, {TIMES})
    apart = min((last - first).days for first, last in days.values())
    this.checks.true("its dates lie eight school weeks apart", apart >= 8 * 7, str(days))
    chief = [day for own in days.values() for day in own]
    this.checks.equal("nobody is at two schools on one day", len(set(chief)), len(chief))
    await mine.desk.run("sessions", "publish", KEY)
    await in_calendars(this, mine.programme_id, KEY)
    on = (await _course(this, mine)).sessions[0].on
    this.plan(local(shifted(on, A_WORKING_DAY), 12), meet)


async def invited(this: Round) -> None:
    """A day later everybody has one mail, with all their dates."""
    mine = trust(this)
    dates = Counter(place.person_id for one in await _courses(this) for place in one.places for _ in one.sessions)
    found = [row for row in this.ledger.find(COURSE_DATES) if row.programme_id == mine.programme_id]
    rows = Counter(row.person_id for row in found if TITLE in row.subject)
    this.checks.equal("all dates come in one mail", set(rows.values()), {1})
    this.checks.equal("everybody around a school is invited", set(rows), set(dates))
    subjects = {row.person_id: row.subject for row in found if TITLE in row.subject}
    chief = person(this, mine.chief)
    said = f"Please answer: {TITLE}, {dates[chief]} dates"
    this.checks.equal("who is around every school has all of their dates in one mail", subjects.get(chief), said)


async def meet(this: Round) -> None:
    """The first school's table has met: who was there is said, minutes are written and agreed to, with an action."""
    mine, urn = trust(this), trust(this).urns[0]
    one = await _course(this, mine)
    there = [place.person_id for place in one.places if place.state != "ended"]
    await mine.desk.run("sessions", "attendance", KEY, "1", "--school", str(urn))
    await this.settle()
    boss = person(this, line_of(mine, urn))
    writing = await owed(this, mine.programme_id, f"{KEY}-minutes-write")
    (row,) = [row for row in writing if row.school_id == mine.ids[urn]]
    this.checks.equal("whom the head reports to writes the minutes", row.person_ids, (boss,))
    due = (this.now.date() + dt.timedelta(weeks=6)).isoformat()
    said = {**in_rows("going-well", [{"text": "Attendance"}]), **in_rows("worries", [{"text": "Staffing"}])}
    await do(this, row, {**said, **in_rows("actions", [{**ACTION, "due": due}])})
    await this.settle()
    agreeing = await owed(this, mine.programme_id, f"{KEY}-minutes-agree")
    others = {*there} - {boss}
    this.checks.equal("everybody who was there agrees", {row.person_ids[0] for row in agreeing}, others)
    for row in agreeing:
        await do(this, row, {}, button="agree")
    await this.settle()
    first = one.sessions[0].on
    about = f"The team around the school, The team around the school, {one.school} (1 of 2), {first:%A %-d %B %Y}"
    mine.expect(ASKED, about, [this.story.people[person_id].email for person_id in there])
    states = [row.state for row in (await entries(this, f"{KEY}-minutes")).entries]
    this.checks.equal("what the team around the school wrote down is agreed to", states, ["released"])
    follow = await owed(this, mine.programme_id, f"{KEY}-minutes-action")
    this.checks.equal("its action has an owner", [row.person_ids for row in follow], [(person(this, mine.heads[urn]),)])


async def _courses(this: Round) -> list[CourseDetail]:
    found: Courses = await this.client.find(ListCourses(programme_id=trust(this).programme_id))
    return [one for one in found.courses if one.activity == KEY]


async def _course(this: Round, mine: Trust) -> CourseDetail:
    return next(one for one in await _courses(this) if one.school_id == mine.ids[mine.urns[0]])
