"""November to July, week by week: hosts write briefs, visits take place, people say what they saw and take home."""

import datetime as dt

from kindred.demo.acts import closing, exceptions
from kindred.demo.acts.forming import remember_visits
from kindred.demo.round import Round, local
from kindred.demo.texts import CHALLENGE, DEVELOP, EVIDENCE, LEARNT, NEXT_STEP, PRACTICE, STRENGTH, WILL_USE, Pen
from shared.commands.scheduling import CohortEventDetail, VisitDetail

AHEAD = dt.timedelta(days=23)
WEEK = dt.timedelta(days=7)
PAIR = frozenset({"headteacher", "senior-leader"})


async def play(this: Round) -> None:
    """Play week after week until the last visit and event are over; nothing is done in weeks without either."""
    await _weeks(this, ask=True)


async def until_findings(this: Round) -> None:
    """Play the weeks before findings are asked for."""
    await _weeks(this, ask=False)


async def _weeks(this: Round, *, ask: bool) -> None:
    story = this.story
    assert story.now is not None
    for number, row in enumerate(sorted(story.visits.values(), key=lambda row: row.visit.visit_id)):
        if number % 20 == 0:
            story.forgetful.add(row.visit.visit_id)
    friday = story.now.date() + dt.timedelta(days=(4 - story.now.weekday()) % 7)
    assert story.template is not None
    asked = story.template.findings_asked.within(story.first_year)
    while _left(this):
        friday += WEEK
        if not story.findings_asked and friday > asked:
            if not ask:
                return
            await closing.ask_for_findings(this)
        if _anything(this, friday):
            held = len(story.held & story.visits.keys())
            this.tell(f"Week to {friday.day} {friday:%B %Y}: {held} of {len(story.visits)} visits held")
            await this.until(local(friday, 20))
            await _week(this, friday)


def _left(this: Round) -> bool:
    story = this.story
    return bool((story.visits.keys() | story.events.keys()) - story.held)


def _anything(this: Round, friday: dt.date) -> bool:
    story = this.story
    visits = [row.visit.on for key, row in story.visits.items() if key not in story.held]
    events = [row.event.on for key, row in story.events.items() if key not in story.held]
    briefs = [row.visit.on for key, row in story.visits.items() if key not in story.briefed]
    return any(on <= friday for on in (*visits, *events)) or any(on <= friday + AHEAD for on in briefs)


async def _week(this: Round, friday: dt.date) -> None:
    story = this.story
    await _write_briefs(this, friday)
    await exceptions.decline_inside_notice(this, friday)
    due = [row for key, row in story.visits.items() if key not in story.held and row.visit.on <= friday]
    events = [row for key, row in story.events.items() if key not in story.held and row.event.on <= friday]
    if due:
        await _hold(this, due)
    if events:
        await _after_events(this, events)


async def _write_briefs(this: Round, friday: dt.date) -> None:
    story = this.story
    soon = {
        key: row for key, row in story.visits.items() if key not in story.briefed and row.visit.on <= friday + AHEAD
    }
    late = {key for key in soon if key in story.forgetful}
    for key in late:
        if _brief_is_late(this, soon[key], friday):
            story.expect(
                "visit-brief-reminder", story.at(soon[key].visit.host_school_id, "headteacher", "cpd-lead"), key
            )
            late = late - {key}
    ready = [key for key in soon if key not in late]
    await this.together([_brief(this, soon[key]) for key in ready])
    for key in ready:
        row = soon[key].visit
        guests = [a.person_id for a in row.attendees if a.school_id != row.host_school_id]
        story.expect("visit-brief-ready", [*guests, *([row.facilitator_id] if row.facilitator_id else [])], key)
    story.briefed |= set(ready)
    if ready:
        await this.settle()


def _brief_is_late(this: Round, row: VisitDetail, friday: dt.date) -> bool:
    assert this.story.template is not None
    return row.visit.on - dt.timedelta(days=this.story.template.scheduling.brief_due_days) <= friday


async def _brief(this: Round, row: VisitDetail) -> None:
    visit, story = row.visit, this.story
    writer = story.at(visit.host_school_id, "cpd-lead")[0]
    pen = Pen(f"{this.seed}/brief/{visit.visit_id}", story.topic(visit.host_school_id))
    letter = this.letter("visit-host", writer, visit.visit_id)
    values = {
        "practice": pen.one(PRACTICE),
        "challenge": pen.one(CHALLENGE),
        "arrival": "8:45, so that we can start together at 9:00",
        "sign_in": "Main reception; sign in on the screen and take a blue lanyard.",
        "identity": "Photo identification, please. Your school confirms your checks to ours.",
        "parking": "Six places behind the sports hall are kept for you.",
        "safeguarding_lead": story.name(story.at(visit.host_school_id, "senior-leader")[0]),
    }
    await this.fill_in(letter, "visit-brief", values)


