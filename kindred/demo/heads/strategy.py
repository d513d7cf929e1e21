"""Strategy days: dated on days that suit most, another venue is an update, a shared plan is agreed to."""

from kindred.demo.courses import in_calendars
from kindred.demo.filling import in_rows
from kindred.demo.heads.story import address_of, heads, person_id
from kindred.demo.programme import ASKED, COURSE_DATES
from kindred.demo.round import Round, local
from kindred.demo.tasks import do, owed
from shared.commands.forms import EntryRows, ListEntries
from shared.commands.sessions import CourseDetail, SessionDetail, ShowCourse, ShowSession
from shared.template.days import shifted
from shared.template.moments import Offset

KEY = "strategy-day"
VENUE = ("--venue", "The Old Hall", "--address", "Mill Lane, Leeds", "--access", "Step-free by the side door.")
A_WORKING_DAY = Offset(1, "working days")


async def plan_dates(this: Round) -> None:
    """Three days, away from school; nobody is told before the coordinator publishes them."""
    this.tell("Strategy days are dated")
    mine = heads(this)
    await mine.desk.run("sessions", "plan", KEY)
    course = await _course(this)
    this.checks.equal("there are three strategy days", len(course.sessions), 3)
    this.checks.equal("no school is closed on one", [row.closed for row in course.sessions], [()] * 3)
    await mine.desk.run("sessions", "publish", KEY)
    await in_calendars(this, mine.programme_id, KEY)
    on = course.sessions[0].on
    this.plan(local(shifted(on, A_WORKING_DAY), 12), write_down)


async def move_in(this: Round) -> None:
    """Everybody has had one mail with all dates; another venue changes their calendar, and nothing else."""
    mine = heads(this)
    rows = [row for row in this.ledger.find(COURSE_DATES) if row.programme_id == mine.programme_id]
    this.checks.equal("all strategy days come in one mail", len(rows), len(mine.heads))
    await mine.desk.run("sessions", "describe", KEY, "1", *VENUE)
    await this.settle()
    changed = [row for row in this.ledger.find("event-changed") if row.programme_id == mine.programme_id]
    told = {address_of(this, row.person_id) for row in changed}
    this.checks.equal("another venue is an update to everybody invited", told, set(mine.addresses()))


async def write_down(this: Round) -> None:
    """The lead says who came and writes the shared plan; whoever was there agrees."""
    mine = heads(this)
    assert mine.lead is not None
    await mine.desk.run("sessions", "attendance", KEY, "1")
    await this.settle()
    (row,) = await owed(this, mine.programme_id, f"{KEY}-minutes-write")
    this.checks.equal("the lead writes the shared plan", row.person_ids, (person_id(this, mine.lead.email),))
    plan = {**in_rows("plan", [{"text": "Leading change"}]), **in_rows("decisions", [{"text": "We begin in spring."}])}
    await do(this, row, plan)
    await this.settle()
    agreeing = await owed(this, mine.programme_id, f"{KEY}-minutes-agree")
    this.checks.equal("every head who was there is asked to agree", len(agreeing), len(mine.heads))
    for one in agreeing:
        await do(this, one, {}, button="agree")
    await this.settle()
    found: EntryRows = await this.client.find(ListEntries(programme_id=mine.programme_id, form=f"{KEY}-minutes"))
    this.checks.equal("the shared plan is agreed to, and released", [one.state for one in found.entries], ["released"])
    course = await _course(this)
    first = next(one for one in course.sessions if one.number == 1)
    about = f"{await _title(this, first.event_id)}, {first.on:%A %-d %B %Y}"
    mine.expect(ASKED, f"Our shared plan, {about}", mine.addresses())


async def _title(this: Round, event_id: str) -> str:
    found: SessionDetail = await this.client.find(ShowSession(event_id=event_id))
    return found.title


async def _course(this: Round) -> CourseDetail:
    found: CourseDetail = await this.client.find(ShowCourse(programme_id=heads(this).programme_id, activity=KEY))
    return found
