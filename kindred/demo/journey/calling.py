"""A first talk is booked on a public page, without an account; what was agreed in it decides where a school begins."""

import datetime as dt

from kindred.demo.browser import Browser
from kindred.demo.journey.story import Team, journey
from kindred.demo.programme import ASKED
from kindred.demo.round import Round
from kindred.demo.tasks import do, owed
from kindred.output import wording
from shared.commands.brochures import BrochureRows, ListBrochures
from shared.commands.forms import EntryRows, ListEntries

ANSWERS = {
    "asked.where": "We are calm, and a little tired.", "asked.priorities": "Reading",
    "asked.to-build": "One in which everybody is known.", "asked.preventing": "Time.", "asked.help": "By asking us.",
    "asked.self-view": "good",
}  # fmt: skip
STAGES = ("good", "requires-improvement", "good", "outstanding", "good", "good")


async def offer(this: Round) -> None:
    """The brochure is published, the trainer says when to be called; two people look at the page at once."""
    mine = journey(this)
    await mine.desk.run("brochures", "make")
    await this.settle()
    await mine.desk.run("brochures", "publish")
    day = _day(this)
    await mine.desk.run("calls", "open", mine.trainer.email, f"{day} 09:00-11:00")
    await this.settle()
    rows: BrochureRows = await this.client.find(ListBrochures(programme_id=mine.programme_id))
    mine.booking = f"{this.public_url}/brochures/{rows.brochures[0].address}/call"
    for _ in mine.teams[:2]:
        browser = Browser(this.transport)
        page = await browser.open(mine.booking)
        this.checks.true("a call is booked without an account", "You need no account" in page.text, page.text[:300])
        mine.readers.append((browser, page))


async def book(this: Round) -> None:
    """Both want the same time: the first has it, and the other sees what is left and takes that."""
    mine = journey(this)
    (first, page), (second, seen) = mine.readers
    slot = page.form.choices["slot"][0]
    booked = await first.press(page, "", _filled(mine.teams[0], slot))
    this.checks.equal("the first of two who want one time has it", booked.heading, "Your call is booked")
    await this.settle()
    refused = await second.press(seen, "", _filled(mine.teams[1], slot), expect=(422,))
    this.checks.true("the other is told, and keeps what was typed",
                     "booked this time meanwhile" in refused.text and slot not in refused.form.choices["slot"],
                     refused.text[:300])  # fmt: skip
    mine.readers = [(second, refused)]


async def take_another(this: Round) -> None:
    """A while later, since nobody reads faster, they have taken another time."""
    mine = journey(this)
    ((browser, page),) = mine.readers
    again = await browser.press(page, "", _filled(mine.teams[1], page.form.choices["slot"][0]))
    this.checks.equal("and takes another time", again.heading, "Your call is booked")
    await this.settle()
    for number, team in enumerate(mine.teams[:2]):
        when = f"{wording.date(_day(this))}, {'9:00' if number == 0 else '9:30'}"
        mine.expect(ASKED, f"Call with {mine.trainer.name}: {when}", [team.head.email])
        mine.expect(ASKED, f"Call with {team.head.name}: {when}", [mine.trainer.email])
        mine.expect(ASKED, f"An enquiry about {mine.programme}", [this.story.people[this.story.coordinator()].email])


async def agree_on_stages(this: Round) -> None:
    """The trainer writes down which stage was agreed: not what the school said of itself, and no inspection grade."""
    mine = journey(this)
    rows = await owed(this, mine.programme_id, "agree-stage")
    by_school = {row.school_id: row for row in rows if row.school_id}
    if not by_school:
        this.story.notes.append("No trainer is asked school by school yet which stage was agreed")
        return
    this.checks.equal("the trainer is asked for each school", set(by_school), {team.school_id for team in mine.teams})
    for team, stage in zip(mine.teams, STAGES, strict=False):
        await do(this, by_school[team.school_id], {"agreed-stage": stage, "why": "We agreed."})
        mine.expect(ASKED, "Where your two years begin", [team.head.email])
    await this.settle()
    found: EntryRows = await this.client.find(ListEntries(programme_id=mine.programme_id, form="call-notes"))
    this.checks.equal("an agreed stage is kept for every school", found.total, len(mine.teams))


def _filled(team: Team, slot: str) -> dict[str, str]:
    who = {"name": team.head.name, "school": team.name, "email": team.head.email}
    return {**who, **ANSWERS, "slot": slot}


def _day(this: Round) -> dt.date:
    """The first Monday after the schools have joined."""
    on = dt.date(this.story.first_year, 9, 7)
    return on + dt.timedelta(days=-on.weekday() % 7)
