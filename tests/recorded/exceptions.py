"""What a demo's year leaves out: people and schools go, dates are overruled, calls and days agreed, actions overdue."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from kindred.demo.round import Round, local
from kindred.demo.visits import asked
from shared.commands import notifications, programmes, scheduling
from shared.commands import scheduling_dates as dates
from shared.commands.base import Command
from shared.commands.notifications import MailRow
from shared.commands.portal import RevokeLinks
from shared.commands.programmes_queries import EnrolmentRow
from shared.commands.scheduling_changes import ChangeCalendar, Disruption
from shared.errors import Rejected
from shared.events.base import DateSpan


async def after_the_year(this: Round) -> None:
    """One action of a plan is done, the others become overdue; then somebody wants to be forgotten."""
    story = this.story
    assert story.cohort is not None
    school = story.cohort.groups[0].school_ids[0]
    done, *_ = await asked.owed(this, "action")
    await asked.do(this, done, {"status": "done"})
    await this.until(local(dt.date(story.first_year + 2, 8, 1), 12))
    await _ask(this, programmes.ErasePerson(person_id=story.at(school, "clerk")[0]))


async def before_matching(this: Round) -> None:
    """A school says what it forgot."""
    row = min(this.story.enrolments.values(), key=lambda row: row.school.urn)
    people = tuple(programmes.PersonDetails(role=one.role, name=one.name, email=one.email) for one in row.people)
    place = {"programme_id": this.story.programme_id, "urn": row.school.urn}
    wishes = {"strengths": row.strengths, "needs": row.needs, "farthest_travel_km": 55.0}
    await _ask(this, programmes.AmendEnrolment(**place, **wishes, people=people))


async def in_autumn(this: Round) -> None:
    """The coordinator overrules dates, people arrange others, somebody is replaced, a school leaves."""
    for act in (_dates_are_overruled, _calls, _days, _mails, _people):
        await act(this)
        await this.settle()


async def _ask(this: Round, command: Command) -> Any:
    reply = await this.client.ask(command)
    await this.settle()
    return reply


async def _first_possible(this: Round, commands: Iterable[Command]) -> None:
    """The first of these that no rule forbids."""
    refused = []
    for command in commands:
        try:
            await _ask(this, command)
        except Rejected as error:
            refused.append(error.sentence)
        else:
            return
    raise AssertionError(f"all of them were refused, the last because: {refused[-1]}")


async def _dates_are_overruled(this: Round) -> None:
    story = this.story
    assert story.cohort is not None
    moved, cancelled, declined, away = (row.visit for row in sorted(story.visits.values(), key=_day)[-4:])
    later = [moved.on + dt.timedelta(days=days) for days in range(-60, 0)]
    await _first_possible(this, (scheduling.MoveVisit(visit_id=moved.visit_id, on=on) for on in later))
    await _ask(this, scheduling.CancelVisit(visit_id=cancelled.visit_id, why="The hall is being rebuilt."))
    first, *_, final = (row.event for row in sorted(story.events.values(), key=lambda row: row.event.on))
    near = [first.on + dt.timedelta(days=days) for days in range(1, 60)]
    await _first_possible(this, (scheduling.MoveCohortEvent(event_id=first.event_id, on=on) for on in near))
    await _ask(this, scheduling.CancelCohortEvent(event_id=final.event_id))
    year = DateSpan(first=dt.date(story.first_year, 10, 1), last=dt.date(story.first_year + 1, 7, 31))
    declining = {"target_id": declined.visit_id, "target_kind": "visit", "person_id": declined.attendees[0].person_id}
    await _ask(this, scheduling.AnswerInvitation(**declining, answer="declined", dates_not_possible=(year,)))
    one_day = (DateSpan(first=away.on, last=away.on),)
    await _ask(this, scheduling.CloseSchoolDays(school_id=away.host_school_id, days=one_day))
    closure = Disruption(kind="closure", school_id=away.host_school_id, days=one_day)
    await _ask(this, ChangeCalendar(cohort_id=story.cohort.cohort.cohort_id, disruption=closure))


def _day(row: scheduling.VisitDetail) -> tuple[dt.date, str]:
    return row.visit.on, row.visit.visit_id


async def _calls(this: Round) -> None:
    story = this.story
    host = next(row.person_id for row in story.people.values() if row.role == "facilitator")
    heads = [story.at(school_id, "headteacher")[0] for school_id in sorted(story.enrolments)]
    openings = tuple(
        dates.OpeningLine(on=dt.date(story.first_year, 10, day), first=dt.time(9), last=dt.time(12))
        for day in (5, 6, 7)
    )
    await _ask(this, dates.OpenCalls(person_id=host, openings=openings))
    offered = await _ask(this, dates.OfferCall(host_id=host, person_id=heads[0]))
    slots = (await this.client.find(dates.ShowCallSlots(person_ids=(host, heads[0])))).slots
    await _ask(this, dates.TakeCallSlot(offer_id=offered.id, person_id=heads[0], start=slots[0].start))
    booked = await _ask(this, dates.BookCall(person_ids=(host, heads[1]), start=slots[-1].start))
    await _ask(this, dates.CancelCall(call_id=booked.id))


async def _days(this: Round) -> None:
    story = this.story
    pair = tuple(story.at(school_id, "chair-of-governors")[0] for school_id in sorted(story.enrolments)[:2])
    deadline = local(dt.date(story.first_year, 10, 20), 17)
    for answers, withdrawn in ((("yes", "yes"), True), (("no", "no"), False)):
        offer = dates.OfferDates(person_ids=pair, earliest=dt.date(story.first_year, 11, 2), deadline=deadline)
        agreement = (await _ask(this, offer)).id
        days = (await this.client.find(dates.ShowAgreement(agreement_id=agreement))).offers
        for person, answer in zip(pair, answers, strict=True):
            lines = tuple(dates.DayLine(on=on, answer=answer) for on in days)
            await _ask(this, dates.AnswerDates(agreement_id=agreement, person_id=person, lines=lines))
        if withdrawn:
            await _ask(this, dates.WithdrawDates(agreement_id=agreement))


async def _mails(this: Round) -> None:
    person = this.story.at(min(this.story.enrolments), "cpd-lead")[0]
    latest: MailRow = next(row for row in this.ledger.rows.values() if row.person_id == person)
    await _ask(this, notifications.PauseMail(paused=True))
    await this.client.ask(notifications.ResendMail(mail_id=latest.mail_id))
    await this.client.ask(notifications.PauseMail(paused=False))
    await _ask(this, notifications.ChooseMails(person_id=person, essential_only=True))
    await _ask(this, RevokeLinks(person_id=person))


async def _people(this: Round) -> None:
    story = this.story
    rows = sorted(story.enrolments.values(), key=lambda row: row.school.urn)
    replaced, leaves = rows[0], _of_a_group_of_four(this, rows)
    new = programmes.PersonDetails(role="headteacher", name="Robin Newcomer", email="robin.newcomer@new-head.example")
    place = {"programme_id": story.programme_id, "urn": replaced.school.urn}
    await _ask(this, programmes.ReplacePerson(**place, person=new))
    clerk = story.at(replaced.school.school_id, "clerk")[0]
    await _ask(this, programmes.CorrectAddress(person_id=clerk, email="clerk@new-address.example"))
    gone = programmes.WithdrawSchool(programme_id=story.programme_id, urn=leaves.school.urn, reason="It closes.")
    await _ask(this, gone)
    await _ask(this, programmes.ErasePerson(person_id=clerk))


def _of_a_group_of_four(this: Round, rows: list[EnrolmentRow]) -> EnrolmentRow:
    assert this.story.cohort is not None
    four = next(group for group in this.story.cohort.groups if len(group.school_ids) == 4)
    return next(row for row in reversed(rows) if row.school.school_id in four.school_ids)