async def _hold(this: Round, due: list[VisitDetail]) -> None:
    story = this.story
    for row in due:
        story.expect("attendance-request", [row.visit.facilitator_id or story.coordinator()], row.visit.visit_id)
    await exceptions.substitute(this, due)
    await this.together([_attendance(this, story.visits[row.visit.visit_id]) for row in due])
    await this.settle()
    await remember_visits(this)
    for row in due:
        key = row.visit.visit_id
        held = story.visits[key]
        this.checks.equal(f"the visit at {story.school(held.visit.host_school_id)} was held", held.state, "held")
        story.held.add(key)
        pair = [a.person_id for a in held.present if a.role in PAIR]
        story.expect("appraisal-request", [held.visit.facilitator_id or ""], key)
        story.expect("after-visit", pair, key)
    held_now = [story.visits[row.visit.visit_id] for row in due]
    await this.together([_appraise(this, row) for row in held_now])
    await this.together(
        [_after(this, row, a.person_id, a.school_id) for row in held_now for a in row.present if a.role in PAIR]
    )
    for row in held_now:
        readers = story.at(row.visit.host_school_id, "headteacher", "cpd-lead", "chair-of-governors", "clerk")
        story.expect("appraisal-report", readers, row.visit.visit_id)
    await this.settle()


async def _attendance(this: Round, row: VisitDetail) -> None:
    story, visit = this.story, row.visit
    pen = Pen(f"{this.seed}/attendance/{visit.visit_id}", "x")
    values = {}
    for person in visit.attendees:
        away = (person.person_id, visit.visit_id) in story.absent or pen.chance(0.02)
        values[f"came-{person.person_id}"] = "no" if away else "yes"
    letter = this.letter("attendance-request", visit.facilitator_id or story.coordinator(), visit.visit_id)
    await this.fill_in(letter, "attendance", values)


async def _appraise(this: Round, row: VisitDetail) -> None:
    visit = row.visit
    pen = Pen(f"{this.seed}/appraisal/{visit.visit_id}", this.story.topic(visit.host_school_id))
    letter = this.letter("appraisal-request", visit.facilitator_id or "", visit.visit_id)
    values = {
        "strengths": pen.some(STRENGTH, 2, 4),
        "develop": pen.some(DEVELOP, 1, 3),
        "next_steps": pen.some(NEXT_STEP, 1, 3),
        "evidence": pen.some(EVIDENCE, 2, 4),
    }
    await this.fill_in(letter, "appraisal", values)


async def _after(this: Round, row: VisitDetail, person_id: str, school_id: str | None) -> None:
    """Survey by everybody there; take-home by the visitors. One in eight never gets round to it."""
    visit = row.visit
    pen = Pen(f"{this.seed}/after/{visit.visit_id}/{person_id}", this.story.topic(visit.host_school_id))
    if pen.chance(0.12):
        return
    letter = this.letter("after-visit", person_id, visit.visit_id)
    await answer_survey(this, letter, pen)
    if school_id != visit.host_school_id:
        consent = {"contact_consent": "yes"} if pen.chance(0.8) else {}
        values = {"learnt": pen.one(LEARNT), "will_use": pen.one(WILL_USE), **consent}
        await this.fill_in(letter, "take-home", values)


async def answer_survey(this: Round, letter: object, pen: Pen) -> None:
    """Agree or disagree with each statement of the template."""
    assert this.story.template is not None
    form = next(form for form in this.story.template.forms if form.key == "survey")
    values = {field.key: pen.agreement() for field in form.fields if field.kind == "agreement"}
    await this.fill_in(letter, "survey", values)  # type: ignore[arg-type]  # a dict is invariant in its values


async def _after_events(this: Round, events: list[CohortEventDetail]) -> None:
    story = this.story
    await remember_visits(this)
    for row in events:
        key = row.event.event_id
        now = story.events[key]
        this.checks.equal(f"{row.event.title} was held", now.state, "held")
        story.held.add(key)
        declined = {answer.person_id for answer in now.answers if answer.answer == "declined"}
        there = [a.person_id for a in now.event.attendees if a.person_id not in declined]
        story.expect("event-survey", there, key)
        works = []
        for person_id in there:
            pen = Pen(f"{this.seed}/event/{key}/{person_id}", "x")
            if pen.chance(0.6):
                works.append(answer_survey(this, this.letter("event-survey", person_id, key), pen))
        await this.together(works)
    await this.settle()
