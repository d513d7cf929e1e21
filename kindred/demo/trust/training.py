"""Training of the trust: middle leaders have a year of it, and whoever wants to signs up for the rest."""

from kindred.demo.browser import Page
from kindred.demo.courses import in_calendars
from kindred.demo.filling import whole
from kindred.demo.people import Someone
from kindred.demo.programme import ASKED
from kindred.demo.round import Round
from kindred.demo.tasks import own_list
from kindred.demo.trust.story import person, trust
from shared.commands.sessions import CourseDetail, ShowCourse

YEAR, OPEN, ROOM = "leadership-programme", "cpd", 2
TITLE = "Teaching that every pupil can follow"
OPEN_TO_YOU = f"Open to you: {TITLE}"


async def plan_dates(this: Round) -> None:
    """The coordinator finds the dates; two have room in what is open to all."""
    this.tell("Training is planned, and opened to sign-up")
    for course in (YEAR, OPEN):
        await trust(this).desk.run("sessions", "plan", course)
        await trust(this).desk.run("sessions", "publish", course)
    await trust(this).desk.run("sessions", "room", OPEN, str(ROOM))
    await in_calendars(this, trust(this).programme_id, YEAR, OPEN)
    year = await _course(this, YEAR)
    this.checks.equal("middle leaders have six dates over the year", len(year.sessions), 6)
    open_to = (await _course(this, OPEN)).places
    this.checks.equal("nobody has a place before they sign up", {one.state for one in open_to}, {"asked"})
    told = [this.story.people[one.person_id].email for one in open_to]
    trust(this).expect(ASKED, OPEN_TO_YOU, told)


async def sign_up(this: Round) -> None:
    """Two get a place, the third waits; when somebody cannot come after all, who waits gets theirs."""
    mine = trust(this)
    first, second, third = (mine.heads[urn] for urn in mine.urns[:3])
    said = [(await _pressed(this, one, "tick")).text for one in (first, second, third)]
    full = "as soon as a place is free"
    this.checks.true("who signs up for a full room is on the waiting list", full in said[2], said[2])
    this.checks.equal("two have a place, one waits", await _states(this, first, second, third),
                      ["taken", "taken", "waiting"])  # fmt: skip
    await _pressed(this, first, "leave")
    await this.settle()
    mine.expect(ASKED, f"Your place has ended: {TITLE}", [first.email])
    this.checks.equal("whoever waits gets the place that becomes free", await _states(this, first, second, third),
                      ["asked", "taken", "taken"])  # fmt: skip


async def _pressed(this: Round, who: Someone, button: str) -> Page:
    browser, page = await own_list(this, person(this, who))
    page = await browser.open(whole(page.url, next(link for link in page.links if "/sign-up/" in link)))
    return await browser.press(page, button, {})


async def _states(this: Round, *people: Someone) -> list[str]:
    places = {one.person_id: one.state for one in (await _course(this, OPEN)).places}
    return [places[person(this, one)] for one in people]


async def _course(this: Round, key: str) -> CourseDetail:
    found: CourseDetail = await this.client.find(ShowCourse(programme_id=trust(this).programme_id, activity=key))
    return found
