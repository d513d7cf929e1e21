"""November to July, week by week: hosts write briefs, visits take place, people say what they saw and take home."""

import datetime as dt

from kindred.demo.round import Round, local
from kindred.demo.texts import CHALLENGE, PRACTICE, Pen
from kindred.demo.visits import after, asked, closing, exceptions
from kindred.demo.visits.forming import remember_visits
from shared.commands.scheduling import CohortEventDetail, VisitDetail
from shared.commands.tasks import TaskRow

AHEAD = dt.timedelta(days=35)
"""A host is asked for its brief 25 working days before the visit."""
WEEK = dt.timedelta(days=7)


async def play(this: Round) -> None:
    """Play week after week until the last visit and event are over; nothing is done in weeks without either."""
    await _weeks(this, ask=True)


async def until_briefs(this: Round) -> None:
    """Let time pass to a week before the first host is asked for its brief."""
    first = min(row.visit.on for row in this.story.visits.values())
    await this.until(local(first - AHEAD - WEEK, 20))


async def until_findings(this: Round) -> None:
    """Play the weeks before findings are asked for, to one week before."""
    await _weeks(this, ask=False)
    await this.until(local(closing.opens(this, "writing.opens") - WEEK, 20))


async def _weeks(this: Round, *, ask: bool) -> None:
    story = this.story
    assert story.now is not None
    for number, row in enumerate(sorted(story.visits.values(), key=lambda row: row.visit.visit_id)):
        if number % 20 == 0:
            story.forgetful.add(row.visit.visit_id)
    friday = story.now.date() + dt.timedelta(days=(4 - story.now.weekday()) % 7) - WEEK
    assert story.template is not None
    writing, back = closing.opens(this, "writing.opens"), closing.opens(this, "looking-back")
    while _left(this) or story.lists_on:
        friday += WEEK
        if not story.findings_asked and friday > writing:
            if not ask:
                return
            await closing.ask_for_findings(this)
            lists_go_out(this, back)
        if _anything(this, friday):
            for monday in sorted(one for one in story.lists_on if one <= friday):
                await asked.open_for_the_list(this, monday)
                story.lists_on.discard(monday)
            held = len(story.held & story.visits.keys())
            this.tell(f"Week to {friday.day} {friday:%B %Y}: {held} of {len(story.visits)} visits held")
            await this.until(local(friday, 20))
            await _week(this, friday)


def lists_go_out(this: Round, day: dt.date) -> None:
    """On the Monday from that day on lists go out of which something is to be done."""
    this.story.lists_on.add(day + dt.timedelta(days=-day.weekday() % 7))


def _left(this: Round) -> bool:
    story = this.story
    return bool((story.visits.keys() | story.events.keys()) - story.held)


def _anything(this: Round, friday: dt.date) -> bool:
    story = this.story
    visits = [row.visit.on for key, row in story.visits.items() if key not in story.held]
    events = [row.event.on for key, row in story.events.items() if key not in story.held]
    briefs = [row.visit.on for key, row in story.visits.items() if key not in story.briefed]
    return any(on <= friday for on in (*visits, *events, *story.lists_on)) or any(on <= friday + AHEAD for on in briefs)


async def _week(this: Round, friday: dt.date) -> None:
    story = this.story
    await _write_briefs(this)
    await exceptions.decline_inside_notice(this, friday)
    due = [row for key, row in story.visits.items() if key not in story.held and row.visit.on <= friday]
    events = [row for key, row in story.events.items() if key not in story.held and row.event.on <= friday]
    if due:
        await _hold(this, due)
    if events:
        await _after_events(this, events)
    await asked.fill_lists(this)
    if due or events:
        lists_go_out(this, friday)


async def _write_briefs(this: Round) -> None:
    """Hosts write when they are asked; those who forget, once they are reminded."""
    story = this.story
    rows = await asked.owed(this, "brief")
    rows = [row for row in rows if row.about_id not in story.forgetful or row.reminded]
    await this.together([_brief(this, row) for row in rows])
    for row in rows:
        visit = story.visits[row.about_id].visit
        schools = {a.school_id for a in visit.attendees if a.school_id} - {visit.host_school_id}
        guests = [person for school in schools for person in story.at(school, "headteacher", "senior-leader")]
        story.expect("own-words", [*guests, *([visit.facilitator_id] if visit.facilitator_id else [])], row.about_id)
        story.briefed.add(row.about_id)
    if rows:
        await this.settle()


async def _brief(this: Round, row: TaskRow) -> None:
    story, visit = this.story, this.story.visits[row.about_id].visit
    (writer,) = story.at(visit.host_school_id, "cpd-lead")
    pen = Pen(f"{this.seed}/brief/{visit.visit_id}", story.topic(visit.host_school_id))
    values = {
        "practice": pen.one(PRACTICE),
        "challenge": pen.one(CHALLENGE),
        "arrival": "8:45, so that we can start together at 9:00",
        "sign-in": "Main reception; sign in on the screen and take a blue lanyard.",
        "identity": "Photo identification, please. Your school confirms your checks to ours.",
        "parking": "Six places behind the sports hall are kept for you.",
        "safeguarding-lead": story.name(story.at(visit.host_school_id, "senior-leader")[0]),
    }
    await asked.do(this, row, values, writer)


async def _hold(this: Round, due: list[VisitDetail]) -> None:
    story = this.story
    for row in due:
        story.expect("attendance-request", [row.visit.facilitator_id or story.coordinator()], row.visit.visit_id)
    late = {row.visit.visit_id for row in due} - story.briefed
    this.checks.equal("the brief is written before the visit", late, set())
    await exceptions.substitute(this, due)
    await this.together([_attendance(this, story.visits[row.visit.visit_id]) for row in due])
    await this.settle()
    await remember_visits(this)
    for row in due:
        key = row.visit.visit_id
        held = story.visits[key]
        this.checks.equal(f"the visit at {story.school(held.visit.host_school_id)} was held", held.state, "held")
        story.held.add(key)
    await after.visits(this, [story.visits[row.visit.visit_id] for row in due])


async def _attendance(this: Round, row: VisitDetail) -> None:
    story, visit = this.story, row.visit
    pen = Pen(f"{this.seed}/attendance/{visit.visit_id}", "x")
    values = {}
    for person in visit.attendees:
        away = (person.person_id, visit.visit_id) in story.absent or pen.chance(0.02)
        values[f"came-{person.person_id}"] = "no" if away else "yes"
    letter = this.letter("attendance-request", visit.facilitator_id or story.coordinator(), visit.visit_id)
    await this.fill_in(letter, "attendance", values)


async def _after_events(this: Round, events: list[CohortEventDetail]) -> None:
    story = this.story
    await remember_visits(this)
    for row in events:
        key = row.event.event_id
        now = story.events[key]
        this.checks.equal(f"{row.event.title} was held", now.state, "held")
        story.held.add(key)
