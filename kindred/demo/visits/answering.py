"""October: people answer by page or calendar, some only when reminded; some decline, and their visits move."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from random import Random

from kindred.demo.round import Round, local
from kindred.demo.tasks import bundled
from kindred.demo.visits import asked
from kindred.demo.visits.forming import remember_visits
from shared.commands.scheduling import VisitDetail
from shared.template.days import shifted
from shared.template.moments import Offset

ACCEPTED, DECLINED = "ACCEPTED", "DECLINED"
BY_CALENDAR, SILENT = 0.12, 0.12
FAR = dt.timedelta(days=60)
PUBLISHED, SILENT_DAYS, LISTS = (9, 25), 5, 2
"""Day of the invitations, working days of silence after which a list says it, and how many lists do."""

Asked = tuple[str, str, str]
"""Somebody invited: the kind of mail, the person, the visit or event."""


async def play(this: Round) -> None:
    """Most answer at once; the rest are reminded, and only they."""
    story = this.story
    asked = _asked(this)
    random = Random(this.seed)  # noqa: S311 - who answers how in a demo
    story.silent = {(person, target) for _, person, target in asked if random.random() < SILENT}
    this.tell("People answer: most by the page behind their mail, some by their calendar")
    await _all_answer(this, [one for one in asked if one[1:] not in story.silent], random)
    this.tell("Two people decline: their visits move, and only those affected get a mail")
    await _decline(this, random)
    asked_after = shifted(dt.date(story.first_year, *PUBLISHED), Offset(SILENT_DAYS, "working days"))
    monday = asked_after + dt.timedelta(days=-asked_after.weekday() % 7)
    for number in range(LISTS):
        this.tell(f"List {number + 1} goes to who has not answered")
        await _remind(this, monday + number * dt.timedelta(weeks=1))
    await this.settle()


def _asked(this: Round) -> list[Asked]:
    story = this.story
    visits = [("visit-invitation", a.person_id, key) for key, row in story.visits.items() for a in row.visit.attendees]
    leads = [("visit-facilitator", row.visit.facilitator_id or "", key) for key, row in story.visits.items()]
    events = [("event-invitation", a.person_id, key) for key, row in story.events.items() for a in row.event.attendees]
    return [*visits, *leads, *events]


async def _all_answer(this: Round, asked: Iterable[Asked], random: Random) -> None:
    works = [_by_calendar(this, one) if random.random() < BY_CALENDAR else by_page(this, *one) for one in asked]
    await this.together(works)
    await this.settle()
    await remember_visits(this)


async def by_page(this: Round, template: str, person_id: str, target_id: str, button: str = "accepted") -> None:
    """Follow the link in the mail and press a button."""
    letter = this.letter(template, person_id, target_id)
    values: dict[str, str] = {}
    if button == "declined" and target_id in this.story.visits:
        day = this.story.visits[target_id].visit.on.isoformat()
        values = {"dates-0-first": day, "dates-0-last": day}
    await this.fill_in(letter, "answer", values, button)


async def _by_calendar(this: Round, one: Asked, answer: str = ACCEPTED) -> None:
    template, person_id, target_id = one
    letter = this.letter(template, person_id, target_id)
    await this.reply(letter, person_id, answer)


async def _decline(this: Round, random: Random) -> None:
    story = this.story
    assert story.now is not None
    far = [row for row in story.visits.values() if row.visit.on > (story.now + FAR).date()]
    groups: dict[str, VisitDetail] = {}
    for row in far:
        groups.setdefault(row.visit.group_id, row)
    for how, row in zip(
        ("page", "calendar"), random.sample(sorted(groups.values(), key=_day), min(2, len(groups))), strict=False
    ):
        person = row.visit.attendees[0].person_id
        before = dict(story.visits)
        if how == "page":
            await by_page(this, "visit-invitation", person, row.visit.visit_id, "declined")
        else:
            await _by_calendar(this, ("visit-invitation", person, row.visit.visit_id), DECLINED)
        await this.settle()
        await remember_visits(this)
        await moved(this, before, row.visit.visit_id, f"{story.name(person)} declined by {how}")


def _day(row: VisitDetail) -> tuple[dt.date, str]:
    return row.visit.on, row.visit.visit_id


async def moved(this: Round, before: dict[str, VisitDetail], visit_id: str, why: str) -> None:
    """Check that this visit has moved, that only its people were told, and let them answer again."""
    story = this.story
    changed = {key for key, row in story.visits.items() if row.visit.on != before[key].visit.on}
    this.checks.true(f"{why}: that visit moved", visit_id in changed, f"moved were {sorted(changed)}")
    this.checks.true(f"{why}: at most the group's visits moved", len(changed) <= 4, f"moved were {sorted(changed)}")
    for key in sorted(changed):
        row = story.visits[key].visit
        told = [a.person_id for a in row.attendees]
        told += [row.facilitator_id] if row.facilitator_id else []
        told += story.at(row.host_school_id, "cpd-lead")
        story.expect("visit-moved", told, key)
        story.moved[key] = f"{story.school(row.host_school_id)}: {why}; {before[key].visit.on} became {row.on}"
        invited = [person for person in told if person not in story.at(row.host_school_id, "cpd-lead")]
        story.silent -= {(person, key) for person in invited}
        await this.together([by_page(this, "visit-moved", person, key) for person in invited])
    await this.settle()


async def _remind(this: Round, monday: dt.date) -> None:
    """Only who has not answered gets the list; half of them answer then, from the list."""
    story = this.story
    day = await asked.open_for_the_list(this, monday)
    await this.until(local(day, asked.LATER))
    silent = Counter(dict.fromkeys((person for person, _ in story.silent), 1))
    told = await this.told_of_tasks()
    otherwise = {one for each in this.kept.values() for one in bundled(told, each.programme_id, each.template)}
    lists = [
        row
        for row in this.ledger.find(asked.WEEKLY)
        if row.queued_at.date() == day and (row.person_id in silent or row.person_id not in otherwise)
    ]
    this.checks.same_counts("a list goes to who has not answered", Counter(row.person_id for row in lists), silent)
    rows = [row for row in await asked.owed(this) if row.do == "answer"]
    half = sorted(story.silent)[::2]
    open_ = {(person, row.about_id): row for row in rows for person in row.person_ids}
    this.checks.equal("only who has not answered is asked to", set(open_), story.silent)
    await this.together([asked.do(this, open_[one], {}, one[0], "accepted") for one in half if one in open_])
    story.silent -= set(half)
    await this.settle()
